"""Saved searches in the portal: kept with one press on the search page, listed with what is new, without scripts."""

import re
from html import unescape

import pytest
from django.test import Client

from matching.models import SavedSearch
from tests.builders import make_resource
from tests.conftest import World
from tests.edges.portal.conftest import Page, See
from tests.edges.portal.test_own import ClientOf
from tests.matching.search.looking import follow

LIST = "/my/searches/"
ADDRESS = "/search/?q=%E6%99%B6%E5%9C%86&kind=service"


@pytest.fixture
def eve(world: World, client_of: ClientOf) -> Client:
    make_resource(organization=world.laboratory, name_zh="晶圆检测", visibility="public")
    follow()
    return client_of(world.eve)


def form_of(page: Page) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(search|name)" value="([^"]*)"', page.html)
    return {name: unescape(value) for name, value in found}


def saved(client: Client) -> SavedSearch:
    answer = client.post(LIST, form_of(Page.of(client.get(ADDRESS))))
    assert (answer.status_code, answer["Location"]) == (302, ADDRESS)
    row: SavedSearch = SavedSearch.plain.get()
    return row


def step(client: Client, row: SavedSearch, step: str, **sent: str) -> Page:
    return Page.of(client.post(f"{LIST}{row.public_id}/", {"step": step, **sent}))


def test_a_press_keeps_the_search_and_the_page_says_so(eve: Client, world: World) -> None:
    row = saved(eve)
    assert (row.user, row.name) == (world.eve, "晶圆 · 科技服务")
    page = Page.of(eve.get(ADDRESS))
    assert form_of(page) == {}
    assert "已保存" in page.text


def test_the_list_tells_what_is_new_and_opening_takes_it_as_seen(eve: Client, world: World) -> None:
    row = saved(eve)
    make_resource(organization=world.laboratory, name_zh="晶圆清洗", visibility="public", kind="service")
    follow()
    page = Page.of(eve.get(LIST))
    assert "新增 1 条" in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert step(eve, row, "open").headers["Location"] == ADDRESS
    assert "新增 1 条" not in Page.of(eve.get(LIST)).text


def test_it_is_renamed_and_deleted(eve: Client) -> None:
    row = saved(eve)
    assert step(eve, row, "rename", name="我的晶圆").status == 302
    assert "我的晶圆" in Page.of(eve.get(LIST)).text
    refused = step(eve, row, "rename", name="  ")
    assert (refused.status, "请给检索起一个名称" in refused.text) == (400, True)
    assert step(eve, row, "shred").status == 404
    assert step(eve, row, "delete").status == 302
    assert "还没有保存检索" in Page.of(eve.get(LIST)).text


def test_the_same_search_again_is_answered_with_its_name(eve: Client) -> None:
    saved(eve)
    answer = eve.post(LIST, {"search": "/search/?kind=service&q=晶圆", "name": "又一次"}, follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert "这个检索已保存为“晶圆 · 科技服务”。" in Page.of(answer).text


@pytest.mark.parametrize(
    ("search", "told"),
    [
        ("/search/?colour=1", "没有参数 colour"),
        ("/search/?q=晶圆&zone=nowhere", "没有取值 nowhere"),
        ("/search/?sort=distance", "请用 near 给出"),
        ("", "请先输入要找的内容"),
        ("q=" + "晶" * 9000, "检索地址过长"),
    ],
)
def test_nothing_that_search_refuses_is_kept(eve: Client, search: str, told: str) -> None:
    page = Page.of(eve.post(LIST, {"search": search, "name": "名"}))
    assert page.status == 400
    assert told in page.text
    assert not SavedSearch.plain.exists()


def test_visitors_are_led_to_the_log_in_and_others_find_nothing(
    see: See, eve: Client, client_of: ClientOf, world: World
) -> None:
    row = saved(eve)
    page = see(None, ADDRESS)
    assert any(link.startswith("/account/log-in/?next=%2Fsearch%2F%3Fq%3D") for link in page.links)
    assert "保存" not in see(None, "/search/").text
    assert see(None, LIST).headers["Location"] == f"/account/log-in/?next={LIST}"
    assert client_of(None).post(LIST, {"search": ADDRESS}).status_code == 302
    for other in (world.lin, world.ops):
        assert step(client_of(other), row, "open").status == 404
        assert "晶圆" not in see(other, LIST).text
    assert SavedSearch.plain.count() == 1


def test_a_site_that_is_being_prepared_still_lists_them(eve: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    import portal.views.saved as saved_views
    from matching.services.search_copies import SearchNotReady

    saved(eve)

    def not_yet(*arguments: object) -> list[object]:
        raise SearchNotReady("稍候")

    monkeypatch.setattr(saved_views, "answered", not_yet)
    page = Page.of(eve.get(LIST))
    assert (page.status, "晶圆 · 科技服务" in page.text) == (200, True)
