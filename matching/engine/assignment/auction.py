"""The solver for national scale: needs bid for places, prices rise, and the prices prove how good the result is.

Forward auction with ε-scaling (Bertsekas 1988; Bertsekas and Castañón 1989 for several places per side), where each
need bids for the whole set it wants: with a limit on partners and one on those of its own zone its values are those of
a laminar matroid, so that what it holds stays wanted while other prices rise (Kelso and Crawford 1982; Gul and
Stacchetti 1999). Afterwards augmenting paths give every need a partner that can have one.
"""

from typing import Any, Final, NamedTuple

import numpy as np

from matching.engine.assignment.auction_kernels import bid_until_quiet, dual_bound
from matching.engine.assignment.problem import HOME_PENALTY, UNIT, Problem, Solution
from matching.engine.assignment.serving import serve_more
from matching.engine.packing import Flags, Integers

SERVED_BONUS: Final = 3 * UNIT
"""What a need's first partner is worth while bidding: more than one exchange can lose."""

FIRST_STEP: Final = UNIT // 16
SHRINK: Final = 8
LAST_STEP: Final = UNIT // 40_000
GOOD_ENOUGH: Final = 5e-5
"""Relative gap at which the auction ends early."""

BIDS_PER_PAIR: Final = 400
"""Work allowed over all rounds, counted in pairs looked at: a count, not a time, so that every machine stops alike."""


class _Round(NamedTuple):
    """What one auction at one ε found."""

    is_chosen: Flags
    price: Integers
    is_full: Flags
    bound: int
    looked_at: int


def solve(problem: Problem) -> Solution:
    """Return a solution that serves as many needs as can be served, and its certified gap."""
    arrays = _arrays(problem)
    best, bound = _auctions(problem, arrays)
    is_chosen = serve_more(problem, best)
    return Solution(is_chosen, max(bound - _worth(problem, arrays.gain, is_chosen), 0))


class _Arrays(NamedTuple):
    """The problem as the kernels read it: rows of pairs per need, room for holders per resource."""

    start: Integers
    resource: Integers
    gain: Integers
    is_home: Flags
    is_new: Flags
    wanted: Integers
    home_limit: Integers
    capacity: Integers
    fresh: Integers
    shelf: Integers


def _arrays(problem: Problem) -> _Arrays:
    """A need that keeps all its places for other zones pays for a partner at home; others have a limit on them."""
    start = np.searchsorted(problem.need, np.arange(problem.wanted.size + 1))
    keeps_all = problem.kept == problem.wanted
    gain = problem.gain - np.where(problem.is_home & keeps_all[problem.need], HOME_PENALTY, 0)
    held_at_most = np.minimum(problem.capacity, np.bincount(problem.resource, minlength=problem.capacity.size))
    return _Arrays(
        start.astype(np.int64), problem.resource, gain, problem.is_home, problem.is_new, problem.wanted,
        np.where(keeps_all, problem.wanted, problem.wanted - problem.kept), problem.capacity, problem.fresh,
        np.concatenate([[0], np.cumsum(held_at_most)]).astype(np.int64),
    )  # fmt: skip


def _auctions(problem: Problem, arrays: _Arrays) -> tuple[Flags, int]:
    """Return the best solution of auctions with ever smaller ε, and the least upper bound their prices prove."""
    reserve = np.zeros_like(problem.capacity)
    best, worth, bound = np.zeros(problem.pair.size, dtype=np.bool_), 0, np.iinfo(np.int64).max
    budget, step = BIDS_PER_PAIR * problem.pair.size, FIRST_STEP
    while budget > 0 and step >= LAST_STEP and bound - worth > GOOD_ENOUGH * worth:
        found = _auction(arrays, reserve, step, budget)
        budget -= found.looked_at
        bound = min(bound, found.bound)
        if (now := _worth(problem, arrays.gain, found.is_chosen)) > worth:
            best, worth = found.is_chosen, now
        reserve = np.where(found.is_full, np.maximum(found.price - 2 * step, 0), 0)
        step //= SHRINK
    return best, int(bound)


def _auction(arrays: _Arrays, reserve: Integers, step: int, budget: int) -> _Round:
    state: Any = bid_until_quiet(arrays, reserve, step, SERVED_BONUS, budget)
    held, price, price_new, count, looked_at = state
    bound = int(dual_bound(arrays, price, price_new, SERVED_BONUS))
    return _Round(held, price, count == arrays.capacity, bound, int(looked_at))


def _worth(problem: Problem, gain: Integers, is_chosen: Flags) -> int:
    served = np.unique(problem.need[is_chosen]).size
    return int(gain[is_chosen].sum()) + served * SERVED_BONUS
