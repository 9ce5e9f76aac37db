"""`import_data` and `export_data`: a dry run by default, exit codes, both languages."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.conftest import World
from tests.zones.importing.sheets import csv_text
from zones.models import Resource

OWNER = "东方微电子有限公司"
GOOD = [["设备编号", "设备名称", "权属单位", "数量"], ["E-1", "电镜", OWNER, 2]]


def run(*arguments: Any) -> tuple[int, str]:
    """Exit code and output."""
    out = io.StringIO()
    try:
        call_command(*(str(argument) for argument in arguments), stdout=out)
    except SystemExit as stop:
        return int(stop.code or 0), out.getvalue()
    except CommandError as error:
        return error.returncode, str(error)
    return 0, out.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "设备.csv"
    path.write_text(csv_text(GOOD), encoding="gbk")
    return path


def test_a_dry_run_writes_nothing_and_commit_writes_all(world: World, file: Path) -> None:
    arguments = ("import_data", file, "--kind", "equipment", "--zone", "east", "--json")
    code, printed = run(*arguments)
    answer = json.loads(printed)
    assert (code, answer["state"], answer["counts"]) == (0, "staged", {"new": 1})
    assert not Resource.plain.exists()
    code, printed = run(*arguments, "--commit")
    assert (code, json.loads(printed)["state"]) == (0, "applied")
    assert Resource.plain.get().name_zh == "电镜"


def test_wrong_rows_are_told_by_cell_in_both_languages_with_exit_code_1(world: World, file: Path) -> None:
    file.write_text(csv_text([GOOD[0], ["E-1", "电镜", OWNER, "若干"]]))
    code, printed = run("import_data", file, "--kind", "equipment", "--zone", "east", "--commit")
    assert code == 1
    assert "D2  数量  “若干”不是整数" in printed
    assert "is no whole number" in printed
    assert not Resource.plain.exists()


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        (("--zone", "nowhere"), "nowhere"),
        (("--zone", "east", "--user", "nobody"), "no such user"),
        (("--zone", "east", "--user", "bo"), "没有在该园区"),
        (("--zone", "east", "--user", "bo"), " / You may not post"),
        (("--zone", "east", "--user", "cy", "--commit"), "没有在该园区"),
        (("--zone", "east", "--organization", "西山光学实验室"), "no such organization"),
        (("--zone", "east", "--sheet", "x"), ""),
    ],
)
def test_what_cannot_be_used_is_named_with_exit_code_2(
    world: World, file: Path, extra: tuple[str, ...], words: str
) -> None:
    code, printed = run("import_data", file, "--kind", "equipment", *extra)
    assert (code, words in printed) == ((0 if "--sheet" in extra else 2), True)
    assert not Resource.plain.exists()


def test_what_the_file_has_no_column_for_is_said_once_and_all_else_by_cell_and_column(world: World, file: Path) -> None:
    rows = [
        ["设备编号", "设备名称", "数量"],
        *([f"E-{number}", "电镜", "若干" if number == 7 else 2] for number in range(40)),
    ]
    file.write_text(csv_text(rows))
    code, printed = run("import_data", file, "--kind", "equipment", "--zone", "east")
    lines = printed.splitlines()
    assert code == 1
    assert lines[0].endswith("仪器设备 / Instrument and equipment  待确认 / To be confirmed")
    assert lines[1].split(maxsplit=1) == ["40", "有错误 / Error"]
    assert lines[2] == (
        "第 2–41 行共 40 行 / 40 rows, 2 to 41  权属单位 / Owner  未填写：请补充。 / Blank: fill it in."
    )
    assert lines[3].startswith("C9  数量  “若干”不是整数")
    assert len(lines) == 4


@pytest.mark.parametrize(
    "content",
    [
        "说明\n".encode() + "这是一段普通文字，没有表头。\n".encode() * 190,
        "这是一段普通文字。\n".encode() * 190,
        bytes(range(256)) * 40,
        b"\x7fELF\x02" + bytes(range(1, 256)) * 40,
    ],
)
def test_prose_and_binaries_are_refused_by_one_sentence_in_both_languages(
    world: World, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    code, printed = run("import_data", path, "--kind", "equipment", "--zone", "east")
    assert code == 2
    assert len(printed.splitlines()) == 1
    chinese, _mark, english = printed.partition(" / ")
    assert chinese.endswith("。")
    assert english.isascii() or "“" in english


def test_a_file_that_is_no_table_has_exit_code_2(world: World, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"%PDF-1.7")
    code, printed = run("import_data", path, "--kind", "equipment", "--zone", "east")
    assert (code, "PDF" in printed) == (2, True)
    assert run("import_data", tmp_path / "none.csv", "--kind", "equipment", "--zone", "east")[0] == 2


@pytest.mark.parametrize("command", ["import_data", "export_data"])
def test_both_commands_explain_themselves(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        call_command(command, "--help")
    assert stop.value.code == 0
    assert " / " in capsys.readouterr().out


def test_what_was_exported_is_imported_unchanged(world: World, file: Path, tmp_path: Path) -> None:
    run("import_data", file, "--kind", "equipment", "--zone", "east", "--user", "ana", "--commit")
    out = tmp_path / "out.xlsx"
    assert run("export_data", out, "--kind", "equipment", "--zone", "east", "--user", "ana")[0] == 0
    printed = run("import_data", out, "--kind", "equipment", "--zone", "east", "--json")[1]
    assert json.loads(printed)["counts"] == {"unchanged": 1}
    assert run("export_data", out, "--kind", "achievement", "--zone", "east", "--format", "nrii")[0] == 2
