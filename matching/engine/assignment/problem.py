"""The problem every solver is given: usable pairs with integer gains, places of needs and resources, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

import numpy as np

from matching.engine.packing import Flags, Floats, Integers

VALUE_STEPS: Final = 1 << 20
CONFIDENCE_STEPS: Final = 1 << 6
ID_STEPS: Final = 1 << 6
HELD_STEPS: Final = 2
UNIT: Final = VALUE_STEPS * CONFIDENCE_STEPS * ID_STEPS * HELD_STEPS
"""Integer gain of a rank value of 1: values to 1e-6, below them the tie-breakers."""

HOME_PENALTY: Final = 2 * UNIT
"""What a partner of the need's own zone costs on a place kept for other zones: more than any partner is worth."""


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

    def take(self, rows: Integers) -> "Choices":
        """Return the given pairs, in the given order."""
        return Choices(self.need_row[rows], self.resource_id[rows], self.rank_value[rows], self.confidence[rows])


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds an assignment. wanted int64[needs]: partners sought; capacities: places per resource id (none: 0).

    is_other_zone bool[n] per pair; minimum_other_zone int64[needs]: places kept for other zones. is_new bool[n]: the
    pair was not proposed before; exposures: how many new needs a resource may still be put before this week (no entry:
    as many as it has places). is_held bool[n]: the pair is proposed now; of solutions of equal gain the flow
    takes the one that keeps most of them, so that the same input twice changes nothing.
    """

    wanted: Integers
    capacities: Mapping[int, int]
    is_other_zone: Flags
    minimum_other_zone: Integers
    threshold: float
    is_new: Flags | None = None
    exposures: Mapping[int, int] | None = None
    is_held: Flags | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Usable pairs, ordered by need, then resource id, and the places they compete for. Needs and resources are
    numbered 0 … among those that occur.

    pair int64[n]: positions in the input; need, resource int64[n]; gain int64[n] ≥ 0; is_home, is_new bool[n]; wanted,
    kept int64[needs], kept ≤ wanted; capacity, fresh int64[resources]: places, and how many of them new pairs may take.
    """

    pair: Integers
    need: Integers
    resource: Integers
    gain: Integers
    is_home: Flags
    is_new: Flags
    wanted: Integers
    kept: Integers
    capacity: Integers
    fresh: Integers


@dataclass(frozen=True, slots=True)
class Solution:
    """is_chosen bool[n] per pair of the problem; gap int64-valued ≥ 0: no solution that serves as many needs gains
    more than this on top."""

    is_chosen: Flags
    gap: int


class Places(NamedTuple):
    """Per pair of the input: places of its resource, and how many of them new pairs may take; int64[n] each."""

    capacity: Integers
    fresh: Integers


def places_of(pairs: Rankable, limits: Limits) -> Places:
    """Look up the limits of each pair's resource."""
    ids, place = np.unique(pairs.resource_id, return_inverse=True)
    capacity = np.array([max(limits.capacities.get(int(pk), 0), 0) for pk in ids], dtype=np.int64)
    left = limits.exposures or {}
    fresh = np.array(
        [min(max(left.get(int(pk), places), 0), places) for pk, places in zip(ids, capacity.tolist(), strict=True)],
        dtype=np.int64,
    )
    return Places(capacity[place], fresh[place])


def problem_of(pairs: Rankable, limits: Limits, rows: Integers, places: Places) -> Problem:
    """Make the problem of the usable pairs ``rows``."""
    rows = rows[np.lexsort((pairs.resource_id[rows], pairs.need_row[rows]))]
    needs, need = np.unique(pairs.need_row[rows], return_inverse=True)
    _ids, first, resource = np.unique(pairs.resource_id[rows], return_index=True, return_inverse=True)
    wanted = limits.wanted[needs].astype(np.int64)
    return Problem(
        rows,
        need.astype(np.int64),
        resource.astype(np.int64),
        _gains(pairs, limits, rows),
        ~limits.is_other_zone[rows],
        new_pairs(pairs, limits)[rows],
        wanted,
        np.minimum(np.maximum(limits.minimum_other_zone[needs], 0), wanted).astype(np.int64),
        places.capacity[rows][first],
        places.fresh[rows][first],
    )


def usable_pairs(pairs: Rankable, limits: Limits, places: Places) -> Flags:
    """Pairs that may be chosen at all, exposure aside: good enough, wanted, and with a place; bool[n]."""
    usable: Flags = (pairs.rank_value >= limits.threshold) & (limits.wanted[pairs.need_row] > 0) & (places.capacity > 0)
    return usable


def worn_out(pairs: Rankable, limits: Limits, places: Places) -> Flags:
    """New pairs of a resource that may be put before no more new needs this week; bool[n]."""
    tired: Flags = new_pairs(pairs, limits) & (places.fresh == 0) & (places.capacity > 0)
    return tired


def new_pairs(pairs: Rankable, limits: Limits) -> Flags:
    """Pairs that were not proposed before: all, unless the limits say which; bool[n]."""
    return np.ones(pairs.need_row.shape, dtype=np.bool_) if limits.is_new is None else limits.is_new


def _gains(pairs: Rankable, limits: Limits, rows: Integers) -> Integers:
    """Return the integer gain of each pair: rank value, then confidence, then a lower id among the same need's
    candidates, then that it is proposed now."""
    value = np.rint(np.clip(pairs.rank_value[rows], 0.0, 1.0) * (VALUE_STEPS - 1)).astype(np.int64)
    confidence = np.rint(np.clip(pairs.confidence[rows], 0.0, 1.0) * (CONFIDENCE_STEPS - 1)).astype(np.int64)
    need_row = pairs.need_row[rows]
    place = np.arange(rows.size) - np.searchsorted(need_row, need_row)
    order = (value * CONFIDENCE_STEPS + confidence) * ID_STEPS + ID_STEPS - 1 - np.minimum(place, ID_STEPS - 1)
    gains: Integers = order * HELD_STEPS + (0 if limits.is_held is None else limits.is_held[rows])
    return gains
