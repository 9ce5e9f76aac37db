"""The only writer of results: arrays of the engine become rows, by COPY, inside the caller's transaction,
idempotent per run. What nobody needs any more is deleted in ``tidying``.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from django.conf import settings
from django.db import connection
from django.db.models import F, Model, Sum
from django.db.models.functions import Greatest, Now

from ledger.locks import Lock, hold
from matching.choices import RunState
from matching.models import (
    LIVE,
    CandidateList,
    ConsortiumMember,
    ConsortiumPart,
    ConsortiumProposal,
    LiveResult,
    Match,
    MatchRun,
    RunStep,
)
from matching.models.places import HELD_PLACES

if TYPE_CHECKING:  # pages move needs, and need no kernels and no solver
    from matching.engine.consortia import SubTask, Team
    from matching.engine.consortia.plan import Plan
    from matching.engine.pipeline import ChunkResult

Facts = Mapping[int, Sequence[dict[str, Any] | None]]
"""need id → facts of its candidates by their places, None where nobody is shown them whatever is assigned."""


class Versions(NamedTuple):
    """From which versions a result was made, by id."""

    of_need: Mapping[int, int]
    of_resource: Mapping[int, int]


class NewMatch(NamedTuple):
    """One match to be stored."""

    need_id: int
    need_version: int
    resource_id: int
    resource_version: int
    rank: int
    score: float
    confidence: float
    facts: dict[str, Any] | None
    """None: those that stand in the need's candidate list at this rank."""
    is_assigned: bool
    is_told: bool
    is_exploration: bool = False


class Tally(NamedTuple):
    """What a step adds to its run: needs compared by meaning, needs a reranking model has judged, and why others were
    not.
    """

    by_meaning: int = 0
    reranked: int = 0
    rerank_error: str = ""


CANDIDATE_COLUMNS = (
    "run_id", "need_id", "need_version", "resource_ids", "resource_versions", "parts", "scores", "confidences",
    "rank_values", "bar", "told_places", "removed_by_reason", "facts",
)  # fmt: skip
MATCH_BATCH = 10_000
INSERT_MATCHES = """
INSERT INTO matching_match (public_id, run_id, need_id, resource_id, need_version, resource_version, rank, score,
    confidence, told_score, told_confidence, contributions, facts, is_assigned, is_told)
SELECT gen_random_uuid(), %(run)s, n.need_id, n.resource_id, n.need_version, n.resource_version, n.rank, n.score,
    n.confidence, (told.facts->>'told_score')::float8, (told.facts->>'told_confidence')::float8,
    told.facts->'contributions',
    told.facts - 'contributions' || CASE WHEN n.is_exploration THEN '{"is_exploration": true}' ELSE '{}'::jsonb END,
    n.is_assigned, n.is_told
FROM ROWS FROM (jsonb_to_recordset(%(matches)s) AS (need_id bigint, need_version int, resource_id bigint,
    resource_version int, rank int, score float8, confidence float8, facts jsonb, is_assigned bool, is_told bool,
    is_exploration bool)
) WITH ORDINALITY AS n(need_id, need_version, resource_id, resource_version, rank, score, confidence, facts,
    is_assigned, is_told, is_exploration, place)
LEFT JOIN matching_candidatelist c ON c.run_id = %(run)s AND c.need_id = n.need_id
CROSS JOIN LATERAL (SELECT coalesce(n.facts, c.facts->(n.rank - 1)) AS facts OFFSET 0) told
ORDER BY n.place
"""


def save_candidates(
    run: MatchRun,
    step: RunStep,
    result: "ChunkResult",
    *,
    facts: Facts,
    versions: Versions,
    index_version: int,
    tally: Tally,
) -> None:
    """Store the candidates of one step and count it into the run's progress."""
    CandidateList.objects.filter(run=run, need_id__in=step.need_ids).delete()
    _copy("matching_candidatelist", CANDIDATE_COLUMNS, _candidate_rows(run, result, facts, versions))
    _count_step(run, step, removed=result.reasons, index_version=index_version, tally=tally)


