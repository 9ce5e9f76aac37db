"""Builders of events: as they stand in a state, with what that state requires."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from matching.choices import EventState, RegistrationState
from matching.models import Event, EventInvitation, EventMeeting, EventOrganizer, EventRegistration, EventWish
from matching.models.event_guests import COMING
from tests.builders import plain_create
from tests.conftest import World
from zones.models import Organization

SECRET = "涡轮叶片"
"""Stands in rows one may not see."""


def event_values(**fields: Any) -> dict[str, Any]:
    """A matchmaking event in ten days, whose registration closes the day before; slots for meetings, two tables."""
    starts = timezone.now().replace(second=0, microsecond=0) + timedelta(days=10)
    return {
        "kind": "industry", "title_zh": "半导体检测对接会", "title_en": "Matchmaking: semiconductor testing",
        "summary_zh": "路演与一对一洽谈。", "place_zh": "东方高新区会议中心", "starts_at": starts,
        "ends_at": starts + timedelta(hours=6), "registration_closes_at": starts - timedelta(days=1),
        "visibility": "national", "meetings_start_at": starts + timedelta(hours=2), "slots": 3, "tables": 2,
    } | fields  # fmt: skip


def make_event(*, state: str = EventState.PUBLISHED, **fields: Any) -> Event:
    """An event of a zone or association, published unless told otherwise. One that runs began an hour ago."""
    values = event_values(state=state, **fields)
    if state in (EventState.RUNNING, EventState.HELD) and "starts_at" not in fields:
        starts = timezone.now() - timedelta(hours=1)
        times = {"starts_at": starts, "meetings_start_at": starts, "ends_at": starts + timedelta(hours=6)}
        values |= times | {"registration_closes_at": starts}
    if state != EventState.DRAFT:
        values.setdefault("published_at", timezone.now())
    if state == EventState.HELD:
        values.setdefault("held_at", timezone.now())
    if state == EventState.CANCELLED:
        values.setdefault("cancelled_because_zh", "场地临时维修")
    return plain_create(Event, values)


def make_co_host(event: Event, **fields: Any) -> EventOrganizer:
    return plain_create(EventOrganizer, {"event": event, "position": 1} | fields)


def make_invitation(event: Event, organization: Organization, **fields: Any) -> EventInvitation:
    return plain_create(EventInvitation, {"event": event, "organization": organization} | fields)


def make_registration(event: Event, organization: Organization, **fields: Any) -> EventRegistration:
    """A guest who comes and lets itself be listed; its seats are counted."""
    values: dict[str, Any] = {
        "event": event, "organization": organization, "state": RegistrationState.REGISTERED, "text_version": 1,
        "asked_at": timezone.now(), "is_listed": True, "brings_zh": "晶圆检测", "attendees_zh": "参会人甲",
    } | fields  # fmt: skip
    if values["state"] == RegistrationState.CHECKED_IN:
        values.setdefault("checked_in_at", timezone.now())
    if values["state"] == RegistrationState.CANCELLED:
        values.setdefault("cancelled_at", timezone.now())
    row: EventRegistration = plain_create(EventRegistration, values)
    if row.state in COMING:
        event.taken += row.seats
        Event.plain.filter(pk=event.pk).update(taken=event.taken)
    return row


def make_wish(asker: EventRegistration, asked: EventRegistration) -> EventWish:
    return plain_create(EventWish, {"asker": asker, "asked": asked})


def make_event_meeting(one: EventRegistration, two: EventRegistration, **fields: Any) -> EventMeeting:
    """At the first table in the first slot."""
    first, second = sorted((one, two), key=lambda guest: guest.pk)
    values = {"event": first.event, "first": first, "second": second, "slot": 0, "table": 0}
    return plain_create(EventMeeting, values | fields)


def release(event: Event) -> None:
    """Let both guests of every meeting read it."""
    now = timezone.now()
    Event.plain.filter(pk=event.pk).update(timetable_built_at=now, timetable_released_at=now, timetable_asked_at=None)
    event.refresh_from_db()


def show_events(world: World, fixed: Callable[[str], UUID]) -> None:
    """An event of Far, and one of East that a guest of Far goes to."""
    event = make_event(zone=world.far, public_id=fixed("own-event"))
    for public_id, owner in (("own-guest", world.outside), ("lin-guest", world.laboratory)):
        make_registration(event, owner, public_id=fixed(public_id), code=public_id[:8])
    shown = make_event(zone=world.east, public_id=fixed("shown-event"))
    make_registration(shown, world.outside, public_id=fixed("far-guest"))


def hide_events(world: World, hidden: Organization, fixed: Callable[[str], UUID]) -> None:
    """An event of East alone, and in those Cy reads guests that are not listed, wishes, and a secret invitation."""
    make_event(zone=world.east, visibility="zone", title_zh=SECRET, public_id=fixed("hidden-event"))
    shown = Event.plain.get(public_id=fixed("shown-event"))
    make_invitation(shown, hidden)
    quiet = make_registration(
        shown, hidden, is_listed=False, state="waiting", attendees_zh=SECRET, public_id=fixed("hidden-guest")
    )
    make_wish(quiet, EventRegistration.plain.get(public_id=fixed("far-guest")))
    own = Event.plain.get(public_id=fixed("own-event"))
    make_invitation(own, hidden, is_anonymous=True, matches=3)
    guests = [EventRegistration.plain.get(public_id=fixed(name)) for name in ("lin-guest", "own-guest")]
    make_wish(*guests)
    Event.plain.filter(pk=shown.pk).update(timetable={"mutual": 1}, result_zh=SECRET)
