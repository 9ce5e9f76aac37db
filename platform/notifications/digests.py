"""Digests: what waits for an account is put together once a day or once a week, at its hour in China.

The key of a digest is its recipient and the day (of a week: its Monday) on which it was due, never the moment at which
it was made: two that build at once make one, and a day that was missed is caught up once.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import connection, transaction

from ledger.bell import ring_after_commit
from ledger.crash import crash_point
from ledger.rowsets import insert_new_rows
from notifications.bells import bell_of
from notifications.choices import DeliveryKind, Rhythm, Way
from notifications.hours import china_now, is_daily_due, is_weekly_due, week_of
from notifications.models import Delivery, Endpoint, Notice, NoticeSettings
from zones.scoping import SYSTEM
from zones.services.calendar import is_working_day

AT_ONCE: Final = 1_000
DEFAULTS: Final = NoticeSettings()
"""Robots and webhooks have no hours of their own."""
HOLD: Final = """
    SELECT id FROM notifications_delivery WHERE dedupe_key = ANY(%(keys)s) AND state = 'pending' AND attempts = 0
    ORDER BY id FOR NO KEY UPDATE
"""
"""Those of this day that are not under way: no sender takes one up and reads what it holds before the last of it is
there.
"""
TAKE: Final = """
    UPDATE notifications_notice AS notice SET delivery_id = delivery.id FROM notifications_delivery AS delivery
    WHERE delivery.id = ANY(%(held)s) AND notice.delivery_id IS NULL AND notice.rhythm = %(rhythm)s
        AND notice.{owner} = delivery.{owner}
"""


def build_due(now: datetime | None = None) -> int:
    """Build the digests that are due; returns how many there are of now."""
    moment = now or china_now()
    is_worked = is_working_day(moment.date())
    return sum(_built(rhythm, moment, is_worked) for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY))


def _built(rhythm: Rhythm, moment: datetime, is_worked: bool) -> int:
    users = _due_users(rhythm, moment, is_worked)
    endpoints = _due_endpoints(rhythm, moment, is_worked)
    day = week_of(moment.date()) if rhythm == Rhythm.WEEKLY else moment.date()
    rows = [_of_user(pk, rhythm, day) for pk in users] + [_of_endpoint(one, rhythm, day) for one in endpoints]
    for start in range(0, len(rows), AT_ONCE):
        _store(rows[start : start + AT_ONCE], rhythm)
    return len(rows)


@transaction.atomic
def _store(rows: Sequence[Delivery], rhythm: Rhythm) -> None:
    insert_new_rows(Delivery, rows)
    with connection.cursor() as cursor:
        cursor.execute(HOLD, {"keys": [row.dedupe_key for row in rows]})
        held = [pk for (pk,) in cursor]
        for owner in ("user_id", "endpoint_id"):
            cursor.execute(TAKE.format(owner=owner), {"held": held, "rhythm": rhythm.value})
    for channel in {row.channel for row in rows}:
        ring_after_commit(bell_of(channel))
    crash_point("before_digest_commit")


def _due_users(rhythm: Rhythm, moment: datetime, is_worked: bool) -> list[int]:
    """Accounts with something waiting that is due now, and no digest of this day yet."""
    waiting = _waiting(rhythm).filter(user__isnull=False, user__is_active=True).values_list("user_id", flat=True)
    ids = sorted(set(waiting))
    settings = {row.user_id: row for row in NoticeSettings.objects.visible_to(SYSTEM).filter(user_id__in=ids)}
    return [pk for pk in ids if _is_due(settings.get(pk, DEFAULTS), rhythm, moment, is_worked)]


def _due_endpoints(rhythm: Rhythm, moment: datetime, is_worked: bool) -> list[Endpoint]:
    if not _is_due(DEFAULTS, rhythm, moment, is_worked):
        return []
    waiting = _waiting(rhythm).filter(endpoint__isnull=False).values("endpoint_id")
    return list(Endpoint.objects.visible_to(SYSTEM).filter(pk__in=waiting, is_enabled=True).order_by("pk"))


def _waiting(rhythm: Rhythm) -> Any:
    return Notice.objects.visible_to(SYSTEM).filter(delivery__isnull=True, rhythm=rhythm).order_by()


def _is_due(settings: NoticeSettings, rhythm: Rhythm, moment: datetime, is_worked: bool) -> bool:
    is_due = is_daily_due if rhythm == Rhythm.DAILY else is_weekly_due
    return is_due(settings, moment, is_worked=is_worked)


def _of_user(user_id: int, rhythm: Rhythm, day: date) -> Delivery:
    return Delivery(
        user_id=user_id, channel=Way.MAIL, kind=DeliveryKind(rhythm.value), dedupe_key=f"{rhythm}:{day}:u{user_id}"
    )


def _of_endpoint(endpoint: Endpoint, rhythm: Rhythm, day: date) -> Delivery:
    return Delivery(
        endpoint_id=endpoint.pk, channel=endpoint.kind, kind=DeliveryKind(rhythm.value),
        dedupe_key=f"{rhythm}:{day}:e{endpoint.pk}",
    )  # fmt: skip
