"""Timetables of one-to-one meetings: asked for by who organizes, built in the background, replaced as a whole until
they are released.

Wishes are read and the solver works outside any transaction; what it found is written under the lock of the event, and
only for the request it was built for.
"""

from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.bell import TIMETABLE, ring, ring_after_commit
from matching.engine.meetings import Hall, Timetable, Wish, pairs_of, timetable_of
from matching.models import Event, EventMeeting, EventWish
from matching.models.event_guests import COMING
from matching.services.event_states import TO_COME, guests_of, locked_event, must_be
from zones.errors import Conflict, IllegalTransition
from zones.scoping import SYSTEM, Principal
from zones.services.base import save_next_version, tell, validated

REASON: Final = "a timetable is made of all wishes; nobody reads whose they are"
STRENGTH: Final = 0.5
"""All wishes weigh the same: mutual ones come first."""


class Asked(NamedTuple):
    """What one timetable is built of."""

    event: Event
    asked_at: datetime
    wishes: list[Wish]
    hall: Hall


@transaction.atomic
def ask_timetable(principal: Principal, *, event_id: int, version: int | None) -> Event:
    """Have the timetable built, or built anew. Raises NotFound, NotAllowed, Conflict once it was released,
    IllegalTransition.
    """
    event = locked_event(principal, event_id=event_id, version=version)
    must_be(event, *TO_COME)
    if not event.has_meetings:
        raise IllegalTransition(_("本活动未设洽谈场次：请先填写场次、洽谈桌数和开始时间。"))
    _must_not_be_released(event)
    event.timetable_asked_at = timezone.now()
    save_next_version(validated(event))
    tell(event, "event.timetable_asked")
    ring_after_commit(TIMETABLE, event.pk)
    return event


@transaction.atomic
def release_timetable(principal: Principal, *, event_id: int, version: int | None) -> Event:
    """Tell both guests of every meeting; from now on it stays. Raises as above."""
    event = locked_event(principal, event_id=event_id, version=version)
    must_be(event, *TO_COME)
    _must_not_be_released(event)
    if event.timetable_built_at is None or event.timetable_asked_at is not None:
        raise IllegalTransition(_("洽谈安排还没有生成：请先生成，核对后再发布。"))
    event.timetable_released_at = timezone.now()
    save_next_version(validated(event))
    tell(event, "event.timetable_released")
    return event


def build_timetable(event_id: int) -> bool:
    """Build what was asked for; False where nothing is asked for any more, or it was asked anew meanwhile."""
    asked = _asked(event_id)
    if asked is None:
        return False
    found = timetable_of(asked.wishes, asked.hall)
    return _store(asked, found)


def ring_again() -> int:
    """Ring for timetables nobody came for."""
    rows = Event.objects.unscoped(reason=REASON).filter(timetable_asked_at__isnull=False, state__in=TO_COME)
    waiting = list(rows.order_by("pk").values_list("pk", flat=True))
    for event_id in waiting:
        ring(TIMETABLE, event_id)
    return len(waiting)


def _asked(event_id: int) -> Asked | None:
    rows = Event.objects.unscoped(reason=REASON).filter(pk=event_id, timetable_asked_at__isnull=False)
    event: Event | None = rows.filter(state__in=TO_COME).first()
    if event is None or event.timetable_asked_at is None:
        return None
    wishes = EventWish.objects.unscoped(reason=REASON).filter(asker__event=event, asked__event=event)
    coming = wishes.filter(asker__state__in=COMING, asked__state__in=COMING).order_by("pk")
    pairs = [Wish(asker, asked, STRENGTH) for asker, asked in coming.values_list("asker_id", "asked_id")]
    most = {guest.pk: guest.most_meetings for guest in guests_of(event) if guest.most_meetings}
    return Asked(event, event.timetable_asked_at, pairs, Hall(event.slots, event.tables, most=most))


@transaction.atomic
def _store(asked: Asked, found: Timetable) -> bool:
    event = locked_event(SYSTEM, event_id=asked.event.pk, version=None)
    if event.timetable_asked_at != asked.asked_at or event.state not in TO_COME:
        return False
    coming = {guest.pk for guest in guests_of(event)}
    mutual = {one.pair for one in pairs_of(asked.wishes) if one.is_mutual}
    rows = [
        EventMeeting(
            event=event, first_id=one.first, second_id=one.second, slot=one.slot, table=one.table,
            is_mutual=one.pair in mutual,
        )
        for one in found.meetings
        if coming.issuperset(one.pair)
    ]  # fmt: skip
    EventMeeting.objects.unscoped(reason=REASON).filter(event=event).delete()
    EventMeeting.plain.bulk_create(rows)
    event.timetable = _numbers(asked, found, rows)
    event.timetable_asked_at, event.timetable_built_at = None, timezone.now()
    save_next_version(validated(event))
    tell(event, "event.timetable_built")
    return True


def _numbers(asked: Asked, found: Timetable, rows: list[EventMeeting]) -> dict[str, Any]:
    """How good it is: wishes that are met, of those there were; seats at tables used, of those there are."""
    wanted = pairs_of(asked.wishes)
    met_mutual = sum(row.is_mutual for row in rows)
    return {
        "mutual": sum(one.is_mutual for one in wanted),
        "mutual_met": met_mutual,
        "one_sided": sum(not one.is_mutual for one in wanted),
        "one_sided_met": len(rows) - met_mutual,
        "places": asked.hall.slots * asked.hall.tables,
        "used": len(rows),
        "guests": len({guest for row in rows for guest in (row.first_id, row.second_id)}),
        "is_proven": found.is_proven,
    }


def _must_not_be_released(event: Event) -> None:
    if event.timetable_released_at is not None:
        raise Conflict(_("洽谈安排已发布，双方已收到通知，不再重排：如有变动，请逐场取消后另行约定。"))
