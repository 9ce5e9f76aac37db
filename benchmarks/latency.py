"""How long somebody waits: a new need until its matches can be seen, a new resource until all needs have been asked.

Run ``python -m benchmarks.latency [--resources N --needs N] [--quick]`` from the repository. Uses DATABASE_URL where it
is set, filled when it is empty, and matched when it never was; else a PostgreSQL of its own that goes away afterwards.
Everything goes through the product in one process: the write, the look of the watch, the run. Without a queue: what it
adds is its bell.
"""

import argparse
import os
import time
from typing import Any, Final

import numpy as np

from benchmarks.database import database, filled, matched
from benchmarks.filling import set_up
from benchmarks.report import Measure, publish

RESOURCES, NEEDS, ROUNDS = 200_000, 20_000, 100
QUICK: Final = (1_000, 100, 5)
NEED_MS, RESOURCE_MS = 300.0, 100.0
WARM_UP: Final = 3
Seconds = list[float]


def main() -> None:
    """Print and store the table."""
    options = _options()
    resources, needs, rounds = QUICK if options.quick else (options.resources, options.needs, options.rounds)
    with database() as environment:
        filled(environment, resources=resources, needs=needs)
        matched(environment)
        os.environ.update(environment)
        set_up()
        stages = _measured(rounds)
    rows = [_row(name, taken) for name, taken in stages.items()]
    title = f"Waiting, {resources:,} resources and {needs:,} open needs"
    publish("latency", title, rows, measures=measures_of(stages), rounds=rounds)


def measures_of(stages: dict[str, Seconds]) -> list[Measure]:
    """Return the slowest of a hundred, for both directions."""
    return [
        Measure("new need → stored, visible matches, p99", _ms(stages[NEW_NEED], 99), "ms", at_most=NEED_MS),
        Measure("new resource → all open needs asked, p99", _ms(stages[NEW_RESOURCE], 99), "ms", at_most=RESOURCE_MS),
    ]


NEW_NEED: Final = "new need: committed → matches visible"
NEED_COMMIT: Final = "new need: its commit"
NEED_TEAM: Final = "new need: a team for it, where it wants one"
NEW_RESOURCE: Final = "new resource: committed → all open needs asked, run asked for"
RESOURCE_COMMIT: Final = "new resource: its commit"
RESOURCE_RUN: Final = "new resource: the run of the needs it concerns"


def _measured(rounds: int) -> dict[str, Seconds]:
    from benchmarks import changes

    stages: dict[str, Seconds] = {
        NEED_COMMIT: [], NEW_NEED: [], NEED_TEAM: [], RESOURCE_COMMIT: [], NEW_RESOURCE: [], RESOURCE_RUN: [],
    }  # fmt: skip
    changes.settle()
    for number in range(-WARM_UP, rounds):
        of_need = _times(lambda number=number: changes.open_one_need(number), changes.match_need, changes.work_off)
        of_resource = _times(
            lambda number=number: changes.publish_one_resource(number), changes.look_around, changes.work_off
        )
        if number >= 0:
            for name, seconds in zip(stages, (*of_need, *of_resource), strict=True):
                stages[name].append(seconds)
    return stages


def _times(*works: Any) -> list[float]:
    taken = []
    for work in works:
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return taken


def _row(name: str, taken: Seconds) -> dict[str, Any]:
    return {"what": name, "p50 ms": _ms(taken, 50), "p90 ms": _ms(taken, 90), "p99 ms": _ms(taken, 99)}


def _ms(taken: Seconds, percentile: int) -> float:
    return 1e3 * float(np.percentile(taken, percentile))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resources", type=int, default=RESOURCES)
    parser.add_argument("--needs", type=int, default=NEEDS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--quick", action="store_true", help="a small site, to see that it works")
    return parser.parse_args()


if __name__ == "__main__":
    main()
