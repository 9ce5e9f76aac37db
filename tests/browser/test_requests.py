"""Eve requests an instrument in another zone; Lin accepts, records; both rate: by clicks, each page by axe."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import CHROMIUM, PASSWORD, give_password, log_out, press
from tests.browser.test_portal import is_in_order
from tests.browser.test_registering import come_in
from tests.conftest import World
from tests.requests import PURPOSE, offered
from zones.models import ServiceRating, ServiceRequest
from zones.scoping import today

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]


def ask(page: Page, address: str) -> None:
    """As a visitor from the resource through the log-in back to the form; the estimate follows what changes."""
    day = today().isoformat()
    page.goto(address)
    with page.expect_navigation():
        page.get_by_role("link", name="登录后申请使用或服务").click()
    page.locator("#id_username").fill("eve")
    page.locator("#id_password").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="申请使用或服务")).to_be_visible()
    page.locator("#id_wished_from").fill(day)
    page.locator("#id_wished_to").fill(day)
    page.locator("#id_hours").fill("2")
    page.locator("#id_purpose").fill(PURPOSE)
    expect(page.get_by_text("800–1,000 元")).to_be_visible()
    assert is_in_order(page)
    page.locator("#id_confirmed").check()
    press(page, "提交申请")
    expect(page.get_by_text("等待提供方答复")).to_be_visible()
    assert is_in_order(page)


def answer(page: Page, address: str) -> None:
    """The one who provides finds it in the list, accepts as asked, and records it."""
    come_in(page, address, "lin")
    page.get_by_role("link", name="收到的申请").click()
    assert is_in_order(page)
    with page.expect_navigation():
        page.get_by_role("link", name="外延片缺陷检测仪").click()
    assert is_in_order(page)
    page.locator("#id_accept-agreed_fee").fill("900")
    press(page, "接受申请")
    expect(page.get_by_text("服务完成后请登记服务记录")).to_be_visible()
    page.locator("#id_record-result").fill("已出报告。")
    press(page, "登记服务记录")
    expect(page.get_by_text("等待申请方确认服务记录")).to_be_visible()


def rate(page: Page, stars: str) -> None:
    page.locator("#id_rate-stars").select_option(stars)
    press(page, "评价")


def open_as(page: Page, address: str, username: str, row: ServiceRequest) -> None:
    log_out(page)
    come_in(page, address, username)
    page.goto(f"{address}/my/requests/{row.public_id}/")


def test_a_request_goes_all_the_way_by_clicks(world: World, live_server: Any, page: Page) -> None:
    give_password(world.eve, world.lin)
    resource = offered(world, visibility="public")
    ask(page, f"{live_server.url}/resources/{resource.public_id}/")
    log_out(page)
    answer(page, live_server.url)
    row = ServiceRequest.plain.get()
    open_as(page, live_server.url, "eve", row)
    press(page, "确认服务记录")
    rate(page, "5")
    open_as(page, live_server.url, "lin", row)
    rate(page, "4")
    expect(page.get_by_text("5 分")).to_be_visible()
    assert is_in_order(page)
    assert ServiceRating.plain.count() == 2
