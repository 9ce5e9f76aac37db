"""The exact solver: a minimum-cost flow over the usable pairs (OR-Tools, cost-scaling push-relabel)."""

from typing import Final, NamedTuple

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from matching.engine.assignment.problem import HOME_PENALTY, UNIT, Problem, Solution
from matching.engine.packing import Integers

COST_BITS: Final = 61
"""The solver multiplies costs by the number of nodes and needs the product in a signed 64-bit integer."""


class InfeasibleAssignment(RuntimeError):
    """The solver refused the network: a defect, since doing nothing is always feasible."""


class _Network(NamedTuple):
    """Arcs of the flow problem as columns; the first arcs are the pairs, in order."""

    tails: Integers
    heads: Integers
    capacities: Integers
    costs: Integers
    supply: int
    sink: int


class _Nodes(NamedTuple):
    """Numbers of the nodes: 0 is the source; int64 arrays by need and by resource; the sink comes last."""

    need: Integers
    home: Integers
    resource: Integers
    fresh: Integers
    sink: int


def solve(problem: Problem) -> Solution:
    """Return the best solution there is."""
    flows = _flows(_network(problem))
    return Solution(flows[: problem.pair.size] > 0, 0)


def _network(problem: Problem) -> _Network:
    """Build source → need → (its gate for the own zone) → (the resource's gate for new needs) → resource → sink, and
    source → sink for partners that cannot be found."""
    nodes = _nodes(problem)
    offered = np.bincount(problem.need, minlength=problem.wanted.size)
    places = np.minimum(problem.wanted, offered)
    supply = int(places.sum())
    bonus = _served_bonus(problem.wanted.size, nodes.sink + 1)
    source, free = np.zeros_like(nodes.need), np.zeros_like(nodes.need)
    arcs = [
        (*_ends(problem, nodes), np.ones_like(problem.gain), -problem.gain),
        (source, nodes.need, np.ones_like(source), free - bonus),
        (source, nodes.need, places - 1, free),
        (nodes.need, nodes.home, problem.wanted - problem.kept, free),
        (nodes.need, nodes.home, problem.kept, free + HOME_PENALTY),
        (nodes.fresh, nodes.resource, problem.fresh, np.zeros_like(nodes.resource)),
        (nodes.resource, np.full_like(nodes.resource, nodes.sink), problem.capacity, np.zeros_like(nodes.resource)),
        (np.array([0]), np.array([nodes.sink]), np.array([supply]), np.array([0])),
    ]
    tails, heads, limits, costs = (np.concatenate(column).astype(np.int64) for column in zip(*arcs, strict=True))
    return _Network(tails, heads, limits, costs, supply, nodes.sink)


def _nodes(problem: Problem) -> _Nodes:
    needs, resources = np.arange(problem.wanted.size), np.arange(problem.capacity.size)
    first = 1 + 2 * needs.size
    return _Nodes(
        1 + needs, 1 + needs.size + needs, first + resources, first + resources.size + resources,
        first + 2 * resources.size,
    )  # fmt: skip


def _ends(problem: Problem, nodes: _Nodes) -> tuple[Integers, Integers]:
    """Return tail and head of each pair's arc."""
    tails = np.where(problem.is_home, nodes.home[problem.need], nodes.need[problem.need])
    heads = np.where(problem.is_new, nodes.fresh[problem.resource], nodes.resource[problem.resource])
    return tails, heads


def _served_bonus(needs: int, nodes: int) -> int:
    """Return what a need's first partner is worth: more than anything the others could lose by it, as far as 64 bits
    allow.

    Serving one more need exchanges at most one partner of every other need, each worth at most 3 units.
    """
    room = 1 << (COST_BITS - (nodes + 1).bit_length())
    return min(3 * UNIT * (needs + 1), room)


def _flows(network: _Network) -> Integers:
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
