"""How fast matches are stored: by the product's writer, as rows and as arrays, against Django's ``bulk_create``.

Run ``python -m benchmarks.storing [--quick]`` from the repository. Uses DATABASE_URL where it is set (and fills it when
it is empty), else a PostgreSQL of its own that goes away afterwards. Everything is committed, with its foreign keys.
"""

import argparse
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from benchmarks.database import database, filled
from benchmarks.filling import set_up
from benchmarks.report import Measure, Timing, interleaved, publish

SEED: Final = 20261126
KEPT: Final = 50
COMPONENTS: Final = 12
ROW_TIMES, ARRAY_TIMES = 10.0, 100.0
ORM: Final = "bulk_create, 2,000 rows a batch"
ROWS: Final = "save_matches: one statement per 10,000 rows"
ARRAYS: Final = "save_candidates: one row of arrays per need, COPY"
BARE: Final = "COPY of the same rows, no index, no key (what PostgreSQL can take)"


@dataclass(frozen=True, slots=True)
class Sizes:
    """Needs with 50 matches each, matches of the slow way, rounds."""

    needs: int
    slow: int
    rounds: int


FULL: Final = Sizes(10_000, 20_000, 3)
QUICK: Final = Sizes(100, 2_500, 2)


def main() -> None:
    """Print and store the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rows, to see that it works")
    sizes = QUICK if parser.parse_args().quick else FULL
    with database() as environment:
        filled(environment, resources=1_000, needs=sizes.needs)
        os.environ.update(environment)
        set_up()
        rates = _race(sizes)
    pairs = sizes.needs * KEPT
    rows = [
        {"way": name, "matches a second": took.median, "spread": took.spread, f"{pairs:,} take, s": pairs / took.median}
        for name, took in rates.items()
    ]
    publish("storing", f"Storing {pairs:,} matches", rows, measures=measures_of(rates), seed=SEED)


def measures_of(rates: Mapping[str, Timing]) -> list[Measure]:
    """Return how many times faster than ``bulk_create`` rows and arrays are stored; rates in matches a second."""
    peer = rates[ORM]
    goals = (("rows", ROWS, ROW_TIMES), ("arrays", ARRAYS, ARRAY_TIMES))
    return [
        Measure(
            f"storing matches as {name}, times faster than bulk_create", rates[way].median / peer.median, "×",
            at_least=goal, spread=rates[way].spread + peer.spread,
        )
        for name, way, goal in goals
    ]  # fmt: skip


def _race(sizes: Sizes) -> dict[str, Timing]:
    """Return matches a second of all ways."""
    from benchmarks.stored_matches import Storage

    storage = Storage.of(np.random.default_rng(SEED), KEPT, COMPONENTS)
    ways: dict[str, tuple[Callable[[], object], int]] = {
        ORM: (lambda: storage.by_orm(sizes.slow), sizes.slow),
        ROWS: (storage.as_rows, sizes.needs * KEPT),
        ARRAYS: (storage.as_arrays, sizes.needs * KEPT),
        BARE: (storage.bare, sizes.needs * KEPT),
    }
    started = time.perf_counter()
    storage.as_arrays()
    print(f"warmed up: {time.perf_counter() - started:.0f} s", flush=True)
    taken = interleaved({name: work for name, (work, _) in ways.items()}, rounds=sizes.rounds)
    return {name: Timing(tuple(count / run for run in taken[name].runs)) for name, (_, count) in ways.items()}


if __name__ == "__main__":
    main()
