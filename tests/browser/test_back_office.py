"""The broker's pages in a real browser: post a need, have it reviewed, read why it is matched; mistakes stay."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import (
    CHROMIUM,
    MATCHED_WITHIN_MS,
    fill_need,
    fits_the_screen,
    give_password,
    grade,
    log_in,
    log_out,
    press,
)
from tests.builders import make_need
from tests.conftest import World
from tests.matching.conftest import make_wafer_inspection

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]


def test_ana_posts_a_need_bo_reviews_it_and_ana_reads_why_it_is_matched(
    world: World, worker: None, live_server: Any, page: Page
) -> None:
    give_password(world.ana, world.bo)
    make_wafer_inspection(world, "外延片缺陷检测系统", diameter_mm=200)

    log_in(page, live_server.url, "ana")
    page.get_by_role("link", name="发布需求").first.click()
    fill_need(page)
    expect(page.locator(".office-quality")).to_contain_text("填写质量")
    assert fits_the_screen(page)
    press(page, "保存并提交审核")
    expect(page.get_by_text("已提交").first).to_be_visible()
    address = page.url

    log_out(page)
    log_in(page, live_server.url, "bo")
    grade(page)

    log_out(page)
    log_in(page, live_server.url, "ana")
    page.goto(address.replace("/change/", "/matches/"))
    expect(page.get_by_role("heading", name="外延片缺陷检测系统")).to_be_visible(timeout=MATCHED_WITHIN_MS)
    expect(page.locator(".office-reason").first).to_contain_text("1项硬指标全部满足")
    expect(page.locator(".office-verdict").first).to_contain_text("满足")
    assert fits_the_screen(page)

    page.get_by_role("button", name="English").click()
    expect(page.locator(".office-reason").first).to_contain_text("must-metric is met")


def test_a_row_is_ticked_where_it_stands_on_any_screen(world: World, live_server: Any, page: Page) -> None:
    give_password(world.ana)
    for title in ("氮化镓外延", "低温封装"):
        make_need(zone=world.east, organization=world.enterprise, title_zh=title)
    log_in(page, live_server.url, "ana")
    page.goto(f"{live_server.url}/office/matching/need/")
    for row in page.locator("#result_list tbody tr").all():
        around, box = row.bounding_box(), row.get_by_role("checkbox").bounding_box()
        assert around
        assert box
        assert around["y"] <= box["y"] < around["y"] + around["height"]
    page.get_by_role("row", name="低温封装").get_by_role("checkbox").check()
    expect(page.get_by_text("选中了 2 个中的 1 个").first).to_be_visible()


def test_a_mistake_is_shown_on_its_field_and_what_was_typed_stays(world: World, live_server: Any, page: Page) -> None:
    give_password(world.ana)
    log_in(page, live_server.url, "ana")
    page.goto(f"{live_server.url}/office/matching/need/add/")
    fill_need(page)
    page.locator("#id_metrics-0-value").fill("很大")
    press(page, "保存草稿")
    expect(page.locator(".office-errors").get_by_role("link", name="指标 1 数值")).to_be_visible()
    expect(page.get_by_text("请填写数字").last).to_be_visible()
    expect(page.locator("#id_metrics-0-value")).to_have_value("很大")
    expect(page.locator("#id_title_zh")).to_have_value("氮化镓外延片缺陷检测")
