"""The stages that compute: prepare a run, score some needs. Each returns the function that writes what it found."""

import hashlib
import json
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Now

from ledger.bell import STEP, ring_after_commit
from ledger.changes import epoch_of
from matching.choices import NeedState, RunKind, RunStage, RunState
from matching.engine.pipeline import match_chunk, rerank
from matching.models import LexicalStatistics, MatchRun, Need, RunStep
from matching.services.candidate_sources import source_of
from matching.services.documents import follow_resources, refresh_dated_documents, refresh_stale_documents
from matching.services.facts import facts_of_best, market_of
from matching.services.index_places import SUBJECT, latest_sequence
from matching.services.meaning import FixedMeaning, fingerprint_of, fix_meaning
from matching.services.need_documents import follow_needs, refresh_stale_needs
from matching.services.reranking import second_look
from matching.services.statistics import count_statistics, latest_row
from matching.snapshot import dismissed_resources, read_needs
from matching.store import Tally, Versions, save_candidates

REASON = "runs work for everybody; readers are scoped"


def prepare_run(step: RunStep) -> Callable[[], None]:
    """Bring documents up to date, freeze the statistics, cut the needs into steps.

    A delta run reads the documents as the last look left them: changes of resources it took away would be hidden from
    the watch, and so from all other needs they concern.
    """
    run = step.run
    if run.kind == RunKind.FULL:
        while follow_resources() or follow_needs():
            pass
        refresh_stale_documents()
        refresh_dated_documents()
        refresh_stale_needs()
    statistics = (latest_row() if run.kind == RunKind.DELTA else None) or count_statistics()
    need_ids = step.need_ids if run.kind == RunKind.DELTA else _open_needs()
    meaning = fix_meaning(run, need_ids)
    input_hash = _input_hash(run, statistics, need_ids, meaning)
    return lambda: _write_plan(run, statistics, need_ids, input_hash, meaning)


def score_needs(step: RunStep) -> Callable[[], None]:
    """Match the step's needs against all resources: candidates, parts, reasons, facts of the best."""
    run, source = step.run, source_of(step.run)
    need_versions = dict(_needs().filter(pk__in=step.need_ids, state=NeedState.OPEN).values_list("pk", "version"))
    needs = read_needs(sorted(need_versions), on=run.as_of)
    market = market_of(run)
    result = match_chunk(
        needs, source.candidates, source.reader, market.statistics, market.geography, market.codes, market.config,
        market.today, market.semantics,
    )  # fmt: skip
    versions = Versions(need_versions, source.reader.versions)
    second = second_look(run, result, versions)
    final = rerank(result, second.judgments, market.config)
    facts = facts_of_best(needs, final, market, source.reader)
    by_meaning = market.semantics.count_of(needs.id) if market.semantics else 0
    tally = Tally(by_meaning, second.needs, second.error)
    return lambda: save_candidates(
        run, step, final, facts=facts, versions=versions, index_version=source.version, tally=tally
    )


def _write_plan(
    run: MatchRun, statistics: LexicalStatistics, need_ids: list[int], input_hash: str, meaning: FixedMeaning
) -> None:
    run.statistics, run.input_hash = statistics, input_hash
    run.state, run.need_total, run.resource_total = RunState.SCORING, len(need_ids), statistics.document_count
    run.started_at = Now()
    fixed = meaning.write(run)
    run.save(update_fields=["statistics", "input_hash", "state", "need_total", "resource_total", "started_at", *fixed])
    steps = [
        RunStep(run=run, stage=RunStage.SCORE, ordinal=ordinal, need_ids=ids)
        for ordinal, ids in enumerate(_chunks(need_ids))
    ]
    for step in RunStep.objects.bulk_create(steps):
        ring_after_commit(STEP, step.pk)


def _chunks(need_ids: list[int]) -> Iterator[list[int]]:
    size = settings.NEEDS_PER_STEP
    return (need_ids[first : first + size] for first in range(0, len(need_ids), size))


def _input_hash(run: MatchRun, statistics: LexicalStatistics, need_ids: list[int], meaning: FixedMeaning) -> str:
    """A hash of needs, documents, statistics, vectors, settings, day and code: another hash means another input.

    A delta run, for which somebody waits, takes the number of the last batch for the state of all documents: equal
    numbers mean equal documents, and reading one is a thousand times cheaper than summing over all.
    """
    needs = list(_needs().filter(pk__among=need_ids).order_by("pk").values_list("pk", "version"))
    dismissed = sorted(dismissed_resources(need_ids, on=run.as_of).items())
    parts = [
        run.config.parameters,
        statistics.digest,
        str(run.as_of),
        run.code_version,
        needs,
        dismissed,
        _documents_fingerprint() if run.kind == RunKind.FULL else f"{epoch_of(SUBJECT)}:{latest_sequence()}",
        fingerprint_of(meaning, run.kind),
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _documents_fingerprint() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(hashtextextended(resource_id || ':' || resource_version, 0)::numeric), "
            "0)::text FROM matching_resourcedocument"
        )
        fingerprint: str = cursor.fetchone()[0]
    return fingerprint


def _open_needs() -> list[int]:
    return list(_needs().filter(state=NeedState.OPEN).order_by("pk").values_list("pk", flat=True))


def _needs() -> QuerySet[Need]:
    needs: QuerySet[Need] = Need.objects.unscoped(reason=REASON)
    return needs
