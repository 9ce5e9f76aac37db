"""How fast partners are assigned, and how close to the best: the two solvers against scipy, greedy and a published
matcher's flow model, on the same values in the same run.

Run ``python -m benchmarks.assignment_speed [--quick]`` from the repository.
"""

import argparse
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import numpy as np

from benchmarks import peers
from benchmarks.report import Measure, Timing, interleaved, publish
from matching.engine.assignment import Assignment, Choices, Limits, assign

SEED: Final = 20261123
ASSIGNED: Final = (2_000, 400)
QUICK_ASSIGNED: Final = (400, 80)
PLACES: Final = 5
GROWTH: Final = (2_000, 20_000, 200_000)
QUICK_GROWTH: Final = (500, 2_000)
PEER_TIMES: Final = 30.0
LEAST_SHARE: Final = 0.999
"""Of the best value over all pairs, what the best over the kept candidates must reach."""
LARGEST_GAP: Final = 1.0
"""Per cent by which the auction may miss the best."""
KEPT: Final = 50
"""Candidates of a need, as a run keeps them."""
OURS: Final = f"engine, flow, {KEPT} candidates per need"
ALL_PAIRS: Final = "engine, flow, all pairs"
PUBLISHED: Final = "published matcher's min-max flow, arc by arc"
HUNGARIAN: Final = "scipy Hungarian, resources repeated"
THRESHOLD: Final = 0.25
FLOW_AT_MOST: Final = 50_000
"""Needs beyond which only the auction runs here: the flow takes minutes."""


