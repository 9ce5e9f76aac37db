"""Without a mouse: every control of the broker's pages is reached by Tab, and a record is opened by Enter."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import CHROMIUM, give_password, log_in
from tests.builders import make_live, make_match, make_need, make_resource, make_run
from tests.conftest import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]
SEEN_AT_LEAST, OTHERS = 5, 40
WATCH = """() => {
    const controls = 'a[href], button, input, select, textarea, summary, [role=combobox]';
    window.controls = [...document.querySelectorAll(controls)].filter(
        one => !one.disabled && !one.matches('.select2-hidden-accessible')
            && one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width
    );
    window.reached = new Set();
    document.addEventListener('focusin', event => window.reached.add(event.target));
    return window.controls.length;
}"""
UNREACHED = """() => window.controls
    .filter(one => !window.reached.has(one) && !one.querySelector('a, button, input') && one.type !== 'radio')
    .map(one => one.outerHTML.slice(0, 120))"""


def unreached(page: Page) -> list[str]:
    """Controls one sees and does not come to by Tab, from the beginning of the page on."""
    count: int = page.evaluate(WATCH)
    assert count > SEEN_AT_LEAST
    for _press in range(count + OTHERS):
        page.keyboard.press("Tab")
    missed: list[str] = page.evaluate(UNREACHED)
    return missed


def test_every_control_is_reached_by_tab(world: World, live_server: Any, page: Page) -> None:
    give_password(world.ana)
    need = make_need(organization=world.enterprise, title_zh="外延片缺陷检测")
    make_live(make_match(need, make_resource(organization=world.laboratory, zone=world.west), run=make_run()))
    log_in(page, live_server.url, "ana")
    record = f"matching/need/{need.public_id}"
    for path in (
        *("", "matching/need/", "matching/need/add/", f"{record}/change/", f"{record}/matches/"),
        *("zones/resource/", "zones/resource/add/?kind=equipment", "zones/importjob/add/"),
    ):
        page.goto(f"{live_server.url}/office/{path}")
        page.wait_for_load_state("networkidle")
        assert unreached(page) == [], path


def test_a_record_is_opened_without_a_mouse(world: World, live_server: Any, page: Page) -> None:
    give_password(world.ana)
    make_need(organization=world.enterprise, title_zh="外延片缺陷检测")
    log_in(page, live_server.url, "ana")
    page.goto(f"{live_server.url}/office/matching/need/")
    for _press in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "外延片缺陷检测":
            break
    page.keyboard.press("Enter")
    expect(page.locator("#id_title_zh")).to_have_value("外延片缺陷检测")
