"""Open needs as a process that watches keeps them: decoded once, with their text queries, and followed by the batch
numbers of their documents, as an index follows those of resources.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import Max
from django.db.models.functions import Coalesce

from ledger.changes import epoch_of
from matching.engine.packing import Flags, Integers
from matching.engine.records import ENCODING_VERSION, NeedTable, TermStatistics, decode_needs
from matching.engine.retrieval import TextQueries, text_queries
from matching.models import NeedDocument
from matching.services.need_documents import SUBJECT

SEGMENT = 20_000
"""Needs decoded and judged together."""
MAX_RECENT = 1_000
"""Needs that have changed since the segments were made; more, and all are read again."""

Packed = tuple[int, bool, bytes]


class Segment(NamedTuple):
    """Some open needs. is_current bool[needs]: False for a row that a later segment replaces, or that was closed."""

    needs: NeedTable
    queries: TextQueries
    is_current: Flags


@dataclass(slots=True)
class OpenNeeds:
    """All open needs under one set of term statistics, up to batch `seen` of epoch `epoch`."""

    epoch: UUID
    statistics: TermStatistics
    seen: int = -1
    segments: list[Segment] = field(default_factory=list)
    recent: dict[int, bytes] = field(default_factory=dict)
    newest: list[Segment] = field(default_factory=list)

    def follow(self) -> None:
        """Apply every batch since the last time."""
        latest: int = NeedDocument.objects.aggregate(latest=Coalesce(Max("sequence"), 0))["latest"]
        if latest == self.seen:
            return
        if self.seen < 0 or latest < self.seen:
            self._read_all(latest)
            return
        self._apply(_read("sequence > %s AND sequence <= %s", [self.seen, latest]))
        self.seen = latest
        if len(self.recent) > MAX_RECENT:
            self._read_all(latest)

    def __iter__(self) -> Iterator[Segment]:
        return iter([*self.segments, *self.newest])

    def _read_all(self, latest: int) -> None:
        rows = list(_read("is_open AND sequence <= %s", [latest]))
        parts = (rows[first : first + SEGMENT] for first in range(0, len(rows), SEGMENT))
        self.segments = [self._segment([packed for _pk, _is_open, packed in part]) for part in parts]
        self.seen, self.recent, self.newest = latest, {}, []

    def _apply(self, rows: Iterable[Packed]) -> None:
        for pk, is_open, packed in rows:
            for segment in self.segments:
                segment.is_current[segment.needs.id == pk] = False
            self.recent.pop(pk, None)
            if is_open:
                self.recent[pk] = packed
        self.newest = [self._segment(list(self.recent.values()))] if self.recent else []

    def _segment(self, packed: Sequence[bytes]) -> Segment:
        needs = decode_needs(packed)
        return Segment(needs, text_queries(needs, self.statistics), np.ones(len(needs), dtype=np.bool_))


def open_needs(statistics: TermStatistics) -> OpenNeeds:
    """This process's open needs, up to date. `statistics` is compared by identity: a process reads each row once."""
    epoch = epoch_of(SUBJECT)
    kept = _kept[-1] if _kept else None
    if kept is None or kept.epoch != epoch or kept.statistics is not statistics:
        kept = OpenNeeds(epoch, statistics)
        _kept[:] = [kept]
    kept.follow()
    return kept


def ids_of(needs: OpenNeeds) -> Integers:
    """Return the ids of all open needs, ascending: int64[needs]."""
    ids = [segment.needs.id[segment.is_current] for segment in needs]
    return np.sort(np.concatenate(ids)) if ids else np.empty(0, dtype=np.int64)


def forget() -> None:
    """Drop what is kept: a transaction that was rolled back has taken its batches with it."""
    _kept.clear()


_kept: list[OpenNeeds] = []


def _read(condition: str, values: list[int]) -> Iterator[Packed]:
    query = (
        f"SELECT need_id, is_open, packed FROM matching_needdocument WHERE encoding = {ENCODING_VERSION} "
        f"AND {condition} ORDER BY need_id"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        rows: list[tuple[int, bool, bytes]] = cursor.fetchall()
    return ((pk, is_open, bytes(packed)) for pk, is_open, packed in rows)
