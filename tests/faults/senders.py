"""Processes of their own that plan, build and send as those of a site do, and start in a tenth of a second.

They are forked from one that has loaded the site already. Each can be killed at a named point, stop at one until it is
woken, and have a clock of its own. Receivers on this host stand for those of the internet: only here are they asked.
"""

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import time_machine
from django.conf import settings
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerProcess

LEASE_SECONDS: Final = 1
PATIENCE_SECONDS: Final = 20.0
"""How long a sender waits for anybody outside who is only slow: longer than a busy machine takes."""
WITHIN_SECONDS: Final = 60.0
ROUNDS: Final = 5
FORKING: Final = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(["tests.faults.loaded"])
EVERYTHING: Final = ("dispatch",)
MISSING: Final[list[str]] = []
"""The guard that senders work without, while a test shows that it would be missed."""


@dataclass(frozen=True)
class Order:
    """What a process does, and how: `works` are names of channels, or of what the beat fires."""

    works: tuple[str, ...] = EVERYTHING
    mail_port: int = 1
    crash_at: str = ""
    stops_at: str = ""
    lease_seconds: int = LEASE_SECONDS
    patience_seconds: float = PATIENCE_SECONDS
    clock_hours: float = 0.0
    may_look_inside: bool = True
    place_seconds: int = 90
    database: str = ""
    without: str = ""


def started(order: Order) -> "ForkServerProcess":
    """A process at work."""
    more = {"database": order.database or str(connection.settings_dict["NAME"]), "without": "".join(MISSING)}
    named = Order(**(vars(order) | more))
    process = FORKING.Process(target=_work, args=(named,))
    process.start()
    return process


def ended(process: "ForkServerProcess") -> int:
    """How it ended: its code, or the signal that killed it as a negative number."""
    process.join(WITHIN_SECONDS)
    assert process.exitcode is not None, "still at work"
    return process.exitcode


def run(order: Order) -> int:
    """Let a process do its work; returns how it ended."""
    return ended(started(order))


def settle(order: Order) -> None:
    """What beats would do until nothing is under way: leases run out, and whatever is due is taken up."""
    from notifications.choices import DeliveryState as State
    from notifications.models import Delivery

    for _round in range(ROUNDS):
        time.sleep(LEASE_SECONDS + 0.2)
        assert run(order) == 0
        if not Delivery.plain.filter(state__in=(State.PENDING, State.LEASED)).exists():
            return


def pass_time(gone: timedelta) -> None:
    """As if it had gone by for deliveries and for whom they go to."""
    from ledger.models import Valve
    from notifications.models import Delivery

    Delivery.plain.filter(state="pending").update(next_at=F("next_at") - gone)
    Valve.objects.update(free_at=F("free_at") - gone, rests_until=F("rests_until") - gone)


def until_it_stops(process: "ForkServerProcess") -> None:
    """Wait until a process has stopped itself."""
    wait_until(lambda: Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[0] == "T")


def wake(process: "ForkServerProcess") -> int:
    """Let a stopped process go on; returns how it ended."""
    assert process.pid is not None
    os.kill(process.pid, signal.SIGCONT)
    return ended(process)


def wait_until(condition: Callable[[], bool], *, ring: Callable[[], object] = lambda: None) -> None:
    """Poll until the condition holds, ringing as the beat does."""
    deadline = time.monotonic() + WITHIN_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "not within a minute"
        ring()
        time.sleep(0.05)


def broken_invariants() -> dict[str, int]:
    """What `check_invariants` would complain of."""
    from config.management.commands.check_invariants import ALL

    counts = {invariant.name: invariant.count() for invariant in ALL}
    return {name: count for name, count in counts.items() if count}


def database_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def overdue() -> Any:
    """Leases that have run out."""
    from notifications.models import Delivery

    return Delivery.plain.filter(state="leased", lease_until__lt=Now())


