"""Files people send: GBK and a byte-order mark are read, what is no text is refused by name with the remedy."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from ledger.audit import acting
from zones.errors import InvalidInput
from zones.importing.tables import read_csv, read_json_lines
from zones.models import Code, Crosswalk, Region
from zones.scoping import SYSTEM
from zones.services.codes import update_code

TEXT = "code,name\nA1,氮化镓𠮷\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_read_in_the_encodings_people_use(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "codes.csv"
    file.write_bytes(TEXT.encode(encoding))
    assert read_csv(file, columns=frozenset({"code", "name"})) == [{"code": "A1", "name": "氮化镓𠮷"}]


def test_a_table_in_plain_gbk_is_read(tmp_path: Path) -> None:
    file = tmp_path / "codes.csv"
    file.write_bytes("code,name\r\nA1,氮化镓\r\n".encode("gbk"))
    assert read_csv(file) == [{"code": "A1", "name": "氮化镓"}]


BAD = {
    "utf-16": (TEXT.encode("utf-16"), "CSV UTF-8"),
    "nul": (b"code,name\nA1,a\x00b\n", "CSV UTF-8"),
    "lone surrogate": (b"code,name\nA1,\xed\xa0\x80\xff\n", "CSV UTF-8"),
    "no column": (b"code\nA1\n", "name"),
    "too many cells": (b"code,name\nA1,a,b\n", "2"),
}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("case", BAD)
def test_a_bad_table_is_refused_by_name_in_both_languages(tmp_path: Path, case: str, language: str) -> None:
    content, words = BAD[case]
    file = tmp_path / "codes.csv"
    file.write_bytes(content)
    with override(language), pytest.raises(InvalidInput) as error:
        read_csv(file, columns=frozenset({"code", "name"}))
    (message,) = error.value.errors["file"]
    assert "codes.csv" in message
    assert words in message
    assert ("请" in message or "缺少" in message) is (language == "zh-hans")


def test_a_bad_line_of_json_is_named(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text('{"a": 1}\n{"a": \n')
    with pytest.raises(InvalidInput, match=r"x\.jsonl.*2"):
        list(read_json_lines(file))


def test_a_folder_with_one_bad_table_loads_nothing(db: None, tmp_path: Path, settings: Any) -> None:
    source = Path(settings.REFERENCE_DIR)
    for file in source.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "memberships.csv").write_bytes("坏".encode("utf-16"))
    with pytest.raises(CommandError, match="memberships"):
        call_command("load_reference", folder=tmp_path)
    assert not Region.objects.exists()
    assert not Code.objects.exists()


def test_what_a_person_has_edited_is_kept_and_said(db: None, settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_reference")
    edited, other = Code.objects.filter(scheme="industry").order_by("code")[:2]
    with acting("back office", user_id=7):
        update_code(SYSTEM, code_id=edited.pk, version=None, name_zh="改过的名称")
    with acting("a command"):
        update_code(SYSTEM, code_id=other.pk, version=None, name_zh="别的名称")
    capsys.readouterr()
    call_command("load_reference")
    told = capsys.readouterr().out
    for code in (edited, other):
        code.refresh_from_db()
    assert (edited.name_zh, other.name_zh == "别的名称") == ("改过的名称", False)
    assert f"kept as they are: industry/{edited.code}\n" in told


def test_a_crosswalk_taken_away_by_hand_stays_away(db: None) -> None:
    call_command("load_reference")
    pair = Crosswalk.objects.filter(scheme="industry")[:1].get()
    code = Code.objects.get(scheme="industry", code=pair.source)
    with acting("back office", user_id=7):
        update_code(SYSTEM, code_id=code.pk, version=None, crosswalks=[])
    call_command("load_reference")
    assert not Crosswalk.objects.filter(scheme="industry", source=pair.source).exists()
