"""An enterprise registers in the portal, its zone accepts it, and it comes in; each page by axe, on the phone too."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import CHROMIUM, PASSWORD, give_password, log_in, log_out, press
from tests.browser.test_portal import is_in_order
from tests.conftest import World
from tests.people import make_registration

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]
FILLED = {
    "统一社会信用代码": "91110108MA01A2B3CF", "单位名称": "东方新材料有限公司", "城市": "苏州", "用户名": "newcomer",
    "显示名称": "新用户", "邮箱": "new@example.cn", "再次输入密码": PASSWORD,
}  # fmt: skip


def fill(page: Page) -> None:
    for label, text in FILLED.items():
        page.get_by_label(label).first.fill(text)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_kind").select_option("enterprise")
    page.locator("#id_zone").select_option("east")
    page.locator("#id_consented").check()


def come_in(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/account/log-in/")
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="登录").click()


def test_an_organization_registers_is_accepted_and_comes_in(world: World, live_server: Any, page: Page) -> None:
    give_password(world.ana)
    page.goto(f"{live_server.url}/account/log-in/")
    page.get_by_role("link", name="注册单位").click()
    expect(page.get_by_role("heading", name="注册单位")).to_be_visible()
    assert is_in_order(page)
    fill(page)
    page.locator("#id_credit_code").fill("91110108MA01A2B3C5")
    press(page, "提交注册")
    expect(page.get_by_text("校验位须相符")).to_be_visible()
    assert is_in_order(page)
    fill(page)
    press(page, "提交注册")
    expect(page.get_by_text("已提交东方高新区核验")).to_be_visible()
    assert is_in_order(page)

    log_out(page)
    log_in(page, live_server.url, "ana")
    page.get_by_role("link", name="单位注册待核验").click()
    page.get_by_role("link", name="东方新材料有限公司").click()
    page.once("dialog", lambda dialog: dialog.accept())
    press(page, "核验通过")
    expect(page.get_by_text("已成为该单位用户")).to_be_visible()

    log_out(page)
    come_in(page, live_server.url, "newcomer")
    expect(page.get_by_role("heading", name="我的需求与资源")).to_be_visible()
    page.get_by_role("link", name="我的账号").click()
    page.get_by_role("link", name="单位注册").click()
    with page.expect_navigation():
        page.get_by_role("link", name="东方新材料有限公司").click()
    expect(page.get_by_role("heading", name="东方新材料有限公司")).to_be_visible()


def test_the_pages_of_an_account_are_in_order(world: World, live_server: Any, page: Page) -> None:
    give_password(world.eve)
    come_in(page, live_server.url, "eve")
    for name in ("", "password/", "devices/", "tokens/", "colleagues/"):
        page.goto(f"{live_server.url}/account/{name}")
        assert is_in_order(page)
    page.get_by_label("被邀请人").fill("新同事")
    press(page, "生成邀请链接")
    expect(page.get_by_text(f"{live_server.url}/invitation/")).to_be_visible()
    assert is_in_order(page)
    press(page, "撤回邀请 · 新同事")
    expect(page.get_by_text("待接受的邀请")).to_have_count(0)


def test_a_refused_registration_is_read_and_sent_again(world: World, live_server: Any, page: Page) -> None:
    values = {"state": "refused", "reason": "not_in_zone", "words": "请核对所在园区。", "ended_at": "2026-01-05T08:00Z"}
    row = make_registration(zone=world.east, **values)
    give_password(row.user)
    come_in(page, live_server.url, row.user.username)
    page.get_by_role("link", name="单位注册").click()
    expect(page.get_by_text("请核对所在园区。")).to_be_visible()
    assert is_in_order(page)
    page.locator("#id_zone").select_option("west")
    press(page, "重新提交")
    expect(page.get_by_text("已提交西山高新区核验")).to_be_visible()
