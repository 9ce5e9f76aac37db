"""What two who talk are told of: at once, but not line by line; and a mail about a meeting brings its calendar file."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from matching.choices import ExchangeState
from matching.models import Exchange, NegotiationMeeting
from matching.services.meetings import calendar_of, cancel_meeting, propose_meeting
from matching.services.negotiations import finish_next_step, set_next_step, write_message
from notifications.channels.base import Outgoing, Target
from notifications.channels.mail import message_of
from notifications.choices import Rhythm
from notifications.composing import compose
from notifications.feeds.dates import entries_for
from notifications.inbox import inbox_of, mark_all_read
from notifications.models import Delivery, Notice, Watch
from notifications.planning import plan
from notifications.showing import shown
from notifications.subscribing import set_times
from notifications.sweeping import tell_of_due_steps
from tests.builders import make_need, make_resource, principal_of
from tests.conftest import World
from tests.exchanges import make_exchange
from zones.scoping import today

NAME = "降低光刻胶缺陷 × 缺陷检测平台"


@pytest.fixture
def talk(world: World) -> Exchange:
    """Eve and Lin may talk; Lin reads mail at any hour."""
    need = make_need(organization=world.enterprise, title_zh="降低光刻胶缺陷", visibility="national")
    resource = make_resource(organization=world.laboratory, name_zh="缺陷检测平台", visibility="national")
    User.objects.filter(pk=world.lin.pk).update(email="lin@example.cn")
    set_times(world.lin, quiet_from=0, quiet_to=0)
    return make_exchange(need, resource, state=ExchangeState.NEGOTIATING)


def say(world: World, talk: Exchange, *lines: str) -> None:
    for line in lines:
        write_message(principal_of(world.eve), exchange_id=talk.pk, text=line)
    plan()


def told(user: User) -> list[str]:
    principal = principal_of(user)
    return [one.told.title for one in shown(list(inbox_of(principal)), principal) if one.told]


def test_a_lively_talk_is_told_at_once_and_then_gathered(world: World, talk: Exchange) -> None:
    say(world, talk, "您好", "样品已备好")
    say(world, talk, "周三寄出", "请查收")
    notices = list(Notice.plain.filter(user=world.lin).order_by("pk"))
    assert [one.rhythm for one in notices] == [Rhythm.IMMEDIATE, Rhythm.DAILY]
    assert told(world.lin) == [f"对接有 3 条新留言：{NAME}", f"对接有 4 条新留言：{NAME}"]
    assert Delivery.plain.filter(user=world.lin).count() == 1
    mark_all_read(principal_of(world.lin))
    say(world, talk, "谢谢")
    assert Notice.plain.filter(user=world.lin, rhythm=Rhythm.IMMEDIATE).count() == 2


def test_who_has_muted_the_exchange_hears_of_no_meeting_in_it(world: World, talk: Exchange) -> None:
    Watch.plain.create(user=world.lin, object_type="matching.exchange", object_public_id=talk.public_id, is_muted=True)
    meet(world, talk)
    assert (told(world.lin), told(world.bo)) == ([], [f"对方提议会议：{NAME}"])


def meet(world: World, talk: Exchange) -> None:
    start = timezone.now() + timedelta(days=3)
    times: dict[str, Any] = {"starts_at": start, "ends_at": start + timedelta(hours=1)}
    propose_meeting(principal_of(world.eve), exchange_id=talk.pk, topic_zh="技术交流", place_zh="东区会议室", **times)
    plan()


def test_a_mail_about_a_meeting_brings_the_file_for_the_calendar(world: World, talk: Exchange) -> None:
    meet(world, talk)
    mail = compose(Delivery.plain.get(user=world.lin))
    assert isinstance(mail, Outgoing)
    assert "东区会议室" in mail.text
    name, content, kind = message_of(mail, Target("", "lin@example.cn")).attachments[0]
    assert (name, kind) == ("meeting.ics", "text/calendar")
    assert "SUMMARY:技术交流" in str(content)
    assert world.enterprise.name_zh not in str(content)


def test_a_step_that_is_due_is_told_once_to_the_side_that_takes_it(world: World, talk: Exchange) -> None:
    eve = principal_of(world.eve)
    set_next_step(eve, exchange_id=talk.pk, what="寄送样品", due_on=today() + timedelta(days=1), by="resource")
    plan()
    Notice.plain.all().delete()
    for _beat in range(2):
        tell_of_due_steps()
        plan()
    assert (told(world.lin), told(world.eve)) == ([f"下一步即将到期：{NAME}"], [])
    finish_next_step(principal_of(world.lin), exchange_id=talk.pk)
    assert told(world.lin) == []


def test_meetings_and_steps_stand_in_the_calendar_of_both_sides_under_the_uid_of_the_mail(
    world: World, talk: Exchange
) -> None:
    meet(world, talk)
    set_next_step(principal_of(world.eve), exchange_id=talk.pk, what="寄送样品", due_on=today(), by="resource")
    meeting = NegotiationMeeting.plain.get()
    for user in (world.eve, world.lin, world.ana):
        found = {entry.uid: entry for entry in entries_for(principal_of(user))}
        entry = found[f"meeting-{meeting.public_id}"]
        assert (entry.title, entry.place, entry.start) == ("待确认：技术交流", "东区会议室", meeting.starts_at)
        assert f"UID:{entry.uid}@" in calendar_of(meeting).decode()
        assert "下一步：寄送样品" in {one.title for one in found.values()}
    assert entries_for(principal_of(world.cy)) == []
    cancel_meeting(principal_of(world.lin), meeting_id=meeting.pk, version=meeting.version)
    (entry,) = [one for one in entries_for(principal_of(world.eve)) if one.uid.startswith("meeting")]
    assert (entry.is_cancelled, entry.sequence) == (True, meeting.sequence + 1)
