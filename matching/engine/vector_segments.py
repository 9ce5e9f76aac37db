"""Documents nearest in meaning, found by comparing with all that may be seen: exact, without an index.

The filter comes first: a document that a need's side may not see or use is never compared.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from matching.engine.packing import Flags, Floats, Integers
from matching.engine.vector_statistics import Filter
from matching.engine.vectors import VectorTable, Whole, products, squares_of

BLOCK: Final = 8_192
"""Documents compared at once: 50 needs × 8,192 numbers stay in the cache."""


class VectorRow(NamedTuple):
    """A document's vector as stored, the batch it came with, and who may see and use it (``use:…``)."""

    id: int
    sequence: int
    packed: bytes
    scopes: Sequence[str]


@dataclass(frozen=True, slots=True)
class VectorSegment:
    """Some documents. table: n vectors by id; sequence int64[n]; squares float64[n]: their squared lengths; rows: scope
    → rows int64 that carry it; is_current bool[n]: False for one that a later segment replaces."""

    table: VectorTable
    sequence: Integers
    squares: Floats
    rows: dict[str, Integers]
    is_current: Flags

    @classmethod
    def of(cls, rows: Iterable[VectorRow], dimensions: int) -> "VectorSegment":
        """Build from rows in any order."""
        ordered = sorted(rows)
        table = VectorTable.of([(row.id, row.packed) for row in ordered], dimensions)
        sequence = np.array([row.sequence for row in ordered], dtype=np.int64)
        return cls(table, sequence, _squares(table.vectors), _rows_by_scope(ordered), np.ones(len(ordered), np.bool_))

    def known(self, until: int) -> Flags:
        """Return which rows count for a run that was fixed at batch ``until``: bool[n]."""
        return self.is_current & (self.sequence <= until)

    def visible(self, query: Filter) -> Flags:
        """Return which rows carry one of the scopes and one of the use scopes: bool[n]."""
        return self._carrying(query.scopes) & self._carrying(query.use_scopes)

    def _carrying(self, scopes: Sequence[str]) -> Flags:
        if not scopes:
            return np.ones(self.sequence.size, dtype=np.bool_)
        flags = np.zeros(self.sequence.size, dtype=np.bool_)
        for scope in scopes:
            if scope in self.rows:
                flags[self.rows[scope]] = True
        return flags


@dataclass(frozen=True, slots=True)
class Segments:
    """All documents as of batch ``until``: what the engine calls ``Nearest`` and ``load``."""

    segments: tuple[VectorSegment, ...]
    dimensions: int
    until: int

    def table(self, ids: Integers | None = None) -> VectorTable:
        """Return the vectors of these ids (all: None) that have one."""
        parts = [_taken(segment, segment.known(self.until), ids) for segment in self.segments]
        found = np.concatenate([part.ids for part in parts]) if parts else np.empty(0, dtype=np.int64)
        order = np.argsort(found)
        none = np.empty((0, self.dimensions), dtype=np.int16)
        return VectorTable(found[order], np.concatenate([none, *(part.vectors for part in parts)])[order])

    def nearest(self, queries: Whole, center: Whole, filters: Sequence[Filter], limit: int) -> list[Integers]:
        """Return, per query, the ids of the at most ``limit`` visible documents of the largest cosine with it; of equal
        ones the lower ids."""
        best = [_Best.none() for _ in filters]
        for segment in self.segments:
            known = segment.known(self.until)
            visible = [known & segment.visible(query) for query in filters]
            for first in range(0, known.size, BLOCK):
                block = slice(first, first + BLOCK)
                cosines = _cosines(segment, block, queries, center)
                best = [
                    old.joined(segment.table.ids[block], row, flags[block], limit)
                    for old, row, flags in zip(best, cosines, visible, strict=True)
                ]
        return [one.ids for one in best]


class _Best(NamedTuple):
    """The best so far, best first. ids int64[k]; cosine float64[k]."""

    ids: Integers
    cosine: Floats

    @classmethod
    def none(cls) -> "_Best":
        return cls(np.empty(0, dtype=np.int64), np.empty(0))

    def joined(self, ids: Integers, cosine: Floats, flags: Flags, limit: int) -> "_Best":
        all_ids = np.concatenate([self.ids, ids[flags]])
        values = np.concatenate([self.cosine, cosine[flags]])
        if values.size > limit:
            enters = values >= np.partition(values, -limit)[-limit]
            all_ids, values = all_ids[enters], values[enters]
        order = np.lexsort((all_ids, -values))[:limit]
        return _Best(all_ids[order], values[order])


def _cosines(segment: VectorSegment, block: slice, queries: Whole, center: Whole) -> Floats:
    """Return float64[queries, rows of the block]: cosines with the documents less ``center``, times the queries'
    lengths, which order nothing. One product for queries and center: reading the vectors is what takes the time."""
    dots = products(np.vstack([queries, center[None, :]]), segment.table.vectors[block])
    to_center = products(queries, center[None, :])
    lengths = np.sqrt(segment.squares[block] - 2.0 * dots[-1] + squares_of(center[None, :])[0])
    cosines: Floats = (dots[:-1] - to_center) / np.maximum(lengths, 1.0)
    return cosines


def _squares(vectors: Whole) -> Floats:
    parts = [squares_of(vectors[first : first + BLOCK]) for first in range(0, len(vectors), BLOCK)]
    return np.concatenate(parts) if parts else np.empty(0)


def _rows_by_scope(rows: Sequence[VectorRow]) -> dict[str, Integers]:
    found: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        for scope in row.scopes:
            found.setdefault(scope, []).append(place)
    return {scope: np.array(places, dtype=np.int64) for scope, places in found.items()}


def _taken(segment: VectorSegment, known: Flags, ids: Integers | None) -> VectorTable:
    if ids is None:
        rows = np.flatnonzero(known)
    else:
        places, has_vector = segment.table.rows_of(np.unique(ids))
        rows = places[has_vector]
        rows = rows[known[rows]]
    return VectorTable(segment.table.ids[rows], segment.table.vectors[rows])
