"""The broker's day in a real browser, on a live server with a real worker: log in, post a need, have it reviewed, read
why it is matched.
"""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery.contrib.testing.worker import start_worker
from playwright.sync_api import Page, expect, sync_playwright

from config.celery import app
from tests.conftest import World
from tests.matching.conftest import make_wafer_inspection
from zones.scoping import today

CHROMIUM = Path("/usr/bin/chromium")
PASSWORD = "correct horse battery staple"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
MATCHED_WITHIN_MS = 30_000
DESKTOP, PHONE = 1440, 390

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]


@pytest.fixture
def worker() -> Iterator[None]:
    with start_worker(app, pool="threads", concurrency=1, perform_ping_check=False):
        yield


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """A page of a fresh Chromium; any script error fails the test."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright keeps a loop in this thread
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        context = browser.new_context(viewport={"width": request.param, "height": 900}, locale="zh-CN")
        faults: list[str] = []
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page
        browser.close()
    assert faults == []


def log_in(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/office/login/", wait_until="networkidle")  # its script moves the focus once
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    expect(page.get_by_label("用户名")).to_have_value(username)
    expect(page.get_by_label("密码")).to_have_value(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="待办")).to_be_visible()


def choose(page: Page, field: str, term: str, text: str) -> None:
    """Pick from an autocomplete, by keyboard."""
    page.locator(f"#id_{field} + .select2 .select2-selection").focus()
    page.keyboard.press("Enter")
    page.locator(".select2-search__field").last.fill(term)
    page.get_by_role("option", name=text).click()


def fill_need(page: Page) -> None:
    page.locator("#id_kind").select_option("testing_sharing")
    choose(page, "organization", "东方", "东方微电子有限公司")
    page.locator("#id_consent_recorded_on").fill(today().strftime("%Y/%m/%d"))
    page.locator("#id_title_zh").fill("氮化镓外延片缺陷检测")
    page.locator("#id_summary_zh").fill("需要对200毫米氮化镓外延片作无损缺陷检测。")
    page.locator("#id_deadline").fill((today() + timedelta(days=200)).strftime("%Y/%m/%d"))
    page.locator("#id_visibility").select_option("association")
    page.locator("#id_association").select_option(label="东西高新区联盟")
    choose(page, "review_zone", "西山", "西山高新区")
    page.locator("#id_metrics-0-name_zh").fill("支持晶圆直径")
    page.locator("#id_metrics-0-operator").select_option(">=")
    page.locator("#id_metrics-0-value").fill("200")
    page.locator("#id_metrics-0-unit").fill("mm")


def fits_the_screen(page: Page) -> bool:
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width <= 0


def log_out(page: Page) -> None:
    page.context.clear_cookies()


def grade(page: Page) -> None:
    """Bo finds on the first page what waits for him, and grades it."""
    page.get_by_role("link", name="待审核的需求").click()
    page.get_by_role("link", name="氮化镓外延片缺陷检测").first.click()
    for name in ("necessity", "clarity", "cooperation", "deidentification"):
        page.locator(f"#id_grade_{name}").select_option("4")
    assert fits_the_screen(page)
    page.get_by_role("button", name="提交审核结论").click()
    expect(page.get_by_text("审核结论已登记")).to_be_visible()


def test_ana_posts_a_need_bo_reviews_it_and_ana_reads_why_it_is_matched(
    world: World, worker: None, live_server: Any, page: Page
) -> None:
    for person in (world.ana, world.bo):
        person.set_password(PASSWORD)
        person.save()
    make_wafer_inspection(world, "外延片缺陷检测系统", diameter_mm=200)

    log_in(page, live_server.url, "ana")
    page.get_by_role("link", name="发布需求").first.click()
    fill_need(page)
    expect(page.locator(".office-quality")).to_contain_text("填写质量")
    assert fits_the_screen(page)
    page.get_by_role("button", name="保存并提交审核").click()
    expect(page.get_by_text("已提交").first).to_be_visible()
    address = page.url

    log_out(page)
    log_in(page, live_server.url, "bo")
    grade(page)

    log_out(page)
    log_in(page, live_server.url, "ana")
    page.goto(address.replace("/change/", "/matches/"))
    expect(page.get_by_role("heading", name="外延片缺陷检测系统")).to_be_visible(timeout=MATCHED_WITHIN_MS)
    expect(page.locator(".office-reason").first).to_contain_text("1项硬指标全部满足")
    expect(page.locator(".office-verdict").first).to_contain_text("满足")
    assert fits_the_screen(page)

    page.get_by_role("button", name="English").click()
    expect(page.locator(".office-reason").first).to_contain_text("must-metric is met")


def test_a_mistake_is_shown_on_its_field_and_what_was_typed_stays(world: World, live_server: Any, page: Page) -> None:
    world.ana.set_password(PASSWORD)
    world.ana.save()
    log_in(page, live_server.url, "ana")
    page.goto(f"{live_server.url}/office/matching/need/add/")
    fill_need(page)
    page.locator("#id_metrics-0-value").fill("很大")
    page.get_by_role("button", name="保存草稿").click()
    expect(page.get_by_text("请填写数字")).to_be_visible()
    expect(page.locator("#id_metrics-0-value")).to_have_value("很大")
    expect(page.locator("#id_title_zh")).to_have_value("氮化镓外延片缺陷检测")
