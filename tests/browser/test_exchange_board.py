"""The board of exchanges in a real browser: cards move by their list and button on any screen, and by the mouse."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from matching.choices import ExchangeState, Side
from matching.models import Exchange, Need
from tests.browser.steps import CHROMIUM, DESKTOP, fits_the_screen, give_password, log_in
from tests.browser.test_portal import faults
from tests.builders import make_contact, make_need, make_resource, make_run
from tests.conftest import World
from tests.exchanges import make_consent, make_exchange
from zones.models import Resource
from zones.scoping import today

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]
ANSWERED_WITHIN_MS = 30_000
TITLES = ("氮化镓外延片无损缺陷检测", "低温银浆烧结中试", "车规芯片可靠性试验", "碳化硅衬底切割")


def make_pair(world: World, title: str) -> tuple[Need, Resource]:
    need = make_need(organization=world.enterprise, title_zh=title, visibility="national")
    return need, make_resource(organization=world.laboratory, name_zh=f"{title}平台", visibility="national")


def make_board(world: World) -> Exchange:
    """An exchange in most columns; the one that waits for Bo's answer is returned."""
    make_run()
    late: dict[str, Any] = {"remind_on": today() - timedelta(4), "answer_due_on": today() - timedelta(2)}
    make_exchange(*make_pair(world, TITLES[1]), **late)
    opened = make_exchange(*make_pair(world, TITLES[2]), state=ExchangeState.DISCLOSED)
    for side in Side:
        make_consent(opened, side, contact=make_contact(world.enterprise).public_id)
    ends: dict[str, Any] = {"exit_reason": "capacity", "exit_side": Side.RESOURCE, "ended_at": opened.answered_at}
    make_exchange(*make_pair(world, TITLES[3]), state=ExchangeState.DECLINED, **ends)
    return make_exchange(*make_pair(world, TITLES[0]))


def is_in_order(page: Page) -> bool:
    """Axe finds nothing serious, light or dark, and nothing hangs over the edge."""
    for theme in ("dark", "light"):
        page.evaluate("(theme) => localStorage.setItem('adminTheme', JSON.stringify(theme))", theme)
        page.reload()
        expect(page.locator("html.dark")).to_have_count(1 if theme == "dark" else 0)
        assert faults(page) == []
    return fits_the_screen(page)


def test_a_card_is_moved_by_its_button_and_by_the_mouse(world: World, live_server: Any, page: Page) -> None:
    give_password(world.bo)
    row = make_board(world)
    log_in(page, live_server.url, "bo")
    page.goto(f"{live_server.url}/office/matching/exchange/board/")
    card = page.locator(f"#x-{row.public_id}")
    expect(page.locator("[data-column=interest_sent] .office-board-card")).to_have_count(2)
    assert is_in_order(page)
    card.get_by_role("combobox").select_option("decline")
    card.get_by_role("button", name="办理").press("Enter")
    page.wait_for_url("**/change/#decline")
    page.go_back()
    if page.viewport_size and page.viewport_size["width"] == DESKTOP:
        card.drag_to(page.locator("[data-column=negotiating]"))
        expect(page.get_by_text("不能由您移到“洽谈中”")).to_be_visible(timeout=ANSWERED_WITHIN_MS)
        card.drag_to(page.locator("[data-column=consent_pending]"))
    else:
        card.get_by_role("combobox").select_option("accept")
        press_in(card, page)
    expect(page.get_by_text("已办理“接受意向”")).to_be_visible(timeout=ANSWERED_WITHIN_MS)
    expect(page.locator(f"[data-column=consent_pending] #x-{row.public_id}")).to_be_visible()
    row.refresh_from_db()
    assert row.state == ExchangeState.CONSENT_PENDING


def press_in(card: Any, page: Page) -> None:
    with page.expect_navigation():
        card.get_by_role("button", name="办理").click()