def save_quarantined(run: MatchRun, step: RunStep, *, need_version: int, error: str) -> None:
    """Store an empty result for a need that cannot be matched, so that the run publishes and says so."""
    need_id = step.need_ids[0]
    CandidateList.objects.filter(run=run, need_id=need_id).delete()
    arrays = ("resource_ids", "resource_versions", "scores", "confidences", "rank_values")
    empty: dict[str, Any] = {name: [] for name in arrays} | {"parts": b""}
    CandidateList.objects.create(
        run=run, need_id=need_id, need_version=need_version, removed_by_reason={"quarantined": 1}, **empty
    )
    _count_step(run, step, removed={"quarantined": 1}, index_version=0, tally=Tally())
    _runs(run).update(quarantined=F("quarantined") + 1, error=error[:2000])


def _candidate_rows(
    run: MatchRun, result: "ChunkResult", facts: Facts, versions: Versions
) -> Iterable[tuple[Any, ...]]:
    for row, need_id in enumerate(result.need_ids.tolist()):
        own = result.rows_of(row)
        pairs = result.pairs.take(np.arange(len(result.pairs))[own])
        ids = pairs.resource_id.tolist()
        yield (
            run.pk,
            need_id,
            versions.of_need[need_id],
            _array(ids),
            _array([versions.of_resource[pk] for pk in ids]),
            pairs.parts.astype("<f8").tobytes(),
            _array(pairs.score.tolist()),
            _array(pairs.confidence.tolist()),
            _array(pairs.rank_value.tolist()),
            float(result.bars[row]),
            _array(np.flatnonzero(result.is_told[own]).tolist()),
            _json(result.reasons_of_need[row]),
            _json(facts.get(need_id, [])),
        )


def _count_step(run: MatchRun, step: RunStep, *, removed: Mapping[str, int], index_version: int, tally: Tally) -> None:
    totals = (
        MatchRun.objects.unscoped(reason="the store counts").values_list("removed_by_reason", flat=True).get(pk=run.pk)
    )
    summed = {reason: totals.get(reason, 0) + removed.get(reason, 0) for reason in sorted({*totals, *removed})}
    _runs(run).update(
        need_done=F("need_done") + len(step.need_ids),
        need_by_meaning=F("need_by_meaning") + tally.by_meaning,
        need_reranked=F("need_reranked") + tally.reranked,
        removed_by_reason=summed,
        index_version=Greatest(F("index_version"), index_version),
        **({"rerank_error": tally.rerank_error} if tally.rerank_error else {}),
    )


def save_reason(run: MatchRun, reason: str, counts: Mapping[int, int]) -> None:
    """Add to each need's removal counts of the run how many of its candidates one more reason held back."""
    rows = list(CandidateList.objects.filter(run=run, need_id__in=list(counts)))
    for row in rows:
        row.removed_by_reason = {**row.removed_by_reason, reason: counts[row.need_id]}
    CandidateList.objects.bulk_update(rows, ["removed_by_reason"], batch_size=1_000)


def save_matches(run: MatchRun, matches: Iterable[NewMatch]) -> None:
    """Store the matches of a run in place of any of an earlier try. Facts that a candidate list holds never leave the
    database: read into one process, those of a full run would be the largest thing in it.
    """
    Match.objects.unscoped(reason="the store writes").filter(run=run).delete()
    _count_anew(run, CandidateList)
    found = iter(matches)
    with connection.cursor() as cursor:
        while batch := [match._asdict() for match in islice(found, MATCH_BATCH)]:
            cursor.execute(INSERT_MATCHES, {"run": run.pk, "matches": _json(batch)})


