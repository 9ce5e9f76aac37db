"""Sending again by hand, and the inbox as a feed."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree

import pytest
from django.test import Client

from accounts.models import User
from ledger.models import OutboxEvent
from notifications.choices import FeedKind
from notifications.endpoints import disable_endpoint
from notifications.feeds.links import make_link
from notifications.models import Delivery, Notice
from notifications.replaying import replay_delivery, replay_endpoint
from tests.builders import make_need, plain_create, principal_of
from tests.conftest import World
from tests.notifications.messages import make_delivery
from tests.notifications.test_endpoints import make_endpoint
from zones.errors import IllegalTransition, NotFound
from zones.models import StaffRole
from zones.scoping import today

ATOM = "{http://www.w3.org/2005/Atom}"


def test_what_failed_is_put_back_under_its_id_by_its_keeper_only(world: World) -> None:
    endpoint, eve = make_endpoint(world.eve, world.enterprise).endpoint, principal_of(world.eve)
    row = make_delivery(endpoint)
    for user in (world.lin, world.ana, world.cy):
        with pytest.raises(NotFound):
            replay_delivery(principal_of(user), public_id=row.public_id)
    replay_delivery(eve, public_id=row.public_id)
    again = Delivery.plain.get()
    assert (again.public_id, again.state, again.attempts, again.finished_at) == (row.public_id, "pending", 0, None)
    assert OutboxEvent.objects.filter(kind="delivery.replayed").count() == 1
    with pytest.raises(IllegalTransition):
        replay_delivery(eve, public_id=row.public_id)


def test_nothing_is_sent_again_to_what_is_switched_off(world: World) -> None:
    endpoint, eve = make_endpoint(world.eve, world.enterprise).endpoint, principal_of(world.eve)
    row = make_delivery(endpoint, "unknown")
    with pytest.raises(IllegalTransition):
        replay_endpoint(eve, endpoint_id=endpoint.pk)
    disable_endpoint(eve, endpoint_id=endpoint.pk, version=1)
    with pytest.raises(IllegalTransition):
        replay_delivery(eve, public_id=row.public_id)
    assert Delivery.plain.get().state == "unknown"


def test_the_page_of_an_endpoint_lists_what_failed_and_sends_it_again(world: World) -> None:
    endpoint = make_endpoint(world.eve, world.enterprise).endpoint
    row = make_delivery(endpoint)
    make_delivery(endpoint, "sent")
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(world.eve)
    page = client.get(f"/account/endpoints/{endpoint.public_id}/").content.decode()
    address = f"/account/endpoints/{endpoint.public_id}/deliveries/{row.public_id}/replay/"
    assert page.count("/replay/") == 1
    assert address in page
    assert "对方服务器答复有误：请检查接收端的日志。（500）" in page
    stranger = Client()
    stranger.force_login(world.lin)
    assert stranger.post(address).status_code == 404
    assert "已放回发送队列。" in client.post(address, follow=True).content.decode()
    assert client.post(address).status_code == 404


def make_notice(user: User, need: Any, **fields: Any) -> Notice:
    values = {
        "user": user, "kind": "need.opened", "topic": "needs", "object_type": "matching.need",
        "object_public_id": need.public_id, "rhythm": "off", "dedupe_key": str(uuid4()),
        "happened_at": datetime(2026, 11, 27, 1, 0, tzinfo=UTC),
    }  # fmt: skip
    return plain_create(Notice, values | fields)


def read(address: str) -> list[tuple[str, str]]:
    """Id and title of each entry."""
    answer = Client().get(address)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)
    return [(str(one.findtext(f"{ATOM}id")), str(one.findtext(f"{ATOM}title"))) for one in root.iter(f"{ATOM}entry")]


def test_the_inbox_is_a_feed_of_what_its_account_may_read_now(world: World, settings: Any) -> None:
    settings.TAG_AUTHORITY = "zonelink.test"
    need = make_need(organization=world.enterprise, zone=world.east, title_zh="晶圆检测", visibility="zone")
    notice = make_notice(world.eve, need)
    make_notice(world.cy, need)
    token = make_link(world.eve, kind=FeedKind.ATOM).token
    address = f"/feeds/{token}/news.atom"
    ((key, title),) = read(address)
    assert key == f"tag:zonelink.test,2026:notice/{notice.public_id}"
    assert "晶圆检测" in title
    answer = Client().get(address)
    assert token not in answer.content.decode()
    assert Client().get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304
    assert read(f"/feeds/{make_link(world.cy, kind=FeedKind.ATOM).token}/news.atom") == []
    assert Client().get(f"/feeds/{token}/calendar.ics").status_code == 404
    StaffRole.plain.filter(user=world.eve).update(valid_to=today())
    assert read(address) == []
