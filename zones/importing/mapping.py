"""Columns: which row is the header, and which title means which field, by what the zone said and by known titles.

Known titles are data (`data/reference/column_titles.csv`) beside the names of the fields in both languages.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import translation

from zones.importing.cells import FACTORS, Cell, as_written, is_blank
from zones.importing.kinds import IMPORTABLE, Kind
from zones.importing.tables import read_csv

HEADER_SEARCH = 15
TITLES_FILE = "column_titles.csv"
UNIT = re.compile(r"[(\[:/]?(万元|亿元|元|wan|yuan|cny|rmb)[)\]]?$")
REMARK = re.compile(r"\((?:必填|选填|required|optional)\)|[*:]")
SHORTEST = 2
SAMPLES = 3


class Meaning(NamedTuple):
    """A field and, for money, the unit the title names."""

    field: str
    unit: str = ""


class Title(NamedTuple):
    """One column of the file; `field` is "" where nothing of ours is meant, `samples` what its first cells say."""

    column: int
    title: str
    field: str
    unit: str
    samples: tuple[str, ...] = ()


class Header(NamedTuple):
    """Where the data begin (index of the first row below the header) and what the columns mean."""

    first_row: int
    titles: list[Title]


def find_header(rows: Sequence[Sequence[Cell]], kind: Kind, saved: Mapping[str, Any]) -> Header | None:
    """The row, or two rows below each other, in which most titles are known; None where no title is."""
    best: tuple[int, int, Header] | None = None
    for height in (1, 2):
        for index in range(min(HEADER_SEARCH, len(rows) - height + 1)):
            titles = _titles(rows[index : index + height], kind, saved)
            known = len({title.field for title in titles if title.field})
            if known and (best is None or known > best[0]):
                best = (known, height, Header(index + height, titles))
    return best[2] if best else None


def likely_header(rows: Sequence[Sequence[Cell]]) -> Header:
    """Where no title is known: the first of the rows that say most in words, for people to tell what each means."""
    searched = range(min(HEADER_SEARCH, len(rows)))
    index = max(searched, key=lambda at: (len(_words_of(rows[at])), -at), default=0)
    return Header(index + 1, [Title(column, written, "", "") for column, written in _words_of(rows[index])])


def with_samples(header: Header, rows: Sequence[Sequence[Cell]]) -> Header:
    """The header with what the first filled cells of each column say."""
    below = rows[header.first_row :]
    return header._replace(titles=[title._replace(samples=_samples(below, title.column)) for title in header.titles])


def _samples(rows: Sequence[Sequence[Cell]], column: int) -> tuple[str, ...]:
    written = (as_written(row[column]) for row in rows if column < len(row))
    return tuple(islice((text for text in written if text), SAMPLES))


def _words_of(row: Sequence[Cell]) -> list[tuple[int, str]]:
    return [(at, cell.strip()) for at, cell in enumerate(row) if isinstance(cell, str) and not is_blank(cell)]


def meaning_of(title: str, kind: Kind, saved: Mapping[str, Any]) -> Meaning | None:
    """What a title means: as the zone has said, else as it is known, else as it is known without its unit."""
    key, unit = split_unit(title)
    if said := saved.get(title_key(title)):
        return Meaning(said["field"], said.get("unit") or unit) if said.get("field") else None
    known = known_titles(kind.name)
    found = known.get(title_key(title)) or known.get(key)
    return found and Meaning(found.field, unit or found.unit)


def title_key(title: str) -> str:
    """Titles that look alike are alike: half-width, lower case, without blanks, marks and remarks."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", title)).lower()
    return REMARK.sub("", plain)


def split_unit(title: str) -> tuple[str, str]:
    """原值（万元） → (原值, 万元)."""
    key = title_key(title)
    found = UNIT.search(key)
    if not found or found.start() < SHORTEST:
        return key, ""
    return key[: found.start()], found[1] if found[1] in FACTORS else ""


@cache
def known_titles(kind: str) -> dict[str, Meaning]:
    """Every title known for a kind; what is said of the kind goes before what is said of all."""
    rows = read_csv(settings.REFERENCE_DIR / TITLES_FILE, columns=frozenset({"kind", "field", "unit", "titles"}))
    rows.sort(key=lambda row: row["kind"] != "")
    found: dict[str, Meaning] = {}
    for row in rows:
        if row["kind"] in ("", kind) and row["field"] in IMPORTABLE[kind].fields:
            found |= {title_key(title): Meaning(row["field"], row["unit"]) for title in row["titles"].split("|")}
    for column in IMPORTABLE[kind].columns:
        for language in ("zh-hans", "en"):
            with translation.override(language):
                title = IMPORTABLE[kind].title(column)
                key, unit = split_unit(title)
                found |= {key: Meaning(column.field), title_key(title): Meaning(column.field, unit)}
    return found


def _titles(rows: Sequence[Sequence[Cell]], kind: Kind, saved: Mapping[str, Any]) -> list[Title]:
    """One title per column: the lowest that says something. A field named twice is meant once, the first time."""
    titles: list[Title] = []
    taken: set[str] = set()
    for column in range(max(map(len, rows), default=0)):
        said = [row[column] for row in rows if column < len(row) and isinstance(row[column], str)]
        written = next((cell.strip() for cell in reversed(said) if not is_blank(cell)), "")
        meaning = meaning_of(written, kind, saved) if written else None
        if meaning and (meaning.field not in taken or meaning.field in kind.joined):
            taken.add(meaning.field)
            titles.append(Title(column, written, *meaning))
        elif written:
            titles.append(Title(column, written, "", ""))
    return titles
