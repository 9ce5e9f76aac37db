"""Whom guests wish to meet, and the timetable made of it: built in the background, replaced as a whole, then told."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from icalendar import Calendar

from accounts.models import User
from ledger.models import OutboxEvent
from matching.choices import EventState
from matching.engine.meetings import timetable_of
from matching.models import Event, EventMeeting, EventWish
from matching.services import event_timetables
from matching.services.event_calendar import agenda_of, appointments_of
from matching.services.event_invariants import meetings_without_guests
from matching.services.event_registrations import (
    cancel_registration,
    change_registration,
)
from matching.services.event_timetables import ask_timetable, build_timetable, release_timetable, ring_again
from matching.services.event_wishes import set_wishes
from matching.services.events import (
    update_event,
)
from tests.builders import make_organization, principal_of
from tests.conftest import World
from tests.events import (
    make_event,
    make_event_meeting,
    make_registration,
    make_wish,
    release,
)
from zones.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed
from zones.scoping import SYSTEM, VISITOR

pytestmark = pytest.mark.django_db


def visible(model: Any, user: User | None) -> set[int]:
    principal = VISITOR if user is None else principal_of(user)
    return set(model.objects.visible_to(principal).values_list("pk", flat=True))


def test_a_wish_is_its_own_sides_alone(world: World) -> None:
    event = make_event(zone=world.east)
    eve, lin = make_registration(event, world.enterprise), make_registration(event, world.laboratory)
    quiet = make_registration(event, world.outside, is_listed=False)
    set_wishes(principal_of(world.lin), registration_id=lin.pk, version=1, wanted=[eve.public_id])
    wish = EventWish.plain.get()
    assert [visible(EventWish, user) for user in (world.lin, world.bo)] == [{wish.pk}] * 2
    assert [visible(EventWish, user) for user in (world.eve, world.ana, world.cy, world.secretariat)] == [set()] * 4
    for wanted in ([quiet.public_id], [lin.public_id]):
        with pytest.raises(InvalidInput):
            set_wishes(principal_of(world.lin), registration_id=lin.pk, version=2, wanted=wanted)
    with pytest.raises(NotAllowed):
        set_wishes(principal_of(world.ana), registration_id=lin.pk, version=2, wanted=[])
    with pytest.raises(IllegalTransition, match="列入参会名单"):
        set_wishes(principal_of(world.cy), registration_id=quiet.pk, version=1, wanted=[lin.public_id])
    change_registration(principal_of(world.eve), registration_id=eve.pk, version=1, is_listed=False)
    assert not EventWish.plain.exists()
    release(event)
    set_wishes(principal_of(world.lin), registration_id=lin.pk, version=2, wanted=[])
    Event.plain.update(state=EventState.CANCELLED, cancelled_because_zh="台风")
    with pytest.raises(IllegalTransition):
        set_wishes(principal_of(world.lin), registration_id=lin.pk, version=3, wanted=[])


def test_a_timetable_is_built_in_the_background_replaced_as_a_whole_and_then_released(world: World) -> None:
    ana, event = principal_of(world.ana), make_event(zone=world.east, slots=2, tables=1)
    eve, lin = make_registration(event, world.enterprise), make_registration(event, world.laboratory)
    third = make_registration(event, world.outside)
    for asker, asked in ((eve, lin), (lin, eve), (third, eve), (lin, third)):
        make_wish(asker, asked)
    with pytest.raises(IllegalTransition, match="还没有生成"):
        release_timetable(ana, event_id=event.pk, version=1)
    assert build_timetable(event.pk) is False
    ask_timetable(ana, event_id=event.pk, version=1)
    assert [build_timetable(event.pk), build_timetable(event.pk)] == [True, False]
    event.refresh_from_db()
    assert {key: event.timetable[key] for key in ("mutual", "mutual_met", "one_sided", "one_sided_met", "used")} == {
        "mutual": 1, "mutual_met": 1, "one_sided": 2, "one_sided_met": 1, "used": 2,
    }  # fmt: skip
    first = set(EventMeeting.plain.values_list("pk", flat=True))
    assert visible(EventMeeting, world.ana) == first
    assert visible(EventMeeting, world.eve) == set()
    ask_timetable(ana, event_id=event.pk, version=3)
    assert ring_again() == 1
    build_timetable(event.pk)
    meetings = set(EventMeeting.plain.values_list("pk", flat=True))
    assert not meetings & first
    release_timetable(ana, event_id=event.pk, version=5)
    mutual = EventMeeting.plain.get(is_mutual=True)
    assert mutual.pk in visible(EventMeeting, world.eve) & visible(EventMeeting, world.lin)
    assert mutual.pk not in visible(EventMeeting, world.cy)
    with pytest.raises(Conflict, match="无需再次发布"):
        release_timetable(ana, event_id=event.pk, version=6)
    with pytest.raises(Conflict, match="已发布"):
        update_event(ana, event_id=event.pk, version=6, tables=5)
    assert meetings_without_guests() == 0
    cancel_registration(principal_of(world.lin), registration_id=lin.pk, version=1)
    mutual.refresh_from_db()
    assert mutual.cancelled_at is not None
    assert meetings_without_guests() == 0


def test_a_timetable_built_anew_leaves_what_was_released_where_it_is(world: World) -> None:
    ana, event = principal_of(world.ana), make_event(zone=world.east, slots=2, tables=2)
    guests = [make_registration(event, one) for one in (world.enterprise, world.laboratory, world.outside)]
    late = make_registration(event, make_organization(zone=world.east))
    make_event_meeting(guests[0], guests[1], slot=1, table=1)
    gone = make_event_meeting(guests[1], guests[2], slot=0, table=0)
    release(event)
    cancel_registration(principal_of(world.cy), registration_id=guests[2].pk, version=1)
    before = list(EventMeeting.plain.order_by("pk").values())
    make_wish(guests[0], late)
    make_wish(late, guests[0])
    ask_timetable(ana, event_id=event.pk, version=None)
    assert build_timetable(event.pk) is True
    after = list(EventMeeting.plain.order_by("pk").values())
    assert after[: len(before)] == before
    (added,) = EventMeeting.plain.exclude(pk__in=[row["id"] for row in before])
    assert (added.first_id, added.second_id, added.slot, added.is_mutual) == (guests[0].pk, late.pk, 0, True)
    assert added.pk in visible(EventMeeting, world.eve)
    told = OutboxEvent.objects.filter(kind="event_meeting.added").values_list("object_public_id", flat=True)
    assert list(told) == [added.public_id]
    event.refresh_from_db()
    assert (event.timetable["used"], event.timetable_released_at is None) == (2, False)
    assert gone.pk not in visible(EventMeeting, world.eve)
    assert meetings_without_guests() == 0


def test_one_called_off_while_the_solver_worked_has_it_built_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make_event(zone=world.east)
    eve, lin = make_registration(event, world.enterprise), make_registration(event, world.laboratory)
    make_event_meeting(eve, lin)
    release(event)
    ask_timetable(SYSTEM, event_id=event.pk, version=None)
    real = timetable_of

    def slow(*arguments: Any, **more: Any) -> Any:
        EventMeeting.plain.update(cancelled_at=timezone.now())
        return real(*arguments, **more)

    monkeypatch.setattr(event_timetables, "timetable_of", slow)
    assert [build_timetable(event.pk), build_timetable(event.pk)] == [False, True]


def test_what_was_asked_anew_while_the_solver_worked_is_not_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = make_event(zone=world.east)
    eve, lin = make_registration(event, world.enterprise), make_registration(event, world.laboratory)
    make_wish(eve, lin)
    ask_timetable(SYSTEM, event_id=event.pk, version=None)
    real = timetable_of

    def slow(*arguments: Any, **more: Any) -> Any:
        Event.plain.update(timetable_asked_at=timezone.now() + timedelta(seconds=1))
        return real(*arguments, **more)

    monkeypatch.setattr(event_timetables, "timetable_of", slow)
    assert build_timetable(event.pk) is False
    assert not EventMeeting.plain.exists()


@pytest.mark.parametrize(
    ("place", "constraint"),
    [
        ({"slot": 0, "table": 1}, "guest_is_at_one_table_at_a_time"),
        ({"slot": 1, "table": 0, "pair": True}, "one_meeting_per_pair"),
    ],
)
def test_the_database_lets_nobody_sit_at_two_tables(world: World, place: dict[str, Any], constraint: str) -> None:
    """The third is the second of one meeting and would be the first of the other."""
    event = make_event(zone=world.east)
    guests = [make_registration(event, one) for one in (world.enterprise, world.laboratory, world.outside)]
    make_event_meeting(guests[0], guests[1])
    other = guests[0] if place.pop("pair", False) else guests[2]
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_event_meeting(guests[1], other, **place)
    EventMeeting.plain.update(cancelled_at=timezone.now())
    make_event_meeting(guests[1], other, **place)


def test_an_agenda_names_the_other_and_the_table_and_follows_changes(world: World) -> None:
    event = make_event(zone=world.east)
    eve, lin = make_registration(event, world.enterprise), make_registration(event, world.laboratory)
    make_event_meeting(eve, lin, slot=1)
    principal = principal_of(world.eve)
    assert appointments_of(principal, eve) == []
    release(event)
    eve.event = event
    entries: list[Any] = Calendar.from_ical(agenda_of(event, appointments_of(principal, eve))).walk("VEVENT")
    assert [str(entry["SUMMARY"]) for entry in entries] == ["半导体检测对接会", "洽谈：西山光学实验室（1 号桌）"]
    assert entries[1]["DTSTART"].dt == event.slot_times(1)[0]
    assert str(entries[0]["DTSTART"].params["TZID"]) == "Asia/Shanghai"
    event.state = EventState.CANCELLED
    again: list[Any] = Calendar.from_ical(agenda_of(event, appointments_of(principal, eve))).walk("VEVENT")
    assert [str(entry["STATUS"]) for entry in again] == ["CANCELLED"] * 2
    assert [entry["UID"] for entry in again] == [entry["UID"] for entry in entries]
