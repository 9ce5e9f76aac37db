"""Research results on offer."""

from zones.choices import ResourceKind
from zones.importing import cells
from zones.importing.kinds.base import COMMON, Column, Kind

ACHIEVEMENT = Kind(
    name=ResourceKind.ACHIEVEMENT,
    columns=(*COMMON, Column("ip_status_zh", cells.text), Column("conversion_zh", cells.words)),
    row_types=frozenset({"achievement", "offer", "technology offer", "科技成果", "成果"}),
)
