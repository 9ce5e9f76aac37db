"""Vectors as a process that scores keeps them: read once, then followed by the batch numbers of documents and vectors.

A vector counts while its text is that of the document, and carries the document's scopes: who may see a resource is
known here as it is in the text index.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.db import connection

from ledger.changes import epoch_of
from matching.choices import VectorKind
from matching.engine.vector_segments import Segments, VectorRow, VectorSegment
from matching.services.vectors import FOUND, SUBJECT

MAX_RECENT: Final = 2_000
"""Records that have changed since the segment was made; more, and all are read again."""
SCOPES: Final = {VectorKind.RESOURCE: "d.scopes", VectorKind.NEED: "ARRAY[]::text[]"}
CURRENT: Final = """
SELECT v.{kind}_id, v.sequence, v.packed, {scopes} FROM matching_{kind}vector v JOIN matching_{kind}document d
ON d.{kind}_id = v.{kind}_id AND d.text_hash = v.text_hash AND {found}
WHERE v.model = %(model)s AND v.dimensions = %(dimensions)s
"""
CHANGED: Final = """
SELECT {kind}_id FROM matching_{kind}document WHERE sequence > %(documents)s
UNION SELECT {kind}_id FROM matching_{kind}vector WHERE model = %(model)s AND sequence > %(vectors)s
"""
LATEST: Final = """
SELECT coalesce((SELECT max(sequence) FROM matching_{kind}document), 0),
       coalesce((SELECT max(sequence) FROM matching_{kind}vector WHERE model = %(model)s), 0)
"""
Epochs = tuple[UUID, UUID]


@dataclass(slots=True)
class VectorCopy:
    """All vectors of one kind and model, up to the batches `seen` of documents and of vectors."""

    kind: VectorKind
    model: str
    dimensions: int
    epochs: Epochs
    seen: tuple[int, int] | None = None
    oldest: list[VectorSegment] = field(default_factory=list)
    recent: dict[int, VectorRow] = field(default_factory=dict)
    newest: list[VectorSegment] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)

    def follow(self) -> None:
        """Apply every batch since the last time."""
        latest = self._latest()
        if latest == self.seen:
            return
        if self.seen is None or latest[0] < self.seen[0]:
            self._read_all()
        else:
            self._apply()
        self.seen = latest
        if len(self.touched) > MAX_RECENT:
            self._read_all()

    def as_of(self, until: int) -> Segments:
        """The vectors a run that was fixed at batch `until` may use."""
        return Segments((*self.oldest, *self.newest), self.dimensions, until)

    def _read_all(self) -> None:
        self.oldest = [VectorSegment.of(self._rows(), self.dimensions)]
        self.recent, self.newest, self.touched = {}, [], set()

    def _apply(self) -> None:
        changed = self._changed()
        for segment in self.oldest:
            segment.is_current[np.isin(segment.table.ids, np.array(changed, dtype=np.int64))] = False
        self.touched |= set(changed)
        self.recent = {pk: row for pk, row in self.recent.items() if pk not in set(changed)}
        self.recent |= {row.id: row for row in self._rows(changed)}
        self.newest = [VectorSegment.of(self.recent.values(), self.dimensions)] if self.recent else []

    def _latest(self) -> tuple[int, int]:
        ((documents, vectors),) = self._read(LATEST)
        return documents, vectors

    def _changed(self) -> list[int]:
        return [pk for (pk,) in self._read(CHANGED)]

    def _rows(self, ids: list[int] | None = None) -> Iterator[VectorRow]:
        query = CURRENT if ids is None else f"{CURRENT} AND v.{{kind}}_id = ANY(%(ids)s)"
        return (VectorRow(pk, number, bytes(packed), scopes) for pk, number, packed, scopes in self._read(query, ids))

    def _read(self, query: str, ids: list[int] | None = None) -> list[tuple[Any, ...]]:
        documents, vectors = self.seen or (-1, -1)
        values: dict[str, Any] = {
            "model": self.model,
            "dimensions": self.dimensions,
            "ids": ids,
            "documents": documents,
            "vectors": vectors,
        }
        told = query.format(kind=str(self.kind), scopes=SCOPES[self.kind], found=FOUND[self.kind])
        with connection.cursor() as cursor:
            cursor.execute(told, values)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def vector_copy(kind: VectorKind, model: str, dimensions: int) -> VectorCopy:
    """This process's copy, up to date; one model of each kind is kept."""
    epochs = (epoch_of(SUBJECT), epoch_of(kind))
    kept = _kept.get(kind)
    if kept is None or (kept.model, kept.dimensions, kept.epochs) != (model, dimensions, epochs):
        kept = _kept[kind] = VectorCopy(kind, model, dimensions, epochs)
    kept.follow()
    return kept


def forget() -> None:
    """Drop what is kept: a transaction that was rolled back has taken its batches with it."""
    _kept.clear()


_kept: dict[VectorKind, VectorCopy] = {}
