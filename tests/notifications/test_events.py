"""Notices about events: each organization is told of itself alone, once, with what holds at the moment of reading."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from matching.models import Event, EventInvitation
from matching.services.event_invitations import invite
from matching.services.event_registrations import cancel_registration, register
from matching.services.event_timetables import release_timetable
from matching.services.events import cancel_event, sweep, update_event
from notifications.channels.base import Outgoing
from notifications.composing import compose
from notifications.feeds.dates import entries_for
from notifications.inbox import inbox_of
from notifications.models import Delivery, Notice
from notifications.planning import plan
from notifications.showing import shown
from notifications.subscribing import set_times
from tests.builders import principal_of
from tests.conftest import World
from tests.events import make_event, make_event_meeting, make_registration, release

pytestmark = pytest.mark.django_db


def told(user: User) -> list[str]:
    plan()
    principal = principal_of(user)
    return [one.told.title.partition("：")[0] for one in shown(list(inbox_of(principal)), principal) if one.told]


def test_who_is_invited_is_told_once(world: World) -> None:
    event, ana = make_event(zone=world.east), principal_of(world.ana)
    for _ in range(2):
        invite(ana, event_id=event.pk, version=1, organizations=[world.laboratory.pk])
    assert [told(user) for user in (world.lin, world.bo, world.eve, world.cy)] == [["邀请参加活动"]] * 2 + [[]] * 2
    EventInvitation.plain.update(organization=world.outside)
    assert told(world.lin) == []


def test_a_guest_is_told_where_it_stands_and_what_changes(world: World) -> None:
    event, ana = make_event(zone=world.east, capacity=1), principal_of(world.ana)
    eve = register(principal_of(world.eve), event_id=event.pk, organization_id=world.enterprise.pk)
    register(principal_of(world.lin), event_id=event.pk, organization_id=world.laboratory.pk)
    assert (told(world.eve), told(world.lin)) == (["报名成功"], ["已列入候补"])
    cancel_registration(principal_of(world.eve), registration_id=eve.pk, version=1)
    assert told(world.lin)[0] == "候补已转为报名"
    update_event(ana, event_id=event.pk, version=1, place_zh="线上")
    assert told(world.lin)[0] == "活动时间或地点有变"
    assert told(world.eve) == ["报名已取消", "报名成功"]
    cancel_event(ana, event_id=event.pk, version=2, because="台风")
    assert told(world.lin) == ["活动已取消"]
    newest = shown(list(inbox_of(principal_of(world.lin)))[:1], principal_of(world.lin))[0]
    assert newest.told is not None
    assert "台风" in newest.told.text


def test_the_timetable_and_a_meeting_that_is_off_are_told_to_their_guests(world: World) -> None:
    event = make_event(zone=world.east)
    eve, lin = make_registration(event, world.enterprise), make_registration(event, world.laboratory)
    make_registration(event, world.outside)
    make_event_meeting(eve, lin)
    Event.plain.update(timetable_built_at=timezone.now())
    release_timetable(principal_of(world.ana), event_id=event.pk, version=1)
    assert [told(user) for user in (world.eve, world.lin, world.cy)] == [["洽谈安排已发布"]] * 2 + [[]]
    cancel_registration(principal_of(world.lin), registration_id=lin.pk, version=1)
    assert told(world.eve) == ["一场洽谈已取消"]


def test_the_day_before_a_mail_brings_the_file_for_the_calendar(world: World) -> None:
    User.objects.filter(pk=world.eve.pk).update(email="eve@example.cn")
    set_times(world.eve, quiet_from=0, quiet_to=0)
    event = make_event(zone=world.east)
    make_registration(event, world.enterprise)
    day = timezone.localtime() + timedelta(days=1)
    Event.plain.update(starts_at=day, ends_at=day + timedelta(hours=1), registration_closes_at=timezone.now(), slots=0)
    assert sweep() == 1
    assert told(world.eve) == ["明天的活动"]
    mail = compose(Delivery.plain.get(user=world.eve))
    assert isinstance(mail, Outgoing)
    assert [(one.name, "BEGIN:VEVENT" in one.content) for one in mail.attachments] == [("event.ics", True)]
    assert Notice.plain.filter(kind="event.tomorrow").count() == 1


def test_calendars_hold_the_events_one_goes_to_and_ones_own_meetings(world: World) -> None:
    event = make_event(zone=world.east)
    eve, lin = make_registration(event, world.enterprise), make_registration(event, world.laboratory)
    make_registration(event, world.outside, state="cancelled")
    make_event_meeting(eve, lin)

    def held(user: User) -> list[str]:
        return [one.uid.rpartition("-")[0][:13] for one in entries_for(principal_of(user))]

    assert [len(held(user)) for user in (world.eve, world.lin, world.ana, world.bo, world.cy)] == [1, 1, 1, 0, 0]
    release(event)
    assert [len(held(user)) for user in (world.eve, world.lin, world.ana)] == [2, 2, 1]
    meeting = next(one for one in entries_for(principal_of(world.eve)) if "meeting" in one.uid)
    assert (meeting.start, "西山光学实验室" in meeting.title) == (event.slot_times(0)[0], True)
