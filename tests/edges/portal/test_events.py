"""Events in the portal: found, registered for, wishes and the agenda; nobody reads of others what they did not say."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from accounts.models import User
from matching.choices import RegistrationState
from matching.models import Event, EventInvitation, EventRegistration, EventWish
from tests.builders import make_organization, make_role
from tests.conftest import World
from tests.edges.portal.conftest import See
from tests.events import (
    make_co_host,
    make_event,
    make_event_meeting,
    make_invitation,
    make_registration,
    make_wish,
    release,
)
from zones.choices import Role

ClientOf = Callable[[User | None], Client]
pytestmark = pytest.mark.django_db


def page(event: Event, rest: str = "") -> str:
    return f"/events/{event.public_id}/{rest}"


def send(client: Client, url: str, **values: Any) -> Any:
    return client.post(url, values, follow=True, headers={"accept-language": "zh-hans"})


def test_events_are_listed_as_far_as_each_reader_may_see(world: World, see: See) -> None:
    shown = make_event(zone=world.east, visibility="public", title_zh="公开对接会", capacity=9)
    make_event(zone=world.east, title_zh="全国对接会", kind="finance")
    make_event(zone=world.east, visibility="zone", title_zh="园区沙龙")
    make_event(zone=world.east, state="draft", visibility="public", title_zh="草稿会")
    make_event(zone=world.east, state="held", visibility="public", title_zh="往届会")
    make_registration(shown, world.enterprise, seats=2)
    assert see(None, "/events/").text.count("对接会") == 1
    text = see(world.eve, "/events/").text
    assert [word in text for word in ("公开对接会", "全国对接会", "园区沙龙", "草稿会", "往届会")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert ("剩余 7 席" in text, "已报名" in text) == (True, True)
    assert "全国对接会" not in see(world.eve, "/events/", mine="1").text
    assert "公开对接会" not in see(world.lin, "/events/", kind="finance").text
    assert "往届会" in see(None, "/events/", time="past").text
    assert "7 seats left" in see(None, "/events/", language="en").text
    assert [see(None, "/events/", **wrong).status for wrong in ({"time": "x"}, {"kind": "x"}, {"x": "1"})] == [400] * 3


def test_a_page_tells_who_organizes_when_in_china_and_where(world: World, see: See) -> None:
    event = make_event(zone=world.east, visibility="public")
    make_co_host(event, association=world.alliance)
    make_co_host(event, name_zh="行业协会", role="support", position=2)
    text = see(None, page(event)).text
    begin = timezone.localtime(event.starts_at)
    for told in ("东方高新区", "东西高新区联盟", "行业协会", f"{begin:%Y-%m-%d %H:%M}", "席位不限", "登录后报名"):
        assert told in text
    assert see(None, page(make_event(zone=world.east))).status == 404
    assert see(world.cy, page(make_event(zone=world.east, state="draft"))).status == 404
    assert "台风" in see(None, page(make_event(
        zone=world.east, visibility="public", state="cancelled", cancelled_because_zh="台风"
    ))).text  # fmt: skip


def test_who_registers_reads_how_long_names_are_kept(world: World, see: See, settings: Any) -> None:
    event = make_event(zone=world.west)
    assert "活动结束 90 天后删除" in see(world.eve, page(event)).text
    settings.RETENTION_DAYS = {"event_guests": 30}
    assert "deleted 30 days after the event" in see(world.eve, page(event), language="en").text


def test_a_member_registers_changes_and_calls_off(world: World, client_of: ClientOf, see: See) -> None:
    event, client = make_event(zone=world.west, capacity=3), client_of(world.eve)
    url = page(event)
    refused = send(client, url, step="register", seats=2)
    assert (refused.status_code, EventRegistration.plain.count()) == (400, 0)
    text = send(
        client, url, step="register", seats=2, confirmed="on", is_listed="on", brings_zh="晶圆"
    ).content.decode()
    guest = EventRegistration.plain.get()
    assert (guest.state, guest.is_listed, guest.text_version, guest.code in text) == ("registered", True, 2, True)
    prefix = f"{guest.pk}-"
    told = {f"{prefix}seats": 4, "row": guest.public_id, "version": 1}
    assert "席位不够" in send(client, url, step="change", **told).content.decode()
    assert send(client, url, step="change", **{**told, f"{prefix}seats": 3}).status_code == 200
    stale = send(client, url, step="cancel", row=guest.public_id, version=1)
    assert (stale.status_code, "被他人修改" in stale.content.decode()) == (409, True)
    send(client, url, step="cancel", row=guest.public_id, version=2)
    guest.refresh_from_db()
    assert guest.state == RegistrationState.CANCELLED
    assert send(client_of(world.lin), url, step="change", **told).status_code == 404
    assert client_of(None).post(url, {"step": "register"}).status_code == 302
    assert client_of(world.cy).post(url, {"step": "register"}).status_code == 404
    Event.plain.update(registration_closes_at=timezone.now())
    assert "报名已截止" in see(world.eve, url).text
    assert send(client, url, step="register", seats=1, confirmed="on").status_code == 400


def test_who_belongs_to_two_organizations_says_for_which(world: World, client_of: ClientOf, see: See) -> None:
    make_role(world.eve, Role.ORGANIZATION_MEMBER, organization=world.outside)
    event, client = make_event(zone=world.west), client_of(world.eve)
    values = {"step": "register", "seats": 1, "confirmed": "on"}
    send(client, page(event), organization=world.outside.public_id, **values)
    assert EventRegistration.plain.get().organization == world.outside
    make_role(world.eve, Role.ORGANIZATION_MEMBER, organization=make_organization(zone=world.east))
    assert send(client, page(event), organization=world.laboratory.public_id, **values).status_code == 400
    assert EventRegistration.plain.count() == 1


def test_an_invitation_is_shown_to_its_organization_and_declined(world: World, client_of: ClientOf, see: See) -> None:
    event = make_event(zone=world.west, visibility="zone")
    row = make_invitation(event, world.enterprise, matches=2, is_anonymous=True)
    assert "2 项匹配" in see(world.eve, page(event)).text
    assert "邀请 东方微电子" not in see(world.lin, page(event)).text
    assert see(world.cy, page(event)).status == 404
    send(client_of(world.eve), page(event), step="decline", row=row.public_id, version=1)
    assert EventInvitation.plain.get().declined_at is not None
    assert "2 项匹配" not in see(world.eve, page(event)).text


def test_guests_read_each_other_as_far_as_each_is_listed(world: World, see: See) -> None:
    event = make_event(zone=world.east)
    make_registration(event, world.enterprise, attendees_zh="王工")
    lin = make_registration(event, world.laboratory, brings_zh="光学检测", attendees_zh="李工")
    quiet = make_registration(event, world.outside, is_listed=False)
    text = see(world.eve, page(event)).text
    assert ("西山光学实验室" in text, "光学检测" in text, "远海仪器" in text) == (True, True, False)
    assert [word in text for word in ("李工", lin.code, quiet.code)] == [False] * 3
    assert "西山光学实验室" not in see(world.cy, page(event)).text
    assert "西山光学实验室" not in see(None, page(make_event(zone=world.east, visibility="public"))).text


def test_wishes_are_chosen_and_never_shown_to_the_other(world: World, client_of: ClientOf, see: See) -> None:
    event = make_event(zone=world.east)
    eve, lin = make_registration(event, world.enterprise), make_registration(event, world.laboratory)
    url, client = page(event, f"wishes/{eve.public_id}/"), client_of(world.eve)
    before = see(world.lin, page(event, f"wishes/{lin.public_id}/")).html
    assert "西山光学实验室" in see(world.eve, url).text
    send(client, url, version=1, wish=[lin.public_id])
    assert EventWish.plain.get().asked == lin
    assert "checked" in see(world.eve, url).html
    assert see(world.lin, page(event, f"wishes/{lin.public_id}/")).html == before
    assert see(world.lin, url).status == 404
    assert send(client, url, version=1, wish=[lin.public_id]).status_code == 400
    assert send(client, url, version=2, wish=["x", str(eve.public_id)]).status_code == 400
    send(client, url, version=2)
    assert not EventWish.plain.exists()
    release(event)
    assert "现在不能选择" not in see(world.eve, url).text
    EventRegistration.plain.update(is_listed=False)
    assert "现在不能选择" in see(world.eve, url).text


def test_the_agenda_holds_ones_own_meetings_once_they_are_released(world: World, client_of: ClientOf, see: See) -> None:
    event = make_event(zone=world.east, visibility="public")
    guests = [make_registration(event, one) for one in (world.enterprise, world.laboratory, world.outside)]
    make_event_meeting(guests[0], guests[1], slot=1)
    make_wish(guests[2], guests[0])

    def entries(user: Any) -> list[str]:
        content = client_of(user).get(page(event, "calendar.ics"), headers={"accept-language": "zh-hans"}).content
        found: list[Any] = Calendar.from_ical(content).walk("VEVENT")
        return [str(entry["SUMMARY"]) for entry in found]

    assert len(entries(world.eve)) == 1
    release(event)
    assert entries(world.eve)[1:] == ["洽谈：西山光学实验室（1 号桌）"]
    assert [len(entries(user)) for user in (world.lin, world.cy, None)] == [2, 1, 1]
    text = see(world.eve, page(event)).text
    assert ("我的洽谈" in text, "1 号桌" in text) == (True, True)
