"""Claim, renew and finish leased work. Every comparison uses the database's clock, never the worker's."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from typing import Any, Final, TypeVar

from django.conf import settings
from django.db import DatabaseError, connection, models
from django.db.models import F, Q
from django.db.models.functions import Now

from ledger.bell import ring
from ledger.crash import crash_point
from ledger.models import LeasedWork

Work = TypeVar("Work", bound=LeasedWork)

State = LeasedWork.State
RENEW: Final = """
    UPDATE "{table}" SET lease_until = statement_timestamp() + %s WHERE id = %s AND fence = %s AND state = 'leased'
"""
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
    with connection.cursor() as cursor:
        values: list[Any] = [lease, held.pk, held.fence]
        cursor.execute(RENEW.format(table=queryset.model._meta.db_table), values)
        return bool(cursor.rowcount)


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


class Keeper:
    """Keeps the leases of many short works, one after the other, by one thread that begins with the first of them."""

    def __init__(self, queryset: "models.QuerySet[Any]") -> None:
        self._queryset, self._is_over = queryset, Event()
        self._held: Any = None
        self._thread = Thread(target=self._keep, daemon=True)

    def __enter__(self) -> "Keeper":
        return self

    def __exit__(self, *error: object) -> None:
        self._is_over.set()
        if self._thread.ident is not None:
            self._thread.join()

    @contextmanager
    def keeping(self, held: Any) -> Iterator[None]:
        """Inside, the lease does not run out; it was taken or renewed just before."""
        if self._thread.ident is None:
            self._thread.start()
        self._held = held
        try:
            yield
        finally:
            self._held = None

    def _keep(self) -> None:
        while not self._is_over.wait(settings.LEASE_SECONDS / 3):
            held = self._held
            try:
                if held is not None:
                    renew(self._queryset, held)
            except DatabaseError as error:  # as above; the next time is asked on another connection
                log.warning("lease of %s not renewed: %s", held.pk, error)
                connection.close()
        connection.close()


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
