"""The column in which a file says whose a row is: a file comes into one zone, and a row of another is no row of its."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from django.utils import translation
from django.utils.translation import gettext as _

from zones.choices import Verdict
from zones.importing.cells import Cell, as_written
from zones.importing.mapping import Header, Title, title_key
from zones.importing.verdicts import Judged
from zones.models import Zone

FIELD: Final = "kept_zone"
"""What messages call the column; no field of a record."""
SPELLINGS: Final = ("所在高新区", "所属高新区", "登记的高新区", "高新区名称")
SHORTEST: Final = 2


def is_zone_column(title: Title) -> bool:
    """Whether a column that fills no field says which zone a row is of, as the files made here do."""
    return not title.field and title_key(title.title) in _keys()


def other_zones_blamed(
    zone: Zone, rows: Sequence[Sequence[Cell]], header: Header, judged: list[Judged]
) -> list[Judged]:
    """Rows that name another zone than the file's are in error, at the cell that does."""
    title = next(filter(is_zone_column, header.titles), None)
    return judged if title is None else list(_blamed(zone, rows, title, judged))


def _blamed(zone: Zone, rows: Sequence[Sequence[Cell]], title: Title, judged: list[Judged]) -> Iterator[Judged]:
    zones = {name: row.pk for row in Zone.objects.all() for name in _names(row)}
    ours = [name for name, key in zones.items() if key == zone.pk]
    for one in judged:
        cells = rows[one.row.number - 1]
        written = as_written(cells[title.column]) if title.column < len(cells) else ""
        if not written or _is_ours(_plain(written), zone, zones, ours):
            yield one
            continue
        one.row.columns = one.row.columns | {FIELD: title}
        one.row.written[FIELD] = written
        one.row.blame("other_zone", FIELD, text=written[:40], zone={"zh-hans": [zone.short_zh], "en": [zone.name_en]})
        yield replace(one, verdict=Verdict.ERROR)


def _is_ours(written: str, zone: Zone, zones: dict[str, int], ours: list[str]) -> bool:
    """By any of its names, or by a part of one or more than one; what is another's whole name is the other's."""
    if written in zones:
        return zones[written] == zone.pk
    return any(name in written or (len(written) >= SHORTEST and written in name) for name in ours)


def _names(zone: Zone) -> set[str]:
    return {_plain(name) for name in (zone.slug, zone.short_zh, zone.name_zh, zone.name_en, *zone.aliases) if name}


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).lower()


def _keys() -> set[str]:
    """As exports title it in either language, and as people do."""
    found = {title_key(spelling) for spelling in SPELLINGS}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            found.add(title_key(_("高新区")))
    return found
