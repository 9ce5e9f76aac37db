"""How fast partners are assigned, and how close to the best: the two solvers against scipy, greedy and a published
matcher's flow model, on the same values in the same run."""

import time
from collections.abc import Callable
from typing import Any, Final

import numpy as np

from benchmarks import peers
from matching.engine.assignment import Assignment, Choices, Limits, assign

ASSIGNED: Final = (2_000, 400, 5)
KEPT: Final = 50
THRESHOLD: Final = 0.25
FLOW_AT_MOST: Final = 50_000
"""Needs beyond which only the auction runs here: the flow takes minutes."""


def assignment_rows(seed: int) -> list[dict[str, Any]]:
    """2,000 needs, 400 resources, 5 places each, one partner per need, every pair possible."""
    needs, resources, capacity = ASSIGNED
    values = np.round(np.random.default_rng(seed).random((needs, resources)) * 0.8 + 0.2, 6)
    everything = Choices(
        np.repeat(np.arange(needs), resources),
        np.tile(np.arange(1, resources + 1), needs),
        values.reshape(-1),
        np.ones(values.size),
    )
    bar = np.sort(values, axis=1)[:, -KEPT][:, None]
    best = everything.take(np.flatnonzero(values >= bar))
    ways: list[tuple[str, Callable[[], float]]] = [
        ("engine, flow, 50 candidates per need", lambda: _solved(best, "flow").total_value),
        ("engine, auction, 50 candidates per need", lambda: _solved(best, "auction").total_value),
        ("engine, flow, all pairs", lambda: _solved(everything, "flow").total_value),
        ("engine, auction, all pairs", lambda: _solved(everything, "auction").total_value),
        ("scipy Hungarian, resources repeated", lambda: peers.scipy_assignment(values, capacity)),
        ("published matcher's min-max flow, arc by arc", lambda: peers.min_max_assignment(values, capacity)),
        ("greedy", lambda: peers.greedy_assignment(values, capacity)),
    ]
    _solved(_market(60, seed)[0], "auction")
    rows = [_timed(work) | {"assignment 2,000 × 400": name} for name, work in ways]
    return [row | {"times": row["seconds"] / rows[0]["seconds"]} for row in rows]


def _solved(pairs: Choices, solver: str) -> Assignment:
    needs, resources, capacity = int(pairs.need_row.max()) + 1, int(pairs.resource_id.max()), ASSIGNED[2]
    flags, ones = np.ones(pairs.need_row.size, dtype=np.bool_), np.ones(needs, dtype=np.int64)
    limits = Limits(ones, dict.fromkeys(range(1, resources + 1), capacity), flags, 0 * ones, 0.0)
    return assign(pairs, limits, solver=solver)


def _timed(work: Callable[[], float]) -> dict[str, Any]:
    start = time.process_time()
    value = work()
    return {"seconds": time.process_time() - start, "total value": value}


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
    return {
        "needs": needs,
        "solver": solver,
        "seconds": time.process_time() - start,
        "total value": result.total_value,
        "certified gap, %": 100 * result.gap / result.total_value,
        "without partner": int(result.empty_needs.size),
    }


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
