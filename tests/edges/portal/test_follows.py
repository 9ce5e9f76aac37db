"""Following and muting in the portal: a press on a record, on a notice, or from the list; for oneself alone."""

import pytest
from django.test import Client

from ledger.events import record_event
from notifications.inbox import inbox_of
from notifications.models import Notice, Watch
from notifications.planning import plan
from tests.builders import make_need, make_resource, principal_of
from tests.conftest import World
from tests.edges.portal.conftest import Page
from tests.edges.portal.test_own import ClientOf
from tests.exchanges import make_exchange
from tests.requests import make_request
from zones.models import Code, Resource


@pytest.fixture
def eve(world: World, client_of: ClientOf) -> Client:
    return client_of(world.eve)


@pytest.fixture
def bench(world: World) -> Resource:
    return make_resource(organization=world.laboratory, name_zh="缺陷检测平台", visibility="public")


def watches() -> list[tuple[str, str, bool]]:
    return list(Watch.plain.order_by("pk").values_list("user__username", "object_type", "is_muted"))


def test_a_record_is_followed_by_a_press_and_no_more_by_another(eve: Client, bench: Resource) -> None:
    page, press = f"/resources/{bench.public_id}/", f"/my/follows/zones.resource/{bench.public_id}/"
    answer = eve.post(press, {"step": "follow", "next": page})
    assert answer["Location"] == page
    assert "已关注 · 取消" in Page.of(eve.get(page)).text
    assert "缺陷检测平台" in Page.of(eve.get("/my/follows/")).text
    assert eve.post(press, {"step": "forget", "next": "https://elsewhere.example/"})["Location"] == "/my/follows/"
    assert watches() == []


def test_what_one_may_not_see_cannot_be_followed_and_is_not_named_once_hidden(
    eve: Client, world: World, bench: Resource
) -> None:
    hidden = make_resource(organization=world.laboratory, visibility="zone")
    assert eve.post(f"/my/follows/zones.resource/{hidden.public_id}/", {"step": "follow"}).status_code == 404
    assert eve.post(f"/my/follows/zones.staffrole/{hidden.public_id}/", {"step": "follow"}).status_code == 404
    eve.post(f"/my/follows/zones.resource/{bench.public_id}/", {"step": "follow"})
    Resource.plain.update(visibility="zone")
    page = Page.of(eve.get("/my/follows/"))
    assert "不再对您开放的记录" in page.text
    assert "缺陷检测平台" not in page.text


def test_networks_and_fields_are_followed_from_the_list(eve: Client, world: World) -> None:
    Code.objects.create(scheme="industry", code="SEI-1", name_zh="新一代信息技术")
    assert "新一代信息技术" in Page.of(eve.get("/my/follows/")).text
    eve.post("/my/follows/", {"what": f"zones.association:{world.alliance.public_id}"})
    assert eve.post("/my/follows/", {"what": "zones.staffrole:1"}).status_code == 400
    assert watches() == [("eve", "zones.association", False)]


def test_a_notice_says_why_it_came_and_how_it_stops(eve: Client, world: World, client_of: ClientOf) -> None:
    need = make_need(organization=world.enterprise, title_zh="降低光刻胶缺陷")
    record_event("need.opened", object_type="matching.need", public_id=need.public_id)
    plan()
    notice = inbox_of(principal_of(world.eve)).get()
    assert "因为您所在单位发布了该需求" in Page.of(eve.get("/inbox/")).text
    stop = f"/inbox/{notice.public_id}/stop/"
    assert client_of(world.ana).post(stop, {"what": "thread"}).status_code == 404
    eve.post(stop, {"what": "thread"})
    assert watches() == [("eve", "matching.need", True)]
    record_event("need.expired", object_type="matching.need", public_id=need.public_id)
    plan()
    assert inbox_of(principal_of(world.eve)).count() == 1
    eve.post(f"/my/follows/matching.need/{need.public_id}/", {"step": "forget"})
    eve.post(stop, {"what": "topic"})
    record_event("need.expired", object_type="matching.need", public_id=need.public_id, version=9)
    plan()
    assert inbox_of(principal_of(world.eve)).count() == 1


def test_the_page_of_a_thread_mutes_it_and_has_it_again(eve: Client, world: World, client_of: ClientOf) -> None:
    """In the portal and in the back office, for one's own account alone."""
    need, resource = make_need(organization=world.enterprise), make_resource(organization=world.laboratory)
    exchange, request = make_exchange(need, resource), make_request(resource=resource, organization=world.enterprise)
    threads = {f"/my/exchanges/{exchange.public_id}/": exchange, f"/my/requests/{request.public_id}/": request}
    for page, row in threads.items():
        press = f"/my/follows/{row._meta.label_lower}/{row.public_id}/"
        assert press in eve.get(page).content.decode()
        assert eve.post(press, {"step": "mute", "next": page})["Location"] == page
        assert "已静音 · 恢复" in Page.of(eve.get(page)).text
    bo = client_of(world.bo)
    for row in threads.values():
        office = f"/office/{row._meta.label_lower.replace('.', '/')}/{row.public_id}"
        assert f"{office}/steps/mute/" in bo.get(f"{office}/change/").content.decode()
        bo.post(f"{office}/steps/mute/", {"version": row.version})
        assert f"{office}/steps/unmute/" in bo.get(f"{office}/change/").content.decode()
    record_event("exchange.agreed", object_type="matching.exchange", public_id=exchange.public_id)
    plan()
    assert set(Notice.plain.values_list("user__username", flat=True)) == {"lin", "ana"}
    for row in threads.values():
        bo.post(f"/office/{row._meta.label_lower.replace('.', '/')}/{row.public_id}/steps/unmute/", {"version": 1})
    assert {name for name, _label, _muted in watches()} == {"eve"}
