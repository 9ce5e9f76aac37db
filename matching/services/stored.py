"""Candidate lists as a run stored them, read back as arrays for replays and comparisons."""

from collections.abc import Collection, Iterator
from typing import NamedTuple

import numpy as np

from matching.engine.config import COMPONENTS
from matching.engine.packing import Floats
from matching.engine.replaying import Stored
from matching.models import CandidateList, MatchRun

COLUMNS = ("need_id", "need_version", "resource_ids", "resource_versions", "parts", "scores", "confidences")


class StoredList(NamedTuple):
    """The candidates of one need in one run. `value` float64[n, components] is None where the run was scored by another
    set of components than today's.
    """

    need_id: int
    need_version: int
    ids: list[int]
    versions: dict[int, int]
    score: dict[int, float]
    confidence: dict[int, float]
    value: Floats | None

    def as_stored(self) -> Stored:
        """For the engine. Only where `value` is not None."""
        assert self.value is not None
        score, confidence = (np.array([column[pk] for pk in self.ids]) for column in (self.score, self.confidence))
        return Stored(np.array(self.ids, dtype=np.int64), self.value, score, confidence)


def stored_lists(run: MatchRun, need_ids: Collection[int] | None = None) -> Iterator[StoredList]:
    """Lists of a run by ascending need; all of them unless needs are named. Empty after the run was tidied away."""
    rows = CandidateList.objects.filter(run=run).order_by("need_id")
    if need_ids is not None:
        rows = rows.filter(need_id__in=need_ids)
    for need_id, version, ids, versions, parts, scores, confidences in rows.values_list(*COLUMNS).iterator(500):
        yield StoredList(
            need_id,
            version,
            ids,
            dict(zip(ids, versions, strict=True)),
            dict(zip(ids, scores, strict=True)),
            dict(zip(ids, confidences, strict=True)),
            _parts(bytes(parts), len(ids)),
        )


def _parts(packed: bytes, count: int) -> Floats | None:
    values = np.frombuffer(packed, dtype="<f8")
    return values.reshape(count, len(COMPONENTS)) if values.size == count * len(COMPONENTS) else None
