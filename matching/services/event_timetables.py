"""Timetables of one-to-one meetings: asked for by who organizes, built in the background, replaced as a whole until
they are released. What was released stays: whatever is built later is put around it, and told to its two guests.

Wishes are read and the solver works outside any transaction; what it found is written under the lock of the event, and
only for the request it was built for.
"""

from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.bell import TIMETABLE, ring, ring_after_commit
from ledger.events import record_events
from matching.engine.meetings import Hall, Meeting, Timetable, Wish, pairs_of, timetable_of
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
    """What one timetable is built of. `kept`: meetings that both guests have been told of."""

    event: Event
    asked_at: datetime
    wishes: list[Wish]
    hall: Hall
    kept: tuple[Meeting, ...]


@transaction.atomic
def ask_timetable(principal: Principal, *, event_id: int, version: int | None) -> Event:
    """Have the timetable built, or built anew around what was released. Raises NotFound, NotAllowed, Conflict,
    IllegalTransition.
    """
    event = locked_event(principal, event_id=event_id, version=version)
    must_be(event, *TO_COME)
    if not event.has_meetings:
        raise IllegalTransition(_("本活动未设洽谈场次：请先填写场次、洽谈桌数和开始时间。"))
    event.timetable_asked_at = timezone.now()
    save_next_version(validated(event))
    tell(event, "event.timetable_asked")
    ring_after_commit(TIMETABLE, event.pk)
    return event


@transaction.atomic
def release_timetable(principal: Principal, *, event_id: int, version: int | None) -> Event:
    """Tell both guests of every meeting; from now on it stays. Raises as above, Conflict where it was released."""
    event = locked_event(principal, event_id=event_id, version=version)
    must_be(event, *TO_COME)
    if event.timetable_released_at is not None:
        raise Conflict(_("洽谈安排已发布：再次编排后新增的洽谈会自动告知双方，无需再次发布。"))
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
    found = timetable_of(asked.wishes, asked.hall, kept=asked.kept)
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
    hall = Hall(event.slots, event.tables, most=most)
    return Asked(event, event.timetable_asked_at, pairs, hall, tuple(map(_placed, _released(event))))


def _released(event: Event) -> list[EventMeeting]:
    """Meetings that are told and not called off."""
    if event.timetable_released_at is None:
        return []
    rows = EventMeeting.objects.unscoped(reason=REASON).filter(event=event, cancelled_at__isnull=True)
    return list(rows.order_by("slot", "table", "pk"))


def _placed(row: EventMeeting) -> Meeting:
    return Meeting(row.first_id, row.second_id, row.slot, row.table)


@transaction.atomic
def _store(asked: Asked, found: Timetable) -> bool:
    event = locked_event(SYSTEM, event_id=asked.event.pk, version=None)
    kept = _released(event)
    is_as_asked = event.timetable_asked_at == asked.asked_at and tuple(map(_placed, kept)) == asked.kept
    if not is_as_asked or event.state not in TO_COME:
        return False
    coming = {guest.pk for guest in guests_of(event)}
    mutual = {one.pair for one in pairs_of(asked.wishes) if one.is_mutual}
    rows = [
        EventMeeting(
            event=event, first_id=one.first, second_id=one.second, slot=one.slot, table=one.table,
            is_mutual=one.pair in mutual,
        )
        for one in found.meetings
        if coming.issuperset(one.pair) and one not in asked.kept
    ]  # fmt: skip
    if event.timetable_released_at is None:
        EventMeeting.objects.unscoped(reason=REASON).filter(event=event).delete()
    EventMeeting.plain.bulk_create(rows)
    if event.timetable_released_at is not None:
        _tell_of_added(rows)
    event.timetable = _numbers(asked, found, [*kept, *rows])
    event.timetable_asked_at, event.timetable_built_at = None, timezone.now()
    save_next_version(validated(event))
    tell(event, "event.timetable_built")
    return True


def _tell_of_added(rows: list[EventMeeting]) -> None:
    record_events(
        "event_meeting.added", object_type="matching.eventmeeting", versions=[(row.public_id, 1) for row in rows]
    )


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
