"""Loans, funds and guarantees."""

from zones.choices import ResourceKind
from zones.importing import cells
from zones.importing.kinds.base import COMMON, Column, Kind

FINANCE_PRODUCT = Kind(
    name=ResourceKind.FINANCE_PRODUCT,
    columns=(
        *COMMON,
        Column("instrument_zh", cells.text),
        Column("amount_min", cells.amount),
        Column("amount_max", cells.amount),
    ),
    row_types=frozenset({"finance product", "finance_product", "金融产品", "科技金融", "基金"}),
)
