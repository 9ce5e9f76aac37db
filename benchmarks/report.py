"""What every benchmark prints and stores: the machine, the versions, the table, and a JSON file of the same."""

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

RESULTS: Final = Path(__file__).resolve().parent / "results"
PACKAGES: Final = ("numpy", "numba", "scipy", "tantivy", "ortools", "bm25s", "rank-bm25", "jieba")


@dataclass(frozen=True)
class Timing:
    """Seconds of several runs."""

    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle run."""
        return statistics.median(self.runs)

    @property
    def spread(self) -> float:
        """Slowest minus fastest run."""
        return max(self.runs) - min(self.runs)


def timed(work: Callable[[], Any], *, runs: int = 3) -> Timing:
    """Run the work several times."""
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return Timing(tuple(seconds))


def machine() -> dict[str, Any]:
    """Return what a reader needs to judge the figures."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
    }


def publish(name: str, title: str, rows: Sequence[Mapping[str, Any]], **more: Any) -> None:
    """Print one table and write it, with the machine, to ``benchmarks/results/<name>.json``."""
    table = Table(title=title)
    columns = list(dict.fromkeys(column for row in rows for column in row))
    for column in columns:
        table.add_column(column, justify="left" if column == columns[0] else "right")
    for row in rows:
        table.add_row(*(_cell(row.get(column)) for column in columns))
    console = Console(width=160)
    console.print(table)
    for note, value in more.items():
        if note != "seed" and isinstance(value, (int, float)):
            console.print(f"{note.replace('_', ' ')}: {_cell(value)}")
    RESULTS.mkdir(exist_ok=True)
    content = {"title": title, "machine": machine(), "rows": [dict(row) for row in rows], **more}
    (RESULTS / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _cell(value: Any) -> str:
    return "" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
