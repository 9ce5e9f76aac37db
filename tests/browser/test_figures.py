"""Dashboards in a real browser: charts beside their tables, pictures to keep, in the dark, and without scripts."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import CHROMIUM
from tests.browser.test_portal import is_in_order
from tests.builders import make_need, make_resource
from tests.conftest import World
from tests.cooperations import make_cooperation
from tests.figures.asking import register

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]


@pytest.fixture
def counted(world: World) -> World:
    for number in range(12):
        make_cooperation(world.enterprise, world.laboratory, signed_on=date(2021 + number % 5, 3, 1))
        register(world.enterprise, world.laboratory, "8000000", date(2025, 5, 1), number=number)
        register(world.outside, world.laboratory, "3000000", date(2025, 6, 1), number=50 + number)
    for number in range(6):
        codes = [f"SEI{number % 3 + 1}.1"]
        make_need(organization=world.enterprise, visibility="public", title_zh=f"需求{number}", industry_codes=codes)
        make_resource(organization=world.laboratory, visibility="public", name_zh=f"台{number}", industry_codes=codes)
    return world


def test_charts_are_drawn_from_the_tables_under_the_policy(counted: World, live_server: Any, page: Page) -> None:
    blocked: list[str] = []
    page.on("console", lambda message: blocked.append(message.text) if message.type == "error" else None)
    page.goto(f"{live_server.url}/figures/?year=2025")
    expect(page.locator(".chart-trend canvas")).to_have_count(1)
    expect(page.locator(".chart-gaps canvas")).to_have_count(1)
    expect(page.locator(".chart-flow canvas")).to_have_count(1)
    expect(page.locator(".chart-arcs canvas").first).to_be_visible()
    expect(page.locator("table[data-chart=trend]")).to_be_visible()
    expect(page.locator(".chart-trend .chart-picture")).to_have_attribute("aria-label", "历年趋势：数字见下表")
    assert is_in_order(page)
    for kind, form in product(("trend", "arcs"), ("PNG", "SVG")):
        with page.expect_download() as kept:
            page.locator(f".chart-{kind}").get_by_role("button", name=form).press("Enter")
        assert kept.value.suggested_filename.endswith(f"-{kind}.{form.lower()}")
        content = kept.value.path().read_bytes()
        assert content.startswith(b"\x89PNG" if form == "PNG" else b"<svg")
    assert blocked == []


def test_in_the_dark_and_in_english_it_is_in_order_too(counted: World, live_server: Any, page: Page) -> None:
    page.emulate_media(color_scheme="dark")
    page.set_extra_http_headers({"Accept-Language": "en"})
    page.goto(f"{live_server.url}/figures/?year=2025")
    expect(page.locator(".chart-trend canvas")).to_have_count(1)
    assert is_in_order(page)
    page.goto(f"{live_server.url}/open-data/")
    assert is_in_order(page)
