"""Steps of runs: claimed by lease, done outside any transaction, finished under the fence. Messages only ring for
them.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models.functions import Now

from ledger.bell import STEP, muted, ring_after_commit
from ledger.crash import crash_point
from ledger.leases import claim, claimable, finish, give_back, renewed, ring_forgotten
from matching.choices import RunStage, RunState
from matching.models import MatchRun, RunStep
from matching.services.consortia import build_teams
from matching.services.publishing import assign_and_publish, quarantine
from matching.services.scoring import prepare_run, score_needs
from matching.services.watch import look
from matching.surroundings import read_once

log = logging.getLogger(__name__)
MAX_ATTEMPTS = 3
RETRY_AFTER = timedelta(seconds=2)
STAGES: dict[str, Callable[[RunStep], Callable[[], None]]] = {
    RunStage.PREPARE: prepare_run,
    RunStage.SCORE: score_needs,
    RunStage.ASSIGN: assign_and_publish,
    RunStage.TEAM: build_teams,
}
"""stage → function that does the work and returns what is to be written; the writing happens in the finishing
transaction.
"""


def work_on(step_id: int) -> bool:
    """Do one step if it can be claimed. True when it was done here; a lost lease, a retry or a stranger's claim
    is False.
    """
    step = claim(RunStep.objects.select_related("run__config"), step_id)
    if step is None:
        return False
    if step.attempts > MAX_ATTEMPTS:
        return _give_up(step, error=step.last_error or "the process died each time")
    started = time.monotonic()
    try:
        with renewed(RunStep.objects.all(), step):
            write = STAGES[step.stage](step)
        crash_point(f"before_finish_{step.stage}")
        return _finish(step, write, seconds=time.monotonic() - started)
    except Exception as error:  # a step may fail in any way: it is tried again, then split, then quarantined
        log.exception("step %s failed", step)
        return _retry(step, error)


def work_until_idle() -> int:
    """Do every step that can be claimed, in order; returns how many. For commands that work themselves."""
    done = 0
    while (step_id := next_step()) is not None:
        done += work_on(step_id)
    return done


def match_changes() -> MatchRun | None:
    """Look for what has changed; a small run that it leads to is worked off at once."""
    with read_once():
        run = look()
        _work_if_small(run)
    return run


def _work_if_small(run: MatchRun | None) -> None:
    """Do the steps of a run of one chunk at once, until it is published, those that nobody else takes: somebody waits
    for the result. Others are rung for what is left then: teams.
    """
    if run is None or run.need_total > settings.NEEDS_PER_STEP:
        return
    steps = RunStep.objects.filter(run=run)
    until_published = steps.filter(claimable()).exclude(stage=RunStage.TEAM).order_by("pk")
    with muted(STEP):
        while (step_id := until_published.values_list("pk", flat=True).first()) is not None:
            work_on(step_id)
    ring_forgotten(steps, STEP, patience=timedelta(0))


def next_step() -> int | None:
    return RunStep.objects.filter(claimable()).order_by("run_id", "pk").values_list("pk", flat=True).first()


def _finish(step: RunStep, write: Callable[[], None], *, seconds: float) -> bool:
    """One transaction: the fence, the results, the next steps. A zombie writes nothing."""
    with transaction.atomic():
        run = _locked_run(step)
        if run.state == RunState.FAILED or not finish(RunStep.objects.all(), step, seconds=seconds):
            return False
        write()
        _open_next_stage(step)
    return True


def _locked_run(step: RunStep) -> MatchRun:
    """Lock the run: steps of a run finish one after the other, so the last one knows that it is the last."""
    runs = MatchRun.objects.unscoped(reason="steps belong to the system").only("state")
    run: MatchRun = runs.select_for_update().get(pk=step.run_id)
    return run


def _open_next_stage(done: RunStep) -> None:
    """Assign once every need is scored. Preparing leaves steps that score, unless there is no need at all."""
    if done.stage not in (RunStage.PREPARE, RunStage.SCORE):
        return
    if RunStep.objects.filter(run=done.run_id).exclude(state=RunStep.State.DONE).exists():
        return
    MatchRun.objects.unscoped(reason="steps belong to the system").filter(pk=done.run_id).update(
        state=RunState.ASSIGNING
    )
    step = RunStep.objects.create(run_id=done.run_id, stage=RunStage.ASSIGN)
    ring_after_commit(STEP, step.pk)


def _retry(step: RunStep, error: Exception) -> bool:
    text = f"{type(error).__name__}: {error}"
    if step.attempts >= MAX_ATTEMPTS:
        return _give_up(step, error=text)
    give_back(RunStep.objects.all(), step, error=text, wait=RETRY_AFTER * step.attempts, may_retry=True)
    return False


def _give_up(step: RunStep, *, error: str) -> bool:
    """After the last attempt: needs are split off; a single bad need is quarantined, or has no team; any other stage
    fails its run.
    """
    with transaction.atomic():
        _locked_run(step)
        if not finish(RunStep.objects.all(), step):
            return False
        if step.stage not in (RunStage.SCORE, RunStage.TEAM):
            _fail(step, error)
            return False
        if len(step.need_ids) > 1:
            _split(step)
        elif step.stage == RunStage.TEAM:
            RunStep.objects.filter(pk=step.pk).update(last_error=error[:2000])
        else:
            quarantine(step, error=error)
        _open_next_stage(step)
    return True


def _split(step: RunStep) -> None:
    first = (
        RunStep.objects.filter(run=step.run, stage=step.stage).order_by("-ordinal").values_list("ordinal", flat=True)[0]
        + 1
    )
    singles = [
        RunStep(run=step.run, stage=step.stage, ordinal=first + i, need_ids=[pk]) for i, pk in enumerate(step.need_ids)
    ]
    for single in RunStep.objects.bulk_create(singles):
        ring_after_commit(STEP, single.pk)


def _fail(step: RunStep, error: str) -> None:
    RunStep.objects.filter(pk=step.pk).update(state=RunStep.State.FAILED, next_at=Now(), last_error=error[:2000])
    runs = MatchRun.objects.unscoped(reason="steps belong to the system").filter(pk=step.run_id)
    runs.update(state=RunState.FAILED, error=error[:2000])
