"""What happens by the clock: the nightly run, expiry of needs, tidying. A tick makes each happen once per slot."""

from ledger.models import Tick
from ledger.ticks import take_tick
from matching.choices import NeedState
from matching.models import Need
from matching.services.needs import expire_need
from matching.services.runs import request_full_run
from matching.store import drop_old_runs
from zones.scoping import SYSTEM, today

DAY_SECONDS = 86_400
KEEP_RUNS = 3
KEEP_TICKS = 10_000


def run_nightly() -> None:
    """Expire what is due, then ask for the full run of the night; two beats ask once."""
    if take_tick("matching.run_nightly", every_seconds=DAY_SECONDS):
        expire_due_needs()
        request_full_run(SYSTEM, reason="nightly")


def expire_due_needs() -> int:
    """Close needs whose day has come; returns how many."""
    due = Need.objects.editable_by(SYSTEM).filter(state=NeedState.OPEN, expires_on__lte=today())
    ids = list(due.values_list("pk", flat=True))
    for pk in ids:
        expire_need(SYSTEM, need_id=pk)
    return len(ids)


def tidy() -> None:
    """Keep the results of the last runs and the newest ticks."""
    drop_old_runs(keep=KEEP_RUNS)
    _keep_newest(Tick, KEEP_TICKS)


def _keep_newest(model: type[Tick], count: int) -> None:
    last = model.objects.order_by("-pk").values_list("pk", flat=True)[count : count + 1].first()
    if last is not None:
        model.objects.filter(pk__lte=last).delete()
