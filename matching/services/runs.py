"""Runs: asking for one, and how far it is. The work itself is in `matching.services.steps`."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ledger.bell import STEP, ring_after_commit
from ledger.locks import Lock, hold
from matching.choices import NeedState, RunKind, RunStage, RunState
from matching.models import MatchRun, Need, RunStep, ScoringConfig
from matching.models.runs import percent_of
from matching.services.configs import active_config
from matching.services.version import CODE_VERSION
from zones.errors import Conflict, NotAllowed
from zones.scoping import Principal, today

UNFINISHED = (RunState.PREPARING, RunState.SCORING, RunState.ASSIGNING)
LATEST, LONGEST_NUMBER = "latest", 18


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is. `rate_per_second` and `eta_seconds` are None before the first needs are done."""

    state: str
    percent: int
    done: int
    total: int
    quarantined: int
    rate_per_second: float | None
    eta_seconds: float | None


@transaction.atomic
def request_full_run(principal: Principal, *, reason: str, config: ScoringConfig | None = None) -> MatchRun:
    """Match all open needs anew, by the active configuration unless told. Asking while a full run is under way gives
    that run. Raises NotAllowed, and Conflict where that run goes by another configuration than the one asked for.
    """
    if not (principal.is_system or principal.manager_zones):
        raise NotAllowed(_("全量匹配由园区负责人或系统管理员发起。"))
    hold(Lock.REQUEST_RUN)
    running = unfinished_runs().filter(kind=RunKind.FULL).first()
    if running is None:
        return _start(RunKind.FULL, reason=reason, config=config)
    if config is not None and running.config_id != config.pk:
        message = _("全量匹配“%(run)s”正按配置%(config)s进行，未按所选配置另行发起：请待其完成后重试。")
        raise Conflict(message % {"run": running, "config": running.config})
    return running


@transaction.atomic
def request_run_of_need(principal: Principal, *, need_id: int) -> MatchRun:
    """Match one need again. Raises NotAllowed where the principal may not edit it."""
    if not Need.objects.editable_by(principal).filter(pk=need_id, state=NeedState.OPEN).exists():
        raise NotAllowed(_("只能匹配您可编辑且正在对接的需求。"))
    return start_delta([need_id], reason="manual")


@transaction.atomic(savepoint=False)
def start_delta(need_ids: Sequence[int], *, reason: str) -> MatchRun:
    """Match some needs; used when they or resources they concern have changed."""
    return _start(RunKind.DELTA, reason=reason, need_ids=sorted(need_ids))


def unfinished_runs() -> QuerySet[MatchRun]:
    runs: QuerySet[MatchRun] = MatchRun.objects.unscoped(reason="runs are the system's work")
    return runs.filter(state__in=UNFINISHED)


def progress_of(run: MatchRun) -> Progress:
    """Read the progress of a run now; times are the database's."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT state, need_done, need_total, quarantined, extract(epoch FROM clock_timestamp() - "
            "started_at)::float8 "
            "FROM matching_matchrun WHERE id = %s",
            [run.pk],
        )
        state, done, total, quarantined, seconds = cursor.fetchone()
    rate = done / seconds if done and seconds else None
    eta = (total - done) / rate if rate and state == RunState.SCORING else None
    return Progress(state, percent_of(state, done, total), done, total, quarantined, rate, eta)


def find_run(principal: Principal, reference: str) -> MatchRun | None:
    """The run people mean by `#6`, `6`, `latest` (the newest that is published) or a public id."""
    runs: QuerySet[MatchRun] = MatchRun.objects.visible_to(principal).select_related("config")
    text = reference.strip().lstrip("#")
    if text == LATEST:
        return runs.filter(state=RunState.PUBLISHED).order_by("-pk").first()
    if text.isascii() and text.isdigit():
        return runs.filter(pk=int(text)).first() if len(text) <= LONGEST_NUMBER else None
    try:
        return runs.filter(public_id=UUID(text)).first()
    except ValueError:
        return None


def _start(
    kind: RunKind, *, reason: str, need_ids: Sequence[int] = (), config: ScoringConfig | None = None
) -> MatchRun:
    run = MatchRun(
        kind=kind,
        config=config or active_config(),
        as_of=today(),
        reason=reason,
        code_version=CODE_VERSION,
        need_total=len(need_ids),
    )
    run.save()
    step = RunStep.objects.create(run=run, stage=RunStage.PREPARE, need_ids=list(need_ids))
    ring_after_commit(STEP, step.pk)
    return run
