"""No need that can have a partner stays without: augmenting paths over the places of a finished assignment."""

from typing import Any

import numpy as np

from matching.engine.assignment.problem import Problem
from matching.engine.compiling import inner, kernel
from matching.engine.packing import Flags

NONE = -1


def serve_more(problem: Problem, is_chosen: Flags) -> Flags:
    """Return the assignment changed along shortest augmenting paths until no more needs can be served.

    No served need loses its last partner (Kuhn 1955): the number of needs served is the greatest there is.
    """
    arrays = (
        np.searchsorted(problem.need, np.arange(problem.wanted.size + 1)).astype(np.int64),
        problem.need,
        problem.resource,
        problem.is_new,
        problem.capacity,
        problem.fresh,
        *_by_resource(problem),
    )
    held = is_chosen.copy()
    _serve_all(arrays, held)
    return held


def _by_resource(problem: Problem) -> tuple[Any, Any]:
    order = np.argsort(problem.resource, kind="stable")
    start = np.searchsorted(problem.resource[order], np.arange(problem.capacity.size + 1))
    return start.astype(np.int64), order.astype(np.int64)


@kernel
def _serve_all(market: Any, held: Any) -> Any:
    """Search from each need without partner. What a failed search has reached leads nowhere ever after."""
    needs, resources = market[0].size - 1, market[4].size
    partners = np.zeros(needs, dtype=np.int64)
    used, used_new = np.zeros(resources, dtype=np.int64), np.zeros(resources, dtype=np.int64)
    for pair in np.flatnonzero(held):
        partners[market[1][pair]] += 1
        used[market[2][pair]] += 1
        used_new[market[2][pair]] += market[3][pair]
    seen = np.zeros(needs, dtype=np.bool_)
    came_by, gave_up = np.full(needs, NONE), np.full(needs, NONE)
    for need in range(needs):
        if partners[need] == 0 and not seen[need]:
            _search(need, market, held, partners, used, used_new, seen, came_by, gave_up)


@inner
def _search(
    root: Any, market: Any, held: Any, partners: Any, used: Any, used_new: Any, seen: Any, came_by: Any, gave_up: Any
) -> Any:
    """Breadth first from a need to a free place, or to a partner that a need with several can spare."""
    queue = np.empty(seen.size, dtype=np.int64)
    queue[0], head, tail = root, 0, 1
    seen[root], came_by[root] = True, NONE
    while head < tail:
        need = queue[head]
        head += 1
        for pair in range(market[0][need], market[0][need + 1]):
            if held[pair]:
                continue
            spare, tail = _reach(pair, market, held, partners, used, used_new, seen, came_by, gave_up, queue, tail)
            if spare >= -1:
                _shift(pair, spare, market, held, partners, used, used_new, came_by, gave_up)
                for place in range(tail):
                    seen[queue[place]] = False
                return


@inner
def _reach(
    pair: Any, market: Any, held: Any, partners: Any, used: Any, used_new: Any, seen: Any, came_by: Any, gave_up: Any,
    queue: Any, tail: Any,
) -> Any:  # fmt: skip
    """Return -1 where the pair's resource has a free place, a pair that can be spared for it, or -2; and the queue's
    new end after adding the needs whose place it could take."""
    owner = market[2][pair]
    new_is_full = market[3][pair] and used_new[owner] == market[5][owner]
    if used[owner] < market[4][owner] and not new_is_full:
        return -1, tail
    for place in range(market[6][owner], market[6][owner + 1]):
        other = market[7][place]
        if not held[other] or (new_is_full and not market[3][other]):
            continue
        need = market[1][other]
        if partners[need] > 1:
            return other, tail
        if not seen[need]:
            seen[need], came_by[need], gave_up[need] = True, pair, other
            queue[tail] = need
            tail += 1
    return -2, tail


@inner
def _shift(
    pair: Any, spare: Any, market: Any, held: Any, partners: Any, used: Any, used_new: Any, came_by: Any, gave_up: Any
) -> Any:
    """Take the last place of the path, and let every need on the way back take the place the one after it gave up."""
    if spare != NONE:
        _set(spare, False, market, held, partners, used, used_new)
    while pair != NONE:
        need = market[1][pair]
        if came_by[need] != NONE:
            _set(gave_up[need], False, market, held, partners, used, used_new)
        _set(pair, True, market, held, partners, used, used_new)
        pair = came_by[need]


@inner
def _set(pair: Any, value: Any, market: Any, held: Any, partners: Any, used: Any, used_new: Any) -> Any:
    held[pair] = value
    change = 1 if value else -1
    partners[market[1][pair]] += change
    used[market[2][pair]] += change
    used_new[market[2][pair]] += change * market[3][pair]