MOVE_POINTERS = """
WITH publication AS MATERIALIZED (SELECT nextval('matching_publication') AS sequence)
INSERT INTO matching_liveresult (need_id, run_id, need_version, sequence, published_at)
SELECT c.need_id, c.run_id, c.need_version, p.sequence, clock_timestamp()
FROM publication p, matching_candidatelist c JOIN matching_need n ON n.id = c.need_id
WHERE c.run_id = %s AND c.need_version = n.version
ORDER BY c.need_id FOR SHARE OF n
ON CONFLICT (need_id) DO UPDATE SET run_id = EXCLUDED.run_id, need_version = EXCLUDED.need_version,
    sequence = EXCLUDED.sequence, published_at = EXCLUDED.published_at
WHERE matching_liveresult.run_id < EXCLUDED.run_id
"""
"""The needs are locked: one that leaves matching at the same time gives back what this run promises it, too."""


CONCERNED = "(%(resources)s::bigint[] IS NULL OR h.resource_id = ANY(%(resources)s))"
"""Of a small run only the places of the resources it promises are counted, not those of the whole nation."""

RELEASE = f"""
WITH held AS (
    SELECT h.resource_id, count(DISTINCT h.need_id) AS places FROM ({HELD_PLACES}) AS h
    WHERE {CONCERNED}
    AND (h.is_booked
        OR NOT EXISTS (SELECT FROM matching_liveresult l WHERE l.need_id = h.need_id AND l.run_id = %(run)s))
    GROUP BY h.resource_id
), ranked AS (
    SELECT m.id, r.capacity - coalesce(h.places, 0) AS free,
           row_number() OVER (PARTITION BY m.resource_id ORDER BY m.score DESC, m.confidence DESC, m.need_id) AS place
    FROM matching_match m
    JOIN matching_liveresult l ON l.need_id = m.need_id AND l.run_id = m.run_id
    JOIN zones_resource r ON r.id = m.resource_id LEFT JOIN held h ON h.resource_id = m.resource_id
    WHERE m.run_id = %(run)s AND m.is_assigned
)
UPDATE matching_match SET is_assigned = false WHERE id IN (SELECT id FROM ranked WHERE place > free)
"""

OVERTAKEN = f"""
WITH held AS (SELECT * FROM ({HELD_PLACES}) AS h WHERE {CONCERNED}), scarce AS (
    SELECT h.resource_id FROM held h JOIN zones_resource r ON r.id = h.resource_id
    GROUP BY r.id, h.resource_id HAVING count(DISTINCT h.need_id) > r.capacity
)
SELECT h.need_id FROM held h JOIN scarce s ON s.resource_id = h.resource_id
JOIN matching_liveresult l ON l.need_id = h.need_id AND l.run_id = %(run)s
GROUP BY h.need_id, h.resource_id HAVING bool_and(h.is_by_team)
"""
"""Needs of a run whose first team rests on a place that the run's matches have taken."""


def lock_places() -> None:
    """Let one transaction at a time promise places; take it before any row."""
    hold(Lock.PROMISE_PLACES)


def publish(run: MatchRun, *, counts: Mapping[str, object]) -> int:
    """Move the live pointers of all needs whose version is still the one that was matched; returns how many moved.

    Runs publish one after the other, and each gives back places that another run has taken since it counted them: a
    resource is never promised more often than it has capacity. Teams of its needs give way to its matches.
    """
    lock_places()
    _count_anew(run, Match)
    with connection.cursor() as cursor:
        cursor.execute(MOVE_POINTERS, [run.pk])
        moved: int = cursor.rowcount
        _count_anew(run, LiveResult)
        concerned = {"run": run.pk, "resources": _promised(run)}
        cursor.execute(RELEASE, concerned)
        counts = {**counts, "released": cursor.rowcount}
        cursor.execute(OVERTAKEN, concerned)
        drop_proposals({need_id for (need_id,) in cursor.fetchall()})
    _runs(run).update(
        state=RunState.PUBLISHED, published_at=Now(), counts={**counts, "pointers": moved}, durations=_durations(run)
    )
    return moved


