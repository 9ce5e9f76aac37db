"""Pilot production lines."""

from zones.choices import ResourceKind
from zones.importing import cells
from zones.importing.kinds.base import COMMON, Column, Kind

PILOT_LINE = Kind(
    name=ResourceKind.PILOT_LINE,
    columns=(*COMMON, Column("quantity", cells.whole), Column("unit", cells.text)),
    row_types=frozenset({"pilot line", "pilot_line", "中试线", "中试平台", "中试"}),
)
