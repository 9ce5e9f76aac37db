"""Equipment: instruments counted in 台 or 套; a 套 counts 1 and its parts, rows of their own, count 0."""

from zones.choices import ResourceKind
from zones.importing import cells
from zones.importing.kinds.base import COMMON, PARENT, Cells, Column, Kind, Values

UNITS = ("套", "台")


def finish(values: Values, row: Cells) -> Values:
    """A count such as 2套 names the unit where no column does."""
    written = str(row.get("quantity", ""))
    unit = next((unit for unit in UNITS if written.strip().endswith(unit)), "")
    return values | {"unit": unit} if unit and "unit" not in values else values


EQUIPMENT = Kind(
    name=ResourceKind.EQUIPMENT,
    columns=(
        *COMMON,
        Column("manufacturer", cells.text),
        Column("model", cells.text),
        Column("quantity", cells.whole),
        Column("unit", cells.text),
        Column("counts_as", cells.whole),
        Column("original_value", cells.amount),
        Column("commissioned_on", cells.day),
        Column("laboratory", cells.text),
        PARENT,
    ),
    row_types=frozenset({"equipment", "仪器设备", "设备", "仪器"}),
    finish=finish,
)
