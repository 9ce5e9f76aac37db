"""From a suggestion to a registered contract, by clicks: Ana of East, Eve of its enterprise, Lin of West's laboratory
and Bo who keeps West's register; every mail on the way is read from a mail server.
"""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from matching.choices import ContractState, CooperationState
from matching.models import Cooperation, Disclosure, Need, TechContract
from notifications import subscribing
from notifications.choices import DeliveryState, Rhythm, Topic, Way
from notifications.models import Delivery
from tests.browser.steps import (
    CHROMIUM,
    MATCHED_WITHIN_MS,
    choose,
    fits_the_screen,
    give_password,
    log_in,
    log_out,
    press,
)
from tests.browser.test_exchange_day import PHONES, SEE, be, consent, express, open_exchange
from tests.browser.test_portal import is_in_order
from tests.browser.test_working_day import shortlist_the_best
from tests.builders import make_code, make_contact, make_need
from tests.conftest import World
from tests.matching.conftest import make_wafer_inspection
from tests.matching.search.looking import follow
from tests.notifications.sink import Sink, sink
from tests.notifications.test_mail import mail_to
from zones.scoping import today

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]
NEED, INSTRUMENT = "外延片缺陷检测", "暗场缺陷检测仪"
AGREED, NUMBER = "外延片缺陷检测委托", "2026110000000018"


class Post:
    """What the mail server got since somebody last looked."""

    def __init__(self, server: Sink) -> None:
        self.server, self.read = server, 0

    def deliver(self, *never: str) -> dict[str, str]:
        """Send what is due; by person, what their mails say. None says a phone number, or one of `never`."""
        call_command("dispatch", stdout=StringIO())
        new, self.read = self.server.mails[self.read :], len(self.server.mails)
        told: dict[str, str] = {}
        for mail in new:
            parts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
            words = "\n".join([str(mail["Subject"]), *parts])
            assert [word for word in (*PHONES.values(), *never) if word in words] == []
            name = str(mail["To"]).split("@")[0]
            told[name] = told.get(name, "") + words
        return told


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    with sink() as (server, port), mail_to(port, settings):
        yield Post(server)


@pytest.fixture
def pair(world: World) -> World:
    """A need of East's enterprise that only its zone lists, and West's instrument, which fits; everybody has an
    address, mails come at once, and it is never quiet.
    """
    make_need(
        zone=world.east, organization=world.enterprise, kind="testing_sharing", title_zh=NEED,
        summary_zh="对氮化镓外延片作无损缺陷检测与分级。",
    )  # fmt: skip
    make_wafer_inspection(world, INSTRUMENT, diameter_mm=200)
    make_code("contract_type", "JF-WT", name_zh="技术服务合同")
    follow()
    for name, user in {"ana": world.ana, "bo": world.bo, "eve": world.eve, "lin": world.lin}.items():
        user.email = f"{name}@example.cn"
        user.save()
        subscribing.set_times(user, quiet_from=0, quiet_to=0)
        for topic in Topic:
            subscribing.choose(user, topic=topic, way=Way.MAIL, rhythm=Rhythm.IMMEDIATE)
    for name, owner in (("eve", world.enterprise), ("lin", world.laboratory)):
        make_contact(owner, phone=PHONES[name], person_name="张工" if name == "eve" else "李工")
    give_password(world.ana, world.bo, world.eve, world.lin)
    return world


def look(page: Page, phone: str) -> None:
    press(page, SEE)
    expect(page.get_by_text(phone)).to_be_visible()


def unfold(page: Page, title: str) -> None:
    step = page.locator("details.step", has=page.locator("summary", has_text=title)).first
    if step.get_attribute("open") is None:
        step.locator("summary").click()


def meet(page: Page) -> None:
    """Eve proposes a meeting, after a message."""
    page.locator("#id_message-text").fill("样品本周寄出，请确认晶圆直径。")
    press(page, "留言")
    expect(page.get_by_text("样品本周寄出")).to_be_visible()
    unfold(page, "提议会议")
    day = today() + timedelta(days=7)
    page.locator("#id_meeting-topic_zh").fill("检测方案沟通")
    page.locator("#id_meeting-starts_at").fill(f"{day}T10:00")
    page.locator("#id_meeting-ends_at").fill(f"{day}T11:00")
    page.locator("#id_meeting-place_zh").fill("线上会议")
    press(page, "提议会议")
    expect(page.get_by_text("检测方案沟通")).to_be_visible()
    assert is_in_order(page)


def confirm_the_meeting(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name="检测方案沟通").click()
    press(page, "确认参加")
    address = page.get_by_role("link", name="加入日历").evaluate("(link) => link.href")
    assert "STATUS:CONFIRMED" in page.request.get(address).text()


