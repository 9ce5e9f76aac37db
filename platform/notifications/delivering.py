"""The ledger at work: claim a delivery, make its message, hand it to its channel, write down what became of it.

A claim is committed before anything is sent, and names its holder by the fence: what a zombie finishes is dropped. A
delivery whose sender died is sent again where its receiver can tell by the id, else it is shown as `unknown`.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Q
from django.db.models.functions import Now

from ledger.bell import ring
from ledger.crash import crash_point
from ledger.leases import RING_AGAIN_AFTER, Keeper, renew
from ledger.locks import Lock, end_when_silent, leave_of, take_of_for_session
from ledger.rowsets import rows_of
from notifications.bells import bell_of
from notifications.channels import sending
from notifications.channels.base import Channel, Outcome, Outgoing, Result, Target
from notifications.channels.reasons import Reason, told
from notifications.channels.registry import CHANNELS
from notifications.choices import DeliveryState as State
from notifications.choices import Way
from notifications.composing import Nothing, compose
from notifications.endpoints import deliver as deliver_to_endpoint
from notifications.models import Delivery
from notifications.readers import Readers
from notifications.restored import is_held
from zones.scoping import SYSTEM

log = logging.getLogger(__name__)
AT_A_TIME: Final = 2
"""Processes that send through one channel at once: a slow one holds no more than these."""
TURN_SECONDS: Final = 60
CLAIM: Final = """
    UPDATE notifications_delivery SET state = 'leased', lease_until = statement_timestamp() + %(lease)s,
        fence = fence + 1, attempts = attempts + 1
    WHERE id = (
        SELECT id FROM notifications_delivery
        WHERE channel = %(channel)s AND ((state = 'pending' AND next_at <= statement_timestamp())
            OR (state = 'leased' AND lease_until < statement_timestamp() AND %(may_repeat)s))
        ORDER BY next_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING {columns}
"""
SENT: Final = """
    UPDATE notifications_delivery
    SET state = 'sent', reason = '', lease_until = NULL, finished_at = statement_timestamp()
    WHERE id = %(id)s AND fence = %(fence)s AND state = 'leased'
"""
ENDS: Final = {Result.SENT: State.SENT, Result.UNKNOWN: State.UNKNOWN, Result.DEAD: State.DEAD}


def deliver_due(channel: str) -> int:
    """Send what is due through a channel, for a minute at most; then ring for the rest. Returns how many were tried."""
    way = CHANNELS[channel]
    with _one_of_few(way) as is_taken:
        if not is_taken or is_held():
            return 0
        give_up_lost(way)
        count, until, readers = 0, time.monotonic() + TURN_SECONDS, Readers()
        with Keeper(_rows()) as keeper:
            while (delivery := claim(way)) is not None:
                _deliver(way, readers.addressed(delivery), readers, keeper)
                count += 1
                if time.monotonic() > until:
                    ring(bell_of(channel))
                    break
    return count


def claim(way: Channel) -> Delivery | None:
    """Take the lease of the delivery that has been due longest; None where there is none."""
    lease = timedelta(seconds=settings.LEASE_SECONDS)
    wanted: dict[str, Any] = {"lease": lease, "channel": way.kind, "may_repeat": way.may_repeat}
    claimed = rows_of(Delivery, CLAIM, wanted)
    crash_point("after_claim")
    return claimed[0] if claimed else None


def give_up_lost(way: Channel) -> int:
    """Deliveries whose sender died, of a channel that would say everything twice: nobody knows what became of them."""
    if way.may_repeat:
        return 0
    lost = _rows().filter(channel=way.kind, state=State.LEASED, lease_until__lt=Now())
    ended = {"state": State.UNKNOWN, "lease_until": None, "finished_at": Now(), "reason": told(Reason.LEASE)}
    return int(lost.update(**ended))


def finish(way: Channel, delivery: Delivery, outcome: Outcome) -> bool:
    """Write down what became of it; False means that the lease was lost and somebody else answers for it."""
    if outcome == Outcome.sent():
        return _was_sent(delivery)
    values: dict[str, Any] = {"reason": outcome.reason[:200], "lease_until": None}
    if outcome.result == Result.RETRY:
        values |= _again(way, delivery, outcome)
    else:
        values |= {"state": ENDS[outcome.result], "finished_at": Now()}
    return _held(delivery, values)


def cancel(delivery: Delivery, reason: Reason) -> bool:
    """There is nothing to send; the ledger says why."""
    return _held(
        delivery,
        {"state": State.CANCELLED, "finished_at": Now(), "lease_until": None, "reason": told(reason)},
    )


def due() -> Q:
    """What is to be sent now, or whose sender died."""
    return Q(state=State.PENDING, next_at__lte=Now()) | Q(state=State.LEASED, lease_until__lt=Now())


def ring_for_due() -> None:
    """Ring for channels with something due that nobody came for."""
    since = Now() - RING_AGAIN_AFTER
    waiting = _rows().filter(due()).filter(Q(rung_at__isnull=True) | Q(rung_at__lt=since))
    channels = list(waiting.order_by().values_list("channel", flat=True).distinct())
    waiting.update(rung_at=Now())
    for channel in channels:
        ring(bell_of(channel))


def _deliver(way: Channel, delivery: Any, readers: Readers, keeper: Keeper) -> None:
    message = _composed(delivery, readers)
    if isinstance(message, Outcome):
        finish(way, delivery, message)
        return
    if isinstance(message, Nothing):
        cancel(delivery, message.reason)
        return
    crash_point("before_send")
    if not renew(_rows(), delivery):
        return  # it slept through its lease: whoever took over answers for it
    with keeper.keeping(delivery):  # a slow receiver does not take the lease from whoever waits for it
        outcome = _sent(way, delivery, message)
    crash_point("after_send")
    finish(way, delivery, outcome)


def _composed(delivery: Delivery, readers: Readers) -> Outgoing | Nothing | Outcome:
    """One whose message cannot be made is tried again like any other, and then shown as dead; it holds up no other."""
    try:
        return compose(delivery, readers)
    except DatabaseError:
        raise
    except Exception:  # whatever is wrong with one record
        log.exception("delivery %s cannot be composed", delivery.public_id)
        return Outcome.retry(told(Reason.ERROR))


def _sent(way: Channel, delivery: Delivery, message: Outgoing) -> Outcome:
    if way.kind != Way.MAIL and delivery.endpoint is not None:
        return deliver_to_endpoint(delivery.endpoint, message)
    assert delivery.user is not None
    return sending.send(way, message, Target(str(delivery.user.public_id), delivery.user.email))


def _again(way: Channel, delivery: Delivery, outcome: Outcome) -> dict[str, Any]:
    """Later, as long as the channel tries; then dead, or unknown where the last try may have arrived."""
    attempts = delivery.attempts if outcome.is_attempt else delivery.attempts - 1
    wait = way.wait_after(attempts, outcome)
    if wait is not None:
        return {"state": State.PENDING, "next_at": Now() + wait, "attempts": attempts}
    may_have_arrived = outcome.reason.startswith(Reason.BROKE_OFF)
    return {"state": State.UNKNOWN if may_have_arrived else State.DEAD, "finished_at": Now()}


def _was_sent(delivery: Delivery) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(SENT, {"id": delivery.pk, "fence": delivery.fence})
        return bool(cursor.rowcount)


def _held(delivery: Delivery, values: dict[str, Any]) -> bool:
    rows = _rows().filter(pk=delivery.pk, fence=delivery.fence, state=State.LEASED)
    return bool(rows.update(**values))


def _rows() -> Any:
    return Delivery.objects.visible_to(SYSTEM).order_by()


@contextmanager
def _one_of_few(way: Channel) -> Iterator[bool]:
    """One of the few places of a channel, while the work inside goes on. Whoever has one and falls silent, stopped or
    cut off, loses it: PostgreSQL ends its session.
    """
    number = list(CHANNELS).index(way.kind) * AT_A_TIME
    place = next((number + one for one in range(AT_A_TIME) if take_of_for_session(Lock.SEND, number + one)), None)
    if place is None:
        yield False
        return
    end_when_silent(settings.PLACE_SECONDS)
    try:
        yield True
    finally:
        with suppress(DatabaseError):  # the session is gone, and the place with it
            leave_of(Lock.SEND, place)
            end_when_silent(None)
