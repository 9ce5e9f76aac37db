"""A second factor in the browser, on the phone too: an app by its QR code, a security key by a virtual one, and the
log-in with each at both doors; each page by axe.
"""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import CHROMIUM, PASSWORD, give_password, log_out, press
from tests.browser.test_portal import is_in_order
from tests.browser.test_registering import come_in
from tests.conftest import World
from tests.factors import code_of, give_app, give_codes

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]
KEY = {
    "protocol": "ctap2", "transport": "usb", "hasResidentKey": False, "hasUserVerification": False,
    "automaticPresenceSimulation": True,
}  # fmt: skip


def address_of(live_server: Any) -> str:
    """Keys belong to names: an address of numbers has none."""
    return str(live_server.url).replace("127.0.0.1", "localhost")


def plug_in_a_key(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def confirm_password(page: Page) -> None:
    page.get_by_label("密码").fill(PASSWORD)
    press(page, "继续")


def enter_at_the_office(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/office/login/", wait_until="networkidle")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    press(page, "登录")


def test_an_app_is_added_and_asked_for(world: World, live_server: Any, page: Page) -> None:
    give_password(world.eve)
    address = address_of(live_server)
    come_in(page, address, "eve")
    page.goto(f"{address}/account/security/")
    assert is_in_order(page)
    page.get_by_role("link", name="添加验证器应用").click()
    assert is_in_order(page)
    confirm_password(page)
    expect(page.get_by_role("img", name="二维码")).to_be_visible()
    assert is_in_order(page)
    secret = page.locator(".secret").inner_text().replace(" ", "")
    page.get_by_label("验证码").fill(code_of(secret))
    press(page, "添加")
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    assert is_in_order(page)
    page.get_by_role("link", name="已保存").click()
    expect(page.get_by_text("还有 10 个未用的恢复码")).to_be_visible()
    assert is_in_order(page)

    log_out(page)
    come_in(page, address, "eve")
    expect(page.get_by_role("heading", name="第二重验证")).to_be_visible()
    assert is_in_order(page)
    page.get_by_label("验证码").fill("000000")
    press(page, "登录")
    expect(page.get_by_text("验证码不正确")).to_be_visible()
    assert is_in_order(page)
    page.get_by_label("验证码").fill(code_of(secret, later=1))
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="我的需求与资源")).to_be_visible()


def test_a_security_key_is_added_and_opens_both_doors(world: World, live_server: Any, page: Page) -> None:
    give_password(world.ana)
    address = address_of(live_server)
    plug_in_a_key(page)
    come_in(page, address, "ana")
    page.goto(f"{address}/account/security/key/")
    confirm_password(page)
    expect(page.locator(".keyless")).to_be_hidden()
    assert is_in_order(page)
    page.get_by_label("名称").fill("办公室的密钥")
    press(page, "添加")
    expect(page.get_by_role("heading", name="恢复码")).to_be_visible()
    page.goto(f"{address}/account/security/")
    expect(page.get_by_text("办公室的密钥").first).to_be_visible()

    for enter in (come_in, enter_at_the_office):
        log_out(page)
        enter(page, address, "ana")
        expect(page.get_by_role("heading", name="第二重验证")).to_be_visible()
        assert is_in_order(page)
        press(page, "使用安全密钥")
        expect(page.get_by_role("heading", name="待办")).to_be_visible()


def test_a_key_that_does_not_answer_leaves_the_code(world: World, live_server: Any, page: Page) -> None:
    give_password(world.eve)
    secret, address = give_app(world.eve), address_of(live_server)
    give_codes(world.eve)
    plug_in_a_key(page)
    come_in(page, address, "eve")
    expect(page.get_by_role("button", name="使用安全密钥")).to_have_count(0)
    page.get_by_label("验证码").fill(code_of(secret))
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name="登录").click()
    page.goto(f"{address}/account/security/key/")
    confirm_password(page)
    page.evaluate("() => void (navigator.credentials.create = () => Promise.reject(new Error('taken back')))")
    page.get_by_label("名称").fill("钥匙")
    page.get_by_role("button", name="添加").click()
    expect(page.get_by_text("没有收到安全密钥的回应")).to_be_visible()
    assert is_in_order(page)


def test_without_scripts_the_code_does(world: World, live_server: Any, page: Page) -> None:
    give_password(world.eve)
    secret, address = give_app(world.eve), address_of(live_server)
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, locale="zh-CN").new_page()
    come_in(plain, address, "eve")
    plain.get_by_label("验证码").fill(code_of(secret))
    plain.locator("main").get_by_role("button", name="登录").click()
    expect(plain.get_by_role("heading", name="我的需求与资源")).to_be_visible()
    plain.goto(f"{address}/account/security/key/")
    plain.get_by_label("密码").fill(PASSWORD)
    plain.get_by_role("button", name="继续").click()
    expect(plain.get_by_text("请改用验证器应用")).to_be_visible()
    plain.context.close()
