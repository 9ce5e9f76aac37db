"""The second look of a run: the best 50 candidates of each need, and those that everybody is told of, read side by side
with it by the operator's model. Of a pair that others are told nothing may depend on its place among the 50, for the
budget decides it too.

What was judged is stored with the candidates. While both sides keep their versions a judgment is taken over from the
live list and not asked for again, so that an unchanged site keeps its order whatever the server says today. A need
whose judgments cannot be had keeps the order without them, and the run says so.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
from django.db.models import F

from matching.choices import VectorKind
from matching.embedding.reranking import Reranker, RerankFailed
from matching.engine.packing import Flags, Floats, Integers
from matching.engine.pipeline import ChunkResult
from matching.engine.replaying import RERANK
from matching.models import CandidateList, MatchRun
from matching.services.judges import reranker
from matching.services.sending import sendable_ids
from matching.services.stored import stored_lists
from matching.services.vectors import texts_of
from matching.store import Versions

log = logging.getLogger(__name__)
JUDGED: Final = 50
"""So many candidates of a need are read side by side with it, and those beyond that everybody is told of."""
FAILURES_IN_A_ROW: Final = 3
SECONDS_PER_STEP: Final = 120.0
"""After as many failures, or so long, the rest of a step goes without: a run never waits for a server that is away."""
LONGEST_ERROR: Final = 300
Judgments = Mapping[tuple[int, int], float]
"""(need id, resource id) → relevance."""


class SecondLook(NamedTuple):
    """judgments float64[pairs], NaN where nothing was judged; how many needs were judged; why others were not."""

    judgments: Floats
    needs: int
    error: str


def second_look(run: MatchRun, result: ChunkResult, versions: Versions) -> SecondLook:
    """Have the best candidates of each need judged, as far as they may be sent."""
    values = np.full(len(result.pairs), np.nan)
    if not run.rerank_model:
        return SecondLook(values, 0, "")
    rows = {need_id: _rows_to_judge(result, row) for row, need_id in enumerate(result.need_ids.tolist())}
    best = {need_id: result.pairs.resource_id[chosen].tolist() for need_id, chosen in rows.items()}
    court = _Court(run.rerank_model, _kept(run, versions), _Texts.of(best))
    judged = 0
    for need_id, resource_ids in best.items():
        found = court.judge(need_id, resource_ids)
        values[rows[need_id]] = [found.get(pk, np.nan) for pk in resource_ids]
        judged += bool(found)
    return SecondLook(values, judged, court.error[:LONGEST_ERROR])


def judgments_of(run: MatchRun, pairs: Sequence[tuple[int, int]]) -> Floats:
    """What the run has judged of these pairs of need and resource: float64[pairs], NaN where nothing."""
    found = _stored(run, sorted({need for need, _ in pairs})) if run.rerank_model else {}
    return np.array([found.get(pair, np.nan) for pair in pairs], dtype=np.float64)


def _rows_to_judge(result: ChunkResult, need_row: int) -> Integers:
    """Return which pairs of a need are read, in order: int64[n], rows of ``result.pairs``."""
    own = np.arange(len(result.pairs))[result.rows_of(need_row)]
    is_read: Flags = (np.arange(own.size) < JUDGED) | result.is_told[own]
    return own[is_read]


class _Texts(NamedTuple):
    """Texts of those that may be sent."""

    of_need: Mapping[int, str]
    of_resource: Mapping[int, str]

    @classmethod
    def of(cls, best: Mapping[int, Sequence[int]]) -> "_Texts":
        needs, resources = (
            texts_of(kind, sendable_ids(kind, ids, elsewhere=True))
            for kind, ids in (
                (VectorKind.NEED, list(best)),
                (VectorKind.RESOURCE, {pk for ids in best.values() for pk in ids}),
            )
        )
        return cls(needs, resources)


@dataclass(slots=True)
class _Court:
    """Judges needs one by one until the server fails too often or the step's time is over."""

    model: str
    kept: Judgments
    texts: _Texts
    error: str = ""
    failures: int = 0
    until: float = field(default_factory=lambda: time.monotonic() + SECONDS_PER_STEP)

    def judge(self, need_id: int, resource_ids: Sequence[int]) -> dict[int, float]:
        """resource id → relevance, of those that may be sent; nothing where one that is missing cannot be had."""
        if need_id not in self.texts.of_need:
            return {}
        may = [pk for pk in resource_ids if pk in self.texts.of_resource]
        found = {pk: self.kept[need_id, pk] for pk in may if (need_id, pk) in self.kept}
        missing = [pk for pk in may if pk not in found]
        asked = self._asked(need_id, missing) if missing else {}
        return found | asked if asked is not None else {}

    def _asked(self, need_id: int, missing: Sequence[int]) -> dict[int, float] | None:
        if self.failures >= FAILURES_IN_A_ROW:
            return None
        if time.monotonic() > self.until:
            self.error = self.error or f"{self.model}: no time left in this step"
            return None
        try:
            values = self._server().judge(self.texts.of_need[need_id], [self.texts.of_resource[pk] for pk in missing])
        except RerankFailed as problem:
            log.warning("need %s keeps its order: %s", need_id, problem)
            self.error, self.failures = str(problem), self.failures + 1
            return None
        self.failures = 0
        return dict(zip(missing, values.tolist(), strict=True))

    def _server(self) -> Reranker:
        found = reranker()
        if found is None or found.model != self.model:
            raise RerankFailed(f"{self.model} is not what this worker is set to use")
        return found


def _kept(run: MatchRun, versions: Versions) -> Judgments:
    """Judgments of the same model in live lists whose need and resource are of the same version still."""
    rows = CandidateList.objects.filter(
        need_id__in=list(versions.of_need), run=F("need__live_result__run"), run__rerank_model=run.rerank_model
    )
    kept: dict[tuple[int, int], float] = {}
    for live in {row.run_id: row.run for row in rows.select_related("run").defer("parts", "facts")}.values():
        for row in stored_lists(live, list(versions.of_need)):
            if row.value is None or versions.of_need[row.need_id] != row.need_version:
                continue
            column = dict(zip(row.ids, row.value[:, RERANK].tolist(), strict=True))
            same = (pk for pk in row.ids if versions.of_resource.get(pk) == row.versions[pk])
            kept |= {(row.need_id, pk): column[pk] for pk in same if not np.isnan(column[pk])}
    return kept


def _stored(run: MatchRun, need_ids: Sequence[int]) -> Judgments:
    return {
        (row.need_id, pk): value
        for row in stored_lists(run, need_ids)
        if row.value is not None
        for pk, value in zip(row.ids, row.value[:, RERANK].tolist(), strict=True)
    }
