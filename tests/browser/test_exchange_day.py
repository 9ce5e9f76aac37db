"""Eve expresses interest in an instrument that fits; Lin accepts; both consent; contacts come and go: by clicks."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from matching.choices import ExchangeState as State
from matching.models import Disclosure, Exchange
from tests.browser.steps import CHROMIUM, give_password, log_out, press
from tests.browser.test_portal import is_in_order
from tests.browser.test_registering import come_in
from tests.builders import make_contact, make_match, make_need, make_resource
from tests.conftest import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]
PHONES = {"eve": "13800000001", "lin": "13800000002"}
SEE = "查看联系方式"


def be(page: Page, address: str, username: str) -> None:
    log_out(page)
    come_in(page, address, username)
    page.get_by_role("link", name="我的对接").click()


def open_exchange(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name="外延片缺陷检测").first.click()


def express(page: Page, address: str) -> None:
    """From the matches of one's own need."""
    come_in(page, address, "eve")
    page.get_by_role("link", name="外延片缺陷检测").click()
    page.get_by_role("link", name="表达意向").click()
    assert is_in_order(page)
    page.locator("#id_cooperation_zh").fill("委托检测 20 片外延片，两周内给出报告。")
    page.locator("#id_offer_zh").fill("样品、检测费用，可提供历史缺陷数据。")
    press(page, "发出意向")
    expect(page.get_by_text("等待对方答复")).to_be_visible()
    assert is_in_order(page)


def consent(page: Page) -> None:
    page.locator("#id_consent-agreed").check()
    assert is_in_order(page)
    press(page, "同意互换联系方式")


def test_contacts_come_with_both_consents_and_go_with_one_withdrawn(world: World, live_server: Any, page: Page) -> None:
    give_password(world.eve, world.lin)
    need = make_need(
        zone=world.east, organization=world.enterprise, title_zh="外延片缺陷检测", title_en="Wafer defects"
    )
    resource = make_resource(organization=world.laboratory, name_zh="暗场缺陷检测仪", name_en="Dark-field inspection")
    make_match(need, resource, score=0.82)
    for name, owner in (("eve", world.enterprise), ("lin", world.laboratory)):
        make_contact(owner, phone=PHONES[name], person_name="张工" if name == "eve" else "李工")
    express(page, live_server.url)
    be(page, live_server.url, "lin")
    assert is_in_order(page)
    open_exchange(page)
    assert is_in_order(page)
    page.locator("#id_accept-words").fill("下周可安排，请先寄两片样品。")
    press(page, "接受意向")
    consent(page)
    expect(page.get_by_text("等待对方同意")).to_be_visible()
    be(page, live_server.url, "eve")
    open_exchange(page)
    assert not any(phone in page.content() for phone in PHONES.values())
    consent(page)
    press(page, SEE)
    expect(page.get_by_text(PHONES["lin"])).to_be_visible()
    assert is_in_order(page)
    be(page, live_server.url, "lin")
    open_exchange(page)
    press(page, SEE)
    expect(page.get_by_text(PHONES["eve"])).to_be_visible()
    page.locator("summary", has_text="撤回同意").click()
    press(page, "撤回同意")
    expect(page.get_by_role("button", name=SEE)).to_have_count(0)
    be(page, live_server.url, "eve")
    open_exchange(page)
    expect(page.get_by_role("button", name=SEE)).to_have_count(0)
    assert PHONES["lin"] not in page.content()
    assert Exchange.plain.get().state == State.CONSENT_PENDING
    assert Disclosure.plain.count() == 2
