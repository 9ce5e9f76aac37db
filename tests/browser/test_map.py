"""The resource map in a real browser: nearer by a point, a zone chosen and let go of; by keyboard, without scripts."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import CHROMIUM
from tests.browser.test_portal import is_in_order, unfold
from tests.builders import make_association, make_resource, make_zone
from tests.conftest import World
from tests.matching.search.looking import follow
from zones.models import Zone

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]
PLACES = {"east": (120.6, 31.3), "west": (104.0, 30.6), "far": (87.6, 43.8)}


@pytest.fixture
def placed(world: World) -> World:
    for slug, (longitude, latitude) in PLACES.items():
        Zone.objects.filter(slug=slug).update(longitude=longitude, latitude=latitude)
    near = make_zone(
        slug="near", name_zh="邻近高新技术产业开发区", short_zh="邻近高新区", longitude=104.3, latitude=30.7
    )
    make_association(world.east, world.far, slug="pair", kind="pairing", name_zh="东远对口合作")
    for zone in (world.west, near, world.far):
        make_resource(zone=zone, visibility="public", name_zh=f"检测平台（{zone.short_zh}）", trl=9)
    follow()
    return world


def test_a_point_opens_nearer_and_a_zone_is_chosen_and_let_go_of(placed: World, live_server: Any, page: Page) -> None:
    page.goto(f"{live_server.url}/map/?q=检测")
    assert is_in_order(page)
    expect(page.locator(".map-flows path")).to_have_count(1)
    page.get_by_role("link", name=re.compile("2 个高新区")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#total")).to_contain_text("图中 2 条")
    expect(page.locator(".map-names text")).to_have_count(2)
    assert "view=" in page.url
    assert is_in_order(page)
    page.locator(".map-points").get_by_role("link", name=re.compile("邻近高新区")).click()
    expect(page.locator(".card h3")).to_have_text(["检测平台（邻近高新区）"])
    expect(page.locator(".chip").first).to_contain_text("邻近高新区")
    assert is_in_order(page)
    page.get_by_role("link", name="回到全国").click()
    expect(page.locator(".map-chosen")).to_have_count(1)
    page.locator(".chip").first.click()
    expect(page.locator(".map-chosen")).to_have_count(0)
    page.go_back()
    expect(page.locator(".map-chosen")).to_have_count(1)


def test_the_map_and_the_list_lead_to_each_other(placed: World, live_server: Any, page: Page) -> None:
    page.goto(f"{live_server.url}/search/?q=检测&trl=9")
    page.get_by_role("link", name="在地图上看").click()
    expect(page.get_by_role("heading", name="资源地图")).to_be_visible()
    unfold(page)
    page.locator("#near").select_option("west")
    expect(page.get_by_text("2058 公里").first).to_be_visible()
    page.get_by_role("link", name="以列表查看").click()
    expect(page.locator("#total")).to_have_text("找到 3 条")
    assert "near=west" in page.url


def test_without_scripts_the_map_is_links(placed: World, live_server: Any, page: Page) -> None:
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, locale="zh-CN", viewport=page.viewport_size).new_page()
    plain.goto(f"{live_server.url}/map/")
    plain.locator(".map-points").get_by_role("link", name=re.compile("远海高新区")).click()
    expect(plain.locator(".map-chosen")).to_have_count(1)
