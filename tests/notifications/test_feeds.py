"""Calendars that programs read: by an address of their account, with what that account may read at that moment."""

from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from ledger.models import OutboxEvent
from matching.choices import NeedState
from matching.models import Need
from notifications.choices import FeedKind
from notifications.feeds import calendar, dates
from notifications.feeds.dates import Entry
from notifications.feeds.links import end_link, links_of, make_link
from notifications.models import FeedLink
from tests.builders import make_need, make_resource, principal_of
from tests.conftest import World
from tests.exchanges import make_exchange
from tests.requests import make_request
from zones.choices import RequestState
from zones.errors import InvalidInput, NotFound
from zones.models import StaffRole
from zones.scoping import today
from zones.services.accounts import change_own_password


def address_of(user: User) -> str:
    return f"/feeds/{make_link(user, kind=FeedKind.CALENDAR).token}/calendar.ics"


def read(address: str) -> dict[str, Any]:
    """The entries by their UID's beginning."""
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(event["UID"]).rpartition("@")[0]: event for event in events}


@pytest.fixture
def need(world: World) -> Need:
    """Eve's, whose end is known to her side."""
    return make_need(organization=world.enterprise, zone=world.east, expires_on=today() + timedelta(40))


def test_each_account_reads_the_dates_of_its_own_side_only(world: World, need: Need) -> None:
    resource = make_resource(organization=world.laboratory)
    exchange = make_exchange(need, resource)
    sent = make_request(resource=resource, organization=world.enterprise)
    agreed = make_request(
        resource=resource, organization=world.enterprise, state=RequestState.ACCEPTED, agreed_to=today() + timedelta(2)
    )
    expiry, answer = f"need-{need.public_id}-expiry", f"exchange-{exchange.public_id}-answer"
    requests = {f"request-{sent.public_id}-due", f"request-{agreed.public_id}-dates"}
    held = {name: set(read(address_of(user))) for name, user in world.people().items() if name != "ops"}
    assert held["eve"] >= {expiry, answer} | requests
    assert held["lin"] >= {answer} | requests
    assert expiry not in held["lin"]
    assert held["ana"] >= {expiry, answer}
    assert held["cy"] == held["secretariat"] == set()


def test_rights_are_asked_at_each_reading(world: World, need: Need) -> None:
    address = address_of(world.eve)
    assert len(read(address)) == 1
    StaffRole.plain.filter(user=world.eve).update(valid_to=today())
    assert read(address) == {}
    User.objects.filter(pk=world.eve.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_an_address_is_shown_once_replaced_and_ended(world: World, need: Need) -> None:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(world.eve)
    page = client.post("/account/feeds/", {"kind": "calendar"}).content.decode()
    first = page.partition("<code>http://testserver")[2].partition("<")[0]
    assert len(read(first)) == 1
    token = first.split("/")[2]
    assert token not in client.get("/account/feeds/").content.decode()
    assert not [row for row in FeedLink.plain.values() if token in str(row.values())]
    second = address_of(world.eve)
    assert [Client().get(one).status_code for one in (first, second)] == [404, 200]
    link = FeedLink.plain.get()
    for user in (world.lin, world.ana):
        with pytest.raises(NotFound):
            end_link(principal_of(user), public_id=link.public_id)
    client.post(f"/account/feeds/{link.public_id}/end/")
    assert Client().get(second).status_code == 404
    told = OutboxEvent.objects.filter(kind__startswith="feed.").order_by("pk")
    assert [event.kind for event in told] == ["feed.made", "feed.made", "feed.ended"]
    assert token not in str(list(told.values()))
    with pytest.raises(InvalidInput):
        make_link(world.eve, kind="pager")


def test_a_new_password_ends_every_address(world: World, need: Need) -> None:
    world.eve.set_password("the old password of eve")
    world.eve.save()
    address = address_of(world.eve)
    assert Client().get(address).status_code == 200
    change_own_password(world.eve, old="the old password of eve", password="another password of eve")
    assert Client().get(address).status_code == 404
    assert links_of(principal_of(world.eve)) == []


def test_an_entry_keeps_its_uid_counts_up_and_stays_as_cancelled(world: World, need: Need) -> None:
    address, uid = address_of(world.eve), f"need-{need.public_id}-expiry"
    before = read(address)[uid]
    later = today() + timedelta(90)
    Need.plain.filter(pk=need.pk).update(version=need.version + 1, expires_on=later, updated_at=timezone.now())
    after = read(address)[uid]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert (after.decoded("DTSTART"), after["STATUS"]) == (later, "CONFIRMED")
    Need.plain.filter(pk=need.pk).update(state=NeedState.WITHDRAWN, version=need.version + 2)
    ended = read(address)[uid]
    assert (ended["STATUS"], ended["SEQUENCE"]) == ("CANCELLED", before["SEQUENCE"] + 2)
    Need.plain.filter(pk=need.pk).update(updated_at=timezone.now() - dates.KEPT_FOR - timedelta(days=1))
    assert read(address) == {}


def test_agreed_days_end_with_the_day_after_and_stay_when_called_off(world: World) -> None:
    day = today()
    row = make_request(
        resource=make_resource(organization=world.laboratory), organization=world.enterprise,
        state=RequestState.CANCELLED, agreed_from=day, agreed_to=day + timedelta(2), reason="no_time",
    )  # fmt: skip
    event = read(address_of(world.eve))[f"request-{row.public_id}-dates"]
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (day, day + timedelta(3))
    assert event["STATUS"] == "CANCELLED"


def test_lines_are_folded_at_75_octets_and_no_character_is_split() -> None:
    text = "，；\\；," + "微纳加工平台😀" * 40 + "\n第二行"
    moment = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
    entry = Entry("a", 3, moment, text, moment, moment + timedelta(hours=1), text, "/my/")
    body = calendar.written([entry], lambda path: f"https://zonelink.test{path}")
    lines = body.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75
    for line in lines:
        line.decode()
    (event,) = icalendar.Calendar.from_ical(body).walk("VEVENT")
    assert event["SUMMARY"] == text
    assert event["DESCRIPTION"] == f"{text}\nhttps://zonelink.test/my/"


def test_hours_are_told_in_the_zone_s_time_with_its_definition_and_stamps_in_utc() -> None:
    moment = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
    body = calendar.written([Entry("a", 1, moment, "会议", moment, moment + timedelta(hours=1))], str).decode()
    assert "DTSTART;TZID=Asia/Shanghai:20261127T173000\r\n" in body
    assert body.count("BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\n") == 1
    assert "DTSTAMP:20261127T093000Z\r\n" in body
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in body
    assert "X-PUBLISHED-TTL:PT6H\r\n" in body


def test_what_has_not_changed_is_not_sent_again(world: World, need: Need) -> None:
    address = address_of(world.eve)
    first, second = Client().get(address), Client().get(address)
    assert first.content == second.content
    assert Client().get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    Need.plain.filter(pk=need.pk).update(title_zh="新的标题", version=9)
    assert Client().get(address, headers={"if-none-match": first["ETag"]}).status_code == 200
    assert "private" in first["Cache-Control"]
    assert Client().get(f"{address}?user=1").status_code == 400


def test_others_add_sources(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dates, "_sources", [])
    moment = datetime(2026, 12, 1, tzinfo=UTC)
    dates.register(lambda principal: [Entry("meeting-1", 1, moment, "会谈", moment)])
    assert set(read(address_of(world.cy))) == {"meeting-1"}