def main() -> None:
    """Print and store both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, for a first look")
    is_quick = parser.parse_args().quick
    shape = QUICK_ASSIGNED if is_quick else ASSIGNED
    rows, measures = compare(shape, SEED)
    title = f"Assignment, {shape[0]:,} × {shape[1]:,}"
    publish("assignment", title, rows, measures=measures, seed=SEED)
    grown = growth_of_assignment(QUICK_GROWTH if is_quick else GROWTH, SEED)
    largest = grown[-1]
    what = f"auction, {largest['needs']:,} needs × {KEPT} candidates × 3 partners"
    measures = [
        Measure(f"{what}: processor time", largest["seconds"], "s"),
        Measure(f"{what}: memory of NumPy and Python", largest["MB"], "MB"),
        Measure(f"{what}: certified gap", largest["certified gap, %"], "%", at_most=LARGEST_GAP),
    ]
    publish("assignment_growth", "Assignment of many needs", grown, measures=measures, seed=SEED)


def compare(shape: tuple[int, int], seed: int, rounds: int = 3) -> tuple[list[dict[str, Any]], list[Measure]]:
    """Assign one partner per need, five places per resource, every pair possible, in all ways."""
    ways = _ways(np.round(np.random.default_rng(seed).random(shape) * 0.8 + 0.2, 6))
    assign(*_market(60, seed), solver="auction")
    value = {name: work() for name, work in ways.items()}
    taken = interleaved(ways, rounds=rounds)
    rows = [
        {"assignment": name, "seconds": took.median, "spread": took.spread, "total value": value[name]}
        for name, took in taken.items()
    ]
    return rows, _measures(taken, value)


def _measures(taken: dict[str, Timing], value: dict[str, float]) -> list[Measure]:
    """Goals are those of assigning as a run does, from the candidates it keeps; all pairs are told beside it."""
    published, best = taken[PUBLISHED], value[HUNGARIAN]
    times = {name: published.median / taken[name].median for name in (OURS, ALL_PAIRS)}
    spread = {name: taken[name].spread + published.spread for name in times}
    faster, share = "times faster than the published matcher's model", "share of the optimum"
    return [
        Measure(f"assignment from {KEPT} candidates per need, {faster}", times[OURS], "×", at_least=PEER_TIMES,
                spread=spread[OURS]),
        Measure(f"assignment from {KEPT} candidates per need, {share}", value[OURS] / best, at_least=LEAST_SHARE),
        Measure(f"assignment from all pairs, {faster}", times[ALL_PAIRS], "×", spread=spread[ALL_PAIRS]),
        Measure(f"assignment from all pairs, {share}", value[ALL_PAIRS] / best, at_least=1.0 - 1e-9),
    ]  # fmt: skip


def _ways(values: peers.Matrix) -> dict[str, Callable[[], float]]:
    needs, resources = values.shape
    everything = Choices(
        np.repeat(np.arange(needs), resources),
        np.tile(np.arange(1, resources + 1), needs),
        values.reshape(-1),
        np.ones(values.size),
    )
    bar = np.sort(values, axis=1)[:, -KEPT][:, None]
    best = everything.take(np.flatnonzero(values >= bar))
    return {
        OURS: lambda: _solved(best, "flow").total_value,
        f"engine, auction, {KEPT} candidates per need": lambda: _solved(best, "auction").total_value,
        ALL_PAIRS: lambda: _solved(everything, "flow").total_value,
        "engine, auction, all pairs": lambda: _solved(everything, "auction").total_value,
        HUNGARIAN: lambda: peers.scipy_assignment(values, PLACES),
        PUBLISHED: lambda: peers.min_max_assignment(values, PLACES),
        "greedy": lambda: peers.greedy_assignment(values, PLACES),
    }


def _solved(pairs: Choices, solver: str) -> Assignment:
    needs, resources = int(pairs.need_row.max()) + 1, int(pairs.resource_id.max())
    flags, ones = np.ones(pairs.need_row.size, dtype=np.bool_), np.ones(needs, dtype=np.int64)
    limits = Limits(ones, dict.fromkeys(range(1, resources + 1), PLACES), flags, 0 * ones, 0.0)
    return assign(pairs, limits, solver=solver)


def growth_of_assignment(sizes: tuple[int, ...], seed: int) -> list[dict[str, Any]]:
    """Three partners per need, one of them from another zone, 50 candidates, one resource with three places for five
    needs: places are scarce, so that not every need can be served."""
    return [_grown(needs, solver, seed) for needs in sizes for solver in _solvers(needs)]


def _solvers(needs: int) -> tuple[str, ...]:
    return ("flow", "auction") if needs <= FLOW_AT_MOST else ("auction",)


def _grown(needs: int, solver: str, seed: int) -> dict[str, Any]:
    pairs, limits = _market(needs, seed)
    start = time.process_time()
    result = assign(pairs, limits, solver=solver)
    taken = time.process_time() - start
    return {
        "needs": needs,
        "solver": solver,
        "seconds": taken,
        "MB": _peak(partial(assign, pairs, limits, solver=solver)),
        "total value": result.total_value,
        "certified gap, %": 100 * result.gap / result.total_value,
        "without partner": int(result.empty_needs.size),
    }


def _peak(work: Callable[[], object]) -> float:
    """Return how many MB the work holds at most: NumPy and Python, not what a C++ solver takes."""
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


def _market(needs: int, seed: int) -> tuple[Choices, Limits]:
    """Values are half what the resource is worth to everybody, half what it is worth to this need."""
    random = np.random.default_rng(seed)
    resources = max(needs // 5, 2 * KEPT)
    ids = random.integers(0, resources - KEPT, needs)[:, None] + np.arange(KEPT)
    common = random.random(resources)[ids]
    value = THRESHOLD + (1 - THRESHOLD) * (common + random.random(ids.shape)) / 2
    pairs = Choices(
        np.repeat(np.arange(needs), KEPT), ids.reshape(-1) + 1, value.reshape(-1), random.random(ids.size).round(2)
    )
    capacities, ones = dict.fromkeys(range(1, resources + 1), 3), np.ones(needs, dtype=np.int64)
    return pairs, Limits(3 * ones, capacities, random.random(ids.size) > 0.3, ones, THRESHOLD)


if __name__ == "__main__":
    main()
