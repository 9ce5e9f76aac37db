"""Services such as certification, simulation and metrology."""

from zones.choices import ResourceKind
from zones.importing import cells
from zones.importing.kinds.base import COMMON, Column, Kind

SERVICE = Kind(
    name=ResourceKind.SERVICE,
    columns=(*COMMON, Column("standards_zh", cells.text)),
    row_types=frozenset({"service", "服务", "技术服务"}),
)
