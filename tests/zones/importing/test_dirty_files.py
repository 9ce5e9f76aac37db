"""The twenty dirty files people send: each cell gets the right value or the right message, and nothing is written."""

import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.utils.translation import override

from tests.builders import make_code, make_resource
from tests.conftest import World
from tests.zones.importing.conftest import applied, rows_of, staged, told
from tests.zones.importing.sheets import csv_text, repacked, workbook
from zones.errors import InvalidInput
from zones.importing.files import refusal
from zones.importing.sentences import SENTENCES, both_languages
from zones.models import EquipmentDetail, Resource

OWNER = "东方微电子有限公司"
TITLES = ["设备编号", "设备名称", "权属单位"]


def values_of(world: World, content: bytes, row: int = 0, **fields: Any) -> dict[str, Any]:
    job = staged(world, content, **fields)
    assert job.message == ""
    values: dict[str, Any] = rows_of(job)[row].values
    return values


def column(world: World, title: str, *cells: Any) -> dict[str, list[str]]:
    """Messages of a file with one column besides the names."""
    rows = [[*TITLES, title], *([f"E-{number}", f"设备{number}", OWNER, cell] for number, cell in enumerate(cells))]
    before = Resource.plain.count()
    job = staged(world, workbook(rows))
    assert job.state == "staged", job.message
    assert Resource.plain.count() == before
    return told(job)


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8-sig"])
def test_1_2_3_chinese_csv_in_every_encoding(world: World, encoding: str) -> None:
    content = csv_text([TITLES, ["E-1", "扫描电镜", OWNER]]).encode(encoding)
    assert values_of(world, content, name="设备.csv")["name_zh"] == "扫描电镜"


def test_4_full_width_digits_are_numbers_and_ids(world: World) -> None:
    values = values_of(
        world, workbook([[*TITLES, "数量", "原值（元）"], ["Ｅ－１", "电镜", OWNER, "２ 台", "１２，０００．５"]])
    )
    assert (values["external_id"], values["quantity"], values["original_value"]) == ("E-1", 2, "12000.50")
    assert values["unit"] == "台"


def test_5_a_title_line_and_merged_headers_in_two_rows(world: World) -> None:
    rows = [
        ["东方高新区仪器设备目录（2025年）", None, None, None, None],
        ["设备编号", "设备名称", "权属单位", "制造信息", None],
        [None, None, None, "制造商", "型号"],
        ["E-1", "电镜", OWNER, "日立", "S-4800"],
        ["合计", None, None, None, None],
    ]
    content = workbook(rows, merged=["A1:E1", "A2:A3", "B2:B3", "C2:C3", "D2:E2"])
    job = staged(world, content)
    assert [(row.number, row.values["manufacturer"], row.values["model"]) for row in rows_of(job)] == [
        (4, "日立", "S-4800")
    ]


def test_6_wan_and_yuan_mixed_in_one_column(world: World) -> None:
    cells = [35, "35万元", "350,000元", "￥350000.00元", "0.0035亿元"]
    rows = [[*TITLES, "原值(万元)"], *([f"E-{n}", f"设备{n}", OWNER, cell] for n, cell in enumerate(cells))]
    found = [row.values["original_value"] for row in rows_of(staged(world, workbook(rows)))]
    assert found == ["350000.00"] * 5


def test_7_money_without_any_unit_is_not_guessed(world: World) -> None:
    found = column(world, "原值", 35, "35万元", "约三十万", -1)
    assert found == {"D2": ["no_unit"], "D4": ["not_an_amount"], "D5": ["no_unit"]}
    assert column(world, "原值（元）", -1) == {"D2": ["out_of_range"]}


def test_8_days_as_serials_as_text_and_as_dates(world: World) -> None:
    cells = [date(2024, 3, 5), 45356, "45356", "2024年3月5日", "２０２４/3/5", "2024.03.05", "20240305", "2024-03-05"]
    rows = [[*TITLES, "启用日期"], *([f"E-{n}", f"设备{n}", OWNER, cell] for n, cell in enumerate(cells))]
    found = {row.values["commissioned_on"] for row in rows_of(staged(world, workbook(rows)))}
    assert found == {"2024-03-05"}


def test_9_days_that_are_none(world: World) -> None:
    found = column(world, "启用日期", "2024年3月", "2024-02-30", "去年", "24.3.5", 3, "2019")
    assert found == {
        "D2": ["no_day"], "D3": ["not_a_date"], "D4": ["not_a_date"], "D5": ["not_a_date"], "D6": ["not_a_date"],
        "D7": ["no_day"],
    }  # fmt: skip


def test_10_ids_and_names_repeated_in_the_file(world: World) -> None:
    rows = [TITLES, ["E-1", "甲", OWNER], ["E-1", "乙", OWNER], ["E-3", "甲", OWNER]]
    job = staged(world, workbook(rows))
    assert told(job) == {"A3": ["repeated_id"], "B4": ["repeated_name"]}
    assert rows_of(job)[1].messages[0]["params"] == {"row": 2}


