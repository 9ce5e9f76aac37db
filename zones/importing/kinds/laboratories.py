"""Laboratories."""

from zones.choices import ResourceKind
from zones.importing import cells
from zones.importing.kinds.base import COMMON, Column, Kind

LABORATORY = Kind(
    name=ResourceKind.LABORATORY,
    columns=(*COMMON, Column("is_public", cells.yes_no), Column("level_zh", cells.text)),
    row_types=frozenset({"facility", "laboratory", "实验室"}),
)
