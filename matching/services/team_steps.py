"""For which needs consortium proposals are built: the steps of a published run, and asking for them by hand."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import BooleanField, F, Func, Max, Q, Value
from django.utils.translation import gettext as _

from ledger.bell import STEP, ring_after_commit
from matching.choices import NeedKind, NeedState, RunStage
from matching.models import (
    CandidateList,
    LiveResult,
    MatchRun,
    Need,
    RunStep,
)
from zones.errors import NotAllowed
from zones.scoping import Principal

REASON = "runs work for everybody; readers are scoped"
MUST = "$[*].metrics[*] ? (@.is_must == true)"
MEETS_ALL = (
    "$[*] ? (exists (@.metrics[*] ? (@.is_must == true))"
    ' && !exists (@.metrics[*] ? (@.is_must == true && @.verdict != "ok")))'
)
"""Paths into the facts of a candidate list: a must-metric, and a candidate that meets every one of them."""
PATH_EXISTS = "jsonb_path_exists(%(expressions)s::jsonpath)"
NEEDS_PER_STEP = 10
"""A team takes the solver up to some seconds: few needs per lease."""


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
    if not need_ids:
        return []
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
    asks = Q(need__kind=NeedKind.CONSORTIUM)
    lacks = Q(_has(MUST)) & ~Q(_has(MEETS_ALL))
    return list(live.filter(asks | lacks).order_by("need_id").values_list("need_id", flat=True))


def _has(path: str) -> Func:
    """Whether the facts hold something at a path; they are read where they lie."""
    return Func(F("facts"), Value(path), template=PATH_EXISTS, output_field=BooleanField())
