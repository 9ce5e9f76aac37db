#!/usr/bin/env python
"""Entry of every command. Appends the source roots, never inserts: no folder of ours shadows the standard library."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main() -> None:
    for source_root in (ROOT, ROOT / "platform"):
        if str(source_root) not in sys.path:
            sys.path.append(str(source_root))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from config.commands import run

    sys.exit(run(sys.argv))


if __name__ == "__main__":
    main()
