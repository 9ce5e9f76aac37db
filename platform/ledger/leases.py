"""Claim, renew and finish leased work. Every comparison uses the database's clock, never the worker's."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import TypeVar

from django.conf import settings
from django.db import DatabaseError, connection, models
from django.db.models import F, Q
from django.db.models.functions import Now

from ledger.bell import ring
from ledger.crash import crash_point
from ledger.models import LeasedWork

Work = TypeVar("Work", bound=LeasedWork)

State = LeasedWork.State
log = logging.getLogger(__name__)
RING_AGAIN_AFTER = timedelta(seconds=10)
RING_AT_MOST = 1_000


def claimable() -> Q:
    """Work that is queued and due, or whose lease has run out."""
    return Q(state=State.QUEUED, next_at__lte=Now()) | Q(state=State.LEASED, lease_until__lt=Now())


def claim(queryset: "models.QuerySet[Work]", work_id: int) -> Work | None:
    """Take the lease of one row for `LEASE_SECONDS`; None when somebody else has it or it is done. The row as it was
    claimed is what its owner shows when it finishes.

    One conditional UPDATE, committed before the work begins: the claim outlives the process, the lease does not.
    """
    lease = timedelta(seconds=settings.LEASE_SECONDS)
    taken = queryset.filter(claimable(), pk=work_id).update(
        state=State.LEASED, lease_until=Now() + lease, fence=F("fence") + 1, attempts=F("attempts") + 1
    )
    crash_point("after_claim")
    return queryset.get(pk=work_id) if taken else None


def renew(queryset: "models.QuerySet[Work]", held: LeasedWork) -> bool:
    """Extend the lease; False tells a zombie to stop."""
    lease = timedelta(seconds=settings.LEASE_SECONDS)
    return bool(_held(queryset, held).update(lease_until=Now() + lease))


@contextmanager
def renewed(queryset: "models.QuerySet[Work]", held: LeasedWork) -> Iterator[None]:
    """Keep the lease while the work inside goes on: a thread with a connection of its own renews it every third
    of its time.
    """
    is_done = Event()
    keeper = Thread(target=_renew_until, args=(is_done, queryset, held), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        is_done.set()
        keeper.join()


def _renew_until(is_done: Event, queryset: "models.QuerySet[Work]", held: LeasedWork) -> None:
    try:
        while not is_done.wait(settings.LEASE_SECONDS / 3):
            if not renew(queryset.all(), held):
                return
    except DatabaseError as error:  # the database is away: the work itself will notice, or lose its lease
        log.warning("lease of %s not renewed: %s", held.pk, error)
    finally:
        connection.close()


def finish(queryset: "models.QuerySet[Work]", held: LeasedWork, **values: object) -> bool:
    """Mark done inside the caller's transaction, with further values of the row; False means the lease was lost and
    the result must be dropped.
    """
    return bool(_held(queryset, held).update(state=State.DONE, lease_until=None, last_error="", **values))


def give_back(
    queryset: "models.QuerySet[Work]", held: LeasedWork, *, error: str, wait: timedelta, may_retry: bool
) -> bool:
    """Return the work to the queue after an error, or give it up when it may not be tried again."""
    state = State.QUEUED if may_retry else State.FAILED
    return bool(
        _held(queryset, held).update(state=state, lease_until=None, next_at=Now() + wait, last_error=error[:2000])
    )


def ring_forgotten(queryset: "models.QuerySet[Work]", bell: str, *, patience: timedelta = RING_AGAIN_AFTER) -> int:
    """Ring for work nobody came for: queued too long, or its lease ran out. Returns how many times."""
    since = Now() - patience
    forgotten = Q(state=State.QUEUED, next_at__lt=since) | Q(state=State.LEASED, lease_until__lt=Now())
    waiting = queryset.filter(forgotten).filter(Q(rung_at__isnull=True) | Q(rung_at__lt=since))
    ids = list(waiting.order_by("pk").values_list("pk", flat=True)[:RING_AT_MOST])
    queryset.filter(pk__in=ids).update(rung_at=Now())
    for pk in ids:
        ring(bell, pk)
    return len(ids)


def _held(queryset: "models.QuerySet[Work]", held: LeasedWork) -> "models.QuerySet[Work]":
    return queryset.filter(pk=held.pk, fence=held.fence, state=State.LEASED)
