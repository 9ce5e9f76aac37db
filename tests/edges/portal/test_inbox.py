"""The inbox in the portal: what is new, opened by a press, with a count on every page."""

import pytest
from django.test import Client

from ledger.events import record_event
from notifications.inbox import inbox_of
from notifications.planning import plan
from tests.builders import make_need, principal_of
from tests.conftest import World
from tests.edges.portal.conftest import Page
from tests.edges.portal.test_own import ClientOf


@pytest.fixture
def eve(world: World, client_of: ClientOf) -> Client:
    need = make_need(organization=world.enterprise, title_zh="降低光刻胶缺陷")
    record_event("need.opened", object_type="matching.need", public_id=need.public_id)
    plan()
    return client_of(world.eve)


def test_a_notice_is_counted_until_it_is_opened_and_leads_to_its_record(eve: Client, world: World) -> None:
    assert "收件箱 未读 1" in Page.of(eve.get("/about/")).text
    page = Page.of(eve.get("/inbox/"))
    assert "需求已开放对接：降低光刻胶缺陷" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    notice = inbox_of(principal_of(world.eve)).get()
    answer = eve.post(f"/inbox/{notice.public_id}/")
    assert answer["Location"] == f"/my/needs/{notice.object_public_id}/"
    assert "收件箱 未读" not in Page.of(eve.get("/about/")).text
    assert "没有未读通知" in Page.of(eve.get("/inbox/?unread=1")).text


def test_all_are_taken_as_read_at_once(eve: Client) -> None:
    assert "1 条通知标为已读" in Page.of(eve.post("/inbox/", follow=True)).text


def test_a_notice_of_somebody_else_is_not_there(eve: Client, world: World, client_of: ClientOf) -> None:
    notice = inbox_of(principal_of(world.eve)).get()
    assert client_of(world.ana).post(f"/inbox/{notice.public_id}/").status_code == 404
    assert client_of(None).get("/inbox/").status_code == 302


@pytest.mark.parametrize("asked", ["page=0", "page=x", "unread=2", "colour=1"])
def test_what_the_page_does_not_know_is_refused(eve: Client, asked: str) -> None:
    assert eve.get(f"/inbox/?{asked}").status_code == 400


def test_what_is_over_says_so_and_nothing_else(eve: Client, world: World) -> None:
    world.eve.staff_roles.all().delete()
    page = Page.of(eve.get("/inbox/"))
    assert "不再对您开放" in page.text
    assert "光刻胶" not in page.text
