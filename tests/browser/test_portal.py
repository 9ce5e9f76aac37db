"""Enterprises' pages in a real browser: ask in Chinese and English, narrow, read; by keyboard too, and accessible."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import CHROMIUM, PASSWORD, fits_the_screen, give_password, press
from tests.builders import make_capability, make_resource
from tests.conftest import World
from tests.matching.search.looking import follow
from zones.choices import ResourceKind
from zones.scoping import today

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]
AXE = (Path(__file__).parent / "vendor" / "axe" / "axe.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def faults(page: Page) -> list[str]:
    """What axe finds that is serious or critical."""
    page.evaluate(AXE)
    found = page.evaluate("(tags) => axe.run({ runOnly: tags })", RULES)
    return [
        f"{one['id']} {node['target']}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def twice(page: Page) -> list[str]:
    """Ids that more than one element has: one of them was not meant to be there."""
    ids: list[str] = page.evaluate("Array.from(document.querySelectorAll('[id]'), (one) => one.id)")
    return sorted({one for one in ids if ids.count(one) > 1})


def is_in_order(page: Page) -> bool:
    assert faults(page) == []
    assert twice(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page) == []
    page.emulate_media(color_scheme="light")
    return fits_the_screen(page)


@pytest.fixture
def instruments(world: World) -> World:
    """Enough to turn a page, and the one instrument that both questions mean."""
    row = make_resource(
        organization=world.laboratory, kind=ResourceKind.EQUIPMENT, visibility="public", trl=9,
        name_zh="氮化镓外延片缺陷检测系统", name_en="GaN epi-wafer defect inspection system",
        description_zh="对氮化镓外延片作无损缺陷检测。", description_en="Inspection of defects on GaN epi-wafers.",
    )  # fmt: skip
    make_capability(row, name_zh="支持晶圆直径", low=150, high=200, unit="mm")
    for number in range(24):
        make_resource(
            organization=world.outside, kind=ResourceKind.SERVICE, visibility="public", name_zh=f"检测服务{number:02}"
        )
    follow()
    return world


def ask(page: Page, words: str) -> None:
    box = page.locator(".box-words")
    box.fill(words)
    with page.expect_navigation():
        box.press("Enter")


def unfold(page: Page) -> None:
    """On a phone the filters are folded."""
    fold = page.locator(".facets-fold > summary")
    if fold.is_visible() and page.locator(".facets-fold[open]").count() == 0:
        fold.click()


def test_an_enterprise_finds_the_same_instrument_in_chinese_and_english(
    instruments: World, live_server: Any, page: Page
) -> None:
    page.goto(live_server.url)
    assert is_in_order(page)
    ask(page, "氮化镓外延片缺陷检测")
    first = page.locator(".card h3 a").first
    expect(first).to_have_text("氮化镓外延片缺陷检测系统")
    expect(page.locator(".card-why").first).to_contain_text("符合")
    assert is_in_order(page)

    with page.expect_navigation():
        page.get_by_role("button", name="English").click()
    ask(page, "GaN epi-wafer defect inspection")
    expect(page.locator(".card h3 a").first).to_have_text("GaN epi-wafer defect inspection system")
    with page.expect_navigation():
        page.locator(".card h3 a").first.click()
    expect(page.get_by_role("heading", name="How to use it")).to_be_visible()
    expect(page.get_by_role("cell", name="150–200 mm")).to_be_visible()
    assert is_in_order(page)


def test_filters_change_the_answer_in_place_and_the_address_follows(
    instruments: World, live_server: Any, page: Page
) -> None:
    page.goto(f"{live_server.url}/search/?q=检测")
    page.evaluate("window.before = true")
    unfold(page)
    page.locator("#kind-service").click()
    expect(page.locator(".chip").first).to_contain_text("科技服务")
    expect(page.locator("#told")).to_have_text("找到 24 条")
    assert "kind=service" in page.url
    page.get_by_role("link", name="下一页").click()
    expect(page.locator(".pager [aria-current]")).to_have_text("2")
    assert is_in_order(page)
    page.locator(".chip").first.click()
    expect(page.locator("#total")).to_have_text("找到 25 条")
    page.go_back()
    expect(page.locator(".pager [aria-current]")).to_have_text("2")
    assert page.evaluate("window.before") is True


def test_suggestions_are_taken_by_keyboard(instruments: World, live_server: Any, page: Page) -> None:
    page.goto(f"{live_server.url}/about/")
    box = page.locator(".box-words")
    box.press_sequentially("氮化镓外", delay=20)
    option = page.get_by_role("option").first
    expect(option).to_contain_text("氮化镓外延片缺陷检测系统")
    assert faults(page) == []
    box.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    with page.expect_navigation():
        box.press("Enter")
    expect(page.locator(".card h3 a").first).to_have_text("氮化镓外延片缺陷检测系统")


def test_mistakes_and_empty_answers_are_pages_too(instruments: World, live_server: Any, page: Page) -> None:
    page.goto(f"{live_server.url}/search/?q=氮化镓&trl=1")
    expect(page.get_by_role("heading", name="没有找到")).to_be_visible()
    assert is_in_order(page)
    page.goto(f"{live_server.url}/search/?colour=red")
    expect(page.get_by_text("没有参数 colour")).to_be_visible()
    assert is_in_order(page)
    for path in ("/zones/west/", "/associations/alliance/", f"/organizations/{instruments.laboratory.public_id}/"):
        page.goto(live_server.url + path)
        assert is_in_order(page)


def test_without_scripts_a_search_is_narrowed_and_turned(instruments: World, live_server: Any, page: Page) -> None:
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_context(java_script_enabled=False, locale="zh-CN", viewport=page.viewport_size).new_page()
    plain.goto(live_server.url)
    plain.locator(".box-words").fill("检测")
    plain.get_by_role("button", name="检索").click()
    plain.locator("#kind-service").click()
    expect(plain.locator("#total")).to_have_text("找到 24 条")
    plain.get_by_role("link", name="下一页").click()
    expect(plain.locator(".pager [aria-current]")).to_have_text("2")


def test_a_member_posts_as_a_need_what_was_not_found(instruments: World, live_server: Any, page: Page) -> None:
    give_password(instruments.eve)
    page.goto(f"{live_server.url}/search/?q=氮化镓器件辐照试验")
    page.get_by_role("link", name="发布为需求").click()
    assert is_in_order(page)
    page.get_by_label("用户名").fill("eve")
    page.get_by_label("密码").fill(PASSWORD)
    press(page, "登录")
    expect(page.get_by_label("标题")).to_have_value("氮化镓器件辐照试验")
    page.get_by_label("需求类型").select_option("testing_sharing")
    page.get_by_label("摘要").fill("需要对氮化镓器件作重离子辐照试验。")
    page.locator("#id_metrics-0-name_zh").fill("注量率")
    page.locator("#id_metrics-0-value").fill("很大")
    page.get_by_label("要求完成日").fill((today() + timedelta(days=200)).isoformat())
    page.get_by_label("可见范围").select_option("zone")
    page.get_by_label("本单位同意发布").check()
    press(page, "保存并提交审核")
    expect(page.get_by_text("请填写数字").first).to_be_visible()
    assert is_in_order(page)
    page.locator("#id_metrics-0-value").fill("10000")
    press(page, "保存并提交审核")
    expect(page.get_by_text("等待所在园区审核")).to_be_visible()
    assert is_in_order(page)
    page.get_by_role("link", name="我的需求与资源").first.click()
    expect(page.get_by_role("link", name="氮化镓器件辐照试验")).to_be_visible()
    assert is_in_order(page)


def test_a_theme_is_chosen_and_stays(instruments: World, live_server: Any, page: Page) -> None:
    page.goto(f"{live_server.url}/about/")
    with page.expect_navigation():
        page.get_by_role("button", name="深色").click()
    expect(page.get_by_role("button", name="深色")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(16, 23, 30)"
    assert faults(page) == []
