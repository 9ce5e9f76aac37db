"""The best of many records without sorting them all; of equal ones the one that was registered first."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from zones.search.asking import Pool
from zones.search.requests import SUBJECTS
from zones.search.segments import Rows

FIRST_BYTES = 6
"""As many as a float64 holds exactly."""


class Place(NamedTuple):
    """Where a record stands: the number of its pool and its row there."""

    subject: str
    id: int
    pool: int
    row: int


def best_places(
    pools: Sequence[Pool],
    rows: Sequence[Rows],
    ranks: Sequence[NDArray[np.float64]],
    limit: int,
    *,
    by_name: bool = False,
) -> list[Place]:
    """Return the first of the rows of all pools, by rank (more is earlier) or by name, then by subject and id."""
    if not rows or limit <= 0:
        return []
    sizes = [part.size for part in rows]
    pool = np.repeat(np.arange(len(pools)), sizes)
    row = np.concatenate(rows)
    rank = np.concatenate(
        [
            _name_ranks(one, part) if by_name else values[part]
            for one, part, values in zip(pools, rows, ranks, strict=True)
        ]
    )
    best = _at_least(rank, limit)
    order = best[np.lexsort(_keys(pools, pool[best], row[best], rank[best], by_name))][:limit]
    return [
        Place(pools[p].segment.subject, int(pools[p].segment.ids[r]), p, r)
        for p, r in zip(pool[order].tolist(), row[order].tolist(), strict=True)
    ]


def _at_least(rank: NDArray[np.float64], limit: int) -> Rows:
    """Those that can be among the first: all that are no worse than the one at the limit."""
    if rank.size <= limit:
        return np.arange(rank.size)
    bar = np.partition(rank, rank.size - limit)[rank.size - limit]
    return np.flatnonzero(rank >= bar)


def _keys(
    pools: Sequence[Pool], pool: Rows, row: Rows, rank: NDArray[np.float64], by_name: bool
) -> tuple[NDArray[np.generic], ...]:
    """What `lexsort` sorts by, the last first."""
    ids = np.empty(pool.size, dtype=np.int64)
    subject = np.empty(pool.size, dtype=np.int64)
    names = np.empty(pool.size, dtype=pools[0].segment.key.dtype)
    for number, one in enumerate(pools):
        mine = pool == number
        ids[mine], subject[mine] = one.segment.ids[row[mine]], SUBJECTS.index(one.segment.subject)
        if by_name:
            names[mine] = one.segment.key[row[mine]]
    keys: tuple[NDArray[np.generic], ...] = (ids, subject)
    return (*keys, names, -rank) if by_name else (*keys, -rank)


def _name_ranks(pool: Pool, rows: Rows) -> NDArray[np.float64]:
    """The first bytes of each name as a number, negative so that more is earlier; float64[rows]."""
    column = pool.segment.key
    first = column.view(np.uint8).reshape(column.size, column.dtype.itemsize)[rows, :FIRST_BYTES]
    return -(first.astype(np.float64) @ (256.0 ** np.arange(FIRST_BYTES - 1, -1, -1)))
