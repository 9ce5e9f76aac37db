"""A working day of Ana, from her first page: bring a catalogue in, mend two rows, post a need, have Bo review it, read
its matches, put the best on the shortlist, print the report.
"""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import (
    CHROMIUM,
    MATCHED_WITHIN_MS,
    fill_need,
    fits_the_screen,
    give_password,
    grade,
    log_in,
    log_out,
    press,
)
from tests.conftest import World
from tests.matching.conftest import make_wafer_inspection
from tests.zones.importing.sheets import workbook
from zones.models import Resource

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Debian's chromium is not installed"),
]
TITLES = ["设备编号", "设备名称", "权属单位", "原值（万元）"]
OWNER = "东方微电子有限公司"
FAULTY: list[list[Any]] = [
    TITLES,
    ["E-1", "扫描电镜", OWNER, "很贵"],
    ["E-2", "光谱仪", OWNER, "12万元"],
    ["E-3", "", OWNER, 8],
]
MENDED: list[list[Any]] = [
    TITLES,
    ["E-1", "扫描电镜", OWNER, 350],
    ["E-2", "光谱仪", OWNER, "12万元"],
    ["E-3", "台阶仪", OWNER, 8],
]


def upload(page: Page, folder: Path, rows: list[list[Any]]) -> None:
    """From wherever a file can be chosen."""
    file = folder / "设备目录.xlsx"
    file.write_bytes(workbook(rows))
    page.locator("#id_kind").select_option("equipment")
    page.locator("#id_file").set_input_files(file)
    press(page, "上传并核对")


def bring_in_the_catalogue(page: Page, address: str, folder: Path) -> None:
    page.goto(f"{address}/office/zones/importjob/add/")
    upload(page, folder, FAULTY)
    expect(page.get_by_text("有 2 行需要更正")).to_be_visible(timeout=MATCHED_WITHIN_MS)
    assert fits_the_screen(page)
    page.get_by_role("link", name="重新上传").first.click()
    upload(page, folder, MENDED)
    expect(page.get_by_text("将写入 3 行")).to_be_visible(timeout=MATCHED_WITHIN_MS)
    page.on("dialog", lambda dialog: dialog.accept())
    press(page, "写入")
    expect(page.get_by_role("heading", name="回执")).to_be_visible(timeout=MATCHED_WITHIN_MS)
    assert fits_the_screen(page)


def shortlist_the_best(page: Page) -> None:
    best = page.locator(".office-match").first
    best.get_by_text("列入入围").click()
    press(page, "确认入围")
    expect(page.locator(".office-tag-shortlist").first).to_be_visible()
    assert fits_the_screen(page)


def test_a_working_day(world: World, worker: None, live_server: Any, page: Page, tmp_path: Path) -> None:
    give_password(world.ana, world.bo)
    make_wafer_inspection(world, "外延片缺陷检测系统", diameter_mm=200)

    log_in(page, live_server.url, "ana")
    bring_in_the_catalogue(page, live_server.url, tmp_path)
    assert Resource.plain.filter(zone=world.east, external_id__startswith="E-").count() == 3

    page.goto(f"{live_server.url}/office/")
    page.get_by_role("link", name="发布需求").first.click()
    fill_need(page)
    press(page, "保存并提交审核")
    expect(page.get_by_text("已提交").first).to_be_visible()
    need = page.url

    log_out(page)
    log_in(page, live_server.url, "bo")
    grade(page)

    log_out(page)
    log_in(page, live_server.url, "ana")
    matches = need.replace("/change/", "/matches/")
    page.goto(matches)
    expect(page.get_by_role("heading", name="外延片缺陷检测系统")).to_be_visible(timeout=MATCHED_WITHIN_MS)
    shortlist_the_best(page)

    for kind in ("pdf", "docx"):
        report = page.request.get(need.replace("/change/", f"/report.{kind}"))
        assert (report.status, len(report.body()) > 5_000) == (200, True), kind
