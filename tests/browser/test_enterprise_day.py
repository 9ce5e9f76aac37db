"""A day of an enterprise, from nothing: it registers and is accepted, finds in Chinese and English the same instrument
of another zone, asks for its use, keeps the search, posts a need, and reads its match once the zone has reviewed it.
"""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import CHROMIUM, MATCHED_WITHIN_MS, give_password, grade, log_in, log_out, press
from tests.browser.test_portal import ask, is_in_order
from tests.browser.test_registering import come_in, fill
from tests.builders import make_capability, make_resource
from tests.conftest import World
from tests.matching.search.looking import follow
from zones.choices import ResourceKind
from zones.models import Resource
from zones.scoping import today

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]
CHINESE, ENGLISH = "氮化镓外延片缺陷检测", "GaN epi-wafer defect inspection"
INSTRUMENT = "氮化镓外延片缺陷检测系统"


@pytest.fixture
def instrument(world: World) -> Resource:
    """West's, for everybody to see, among others that have some of its words."""
    row = make_resource(
        organization=world.laboratory, kind=ResourceKind.EQUIPMENT, visibility="public", trl=9, name_zh=INSTRUMENT,
        name_en="GaN epi-wafer defect inspection system", description_zh="对氮化镓外延片作无损缺陷检测。",
        keywords=["氮化镓", "外延片", "缺陷检测"],
    )  # fmt: skip
    make_capability(row, key="wafer", name_zh="支持晶圆直径", low=150, high=200, unit="mm")
    for name in ("氮化镓器件封装线", "晶圆缺陷分类软件", "外延片清洗设备"):
        make_resource(organization=world.outside, visibility="public", name_zh=name)
    follow()
    return row


def register(page: Page, address: str) -> None:
    page.goto(f"{address}/register/")
    fill(page)
    press(page, "提交注册")
    expect(page.get_by_text("已提交东方高新区核验")).to_be_visible()
    log_out(page)


def accept(page: Page, address: str) -> None:
    log_in(page, address, "ana")
    page.get_by_role("link", name="单位注册待核验").click()
    page.get_by_role("link", name="东方新材料有限公司").click()
    page.once("dialog", lambda dialog: dialog.accept())
    press(page, "核验通过")
    expect(page.get_by_text("已成为该单位用户")).to_be_visible()
    log_out(page)


def found_first(page: Page, words: str) -> str:
    """The address of the first answer."""
    ask(page, words)
    address = page.locator(".card h3 a").first.get_attribute("href")
    assert address is not None
    return address.split("?")[0]


def keep_the_search(page: Page, address: str) -> None:
    page.goto(f"{address}/search/?q={CHINESE}")
    press(page, "保存此搜索")
    expect(page.get_by_role("link", name=CHINESE).first).to_be_visible()
    assert is_in_order(page)


def request_it(page: Page, address: str) -> None:
    page.goto(address)
    with page.expect_navigation():
        page.get_by_role("link", name="申请使用或服务").click()
    day = (today() + timedelta(days=14)).isoformat()
    for name, text in {"wished_from": day, "wished_to": day, "quantity": "20", "hours": "4"}.items():
        page.locator(f"#id_{name}").fill(text)
    page.locator("#id_purpose").fill("对20片氮化镓外延片作无损缺陷检测。")
    page.locator("#id_confirmed").check()
    assert is_in_order(page)
    press(page, "提交申请")
    expect(page.get_by_text("等待提供方答复")).to_be_visible()
    assert is_in_order(page)


def post_a_need(page: Page, address: str) -> None:
    page.goto(f"{address}/my/needs/new/")
    page.get_by_label("标题").fill(CHINESE)
    page.get_by_label("需求类型").select_option("testing_sharing")
    page.get_by_label("摘要").fill("需要对200毫米氮化镓外延片作无损缺陷检测。")
    page.locator("#id_metrics-0-name_zh").fill("支持晶圆直径")
    page.locator("#id_metrics-0-operator").select_option(">=")
    page.locator("#id_metrics-0-value").fill("200")
    page.locator("#id_metrics-0-unit").fill("mm")
    page.get_by_label("要求完成日").fill((today() + timedelta(days=200)).isoformat())
    page.get_by_label("可见范围").select_option("zone")
    page.get_by_label("本单位同意发布").check()
    press(page, "保存并提交审核")
    expect(page.get_by_text("等待所在园区审核")).to_be_visible()


def test_a_day_of_an_enterprise(world: World, instrument: Resource, worker: None, live_server: Any, page: Page) -> None:
    address = live_server.url
    give_password(world.ana)
    register(page, address)
    accept(page, address)
    come_in(page, address, "newcomer")

    page.goto(address)
    in_chinese = found_first(page, CHINESE)
    in_english = found_first(page, ENGLISH)
    assert in_chinese == in_english == f"/resources/{instrument.public_id}/"
    request_it(page, address + in_chinese)
    keep_the_search(page, address)
    post_a_need(page, address)
    need = page.url
    log_out(page)

    log_in(page, address, "ana")
    grade(page)
    log_out(page)

    come_in(page, address, "newcomer")
    page.goto(need)
    for _attempt in range(MATCHED_WITHIN_MS // 1_000):
        if page.get_by_role("heading", name=INSTRUMENT).count():
            break
        page.wait_for_timeout(1_000)
        page.reload()
    expect(page.get_by_role("heading", name=INSTRUMENT)).to_be_visible()
    assert is_in_order(page)
