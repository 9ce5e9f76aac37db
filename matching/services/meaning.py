"""What a run compares besides words: the model it is fixed to, frozen statistics, and the vectors as of its start.

A run never waits for vectors that are not there, and never fails for want of them: needs and resources without one are
compared by words, and the run says how many needs were compared by meaning.
"""

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.db import connection

from matching.choices import RunKind, VectorKind
from matching.embedding import Embedder, EmbeddingFailed, Role
from matching.engine.scales import Scales
from matching.engine.vector_statistics import Semantics, VectorStatistics
from matching.models import MatchRun, MeaningStatistics
from matching.services.embedders import embedder
from matching.services.judges import NO_JUDGE, Judge, judge_of_now
from matching.services.need_documents import refresh_needs
from matching.services.vector_copies import vector_copy
from matching.services.vectors import dimensions_of, lacking_ids, latest_version, save_vectors, texts_to_embed

log = logging.getLogger(__name__)
AT_ONCE: Final = 16
"""Needs a run embeds itself, because somebody waits for them; more are left to the background."""
LONGEST_ERROR: Final = 300
FINGERPRINT: Final = """
SELECT coalesce(sum(hashtextextended({kind}_id || ':' || encode(text_hash, 'hex'), 0)::numeric), 0)::text
FROM matching_{kind}vector WHERE model = %s AND sequence <= %s
"""


@dataclass(frozen=True, slots=True)
class FixedMeaning:
    """What a run is fixed to at its start; `model` is empty where meaning is off, `statistics` None where there are
    too few vectors yet, and `error` says why needs could not be embedded; `judge` is the reranking model.
    """

    model: str = ""
    statistics: MeaningStatistics | None = None
    version: int = 0
    error: str = ""
    judge: Judge = NO_JUDGE

    def write(self, run: MatchRun) -> list[str]:
        """Set the fields of the run; returns their names."""
        values = {
            "meaning_model": self.model,
            "meaning_statistics": self.statistics,
            "vector_version": self.version,
            "meaning_error": self.error,
            "rerank_model": self.judge.model,
            "rerank_error": self.judge.error,
        }
        for name, value in values.items():
            setattr(run, name, value)
        return list(values)


def fix_meaning(run: MatchRun, need_ids: Sequence[int]) -> FixedMeaning:
    """Fix the vectors a run compares with, and the model that judges its best pairs."""
    return replace(_fix_vectors(run, need_ids), judge=judge_of_now())


def _fix_vectors(run: MatchRun, need_ids: Sequence[int]) -> FixedMeaning:
    """Embed the few needs that lack a vector, and fix what the run compares with: a full run freezes anew, a delta run
    reuses what the last one froze.
    """
    try:
        back_end = embedder()
    except EmbeddingFailed as problem:
        return FixedMeaning(model=settings.EMBEDDING.backend, error=_short(problem))
    if back_end is None:
        return FixedMeaning()
    error = _embed_needs(back_end, need_ids)
    version = latest_version()
    frozen = _freeze(back_end.model, version) if run.kind == RunKind.FULL else newest_row(back_end.model)
    return FixedMeaning(back_end.model, frozen, version, error)


def fingerprint_of(fixed: FixedMeaning, kind: str) -> list[str | int]:
    """Return what of the models the input hash holds; a delta run takes the vectors' number for all of them."""
    judge: list[str | int] = [fixed.judge.model] if fixed.judge.model else []
    if fixed.statistics is None:
        return judge
    if kind == RunKind.DELTA:
        return [*judge, fixed.model, fixed.statistics.digest, fixed.version]
    return [*judge, fixed.model, fixed.statistics.digest, *(_sum_of(table, fixed) for table in VectorKind)]


def semantics_of(run: MatchRun) -> Semantics | None:
    """The vectors of a run, for the engine; None where it compares words only."""
    if run.meaning_statistics_id is None:
        return None
    statistics = statistics_of(run.meaning_statistics_id)
    return _semantics(statistics, run.meaning_model, run.vector_version, Scales(statistics))


def latest_semantics() -> Semantics | None:
    """What a delta run of now would compare with; how needs compare with the sample is kept from look to look."""
    try:
        back_end = embedder()
    except EmbeddingFailed:
        return None
    row = newest_row(back_end.model) if back_end is not None else None
    if row is None:
        return None
    statistics = statistics_of(row.pk)
    return _semantics(statistics, row.model, latest_version(), kept_scales(statistics))


def newest_row(model: str) -> MeaningStatistics | None:
    """The newest statistics of a model."""
    return MeaningStatistics.objects.filter(model=model).defer("packed").order_by("-pk").first()


def kept_scales(statistics: VectorStatistics) -> Scales:
    """What this process keeps of needs under one set of statistics, compared by identity: it reads each row once."""
    if not _kept or _kept[-1].statistics is not statistics:
        _kept[:] = [Scales(statistics)]
    return _kept[-1]


def _semantics(statistics: VectorStatistics, model: str, version: int, scales: Scales) -> Semantics:
    dimensions = statistics.sample.shape[1]
    needs, resources = (
        vector_copy(kind, model, dimensions).as_of(version) for kind in (VectorKind.NEED, VectorKind.RESOURCE)
    )
    return Semantics(statistics, needs.table(), resources.table, resources, scales)


@lru_cache(maxsize=2)
def statistics_of(pk: int) -> VectorStatistics:
    """The statistics of a row; rows never change, so a process reads each once."""
    return VectorStatistics.from_bytes(bytes(MeaningStatistics.objects.values_list("packed", flat=True).get(pk=pk)))


def _freeze(model: str, version: int) -> MeaningStatistics | None:
    dimensions = dimensions_of(model)
    if dimensions is None:
        return None
    needs, resources = (
        vector_copy(kind, model, dimensions).as_of(version).table() for kind in (VectorKind.NEED, VectorKind.RESOURCE)
    )
    statistics = VectorStatistics.of(model, needs, resources)
    if not statistics.is_usable:
        return None
    packed = statistics.to_bytes()
    digest = hashlib.sha256(packed).hexdigest()
    return MeaningStatistics.objects.get_or_create(digest=digest, defaults={"model": model, "packed": packed})[0]


def _embed_needs(back_end: Embedder, need_ids: Sequence[int]) -> str:
    """Give the first needs without a vector one; returns why that failed, empty where it did not."""
    refresh_needs(need_ids)
    lacking = lacking_ids(VectorKind.NEED, model=back_end.model, limit=AT_ONCE, among=need_ids)
    texts = texts_to_embed(VectorKind.NEED, lacking)
    try:
        if texts:
            vectors = back_end.embed(list(texts.values()), Role.QUERY)
            save_vectors(VectorKind.NEED, model=back_end.model, texts=texts, vectors=vectors)
    except EmbeddingFailed as problem:
        log.warning("needs are compared by words only: %s", problem)
        return _short(problem)
    return ""


def _short(problem: EmbeddingFailed) -> str:
    return str(problem)[:LONGEST_ERROR]


def _sum_of(kind: VectorKind, fixed: FixedMeaning) -> str:
    with connection.cursor() as cursor:
        cursor.execute(FINGERPRINT.format(kind=str(kind)), [fixed.model, fixed.version])
        total: str = cursor.fetchone()[0]
    return total


_kept: list[Scales] = []
