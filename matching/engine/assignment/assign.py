"""The door of assignment: pairs and limits in, the chosen pairs out, whichever solver does the work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from matching.engine.assignment import auction, flow
from matching.engine.assignment.problem import (
    UNIT,
    Limits,
    Places,
    Problem,
    Rankable,
    Solution,
    new_pairs,
    places_of,
    problem_of,
    usable_pairs,
    worn_out,
)
from matching.engine.packing import Flags, Integers

SOLVERS: Final[Mapping[str, Callable[[Problem], Solution]]] = {"flow": flow.solve, "auction": auction.solve}


@dataclass(frozen=True, slots=True)
class Assignment:
    """Chosen pairs. pair int64[m]: positions in the input, ordered by need row and best first; empty_needs int64: rows
    left without; held_back int64: pairs that their need has a place for and that the weekly exposure cap alone forbids.

    No other solution that serves as many needs has a total value of more than ``total_value + gap``.
    """

    pair: Integers
    empty_needs: Integers
    held_back: Integers
    total_value: float
    gap: float


def assign(pairs: Rankable, limits: Limits, *, solver: str = "flow") -> Assignment:
    """Choose pairs so that need i gets at most ``wanted[i]`` partners and resource j serves at most ``capacities[j]``.

    Pairs below the threshold are never chosen. ``minimum_other_zone[i]`` of a need's places are kept for other zones;
    they go to its own zone only if the need would stay without any partner. Order needs by id: then the result is the
    same every time. Raises KeyError for an unknown solver.
    """
    places = places_of(pairs, limits)
    usable, tired = usable_pairs(pairs, limits, places), worn_out(pairs, limits, places)
    rows, seeking = np.flatnonzero(usable & ~tired), np.flatnonzero(limits.wanted > 0)
    if rows.size == 0:
        return Assignment(rows, seeking, np.flatnonzero(usable), 0.0, 0.0)
    problem = problem_of(pairs, limits, rows, places)
    solution = SOLVERS[solver](problem)
    chosen = _best_first(pairs, problem.pair[solution.is_chosen])
    served = np.unique(pairs.need_row[chosen])
    total = float(np.cumsum(pairs.rank_value[chosen])[-1]) if chosen.size else 0.0
    held_back = np.flatnonzero(_is_held_back(pairs, limits, places, chosen) & usable)
    return Assignment(chosen, np.setdiff1d(seeking, served), held_back, total, solution.gap / UNIT)


def _is_held_back(pairs: Rankable, limits: Limits, places: Places, chosen: Integers) -> Flags:
    """New pairs whose need has a place and whose resource has one, but none for new needs; bool[n]."""
    is_new = new_pairs(pairs, limits)
    partners = np.bincount(pairs.need_row[chosen], minlength=limits.wanted.size)
    _ids, resource = np.unique(pairs.resource_id, return_inverse=True)
    used = np.bincount(resource[chosen], minlength=resource.size)[resource]
    used_new = np.bincount(resource[chosen[is_new[chosen]]], minlength=resource.size)[resource]
    held: Flags = (
        is_new & (used_new >= places.fresh) & (used < places.capacity) & (partners < limits.wanted)[pairs.need_row]
    )
    held[chosen] = False
    return held


def _best_first(pairs: Rankable, chosen: Integers) -> Integers:
    order = np.lexsort(
        (pairs.resource_id[chosen], -pairs.confidence[chosen], -pairs.rank_value[chosen], pairs.need_row[chosen])
    )
    return chosen[order]