def test_10_two_rows_that_mean_one_record_by_its_number_and_by_its_name(world: World) -> None:
    applied(world, workbook([TITLES, ["E-1", "甲", OWNER]]))
    job = staged(world, workbook([TITLES, ["E-1", "乙", OWNER], [None, "甲", OWNER]]))
    assert told(job) == {"B3": ["same_record"]}
    assert job.counts == {"changed": 1, "error": 1}


def test_11_parts_before_and_after_their_set_and_parts_of_nothing(world: World) -> None:
    rows = [
        [*TITLES, "单位", "所属设备编号"],
        ["P-1", "电源", None, "台", "S-1"],
        ["S-1", "成套设备", OWNER, "套", None],
        ["P-2", "真空泵", None, "台", "S-1"],
        ["P-3", "零件", None, "个", "P-2"],
        ["P-4", "零件", None, "个", "S-9"],
    ]
    assert told(staged(world, workbook(rows))) == {"E5": ["parent_is_part"], "E6": ["unknown_parent"]}
    applied(world, workbook(rows[:4]))
    parts = Resource.plain.get().parts.values_list("name_zh", "counts_as", "position")
    assert list(parts) == [("电源", 0, 1), ("真空泵", 0, 2)]


def test_12_formulas_and_errors(world: World) -> None:
    found = column(world, "数量", "=1+1", "'=1", 2)
    assert found == {"D2": ["formula"], "D3": ["not_whole"]}
    content = csv_text([[*TITLES, "数量"], ["E-1", "=HYPERLINK(1)", OWNER, "=1+1"]]).encode()
    assert told(staged(world, content)) == {"B2": ["formula_text"], "D2": ["formula_text"]}


def test_13_units_that_stand_in_the_cell(world: World) -> None:
    rows = [[*TITLES, "数量", "响应周期"], ["E-1", "电镜", OWNER, "3套", "5个工作日"]]
    values = values_of(world, workbook(rows))
    assert (values["quantity"], values["unit"], values["lead_time_days"]) == (3, "套", 5)
    assert column(world, "数量", "若干", 1.5, "两台") == {
        "D2": ["not_whole"], "D3": ["not_whole"], "D4": ["not_whole"],
    }  # fmt: skip


def test_14_codes_by_code_by_name_and_by_the_class_above(world: World) -> None:
    make_code("equipment", "03", name_zh="计量仪器", name_en="Metrology")
    make_code("equipment", "0301", name_zh="长度计量", name_en="Length")
    rows = [[*TITLES, "仪器分类"], ["E-1", "干涉仪", OWNER, "030122、计量仪器，length"], ["E-2", "镜", OWNER, "X9"]]
    job = staged(world, workbook(rows))
    assert rows_of(job)[0].values["equipment_codes"] == ["0301", "03"]
    assert told(job) == {"D3": ["unknown_code"]}


def test_15_choices_by_label_in_either_language(world: World) -> None:
    rows = [
        [*TITLES, "可见范围"],
        ["E-1", "甲", OWNER, "本园区"],
        ["E-2", "乙", OWNER, "Public"],
        ["E-3", "丙", OWNER, "都行"],
    ]
    job = staged(world, workbook(rows))
    assert [row.values.get("visibility") for row in rows_of(job)] == ["zone", "public", None]
    assert told(job) == {"D4": ["unknown_choice"]}
    (message,) = rows_of(job)[2].messages
    said = both_languages(message["code"], message["params"])
    assert "本园区、" in said["zh"]
    assert "、" not in said["en"]
    assert "Public" in said["en"]


def test_15_sheets_are_named_in_the_language_of_the_reader() -> None:
    with override("en"):
        assert str(refusal("unknown_sheet", sheet="x", sheets=["甲", "乙"])).endswith("choose one of 甲, 乙.")


def test_16_texts_too_long_or_with_control_characters(world: World) -> None:
    content = csv_text(
        [TITLES, ["E-1", "长" * 81, OWNER], ["E-2", "坏\x07字", OWNER], ["E-3", " 　好\u00a0名 ", OWNER]]
    )
    job = staged(world, content.encode())
    assert told(job) == {"B2": ["too_long"], "B3": ["control_character"]}
    assert rows_of(job)[2].values["name_zh"] == "好 名"


def test_17_a_vertical_merge_names_the_owner_of_every_row(world: World) -> None:
    rows = [TITLES, ["E-1", "甲", OWNER], ["E-2", "乙", None], ["E-3", "丙", None]]
    job = staged(world, workbook(rows, merged=["C2:C4"]))
    assert {row.values["organization"] for row in rows_of(job)} == {OWNER}


def test_18_nothing_that_looks_like_a_header(world: World) -> None:
    job = staged(world, workbook([["甲", "乙"], [1, 2]]))
    assert (job.state, "没有认出表头" in job.message) == ("refused", True)
    empty = staged(world, workbook([TITLES]))
    assert "没有可导入的行" in empty.message


