"""A member of a zone's enterprise links the zone's account and logs in with it, at a real provider on this host; on the
phone too, each page of ours by axe.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from oidc_provider_mock import run_server_in_thread
from playwright.sync_api import Page, expect

from accounts.identity_providers import IdentityProvider
from tests.browser.steps import CHROMIUM, PASSWORD, give_password, log_out, press
from tests.browser.test_portal import is_in_order
from tests.browser.test_registering import come_in
from tests.conftest import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]


@pytest.fixture(autouse=True)
def provider(settings: Any) -> Iterator[None]:
    with run_server_in_thread() as server:
        issuer = f"http://localhost:{server.server_port}"
        settings.IDENTITY_PROVIDERS = {"east": IdentityProvider("east", issuer, "zonelink", "secret")}
        yield


def log_in_at_the_provider(page: Page, name: str) -> None:
    page.locator("input[name=sub]").first.fill(name)
    with page.expect_navigation():
        page.locator("button").first.click()


def test_an_account_of_the_zone_is_linked_and_logs_in(world: World, live_server: Any, page: Page) -> None:
    give_password(world.eve)
    come_in(page, live_server.url, "eve")
    page.goto(f"{live_server.url}/account/security/zones/east/")
    page.get_by_label("密码").fill(PASSWORD)
    press(page, "继续")
    page.get_by_role("link", name="关联东方高新区的账号").click()
    log_in_at_the_provider(page, "zhang.san")
    expect(page.get_by_text("确认您是“zhang.san”")).to_be_visible()
    assert is_in_order(page)
    press(page, "确认关联")
    expect(page.get_by_text("今后可以用园区账号登录")).to_be_visible()
    assert is_in_order(page)

    log_out(page)
    page.goto(f"{live_server.url}/account/log-in/?next=/account/devices/")
    assert is_in_order(page)
    page.get_by_role("link", name="东方高新区").click()
    log_in_at_the_provider(page, "zhang.san")
    expect(page.get_by_role("heading", name="登录的设备")).to_be_visible()

    log_out(page)
    page.goto(f"{live_server.url}/account/log-in/zones/east/")
    log_in_at_the_provider(page, "li.si")
    expect(page.get_by_text("这个园区账号不能登录本站")).to_be_visible()
    assert is_in_order(page)
    page.get_by_role("link", name="返回登录").click()
    expect(page.get_by_role("heading", name="登录")).to_be_visible()
