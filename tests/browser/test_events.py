"""Eve registers and says whom she would like to meet; Ana checks in at the door, has the timetable built and releases
it; Eve finds her meeting: by clicks, on a desk and on a phone, each page of the portal by axe.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from matching.models import Event, EventWish
from tests.browser.steps import CHROMIUM, fits_the_screen, give_password, log_in, log_out, press
from tests.browser.test_portal import is_in_order
from tests.browser.test_registering import come_in
from tests.conftest import World
from tests.events import make_event, make_registration, make_wish

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("worker"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]


def look(page: Page, name: str) -> None:
    """Hook for whoever wants to see the pages."""


def register(page: Page, address: str, event: Event) -> None:
    come_in(page, address, "eve")
    page.goto(f"{address}/events/")
    assert is_in_order(page)
    look(page, "list")
    page.get_by_role("link", name=event.title_zh).click()
    page.locator("#id_attendees_zh").fill("王工")
    page.locator("#id_brings_zh").fill("外延片缺陷检测")
    page.locator("#id_is_listed").check()
    assert is_in_order(page)
    look(page, "register")
    page.locator("#id_confirmed").check()
    press(page, "报名")
    expect(page.get_by_role("heading", name="东方微电子有限公司")).to_be_visible()
    look(page, "registered")
    page.get_by_role("link", name="选择想见的单位").click()
    page.get_by_label("西山光学实验室").check()
    assert is_in_order(page)
    look(page, "wishes")
    press(page, "保存")
    assert is_in_order(page)


def hold(page: Page, address: str, event: Event) -> None:
    office = f"{address}/office/matching/event/{event.public_id}"
    log_in(page, address, "ana")
    for name in ("change", "invitations", "guests", "outcomes"):
        page.goto(f"{office}/{name}/")
        assert fits_the_screen(page), name
        look(page, f"office-{name}")
    page.goto(f"{office}/door/")
    page.get_by_label("单位、参会人或签到码").fill("王工")
    press(page, "查找")
    expect(page.get_by_text("西山光学实验室")).to_have_count(0)
    press(page, "签到")
    expect(page.get_by_text("1 / 2 家已签到")).to_be_visible()
    assert fits_the_screen(page)
    look(page, "office-door")
    page.goto(f"{office}/meetings/")
    press(page, "编排洽谈")
    expect(page.get_by_text("尚未发布：只有主办方可见")).to_be_visible(timeout=20_000)
    assert fits_the_screen(page)
    look(page, "office-meetings")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="发布洽谈安排").click()
    confirm = page.get_by_role("button", name="确定")
    if confirm.count():
        confirm.first.click()
    expect(page.get_by_text("已发布，双方可见")).to_be_visible()


def test_a_guest_and_its_host_go_through_an_event(world: World, live_server: Any, page: Page) -> None:
    give_password(world.ana)
    give_password(world.eve)
    event = make_event(zone=world.east, visibility="public", capacity=20)
    lin = make_registration(event, world.laboratory, brings_zh="光学检测")
    register(page, live_server.url, event)
    make_wish(lin, EventWish.plain.get().asker)
    Event.plain.update(starts_at=timezone.now() - timedelta(minutes=1))
    log_out(page)
    hold(page, live_server.url, event)
    log_out(page)
    come_in(page, live_server.url, "eve")
    page.goto(f"{live_server.url}/events/{event.public_id}/")
    expect(page.get_by_text("1 号桌")).to_be_visible()
    assert is_in_order(page)
    look(page, "agenda")
