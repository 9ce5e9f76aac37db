"""Files people send: GBK and a byte-order mark are read, what is no text is refused by name with the remedy."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from zones.errors import InvalidInput
from zones.importing.tables import read_csv, read_json_lines
from zones.models import Code, Region

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
