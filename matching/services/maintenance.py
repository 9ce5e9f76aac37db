"""What happens by the clock: the nightly run, what expires, tidying. A tick makes each happen once per slot."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from ledger import valves
from ledger.models import Tick, WorkerLiveness
from ledger.pace import forget_past
from ledger.ticks import take_daily_tick
from matching.choices import NeedState
from matching.models import Need
from matching.services import embedding
from matching.services.calibrations import fit_active_calibration
from matching.services.exposures import prune_exposures
from matching.services.needs import expire_need
from matching.services.runs import request_full_run
from matching.tidying import drop_old_runs, drop_old_work
from zones.errors import DomainError
from zones.scoping import SYSTEM, today
from zones.services.service_terms import close_overdue_requests
from zones.services.tokens import drop_expired_tokens

KEEP_RUNS = 3
KEEP_TICKS = 10_000


def run_nightly() -> None:
    """Close what is due, then ask for the full run of the night; two beats ask once, and a kill in between asks
    again.
    """
    expire_due_needs()
    close_overdue_requests()
    with transaction.atomic():
        if take_daily_tick("matching.run_nightly", on=today()):
            request_full_run(SYSTEM, reason="nightly")


def calibrate_daily() -> None:
    """Read scores anew as likelihoods, once per day; never changes a weight."""
    with transaction.atomic():
        if take_daily_tick("matching.calibrate", on=today()):
            fit_active_calibration()


def expire_due_needs() -> int:
    """Close needs whose day has come; returns how many. One that somebody has just moved is left to them."""
    due = Need.objects.editable_by(SYSTEM).filter(state=NeedState.OPEN, expires_on__lte=today())
    expired = 0
    for pk in list(due.values_list("pk", flat=True)):
        with suppress(DomainError):
            expire_need(SYSTEM, need_id=pk)
            expired += 1
    return expired


def tidy() -> None:
    """Keep results, steps and statistics of the last and live runs, the newest ticks, vectors in use, and exposures,
    tokens and counts of tries as long as they are useful. Personal data have terms of their own
    (`notifications.retention`).
    """
    forget_past()
    valves.forget_past()
    drop_expired_tokens()
    drop_old_runs(keep=KEEP_RUNS)
    drop_old_work(keep=KEEP_RUNS)
    prune_exposures()
    embedding.tidy()
    WorkerLiveness.objects.filter(seen_at__lt=Now() - timedelta(days=1)).delete()
    _keep_newest(Tick, KEEP_TICKS)


def _keep_newest(model: type[Tick], count: int) -> None:
    last = model.objects.order_by("-pk").values_list("pk", flat=True)[count : count + 1].first()
    if last is not None:
        model.objects.filter(pk__lte=last).delete()