def _promised(run: MatchRun) -> list[int] | None:
    """The resources that a small run promises by its matches, or its needs by their first teams; None: all of them."""
    if run.need_total > settings.NEEDS_PER_STEP:
        return None
    assigned = Match.objects.unscoped(reason="the store writes").filter(run=run, is_assigned=True)
    teams = ConsortiumPart.objects.unscoped(reason="the store writes").filter(
        proposal__rank=1, proposal__need__live_result__run=run, resource__isnull=False
    )
    return sorted(pk for (pk,) in assigned.values_list("resource_id").union(teams.values_list("resource_id")))


def _count_anew(run: MatchRun, table: type[Model]) -> None:
    """Let PostgreSQL count the rows a large run has just got: planned for the one row it would expect of a run it has
    not counted, publishing compares every match with every need. Where somebody else holds the table, it is left.
    """
    if run.need_total > settings.NEEDS_PER_STEP:
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE (SKIP_LOCKED) {table._meta.db_table} (run_id, need_id)")


def _durations(run: MatchRun) -> dict[str, float]:
    """Seconds of work per stage, over all workers."""
    rows = RunStep.objects.filter(run=run).values("stage").annotate(total=Sum("seconds")).order_by("stage")
    return {str(row["stage"]): round(row["total"], 3) for row in rows}


def release_places(need_id: int) -> None:
    """Give back what a need holds when it leaves matching; should it be opened again, others may have taken it."""
    held = Match.objects.unscoped(reason="the store writes").filter(LIVE, need=need_id, is_assigned=True)
    held.update(is_assigned=False)
    drop_proposals([need_id])


def drop_proposals(need_ids: Collection[int]) -> None:
    """Delete the proposals of these needs, and with them what their first teams hold."""
    ConsortiumProposal.objects.unscoped(reason="the store writes").filter(need_id__in=need_ids).delete()


def save_proposals(
    run: MatchRun, plans: "Mapping[int, tuple[int, Plan]]", *, resource_versions: Mapping[int, int]
) -> None:
    """Replace the proposals of these needs (need id → version, plan) by those of their plans."""
    drop_proposals(plans)
    for need_id, (version, plan) in sorted(plans.items()):
        for rank, team in enumerate(plan.teams, start=1):
            proposal = ConsortiumProposal(
                run=run,
                need_id=need_id,
                need_version=version,
                rank=rank,
                part_count=len(plan.tasks),
                covered_count=len(team.assigned),
                zone_count=len(team.zones),
                is_proven=team.is_proven,
            )
            proposal.save()
            _save_team(proposal, plan.tasks, team, resource_versions)


def _save_team(
    proposal: ConsortiumProposal, tasks: "Sequence[SubTask]", team: "Team", resource_versions: Mapping[int, int]
) -> None:
    members = {
        pk: ConsortiumMember(proposal=proposal, organization_id=pk, position=position)
        for position, pk in enumerate(team.organizations)
    }
    ConsortiumMember.objects.unscoped(reason="the store writes").bulk_create(members.values())
    parts = [_part(proposal, position, task) for position, task in enumerate(tasks)]
    for one in team.assigned:
        part = parts[one.task]
        part.member, part.resource_id, part.zone_id = members[one.organization], one.resource, one.zone
        part.resource_version = resource_versions[one.resource]
        part.strength, part.evidence = one.strength, one.evidence
    ConsortiumPart.objects.unscoped(reason="the store writes").bulk_create(parts)


def _part(proposal: ConsortiumProposal, position: int, task: "SubTask") -> ConsortiumPart:
    return ConsortiumPart(
        proposal=proposal,
        position=position,
        kind=task.kind,
        label=task.label[:1000],
        wanted=task.wanted[:1000],
        is_must=task.is_must,
    )


def _runs(run: MatchRun) -> Any:
    return MatchRun.objects.unscoped(reason="the store writes").filter(pk=run.pk)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _array(values: Sequence[float]) -> str:
    """Numbers as PostgreSQL writes an array; the driver would write them one by one."""
    return f"{{{str(values)[1:-1]}}}"


def _copy(table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """COPY rows into a table through the connection of the running transaction."""
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor, cursor.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row(row)
