"""Consortium proposals: for which needs they are built, how one step builds them, and asking for them by hand."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from ledger.bell import STEP, ring_after_commit
from matching.choices import NeedKind, NeedState, RunStage
from matching.engine.consortia import plan_teams
from matching.engine.consortia.plan import Plan
from matching.models import (
    LIVE,
    CandidateList,
    ConsortiumPart,
    LiveResult,
    Match,
    MatchRun,
    Need,
    RunStep,
)
from matching.services.documents import caught_up_index
from matching.services.facts import market_of
from matching.snapshot import ResourceReader, read_need_facts
from matching.store import save_proposals
from matching.surroundings import read_need_context
from zones.errors import NotAllowed
from zones.models import Resource
from zones.scoping import Principal

REASON = "runs work for everybody; readers are scoped"
NEEDS_PER_STEP = 10
"""A team takes the solver up to some seconds: few needs per lease."""


class _Planned(NamedTuple):
    """The teams of one need, and from which version of it they were made."""

    need_id: int
    need_version: int
    plan: Plan


@transaction.atomic
def request_teams(principal: Principal, *, need_id: int) -> RunStep:
    """Build the proposals of one need anew. Raises NotAllowed where the principal may not edit it, or before it has
    been matched."""
    live = LiveResult.objects.filter(need_id=need_id).first()
    is_editable = Need.objects.editable_by(principal).filter(pk=need_id, state=NeedState.OPEN).exists()
    if live is None or not is_editable:
        raise NotAllowed(_("只能为您可编辑、正在对接且已有匹配结果的需求组建联合体方案。"))
    return open_team_steps(live.run_id, [need_id])[0]


def open_team_steps(run_id: int, need_ids: Sequence[int]) -> list[RunStep]:
    """Add steps to a run that build the proposals of these needs; rung for after the commit."""
    MatchRun.objects.unscoped(reason=REASON).select_for_update().get(pk=run_id)
    last = RunStep.objects.filter(run_id=run_id, stage=RunStage.TEAM).aggregate(last=Max("ordinal"))["last"]
    first = 0 if last is None else last + 1
    chunks = [list(need_ids[at : at + NEEDS_PER_STEP]) for at in range(0, len(need_ids), NEEDS_PER_STEP)]
    steps = [
        RunStep(run_id=run_id, stage=RunStage.TEAM, ordinal=first + number, need_ids=chunk)
        for number, chunk in enumerate(chunks)
    ]
    made = RunStep.objects.bulk_create(steps)
    for step in made:
        ring_after_commit(STEP, step.pk)
    return made


def needs_for_teams(run: MatchRun) -> list[int]:
    """Live needs of a run that ask for a consortium, or whose must-metrics no shown candidate meets alone."""
    live = CandidateList.objects.filter(run=run, need__live_result__run=run, need__state=NeedState.OPEN)
    rows = live.order_by("need_id").values_list("need_id", "need__kind", "facts")
    return [pk for pk, kind, facts in rows.iterator() if kind == NeedKind.CONSORTIUM or _nobody_meets_all(facts)]


def _nobody_meets_all(facts: Iterable[Mapping[str, Any]]) -> bool:
    """Whether there are must-metrics and no candidate meets every one of them."""
    verdicts = [[row["verdict"] for row in fact["metrics"] if row["is_must"]] for fact in facts]
    asked = [row for row in verdicts if row]
    return bool(asked) and not any(all(verdict == "ok" for verdict in row) for row in asked)


def build_teams(step: RunStep) -> Callable[[], None]:
    """Find the teams of some needs. The returned function replaces their proposals, in one transaction."""
    run, market, index = step.run, market_of(step.run), caught_up_index()
    open_needs = Need.objects.unscoped(reason=REASON).filter(pk__in=step.need_ids, state=NeedState.OPEN)
    versions = dict(open_needs.values_list("pk", "version"))
    reader = ResourceReader()
    planned = [
        _Planned(need.id, versions[need.id], plan_teams(need, index, reader, market, _Places(need.id)))
        for need in read_need_facts(sorted(versions), context=read_need_context(on=run.as_of))
    ]
    return lambda: _save(run, planned)


def _save(run: MatchRun, planned: Sequence[_Planned]) -> None:
    """Keep what was made from needs as they still are."""
    needs = Need.objects.unscoped(reason=REASON).filter(pk__in=[row.need_id for row in planned])
    versions = dict(needs.select_for_update().values_list("pk", "version"))
    current = [row for row in planned if versions.get(row.need_id) == row.need_version]
    save_proposals(run, {row.need_id: (row.need_version, row.plan) for row in current})


class _Places:
    """Free places of resources, seen from one need: capacity less what others hold by a match or by their first
    team."""

    def __init__(self, need_id: int) -> None:
        self.need_id = need_id

    def __call__(self, ids: "np.ndarray[Any, np.dtype[np.int64]]") -> dict[int, int]:
        pks = ids.tolist()
        held = Counter(pk for pk, _need in {*self._matched(pks), *self._teamed(pks)})
        rows = Resource.objects.unscoped(reason=REASON).filter(pk__in=pks).values_list("pk", "capacity")
        return {pk: max(capacity - held[pk], 0) for pk, capacity in rows}

    def _matched(self, pks: list[int]) -> Iterator[tuple[int, int]]:
        rows = Match.objects.unscoped(reason=REASON).filter(LIVE, is_assigned=True, need__state=NeedState.OPEN)
        others = rows.filter(resource__in=pks).exclude(need=self.need_id)
        yield from others.values_list("resource_id", "need_id")

    def _teamed(self, pks: list[int]) -> Iterator[tuple[int, int]]:
        rows = ConsortiumPart.objects.unscoped(reason=REASON).filter(proposal__rank=1, resource__in=pks)
        others = rows.filter(proposal__need__state=NeedState.OPEN).exclude(proposal__need=self.need_id)
        yield from others.values_list("resource_id", "proposal__need_id").distinct()
