"""The English of the interface: complete, checked, with the placeholders of the Chinese, and compiled."""

import ast
import gettext
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import django
import pytest
from django.conf import settings
from django.core.validators import validate_slug
from django.db.models import Field as Model
from django.forms import Field
from django.utils.translation import override

LOCALES, OF_DJANGO = (Path(path) for path in settings.LOCALE_PATHS)
THEIRS = [Path(django.__file__).parent / place / "locale" for place in ("conf", "contrib/admin", "contrib/auth")]
PLACEHOLDER = re.compile(r"%\(\w+\)[#0\- +]*[\d.]*[a-zA-Z]|%%|%[sdrf]|\{\w*\}")
CHINESE = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
QUOTED = re.compile(r"“[^”]*”")
Key = str | tuple[str, int]


@dataclass(frozen=True)
class Entry:
    """One block of a .po file; a plural has two msgids and a form per msgstr; a context stands before its msgid."""

    msgids: tuple[str, ...]
    forms: tuple[str, ...]
    flags: frozenset[str] = field(default_factory=frozenset)


def catalogue(language: str, locales: Path = LOCALES) -> list[Entry]:
    text = (locales / language / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    return list(entries(text))


def entries(text: str) -> Iterator[Entry]:
    for block in text.strip().split("\n\n"):
        strings: list[tuple[str, str]] = []
        flags: set[str] = set()
        for line in block.splitlines():
            if line.startswith("#,"):
                flags |= {flag.strip() for flag in line[2:].split(",")}
            elif line.startswith('"'):
                keyword, before = strings.pop()
                strings.append((keyword, before + str(ast.literal_eval(line))))
            elif line.startswith("msg"):
                keyword, _, value = line.partition(" ")
                strings.append((keyword, str(ast.literal_eval(value))))
        context = "".join(f"{value}\x04" for keyword, value in strings if keyword == "msgctxt")
        msgids = tuple(context + value for keyword, value in strings if keyword.startswith("msgid"))
        forms = tuple(value for keyword, value in strings if keyword.startswith("msgstr"))
        yield Entry(msgids, forms, frozenset(flags))


def faults(entry: Entry) -> list[str]:
    """What is wrong with a translation, in words; nothing when it is in order."""
    found = ["fuzzy"] if "fuzzy" in entry.flags else []
    if not all(form.strip() for form in entry.forms):
        return [*found, "not translated"]
    asked = {tuple(sorted(PLACEHOLDER.findall(msgid))) for msgid in entry.msgids}
    if any(tuple(sorted(PLACEHOLDER.findall(form))) not in asked for form in entry.forms):
        found.append("other placeholders")
    return found


def english_faults(entry: Entry) -> list[str]:
    chinese = any(CHINESE.search(QUOTED.sub("", form)) for form in entry.forms)
    return faults(entry) + (["Chinese outside quotes"] if chinese else [])


def compiled(language: str, locales: Path = LOCALES) -> dict[Key, str]:
    with (locales / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        messages: dict[Key, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    return {key: text for key, text in messages.items() if key}


def expected(rows: list[Entry]) -> dict[Key, str]:
    """What msgfmt makes of the rows: an entry without a translation is left out."""
    found: dict[Key, str] = {}
    for entry in rows:
        if not entry.msgids[0] or not any(entry.forms):
            continue
        if len(entry.msgids) == 1:
            found[entry.msgids[0]] = entry.forms[0]
        else:
            found |= {(entry.msgids[0], number): form for number, form in enumerate(entry.forms)}
    return found


def test_the_english_is_complete_and_in_order() -> None:
    rows = [entry for entry in catalogue("en") if entry.msgids[0]]
    assert len(rows) >= 595
    wrong = {entry.msgids[0]: english_faults(entry) for entry in rows}
    assert {msgid: told for msgid, told in wrong.items() if told} == {}


def test_the_chinese_of_borrowed_strings_is_in_order() -> None:
    """Our own msgids are Chinese already; those of unfold are English and need a translation."""
    rows = [entry for entry in catalogue("zh_Hans") if entry.msgids[0] and not CHINESE.search(entry.msgids[0])]
    needing = [entry for entry in rows if re.search(r"[A-Za-z]{2}", PLACEHOLDER.sub("", entry.msgids[0]))]
    wrong = {entry.msgids[0]: faults(entry) for entry in needing}
    assert needing
    assert {msgid: told for msgid, told in wrong.items() if told} == {}


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_no_entry_is_fuzzy(language: str) -> None:
    assert [entry.msgids for entry in catalogue(language) if "fuzzy" in entry.flags] == []


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    assert compiled(language) == expected(catalogue(language))


def test_what_django_says_in_chinese_is_said_plainly_and_is_still_what_it_says() -> None:
    rows = [entry for entry in catalogue("zh_Hans", OF_DJANGO) if entry.msgids[0]]
    assert compiled("zh_Hans", OF_DJANGO) == expected(rows)
    said = {key if isinstance(key, str) else key[0] for place in THEIRS for key in compiled("zh_Hans", place)}
    assert [entry.msgids[0] for entry in rows if entry.msgids[0] not in said or faults(entry)] == []
    assert [entry.forms for entry in rows if re.search("字段|另一个|有效的|确保|该值", "".join(entry.forms))] == []


@pytest.mark.parametrize(
    ("message", "plain"),
    [
        (validate_slug.message, "只能用英文字母、数字、下划线和连字符：请更正，例如 output-2024。"),
        (Field.default_error_messages["required"], "请填写此项。"),
        (
            Model.default_error_messages["unique"],
            "已有%(field_label)s相同的%(model_name)s：请更正，或使用已有的那一条。",
        ),
    ],
)
def test_no_room_says_what_django_would(message: Any, plain: str) -> None:
    with override("zh-hans"):
        assert str(message) == plain


GOOD = Entry(("第 %(row)d 行：{name}",), ("Row %(row)d: {name}",))


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (replace(GOOD, forms=("",)), ["not translated"]),
        (replace(GOOD, flags=frozenset({"fuzzy"})), ["fuzzy"]),
        (replace(GOOD, forms=("Row %(line)d: {name}",)), ["other placeholders"]),
        (replace(GOOD, forms=("Row %(row)s: {name}",)), ["other placeholders"]),
        (replace(GOOD, forms=("Row %(row)d",)), ["other placeholders"]),
        (replace(GOOD, forms=("Row %(row)d 行: {name}",)), ["Chinese outside quotes"]),
        (replace(GOOD, forms=("Row %(row)d：{name}",)), ["Chinese outside quotes"]),
        (Entry(("%(n)s 条", "%(n)s 条"), ("%(n)s record", "")), ["not translated"]),
    ],
)
def test_a_broken_entry_is_told(broken: Entry, told: list[str]) -> None:
    assert english_faults(broken) == told


def test_a_sound_entry_passes_and_may_quote_chinese() -> None:
    assert english_faults(GOOD) == []
    assert english_faults(Entry(("请填写“是”。",), ("Enter “是” (yes).",))) == []


def test_a_text_changed_after_compiling_is_told() -> None:
    rows = catalogue("en")
    changed = [*rows[:-1], replace(rows[-1], forms=tuple(form + "!" for form in rows[-1].forms))]
    assert compiled("en") != expected(changed)


def test_the_reader_of_catalogues_joins_lines_and_sees_flags() -> None:
    text = '#, fuzzy, python-format\nmsgid ""\n"甲"\n"乙 %s"\nmsgstr ""\n"a\\n"\n"b %s"\n'
    assert list(entries(text)) == [Entry(("甲乙 %s",), ("a\nb %s",), frozenset({"fuzzy", "python-format"}))]