def test_19_a_csv_named_xlsx_is_read_as_what_it_is(world: World) -> None:
    content = csv_text([TITLES, ["E-1", "甲", OWNER]]).encode("gbk")
    assert values_of(world, content, name="设备.xlsx")["external_id"] == "E-1"


def test_20_missing_owner_is_asked_for_or_taken_from_the_job(world: World) -> None:
    content = workbook([["设备编号", "设备名称"], ["E-1", "甲"]])
    assert told(staged(world, content)) == {"row 2": ["required"]}
    assert values_of(world, content, organization=world.enterprise)["organization"] == OWNER


def test_ids_and_names_the_zone_uses_otherwise_are_conflicts(world: World) -> None:
    make_resource(name_zh="光学室", zone=world.east, organization=world.enterprise, external_id="L-1")
    make_resource(kind="equipment", name_zh="电镜", zone=world.east, organization=world.enterprise, external_id="E-9")
    job = staged(world, workbook([TITLES, ["L-1", "甲", OWNER], ["E-1", "电镜", OWNER]]))
    assert told(job) == {"A2": ["id_in_use"], "B3": ["name_in_use"]}
    assert job.counts == {"conflict": 2}


def test_an_edited_export_of_an_old_version_is_a_conflict(world: World) -> None:
    make_resource(kind="equipment", name_zh="电镜", zone=world.east, organization=world.enterprise, version=5)
    rows: list[list[Any]] = [["设备名称", "权属单位", "型号", "版本"], ["电镜", OWNER, "S", 3]]
    assert told(staged(world, workbook(rows))) == {"D2": ["changed_since"]}
    rows[1][3] = 5
    assert staged(world, workbook(rows)).counts == {"changed": 1}


def test_a_blank_cell_empties_an_optional_field_and_a_missing_column_leaves_it(world: World) -> None:
    titles = [*TITLES, "型号", "数量"]
    applied(world, workbook([titles, ["E-1", "电镜", OWNER, "S-4800", 3]]))
    applied(world, workbook([TITLES, ["E-1", "电镜", OWNER]]))
    assert EquipmentDetail.plain.values_list("model", "quantity").get() == ("S-4800", 3)
    applied(world, workbook([titles, ["E-1", "电镜", OWNER, None, None]]))
    assert EquipmentDetail.plain.values_list("model", "quantity").get() == ("", 3)


NOT_STAGED = {
    "empty": (b" \r\n ", "文件是空的"),
    "header only": (workbook([TITLES]), "没有可导入的行"),
    "300 columns": (workbook([[*TITLES, *(f"列{n}" for n in range(297))], ["E-1", "电镜", OWNER]]), "最多 200 列"),
    "a null character": (csv_text([TITLES, ["E-1", "电\x00镜", OWNER]]).encode(), "NUL"),
    "a quote never closed": (
        csv_text([TITLES, ["E-1", "电镜", OWNER], ["E-2", '"光谱', OWNER]]).encode(),
        "第 3 行的引号",
    ),
    "text behind a quote": (csv_text([TITLES, ["E-1", '"电镜"2', OWNER]]).encode(), "第 2 行的引号"),
}


@pytest.mark.parametrize("case", NOT_STAGED)
def test_what_cannot_be_staged_says_why_and_writes_nothing(world: World, case: str) -> None:
    content, words = NOT_STAGED[case]
    try:
        job = staged(world, content, name="设备.csv")
        told_of, state = job.message, job.state
        assert rows_of(job) == []
    except InvalidInput as error:
        told_of, state = str(error), "refused"
    assert (words in told_of, state) == (True, "refused"), told_of
    assert not Resource.plain.exists()


def test_utf_16_as_excel_saves_unicode_text(world: World) -> None:
    content = csv_text([TITLES, ["E-1", "扫描电镜", OWNER]]).replace(",", "\t").encode("utf-16")
    assert values_of(world, content, name="设备.txt")["name_zh"] == "扫描电镜"


def test_an_inch_mark_within_a_cell_is_no_quote(world: World) -> None:
    content = csv_text([TITLES, ["E-1", '8" 刻蚀机', OWNER]]).encode()
    assert values_of(world, content, name="设备.csv")["name_zh"] == '8" 刻蚀机'


def test_every_message_speaks_both_languages() -> None:
    params = dict.fromkeys(("text", "zone", "choices", "low", "high", "state", "kind", "unit"), "x") | dict.fromkeys(
        ("length", "limit", "row", "ours", "theirs", "count"), 1
    )
    for code in SENTENCES:
        said = both_languages(code, params)
        assert said["zh"] != said["en"]


def test_a_workbook_with_a_hidden_sheet_shows_the_visible_one(world: World) -> None:
    raw = workbook([["隐藏"]], sheet="旧", more={"新": [TITLES, ["E-1", "甲", OWNER]]})
    book = zipfile.ZipFile(BytesIO(raw)).read("xl/workbook.xml").decode()
    hidden = book.replace('state="visible"', 'state="hidden"', 1)
    content = repacked(raw, xl__workbook_dot_xml=hidden.encode())
    assert values_of(world, content)["external_id"] == "E-1"
