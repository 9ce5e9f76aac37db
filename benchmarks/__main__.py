"""All benchmarks, one after the other, each in a process of its own; then one table of what was reached.

Run ``./run bench [--quick] [--data FOLDER] [--samples FOLDER] [--only MODULE …]`` from the repository. Ends with 1
where a module failed or a required goal (of quality, never of speed) is missed.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from rich.console import Console

from benchmarks.report import NOT_MET, REPOSITORY, header, machine, results, show_reached

MODULES: Final = (
    "assignment_speed", "importing", "learning", "engine_quality", "retrieval_speed", "engine_speed", "storing",
    "national", "batch", "latency", "search", "office", "figures", "api_list", "digests", "notices",
    "exchange_lists", "load",
)  # fmt: skip
OF_QUALITY: Final = "engine_quality"
OF_RECORDS: Final = ("retrieval_speed", "engine_speed", "national")
"""They share what they encode."""
SUMMARY: Final = "bench.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for, print what was reached, and return the exit code."""
    options = _options(arguments)
    print(header(quick=options.quick, modules=", ".join(options.only), data=options.data, samples=options.samples))
    folder = results()
    for stale in folder.glob("*.json"):
        stale.unlink()
    with TemporaryDirectory() as records:
        codes = {module: _run(module, options, records) for module in options.only}
    reached = _read(folder)
    content = {"machine": machine(), "options": vars(options), "codes": codes, "measures": reached}
    (folder / SUMMARY).write_text(json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n", "utf-8")
    show_reached(Console(width=160), "All benchmarks", reached)
    lines = complaints(codes, reached)
    print("\n".join(lines))
    return 1 if lines else 0


def complaints(codes: Mapping[str, int], reached: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return why the harness fails: modules that ended badly and required goals that are missed."""
    failed = [f"{module} FAILED (exit code {code})" for module, code in codes.items() if code]
    missed = [
        f"{row['what']}: {row['value']}, required {row['goal']}"
        for row in reached
        if row["required"] and row["verdict"] == NOT_MET
    ]
    return failed + missed


def _run(module: str, options: argparse.Namespace, records: str) -> int:
    print(f"\n== {module}", flush=True)
    started = time.perf_counter()
    command = [sys.executable, "-m", f"benchmarks.{module}", *_arguments(module, options, records)]
    code = subprocess.run(command, cwd=REPOSITORY, check=False).returncode
    print(f"{module}: {time.perf_counter() - started:.0f} s, exit code {code}", flush=True)
    return code


def _arguments(module: str, options: argparse.Namespace, records: str) -> list[str]:
    """Return the arguments of one module: data sets concern the quality only, records whoever needs many."""
    given = ["--quick"] if options.quick else []
    if module in OF_RECORDS:
        given += ["--records", records]
    if module == OF_QUALITY:
        for name in ("data", "samples"):
            folder = getattr(options, name)
            given += [] if folder is None else [f"--{name}", str(folder)]
    return given


def _read(folder: Path) -> list[dict[str, Any]]:
    files = sorted(
        (path for path in folder.glob("*.json") if path.name != SUMMARY), key=lambda path: path.stat().st_mtime_ns
    )
    return [row for path in files for row in json.loads(path.read_text("utf-8"))["measures"]]


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes: the whole in some two minutes")
    parser.add_argument("--only", nargs="+", choices=MODULES, default=list(MODULES), metavar="MODULE")
    parser.add_argument("--data", type=Path, help="folder of labelled collections")
    parser.add_argument("--samples", type=Path, help="folder with needs.jsonl and resources.jsonl")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
