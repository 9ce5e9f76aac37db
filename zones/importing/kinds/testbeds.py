"""Proving grounds for future industries."""

from zones.choices import ResourceKind
from zones.importing import cells
from zones.importing.kinds.base import COMMON, Column, Kind

TESTBED = Kind(
    name=ResourceKind.TESTBED,
    columns=(*COMMON, Column("track_zh", cells.text)),
    row_types=frozenset({"testbed", "试验场", "未来产业试验场"}),
)
