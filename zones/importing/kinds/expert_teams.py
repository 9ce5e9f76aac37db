"""Expert teams; persons are never named."""

from zones.choices import ResourceKind
from zones.importing import cells
from zones.importing.kinds.base import COMMON, Column, Kind

EXPERT_TEAM = Kind(
    name=ResourceKind.EXPERT_TEAM,
    columns=(*COMMON, Column("headcount", cells.whole), Column("focus_zh", cells.text)),
    row_types=frozenset({"team", "expert team", "专家团队", "团队"}),
)
