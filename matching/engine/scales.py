"""How each need compares with the frozen sample, computed once per vector: a look at one changed resource must not pay
for all open needs again.
"""

from typing import Final, NamedTuple

import numpy as np

from matching.engine.packing import Floats, Integers
from matching.engine.vector_statistics import VectorStatistics
from matching.engine.vectors import VectorTable, Whole, lengths_of, moved, products, squares_of

NEEDS_AT_ONCE: Final = 1_024
"""Needs compared with the sample together: 17 MB of cosines."""


class Scaled(NamedTuple):
    """queries int16[needs, d]: vectors less the needs' center; mean, spread float64[needs]: of the cosines with the
    sample."""

    queries: Whole
    mean: Floats
    spread: Floats

    def take(self, rows: Integers) -> "Scaled":
        """Return the given needs, in the given order."""
        return Scaled(self.queries[rows], self.mean[rows], self.spread[rows])


class Scales:
    """Needs as they compare with the sample of ``statistics``, kept by id while their vectors stay what they were."""

    def __init__(self, statistics: VectorStatistics) -> None:
        self.statistics = statistics
        none = np.empty((0, statistics.sample.shape[1]), dtype=np.int16)
        self._table = VectorTable(np.empty(0, dtype=np.int64), none)
        self._scaled = Scaled(none, np.empty(0), np.empty(0))

    def of(self, ids: Integers, vectors: Whole) -> Scaled:
        """Return the needs with these vectors: ids int64[n], none twice; vectors int16[n, d]."""
        rows, is_kept = self._table.rows_of(ids)
        if self._table.ids.size:
            is_kept &= (self._table.vectors[rows] == vectors).all(axis=1)
        if not is_kept.all():
            self._add(ids[~is_kept], vectors[~is_kept])
            rows, _ = self._table.rows_of(ids)
        return self._scaled.take(rows)

    def _add(self, ids: Integers, vectors: Whole) -> None:
        """Put these needs in place of what was kept of them."""
        stays = np.flatnonzero(~np.isin(self._table.ids, ids))
        old, new = self._scaled.take(stays), _compared(vectors, self.statistics)
        all_ids = np.concatenate([self._table.ids[stays], ids])
        order = np.argsort(all_ids)
        self._table = VectorTable(all_ids[order], np.concatenate([self._table.vectors[stays], vectors])[order])
        queries = np.concatenate([old.queries, new.queries])
        mean, spread = np.concatenate([old.mean, new.mean]), np.concatenate([old.spread, new.spread])
        self._scaled = Scaled(queries, mean, spread).take(order)


def cosines_of(queries: Whole, documents: Whole, center: Whole) -> Floats:
    """Return the cosine of each query with each document less ``center``: float64[queries, documents].

    All sums are exact, so that a number does not depend on the rows beside it.
    """
    lengths = lengths_of(queries)[:, None] * np.maximum(_lengths_from(documents, center), 1.0)[None, :]
    dots = products(queries, documents) - products(queries, center[None, :])
    return np.divide(dots, lengths, out=np.zeros_like(dots), where=lengths > 0)


def _lengths_from(documents: Whole, center: Whole) -> Floats:
    """Return |d − c| of each document from exact sums: |d|² − 2 d·c + |c|²."""
    dots = products(documents, center[None, :])[:, 0]
    lengths: Floats = np.sqrt(squares_of(documents) - 2.0 * dots + squares_of(center[None, :])[0])
    return lengths


def _compared(vectors: Whole, frozen: VectorStatistics) -> Scaled:
    queries = moved(vectors, frozen.need_center)
    mean, spread = np.zeros(len(queries)), np.zeros(len(queries))
    for first in range(0, len(queries), NEEDS_AT_ONCE):
        cosines = cosines_of(queries[first : first + NEEDS_AT_ONCE], frozen.sample, frozen.resource_center)
        for place, row in enumerate(cosines, start=first):  # a sum must not depend on how many needs stand together
            mean[place], spread[place] = row.mean(), row.std()
    return Scaled(queries, mean, spread)
