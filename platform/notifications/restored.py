"""After a restore nothing is sent by itself: what waited when the backup was made may have been sent since (P15).

Where the database stands is kept in a row of itself: a dump that is read into another database, or again into this
one, stands elsewhere than its row says, and everything that leaves the site is held until the operator releases it.
"""

import logging
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Count
from django.db.models.functions import Now

from notifications.channels.reasons import Reason, told
from notifications.choices import DeliveryState, Rhythm
from notifications.models import Delivery, Notice, SendingPlace
from zones.scoping import SYSTEM

log = logging.getLogger(__name__)
ONLY: Final = 1
HERE: Final = """
    SELECT concat_ws(':', (SELECT system_identifier FROM pg_control_system()),
        (SELECT oid FROM pg_database WHERE datname = current_database()), 'notifications_delivery'::regclass::oid::text)
"""


def is_held() -> bool:
    """Whether nothing may leave the site; the first who asks on a new site writes down where it stands."""
    here = _here()
    row = _rows().filter(pk=ONLY).first()
    if row is None:
        SendingPlace.plain.bulk_create([SendingPlace(pk=ONLY, place=here)], ignore_conflicts=True)
        return False
    if row.place == here:
        return row.held_at is not None
    log.warning("this database was restored: nothing is sent before manage.py sending says so")
    _rows().filter(pk=ONLY).exclude(place=here).update(place=here, held_at=Now())
    return True


def waiting() -> dict[str, int]:
    """channel → how many messages wait to leave."""
    rows = Delivery.objects.visible_to(SYSTEM).filter(state__in=UNSENT).order_by()
    return dict(rows.values_list("channel").annotate(Count("pk")))


def hold() -> None:
    """Let nothing leave before it is released: for a copy of files, which cannot be told from its original."""
    is_held()
    _rows().filter(pk=ONLY).update(held_at=Now())


@transaction.atomic
def cancel() -> int:
    """Cancel what waits, for messages that were sent before the restore: it is read in inboxes. Returns how many."""
    rows = Delivery.objects.visible_to(SYSTEM).filter(state__in=UNSENT).order_by()
    notices = Notice.objects.visible_to(SYSTEM).filter(delivery__isnull=True).order_by()
    notices.exclude(rhythm=Rhythm.OFF).update(rhythm=Rhythm.OFF)
    ended = {"state": DeliveryState.CANCELLED, "finished_at": Now(), "lease_until": None}
    return int(rows.update(**ended, reason=told(Reason.RESTORED)))


def release() -> None:
    """Let messages leave again."""
    is_held()
    _rows().filter(pk=ONLY).update(held_at=None)


UNSENT: Final = (DeliveryState.PENDING, DeliveryState.LEASED)


def _rows() -> Any:
    return SendingPlace.objects.visible_to(SYSTEM)


def _here() -> str:
    with connection.cursor() as cursor:
        cursor.execute(HERE)
        return str(cursor.fetchone()[0])