def _work(order: Order) -> None:
    """In the process: become what is ordered, then do the work."""
    connection.settings_dict["NAME"] = order.database
    settings.CRASH_AT, settings.LEASE_SECONDS = order.crash_at, order.lease_seconds
    settings.PLACE_SECONDS = order.place_seconds
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", order.mail_port
    settings.EMAIL_TIMEOUT = settings.MAIL_DEADLINE_SECONDS = order.patience_seconds
    with ExitStack() as stack:
        if order.clock_hours:
            there = datetime.now(UTC) + timedelta(hours=order.clock_hours)
            stack.enter_context(time_machine.travel(there, tick=True))
        look_inside(order)
        if order.without:
            GUARDS[order.without]()
        for work in order.works:
            _done(work)


def look_inside(order: Order) -> None:
    """Take receivers on this host for those of the internet, and stop where it is asked for."""
    from egress.client import Limits
    from egress.endpoints import trusted
    from notifications import delivering
    from notifications.channels import posting

    posting.LIMITS = Limits(seconds=order.patience_seconds)  # type: ignore[misc]
    if order.may_look_inside:
        posting.untrusted = trusted  # type: ignore[attr-defined]
    if order.stops_at:
        delivering.crash_point = _stop_at(order.stops_at)  # type: ignore[assignment, attr-defined]


def _stop_at(point: str) -> Callable[[str], None]:
    """A point at which the process stops once, until it is woken."""
    left = [point]

    def passed(name: str) -> None:
        if name in left:
            left.remove(name)
            os.kill(os.getpid(), signal.SIGSTOP)

    return passed


def _done(work: str) -> None:
    from django.core.management import call_command

    from notifications import delivering, tasks

    if work == "dispatch":
        call_command("dispatch", verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115
    elif work in ("plan", "look", "sweep"):
        getattr(tasks, work)()
    else:
        delivering.deliver_due(work)


def _no_fence() -> None:
    from notifications import delivering
    from notifications.models import Delivery

    delivering.SENT = delivering.SENT.replace("AND fence = %(fence)s AND state = 'leased'", "")  # type: ignore[misc]
    delivering._held = lambda delivery, values: bool(Delivery.plain.filter(pk=delivery.pk).update(**values))


def _no_end_of_silence() -> None:
    from notifications import delivering

    delivering.end_when_silent = lambda seconds: None  # type: ignore[attr-defined]


def _no_second_question() -> None:
    from notifications import delivering

    delivering.renew = lambda queryset, held: True  # type: ignore[attr-defined]


def _no_restraint() -> None:
    """Robots are told again like mail."""
    from notifications.channels.registry import CHANNELS

    CHANNELS.update({kind: replace(way, may_repeat=True) for kind, way in CHANNELS.items()})


def _no_follow_up() -> None:
    from notifications import delivering

    delivering.CLAIM = delivering.CLAIM.replace("%(may_repeat)s", "false AND %(may_repeat)s")  # type: ignore[misc]


def _no_common_clock() -> None:
    from notifications import delivering

    own = f"'{datetime.now(UTC).isoformat()}'::timestamptz"
    delivering.CLAIM = delivering.CLAIM.replace("statement_timestamp()", own)  # type: ignore[misc]


def _no_day_in_the_key() -> None:
    """A digest is named by the moment at which it is made; the others read meanwhile who waits for one."""
    from notifications import digests

    of_user = digests._of_user

    def named_anew(user_id: int, rhythm: Any, day: Any) -> Any:
        row = of_user(user_id, rhythm, day)
        row.dedupe_key = str(row.public_id)
        time.sleep(2)
        return row

    digests._of_user = named_anew


def _no_transaction() -> None:
    """Marks of facts are taken away and that is kept, whatever becomes of the notices."""
    from notifications import planning

    planned = planning._planned

    def kept(ids: Any) -> int:
        connection.cursor().execute("COMMIT; BEGIN")
        return planned(ids)

    planning._planned = kept


GUARDS: Final[dict[str, Callable[[], None]]] = {
    "fence": _no_fence,
    "second question": _no_second_question,
    "end of silence": _no_end_of_silence,
    "restraint": _no_restraint,
    "follow-up": _no_follow_up,
    "common clock": _no_common_clock,
    "day in the key": _no_day_in_the_key,
    "one transaction": _no_transaction,
}
