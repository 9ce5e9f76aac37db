"""Embedding in the background: texts without a vector become leased steps, few at a time, so that runs go first.

A step that fails is looked into with a text known to be harmless: where that fails too, the back end is away and the
step waits; else the fault is in a text, and the step is halved until that text stands alone.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from ledger.bell import EMBEDDING, ring_after_commit
from ledger.changes import mark_changes
from ledger.crash import crash_point
from ledger.leases import claim, claimable, finish, give_back, renewed, ring_forgotten
from ledger.locks import Lock, hold
from matching.choices import NeedState, RunKind, VectorKind
from matching.embedding import Embedder, EmbeddingFailed, Role
from matching.embedding.base import PLACEHOLDER, Vectors
from matching.embedding.choice import NONE
from matching.engine.vector_statistics import SMALLEST_SAMPLE
from matching.models import EmbeddingStep, MatchRun, MeaningStatistics, Need
from matching.services.embedders import embedder
from matching.services.index_places import SUBJECT as RESOURCES
from matching.services.runs import request_full_run, start_delta, unfinished_runs
from matching.services.vectors import (
    current_resources,
    dimensions_of,
    drop_other_models,
    lack_of,
    lacking_ids,
    save_vectors,
    texts_to_embed,
    withheld_of,
)
from zones.scoping import SYSTEM

log = logging.getLogger(__name__)
TEXTS_PER_STEP: Final = 32
OPEN_STEPS: Final = 2
MAX_ATTEMPTS: Final = 3
RETRY_AFTER: Final = timedelta(seconds=2)
AWAY_FOR: Final = timedelta(seconds=60)
ROLES: Final = {VectorKind.RESOURCE: Role.PASSAGE, VectorKind.NEED: Role.QUERY}
ASKED_FOR_HOURS: Final = 1
FROZEN_BY: Final = "vectors"
REASON: Final = "vectors belong to the system"


def plan_embedding() -> int:
    """Add steps for texts without a vector, as many as may be open; returns how many. Where all have one and no run
    has used the model yet, a full run is asked for: it freezes what every later comparison needs.
    """
    back_end = usable_embedder()
    if back_end is None:
        return 0
    with transaction.atomic():
        return _plan(back_end.model)


def usable_embedder() -> Embedder | None:
    """The back end; None where there is none or it cannot be made, which is logged."""
    try:
        return embedder()
    except EmbeddingFailed as error:
        log.warning("texts are not embedded: %s", error)
        return None


def next_step() -> int | None:
    """The first step that can be claimed."""
    return EmbeddingStep.objects.filter(claimable()).order_by("pk").values_list("pk", flat=True).first()


def ring_again() -> int:
    """Ring for steps nobody came for; returns how many times."""
    return ring_forgotten(EmbeddingStep.objects.all(), EMBEDDING)


def work_on(step_id: int) -> bool:
    """Do one step if it can be claimed. True when it was done here."""
    step = claim(EmbeddingStep.objects.all(), step_id)
    if step is None:
        return False
    if step.attempts > MAX_ATTEMPTS:
        return _divide(step, "the process died each time")
    try:
        with renewed(EmbeddingStep.objects.all(), step):
            write = _embedded(step)
        crash_point("before_finish_embedding")
        return _finish(step, write)
    except Exception as error:  # a back end of others may fail in any way
        log.warning("%s: %s", step, error)
        return _retry(step, f"{type(error).__name__}: {error}")


def tidy() -> None:
    """Drop steps of yesterday, failed ones too, which are planned again; and vectors no run can ask for any more."""
    over = EmbeddingStep.objects.filter(state__in=(EmbeddingStep.State.DONE, EmbeddingStep.State.FAILED))
    over.filter(created_at__lt=Now() - timedelta(days=1)).delete()
    back_end = usable_embedder()
    if back_end is not None:
        drop_other_models([back_end.model, *unfinished_runs().values_list("meaning_model", flat=True)])


def _plan(model: str) -> int:
    hold(Lock.PLAN_EMBEDDING)
    is_open = EmbeddingStep.objects.filter(state__in=(EmbeddingStep.State.QUEUED, EmbeddingStep.State.LEASED))
    free = OPEN_STEPS - is_open.count()
    added = sum(_add_step(model) for _ in range(free))
    if not added and free == OPEN_STEPS:
        _ask_for_a_run(model)
    return added


def _add_step(model: str) -> bool:
    """Needs first: they are few, and somebody waits for them."""
    for kind in (VectorKind.NEED, VectorKind.RESOURCE):
        ids = lacking_ids(kind, model=model, limit=TEXTS_PER_STEP)
        if ids:
            _open_step(kind, model, ids)
            return True
    return False


def _open_step(kind: str, model: str, ids: list[int]) -> None:
    step = EmbeddingStep.objects.create(kind=kind, model=model, object_ids=ids)
    ring_after_commit(EMBEDDING, step.pk)


def _ask_for_a_run(model: str) -> None:
    """All texts have vectors, and nothing has been frozen of them yet."""
    if is_frozen(model) or current_resources(model) < SMALLEST_SAMPLE:
        return
    lately = Now() - timedelta(hours=ASKED_FOR_HOURS)
    runs = MatchRun.objects.unscoped(reason=REASON).filter(kind=RunKind.FULL, reason=FROZEN_BY)
    if not runs.filter(created_at__gt=lately).exists():
        request_full_run(SYSTEM, reason=FROZEN_BY)


def is_frozen(model: str) -> bool:
    """Whether a full run has frozen statistics of the model."""
    return MeaningStatistics.objects.filter(model=model).exists()


def _embedded(step: EmbeddingStep) -> Callable[[], None]:
    """Embed the texts; return the function that stores the vectors. Nothing is left of a step of another model."""
    back_end = embedder()
    texts = texts_to_embed(step.kind, step.object_ids)
    if back_end is None or back_end.model != step.model or not texts:
        return lambda: None
    vectors = back_end.embed(list(texts.values()), ROLES[VectorKind(step.kind)])
    return lambda: _store(step, texts, vectors)


def _store(step: EmbeddingStep, texts: dict[int, str], vectors: Vectors) -> None:
    save_vectors(step.kind, model=step.model, texts=texts, vectors=vectors)
    if not is_frozen(step.model):
        return
    if step.kind == VectorKind.RESOURCE:
        mark_changes(RESOURCES, sorted(texts))
        return
    needs = Need.objects.unscoped(reason=REASON).filter(pk__in=list(texts), state=NeedState.OPEN)
    matched = list(needs.filter(live_result__isnull=False).values_list("pk", flat=True))
    if matched:
        start_delta(matched, reason=FROZEN_BY)


def _finish(step: EmbeddingStep, write: Callable[[], None]) -> bool:
    """One transaction: the fence, the vectors, the next step. A zombie writes nothing."""
    with transaction.atomic():
        if not finish(EmbeddingStep.objects.all(), step):
            return False
        write()
        _plan(step.model)
    return True


def _retry(step: EmbeddingStep, error: str) -> bool:
    if _is_away(step.model):
        _give_back(step, error, wait=AWAY_FOR)
        EmbeddingStep.objects.filter(pk=step.pk, fence=step.fence).update(attempts=0)
    elif len(step.object_ids) > 1 or step.attempts >= MAX_ATTEMPTS:
        _divide(step, error)
    else:
        _give_back(step, error, wait=RETRY_AFTER * step.attempts)
    return False


def _give_back(step: EmbeddingStep, error: str, *, wait: timedelta) -> None:
    give_back(EmbeddingStep.objects.all(), step, error=error, wait=wait, may_retry=True)


def _is_away(model: str) -> bool:
    """Whether not even a harmless text has a vector of the length the others have."""
    try:
        back_end = embedder()
        if back_end is None:
            return False
        probe = back_end.embed([PLACEHOLDER], Role.PASSAGE)
    except Exception as error:  # as above: of whatever kind, it is away
        log.warning("%s is away: %s", model, error)
        return True
    return dimensions_of(model) not in (None, probe.shape[1])


def _divide(step: EmbeddingStep, error: str) -> bool:
    """Try the halves by themselves; a text that fails alone is given up until tomorrow, and the health page counts
    it.
    """
    ids = step.object_ids
    if len(ids) == 1:
        give_back(EmbeddingStep.objects.all(), step, error=error, wait=timedelta(0), may_retry=False)
        return False
    with transaction.atomic():
        if finish(EmbeddingStep.objects.all(), step):
            _open_step(step.kind, step.model, ids[: len(ids) // 2])
            _open_step(step.kind, step.model, ids[len(ids) // 2 :])
    return False


def failed_texts(model: str) -> int:
    """How many texts no vector could be had for, until they are planned again."""
    return EmbeddingStep.objects.filter(model=model, state=EmbeddingStep.State.FAILED).count()


def meaning_state() -> dict[str, object]:
    """For the health page: the back end, how many texts lack a vector, how many none could be had for, and how many
    are withheld from it.
    """
    back_end = usable_embedder()
    if back_end is None:
        return {"backend": settings.EMBEDDING.backend, "is_usable": settings.EMBEDDING.backend == NONE}
    lack, failed, kept = lack_of(back_end.model), failed_texts(back_end.model), withheld_of(back_end.model)
    return {
        "backend": settings.EMBEDDING.backend,
        "is_usable": True,
        "lacking": lack.total,
        "failed": failed,
        "withheld": kept.total,
    }
