"""A full run through the product: from stored needs and resources to published matches, by several processes.

Run ``python -m benchmarks.batch [--scale 100] [--workers 2] [--quick]`` from the repository. Uses DATABASE_URL
where it is set (and fills it when it is empty), else a PostgreSQL of its own that goes away afterwards.
"""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

import psycopg

from benchmarks.database import database, filled, told_progress
from benchmarks.report import REPOSITORY, Measure, cell, publish

QUICK_SCALE: Final = 2
PEAK_MB: Final = 1_000.0
SECONDS: Final = 60.0
"""For 5,000 needs and 100,000 resources on two cores."""
SUMMARY: Final = """
SELECT r.need_total, r.resource_total, r.counts, extract(epoch FROM r.published_at - r.created_at)::float8
FROM matching_matchrun r ORDER BY r.id DESC LIMIT 1
"""
STAGES: Final = """
SELECT stage, count(*), sum(seconds)::float8 FROM matching_runstep
WHERE run_id = (SELECT max(id) FROM matching_matchrun) GROUP BY stage ORDER BY min(id)
"""


class Ended(NamedTuple):
    """How one process ended: exit code, peak memory in MB, processor seconds."""

    code: int
    peak_mb: float
    cpu_seconds: float


def main() -> None:
    """Fill if needed, run, print."""
    options = _options()
    scale = QUICK_SCALE if options.quick else options.scale
    with database() as environment:
        filled(environment, resources=scale * 1_000, needs=scale * 50)
        started = time.perf_counter()
        ended = _run(environment, options.workers)
        whole = time.perf_counter() - started
        seconds, rows = _told(environment, ended, whole)
    measures = [
        Measure("full run, asked → published and stored", seconds, "s", at_most=None if options.quick else SECONDS),
        Measure("the same, with start and end of all processes", whole, "s"),
        Measure("peak memory of a process", max(one.peak_mb for one in ended), "MB", at_most=PEAK_MB),
    ]
    title = f"full run, {options.workers} processes"
    publish("batch", title, rows, measures=measures, scale=scale, workers=options.workers)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--scale", type=int, default=100, help="thousands of resources (100: 100,000 resources, 5,000 needs)"
    )
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--quick", action="store_true", help="a small site, to see that it works")
    return parser.parse_args()


def _run(environment: Mapping[str, str], workers: int) -> list[Ended]:
    """Ask for a full run and work on it with several processes until it is published."""
    command = [sys.executable, str(REPOSITORY / "manage.py"), "match", "--full"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    processes = [subprocess.Popen(command, env=dict(environment), **quiet) for _ in range(workers)]  # type: ignore[call-overload]
    with told_progress(environment):
        return [_wait(process) for process in processes]


def _wait(process: "subprocess.Popen[bytes]") -> Ended:
    _, status, usage = os.wait4(process.pid, 0)
    return Ended(os.waitstatus_to_exitcode(status), usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)


def _told(environment: Mapping[str, str], ended: list[Ended], whole: float) -> tuple[float, list[dict[str, Any]]]:
    """Seconds from asking to publishing, by the database's clock, and everything worth telling.

    Workers are there before somebody asks: starting Python, and leaving it, is told apart.
    """
    with psycopg.connect(environment["DATABASE_URL"]) as connection:
        summary = connection.execute(SUMMARY).fetchone()
        stages = connection.execute(STAGES).fetchall()
    if summary is None or any(process.code for process in ended):
        raise SystemExit(f"the run did not end well: {ended}")
    needs, resources, counts, seconds = summary
    rows: list[dict[str, Any]] = [{"what": "needs × resources", "value": f"{needs:,} × {resources:,}"}]
    rows += [
        {"what": name, "value": f"{value:,}" if isinstance(value, int) else cell(value)}
        for name, value in sorted(counts.items())
    ]
    rows += [
        {"what": "asked → published", "value": f"{seconds:.1f} s"},
        {"what": "processes, start to end", "value": f"{whole:.1f} s"},
    ]
    rows += [
        {"what": f"stage {stage} ({count} steps)", "value": f"{total:.1f} s in all"} for stage, count, total in stages
    ]
    rows += [
        {
            "what": f"process {number}",
            "value": f"peak {process.peak_mb:,.0f} MB, {process.cpu_seconds:.1f} s of processor",
        }
        for number, process in enumerate(ended, start=1)
    ]
    return seconds, rows


if __name__ == "__main__":
    main()
