"""An event and one's own meetings there, as an .ics file: the same UIDs always, SEQUENCE grows with every change."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from matching.choices import EventState
from matching.models import Event, EventMeeting, EventRegistration
from zones.scoping import Principal

ZONE: Final = ZoneInfo("Asia/Shanghai")
SYSTEM_WIDE_UID: Final = "{kind}-{key}@{authority}"


class Appointment(NamedTuple):
    """One meeting as a guest reads it: with whom, when, at which table."""

    meeting: EventMeeting
    other: str
    starts_at: datetime
    ends_at: datetime

    @property
    def table(self) -> int:
        """As it is written on the table."""
        return self.meeting.table + 1

    @property
    def is_cancelled(self) -> bool:
        return self.meeting.cancelled_at is not None


def appointments_of(principal: Principal, guest: EventRegistration) -> list[Appointment]:
    """The released meetings of a guest of the principal's own side, in their order."""
    event = guest.event
    if event.timetable_released_at is None:
        return []
    rows = EventMeeting.objects.visible_to(principal).filter(event=event)
    related = rows.select_related("first__organization", "second__organization")
    own = [row for row in related if guest.pk in (row.first_id, row.second_id)]
    return [_appointment(event, guest, row) for row in own]


def agenda_of(event: Event, appointments: Sequence[Appointment] = ()) -> bytes:
    """The event and these meetings of it."""
    from icalendar import Calendar  # a library that pages do without

    calendar = Calendar()
    calendar.add("PRODID", f"-//{settings.TAG_AUTHORITY}//ZoneLink")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "PUBLISH")
    calendar.add_component(_entry(event, "event", event.public_id, _whole(event)))
    for one in appointments:
        calendar.add_component(_entry(event, "event-meeting", one.meeting.public_id, _meeting(event, one)))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _appointment(event: Event, guest: EventRegistration, row: EventMeeting) -> Appointment:
    other = row.second if row.first_id == guest.pk else row.first
    return Appointment(row, str(other.organization), *event.slot_times(row.slot))


def _whole(event: Event) -> dict[str, Any]:
    return {
        "DTSTART": event.starts_at.astimezone(ZONE),
        "DTEND": event.ends_at.astimezone(ZONE),
        "SUMMARY": str(event),
        "DESCRIPTION": event.summary_zh,
        "STATUS": "CANCELLED" if event.state == EventState.CANCELLED else "CONFIRMED",
    }


def _meeting(event: Event, one: Appointment) -> dict[str, Any]:
    is_off = one.is_cancelled or event.state == EventState.CANCELLED
    return {
        "DTSTART": one.starts_at.astimezone(ZONE),
        "DTEND": one.ends_at.astimezone(ZONE),
        "SUMMARY": _("洽谈：%(other)s（%(table)d 号桌）") % {"other": one.other, "table": one.table},
        "STATUS": "CANCELLED" if is_off else "CONFIRMED",
    }


def _entry(event: Event, kind: str, key: object, told: dict[str, Any]) -> Any:
    from icalendar import Event as Entry

    entry = Entry()
    entry.add("UID", SYSTEM_WIDE_UID.format(kind=kind, key=key, authority=settings.TAG_AUTHORITY))
    entry.add("SEQUENCE", event.version)
    entry.add("DTSTAMP", event.updated_at)
    entry.add("LAST-MODIFIED", event.updated_at)
    entry.add("LOCATION", event.place_zh)
    for name, value in told.items():
        entry.add(name, value)
    return entry
