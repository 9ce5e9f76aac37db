"""Files of strangers: what is no table is refused with the remedy; nothing takes more memory or time than it may."""

import json
import time
from datetime import date
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter as column_letter

from tests.zones.importing.sheets import csv_text, far_workbook, repacked, saved, workbook
from zones.errors import InvalidInput
from zones.importing.files import Table, read_file
from zones.importing.parsing import limits

ROWS: list[list[Any]] = [["设备名称", "数量"], ["扫描电镜", 2]]
MEMORY_KILOBYTES = 300 * 1024
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def told(raw: bytes, *, sheet: str = "") -> str:
    with pytest.raises(InvalidInput) as caught:
        read_file(raw, sheet=sheet)
    return caught.value.errors["file"][0]


def bomb() -> bytes:
    return repacked(workbook(ROWS), xl__media__zeros_dot_bin=b"\0" * (60 << 20))


def lying_bomb() -> bytes:
    """A directory that states 1 KB for a sheet of 60 MB of blanks."""
    raw = bytearray(repacked(workbook(ROWS), xl__worksheets__sheet1_dot_xml=b" " * (60 << 20)))
    size = (60 << 20).to_bytes(4, "little")
    return bytes(raw).replace(size, (1024).to_bytes(4, "little"))


def test_a_workbook_becomes_rows_as_written() -> None:
    table = read_file(workbook([["名称", "日期", "原值"], [" 电镜 ", date(2024, 3, 5), 1.5], [None, 45356, 3]]))
    assert table.rows == [["名称", "日期", "原值"], [" 电镜 ", {"date": "2024-03-05"}, 1.5], [None, 45356, 3]]
    assert (table.format, table.sheet) == ("xlsx", "设备")
    assert 0 < table.peak_kilobytes < MEMORY_KILOBYTES


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_in_every_encoding_and_delimiter_in_use(encoding: str, delimiter: str) -> None:
    text = csv_text(ROWS).replace(",", delimiter)
    assert read_file(text.encode(encoding)).rows == [["设备名称", "数量"], ["扫描电镜", "2"]]


def test_a_file_is_what_it_holds_and_not_what_it_is_called() -> None:
    assert read_file(csv_text(ROWS).encode("gbk")).format == "csv"
    assert read_file(workbook(ROWS)).format == "xlsx"


def test_a_merged_cell_says_the_same_of_every_cell_it_covers() -> None:
    rows: list[list[Any]] = [["单位", "名称"], ["东方厂", "甲"], [None, "乙"], [None, "丙"]]
    assert [row[0] for row in read_file(workbook(rows, merged=["A2:A4"])).rows[1:]] == ["东方厂"] * 3


def test_formulas_without_a_result_and_errors_are_marked() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["名称", "原值", "数量"])
    sheet.append(["甲", "=B3*2", "#REF!"])
    sheet["C2"].data_type = "e"
    assert read_file(saved(book)).rows[1] == ["甲", {"unread": "formula"}, {"unread": "error"}]


def test_the_marks_stand_in_their_cells_however_long_the_sheet_is() -> None:
    rows = [["名称", "原值"], *([f"设备{number}" * 20, f"=A{number}"] for number in range(3_000))]
    read = read_file(workbook(rows)).rows
    assert all(row[1] == {"unread": "formula"} for row in read[1:])
    assert all(isinstance(row[0], str) for row in read)


def test_a_sheet_is_chosen_by_name_and_an_unknown_one_named() -> None:
    raw = workbook(ROWS, more={"实验室": [["实验室名称"], ["光学"]]})
    assert read_file(raw, sheet="实验室").rows[1] == ["光学"]
    assert "可选 设备、实验室" in told(raw, sheet="成果")


