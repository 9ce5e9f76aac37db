"""Runs an installed module (`celery`, `gunicorn`) with the two source roots appended to the path, as manage.py does.

Started as `python -P launch.py MODULE ARGUMENTS…`: without -P this folder would come first on the path.
"""

import runpy
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def main() -> None:
    for source_root in (ROOT, ROOT / "platform"):
        if str(source_root) not in sys.path:
            sys.path.append(str(source_root))
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