def propose(page: Page) -> None:
    unfold(page, "提交合作")
    page.locator("#id_propose-title_zh").fill(AGREED)
    page.locator("#id_propose-signed_on").fill(today().isoformat())
    page.locator("#id_propose-contract_sum").fill("1200000")
    page.locator("#id_propose-evidence_zh").fill("技术服务合同 2026-018 号")
    press(page, "提交合作，请对方确认")
    expect(page.get_by_text("待确认").first).to_be_visible()
    assert is_in_order(page)


def register(page: Page, address: str, pair: World) -> None:
    """Bo records the contract of the cooperation and takes it through the register."""
    log_out(page)
    log_in(page, address, "bo")
    page.goto(f"{address}/office/matching/techcontract/add/")
    page.locator("#id_title_zh").fill(AGREED)
    page.locator("#id_contract_type").select_option("JF-WT")
    page.locator("#id_signed_on").fill(today().strftime("%Y/%m/%d"))
    for side, owner in (("seller", pair.laboratory), ("buyer", pair.enterprise)):
        choose(page, f"{side}_organization", owner.name_zh[:2], owner.name_zh)
    page.locator("#id_cooperation").select_option(label=AGREED)
    page.locator("#id_total_amount").fill("1200000")
    page.locator("#id_traded_amount").fill("900000")
    press(page, "保存")
    assert fits_the_screen(page)
    for step, button, day in (("submit", "登记已提交", "submitted_on"), ("register", "登记入册", "registered_on")):
        panel = page.locator(f"#{step}")
        panel.locator(f"[name={day}]").fill(today().isoformat())
        if step == "register":
            panel.locator("[name=registration_number]").fill(NUMBER)
        press(page, button)
    expect(page.get_by_text("合同已登记，按登记日计入统计")).to_be_visible()
    assert fits_the_screen(page)


def shortlist(page: Page, address: str, need: Need) -> None:
    log_in(page, address, "ana")
    page.goto(f"{address}/office/matching/need/{need.public_id}/matches/")
    expect(page.get_by_role("heading", name=INSTRUMENT)).to_be_visible(timeout=MATCHED_WITHIN_MS)
    shortlist_the_best(page)
    log_out(page)


def answer(page: Page, address: str) -> None:
    be(page, address, "lin")
    open_exchange(page)
    page.locator("#id_accept-words").fill("下周可安排，请先寄两片样品。")
    press(page, "接受意向")


def withdraw(page: Page) -> None:
    page.locator("summary", has_text="撤回同意").click()
    press(page, "撤回同意")


def cannot_look(page: Page, *phones: str) -> None:
    expect(page.get_by_role("button", name=SEE)).to_have_count(0)
    assert not any(phone in page.content() for phone in phones)


def test_from_a_suggestion_to_a_registered_contract(pair: World, post: Post, live_server: Any, page: Page) -> None:
    address, owner, need = live_server.url, pair.enterprise.name_zh, Need.plain.get()
    call_command("match", "--full", stdout=StringIO())
    assert "1 个新匹配" in post.deliver()["eve"]
    shortlist(page, address, need)
    express(page, address)
    assert "收到合作意向" in post.deliver(owner)["lin"]
    answer(page, address)
    assert "接受" in post.deliver(owner)["eve"]
    consent(page)
    cannot_look(page, PHONES["eve"])
    be(page, address, "eve")
    open_exchange(page)
    cannot_look(page, PHONES["lin"])
    consent(page)
    look(page, PHONES["lin"])
    assert {"eve", "lin"} <= set(post.deliver())

    meet(page)
    be(page, address, "lin")
    open_exchange(page)
    look(page, PHONES["eve"])
    confirm_the_meeting(page)
    be(page, address, "eve")
    open_exchange(page)
    propose(page)
    assert AGREED in post.deliver()["lin"]
    be(page, address, "lin")
    open_exchange(page)
    press(page, "确认合作")
    assert Cooperation.plain.get().state == CooperationState.AGREED
    register(page, address, pair)
    contract = TechContract.plain.get()
    assert (contract.state, contract.registration_number) == (ContractState.REGISTERED, NUMBER)
    assert contract.cooperation == Cooperation.plain.get()
    assert {"eve", "lin"} <= set(post.deliver())

    be(page, address, "lin")
    open_exchange(page)
    withdraw(page)
    be(page, address, "eve")
    open_exchange(page)
    cannot_look(page, PHONES["lin"])
    assert Disclosure.plain.count() == 2
    post.deliver()
    assert set(Delivery.plain.values_list("state", flat=True)) == {DeliveryState.SENT}
