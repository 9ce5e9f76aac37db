"""Who is proposed to whom, when everybody's capacity counts: a minimum-cost flow over the scored pairs.

In this order: leave as few needs as possible without any partner, keep the promised share of other zones, make the
total rank value as large as possible; equal solutions prefer higher confidence, then the lower resource id.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from matching.engine.packing import Flags, Floats, Integers

VALUE_STEPS: Final = 1 << 20
CONFIDENCE_STEPS: Final = 1 << 6
ID_STEPS: Final = 1 << 6
UNIT: Final = VALUE_STEPS * CONFIDENCE_STEPS * ID_STEPS
"""Integer cost of a rank value of 1: values to 1e-6, below them the tie-breakers."""

COST_BITS: Final = 61
"""The solver multiplies costs by the number of nodes and needs the product in a signed 64-bit integer."""


class Rankable(Protocol):
    """What assignment reads of pairs; ``ScoredPairs`` and ``Choices`` have it."""

    @property
    def need_row(self) -> Integers:
        """int64[n]: need of each pair, 0 … needs − 1."""
        ...

    @property
    def resource_id(self) -> Integers:
        """int64[n]."""
        ...

    @property
    def rank_value(self) -> Floats:
        """float64[n] in [0, 1]."""
        ...

    @property
    def confidence(self) -> Floats:
        """float64[n] in [0, 1]."""
        ...


class Choices(NamedTuple):
    """Pairs as they were stored, without their parts."""

    need_row: Integers
    resource_id: Integers
    rank_value: Floats
    confidence: Floats


@dataclass(frozen=True, slots=True)
class Assignment:
    """Chosen pairs. pair int64[m]: positions in the input, ordered by need row and best first; empty_needs int64: rows
    left without."""

    pair: Integers
    empty_needs: Integers
    total_value: float


class _Network(NamedTuple):
    """Arcs of the flow problem as columns; the first ``pairs`` arcs are the pairs, in order."""

    tails: Integers
    heads: Integers
    capacities: Integers
    costs: Integers
    supply: int
    sink: int


class InfeasibleAssignment(RuntimeError):
    """The solver refused the network: a defect, since doing nothing is always feasible."""


def assign(
    pairs: Rankable,
    wanted: Integers,
    capacities: Mapping[int, int],
    *,
    is_other_zone: Flags,
    minimum_other_zone: Integers,
    threshold: float,
) -> Assignment:
    """Choose pairs so that need i gets at most ``wanted[i]`` partners and resource j serves at most ``capacities[j]``
    (none: 0).

    Pairs below ``threshold`` are never chosen. ``minimum_other_zone[i]`` of a need's places are kept for other zones;
    they go to its own zone only if the need would stay without any partner. Order needs by id: then the result is the
    same every time.
    """
    usable = (
        (pairs.rank_value >= threshold)
        & (wanted[pairs.need_row] > 0)
        & (_capacity_of(pairs.resource_id, capacities) > 0)
    )
    rows = np.flatnonzero(usable)
    rows = rows[np.lexsort((pairs.resource_id[rows], pairs.need_row[rows]))]
    if rows.size == 0:
        return Assignment(rows, np.flatnonzero(wanted > 0), 0.0)
    network = _network(pairs, rows, wanted, capacities, is_other_zone[rows], minimum_other_zone)
    chosen = rows[_solve(network)[: rows.size] > 0]
    chosen = chosen[
        np.lexsort(
            (pairs.resource_id[chosen], -pairs.confidence[chosen], -pairs.rank_value[chosen], pairs.need_row[chosen])
        )
    ]
    served = np.unique(pairs.need_row[chosen])
    return Assignment(
        chosen, np.setdiff1d(np.flatnonzero(wanted > 0), served), float(np.cumsum(pairs.rank_value[chosen])[-1])
    )


def _network(
    pairs: Rankable,
    rows: Integers,
    wanted: Integers,
    capacities: Mapping[int, int],
    is_other: Flags,
    minimum_other: Integers,
) -> _Network:
    """Build source → need → (own zone) → resource → sink, and source → sink for partners that cannot be found.

    Nodes: 0 source, then needs, their own-zone gates, resources, sink.
    """
    needs = np.unique(pairs.need_row[rows])
    resources, resource_place = np.unique(pairs.resource_id[rows], return_inverse=True)
    need_node = 1 + np.searchsorted(needs, pairs.need_row[rows])
    gate_node = need_node + needs.size
    first_resource = 1 + 2 * needs.size
    sink = first_resource + resources.size
    places = np.minimum(wanted[needs], np.bincount(np.searchsorted(needs, pairs.need_row[rows]), minlength=needs.size))
    kept = np.minimum(np.maximum(minimum_other[needs], 0), wanted[needs])
    supply = int(places.sum())
    served_bonus = _served_bonus(needs.size, sink + 1)
    node, gate, resource = (
        1 + np.arange(needs.size),
        1 + needs.size + np.arange(needs.size),
        first_resource + np.arange(resources.size),
    )
    zeros, ones = np.zeros(needs.size, dtype=np.int64), np.ones(needs.size, dtype=np.int64)
    free = np.array([capacities[int(identifier)] for identifier in resources], dtype=np.int64)
    arcs = [
        (
            np.where(is_other, need_node, gate_node),
            first_resource + resource_place,
            np.ones_like(rows),
            -_gains(pairs, rows),
        ),
        (zeros, node, ones, ones * -served_bonus),
        (zeros, node, places - 1, zeros),
        (node, gate, wanted[needs] - kept, zeros),
        (node, gate, kept, ones * 2 * UNIT),
        (resource, np.full_like(resource, sink), free, np.zeros_like(resource)),
        (np.array([0]), np.array([sink]), np.array([supply]), np.array([0])),
    ]
    tails, heads, limits, costs = (np.concatenate(column).astype(np.int64) for column in zip(*arcs, strict=True))
    return _Network(tails, heads, limits, costs, supply, sink)


def _gains(pairs: Rankable, rows: Integers) -> Integers:
    """Return the integer gain of each pair: rank value, then confidence, then a lower id among the same need's
    candidates."""
    value = np.rint(np.clip(pairs.rank_value[rows], 0.0, 1.0) * (VALUE_STEPS - 1)).astype(np.int64)
    confidence = np.rint(np.clip(pairs.confidence[rows], 0.0, 1.0) * (CONFIDENCE_STEPS - 1)).astype(np.int64)
    need_row = pairs.need_row[rows]
    place = np.arange(rows.size) - np.searchsorted(need_row, need_row)
    gains: Integers = (
        (value * CONFIDENCE_STEPS + confidence) * ID_STEPS + ID_STEPS - 1 - np.minimum(place, ID_STEPS - 1)
    )
    return gains


def _served_bonus(needs: int, nodes: int) -> int:
    """Return what a need's first partner is worth: more than anything the others could lose by it, as far as 64 bits
    allow.

    Serving one more need exchanges at most one partner of every other need, each worth at most 3 units.
    """
    room = 1 << (COST_BITS - (nodes + 1).bit_length())
    return min(3 * UNIT * (needs + 1), room)


def _solve(network: _Network) -> Integers:
    """Return the flow of each arc."""
    solver = SimpleMinCostFlow()
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        network.tails.astype(np.int32), network.heads.astype(np.int32), network.capacities, network.costs
    )
    solver.set_node_supply(0, network.supply)
    solver.set_node_supply(network.sink, -network.supply)
    status = solver.solve()
    if status != SimpleMinCostFlow.OPTIMAL:
        raise InfeasibleAssignment(f"min-cost flow ended with {status}")
    flows: Integers = np.asarray(solver.flows(arcs), dtype=np.int64)
    return flows


def _capacity_of(resource_ids: Integers, capacities: Mapping[int, int]) -> Integers:
    distinct, place = np.unique(resource_ids, return_inverse=True)
    free = np.array([capacities.get(int(identifier), 0) for identifier in distinct], dtype=np.int64)
    of_pair: Integers = free[place] if free.size else np.zeros(resource_ids.shape, dtype=np.int64)
    return of_pair
