"""Open data: every figure that can be published, of every place and year, as rows; small numbers left out so that they
cannot be computed from the others.
"""

from collections.abc import Iterator
from typing import Any, Final

from django.utils.translation import override

from figures.boards import Board
from figures.cells import Cell
from figures.definitions.base import Definition
from figures.definitions.registry import all_definitions
from figures.scopes import NATION
from figures.services.rollups import Key, every_key
from figures.units import plain
from zones.models import Association, Region, RegionGroup, Zone
from zones.scoping import VISITOR

COLUMNS: Final = (
    "figure", "version", "milestone", "scope_kind", "scope", "scope_name_zh", "scope_name_en", "year", "value", "unit",
    "is_hidden", "as_of", "is_unfinished", "has_samples",
)  # fmt: skip
"""`is_unfinished`: of a year that is not over, up to `as_of`."""
KINDS: Final = (NATION, "region", "group", "association", "zone")
Row = dict[str, Any]


def open_keys() -> list[Key]:
    """Figures of places; those of pairs of places are not among them."""
    return [key for key in every_key() if set(KINDS[1:]).intersection(all_definitions()[key[0]].scopes)]


def keys_of(figure: str) -> list[Key]:
    """The milestones of one figure; none where it is not open."""
    return [key for key in open_keys() if key[0] == figure]


def board_of(keys: list[Key], *, samples: bool) -> Board:
    """As anybody is told."""
    return Board(keys, principal=VISITOR, samples=samples)


def rows_of(board: Board) -> Iterator[Row]:
    """One row for each figure, place and year; `value` is empty where it is not told."""
    names = place_names()
    for key in board.keys:
        definition = all_definitions()[key[0]]
        for place, (zh, en) in names.items():
            kind = place.partition(":")[0]
            if kind in definition.scopes:
                for year in board.years:
                    cell = board.cell(key, place, year)
                    yield _row(board, key, definition, place, kind, cell) | {
                        "scope_name_zh": zh, "scope_name_en": en, "year": year,
                        "is_unfinished": not board.is_over(year),
                    }  # fmt: skip


def _row(board: Board, key: Key, definition: Definition, place: str, kind: str, cell: Cell | None) -> Row:
    return {
        "figure": key[0], "version": definition.version, "milestone": key[1], "scope_kind": kind, "scope": place,
        "value": None if cell is None else plain(cell.amount), "unit": definition.unit.key, "is_hidden": cell is None,
        "as_of": board.as_of.isoformat(), "has_samples": board.samples,
    }  # fmt: skip


def place_names() -> dict[str, tuple[str, str]]:
    """Every place by its code, from the whole to its parts: its names in Chinese and English."""
    groups = {f"group:{row.slug}": (row.name_zh, row.name_en) for row in RegionGroup.objects.order_by("pk")}
    regions = {f"region:{row.code}": (row.name_zh, row.name_en) for row in Region.objects.order_by("code")}
    associations = {f"association:{row.slug}": (row.name_zh, row.name_en) for row in Association.objects.order_by("pk")}
    zones = {f"zone:{row.slug}": (row.short_zh, row.name_en) for row in Zone.objects.order_by("slug")}
    return {NATION: ("全国", "nation"), **groups, **associations, **regions, **zones}


def definitions_json(keys: list[Key]) -> list[dict[str, Any]]:
    """What each figure counts, in both languages."""
    found = []
    for figure in dict.fromkeys(figure for figure, _ in keys):
        one = all_definitions()[figure]
        told: dict[str, Any] = {
            "figure": one.id, "version": one.version, "unit": one.unit.key, "kind": "stock" if one.is_stock else "flow",
            "milestones": list(one.milestones), "scopes": [kind for kind in KINDS if kind in one.scopes],
            "small_numbers_hidden": one.is_sensitive,
        }  # fmt: skip
        for language, suffix in (("zh-hans", "zh"), ("en", "en")):
            with override(language):
                told |= {f"title_{suffix}": one.name, f"rule_{suffix}": str(one.rule)}
        found.append(told)
    return found