REFUSED = {
    "empty": (b"  \r\n", "空"),
    "a pdf": (b"%PDF-1.7 ...", "PDF"),
    "a page named xls": (b"<html><table><tr><td>1</td></tr></table></html>", "另存为 xlsx"),
    "macros": (repacked(workbook(ROWS), xl__vbaProject_dot_bin=b"x"), "不含宏"),
    "old macros": (OLE + "Workbook_VBA_PROJECT".encode("utf-16-le"), "不含宏"),
    "a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "an old Word file": (OLE + "WordDocument".encode("utf-16-le"), "不是表格"),
    "half a workbook": (workbook(ROWS)[:900], "损坏"),
    "a damaged archive": (b"PK\x03\x04", "损坏"),
    "no text": (bytes(range(128, 256)) * 40 + b"\xff", "编码"),
    "broken json": (b'[{"innerId": 1,]', "JSON"),
    "a repeated key": (b'[{"innerId": "1", "innerId": "2"}]', "duplicate key"),
    "a document type": (b'<!DOCTYPE a [<!ENTITY b "c">]><profile><x>&b;</x></profile>', "DTD"),
    "xml without profiles": (b"<a/>", "profile"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_table_is_refused_with_the_remedy(case: str) -> None:
    raw, words = REFUSED[case]
    assert words in told(raw)


def test_a_far_cell_is_named_at_once() -> None:
    started = time.monotonic()
    assert "XFD1048576" in told(far_workbook())
    assert time.monotonic() - started < 10


def test_a_bomb_is_refused_by_its_directory_and_a_lying_one_by_the_limits() -> None:
    assert "上限 200 MB" in told(bomb())
    assert told(lying_bomb())


def test_too_many_rows_columns_and_bytes_name_their_limit() -> None:
    assert "最多 10000 行" in told(csv_text([["名称"], *([n] for n in range(10_050))]).encode())
    assert "最多 200 列" in told(csv_text([range(300)]).encode())
    assert "20 MB" in told(b"a" * (limits.MAX_FILE_BYTES + 1))


def heavy_workbook() -> bytes:
    """Within every limit of the directory and the extent, and still more than the memory of the child."""
    cell = b'<c r="%b%d" t="inlineStr"><is><t>%d' + b"x" * 250 + b"</t></is></c>"
    letters = [column_letter(number).encode() for number in range(1, 59)]
    rows = (b"<row>" + b"".join(cell % (name, row, row) for name in letters) + b"</row>" for row in range(1, 10_001))
    sheet = b"<worksheet xmlns='%b'><sheetData>" % MAIN + b"".join(rows) + b"</sheetData></worksheet>"
    return repacked(workbook(ROWS), xl__worksheets__sheet1_dot_xml=sheet)


def test_what_needs_too_much_memory_ends_the_child_and_not_the_worker() -> None:
    assert "内存超过 300 MB" in told(heavy_workbook())


def test_a_long_table_stays_within_the_memory_it_may_use() -> None:
    rows = [[f"列{column}" for column in range(30)]] + [
        [f"值{row}-{column}" for column in range(30)] for row in range(5_000)
    ]
    table = read_file(workbook(rows))
    assert len(table.rows) == 5_001
    assert table.peak_kilobytes < MEMORY_KILOBYTES


def test_nrii_reports_become_a_table_titled_by_their_keys() -> None:
    records = [{"innerId": "A1", "cname": "电镜", "subject": ["430", "140"]}, {"innerId": "A2", "ename": "SEM"}]
    table = read_file(json.dumps({"insCode": "X", "instruType": 4, "instruData": json.dumps(records)}).encode())
    assert table.rows == [
        ["innerId", "cname", "subject", "ename"],
        ["A1", "电镜", "430；140", None],
        ["A2", None, None, "SEM"],
    ]
    assert read_file(json.dumps(records).encode()).rows == table.rows


def test_een_profiles_become_a_table_titled_by_their_paths() -> None:
    raw = b"""<profiles><profile><reference><external>UKTR20150103001</external></reference>
    <content><title>Sensor</title></content><keyword><naces><nace><label>C26</label></nace>
    <nace><label>C27</label></nace></naces></keyword></profile></profiles>"""
    table: Table = read_file(raw)
    assert table.rows == [
        ["reference/external", "content/title", "keyword/naces/nace/label"],
        ["UKTR20150103001", "Sensor", "C26；C27"],
    ]


def test_json_nested_without_end_is_refused() -> None:
    assert told(b'[{"a":' + b"[" * 40 + b"]" * 40 + b"}]")
    assert told(b"[" * 100_000)
