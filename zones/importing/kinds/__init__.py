"""Kinds of import, by the name of what they bring in."""

from zones.importing.kinds.achievements import ACHIEVEMENT
from zones.importing.kinds.base import NOT_SAID, PSEUDO_FIELDS, Cells, Column, Kind, Values
from zones.importing.kinds.enclave_spaces import ENCLAVE_SPACE
from zones.importing.kinds.equipment import EQUIPMENT
from zones.importing.kinds.expert_teams import EXPERT_TEAM
from zones.importing.kinds.finance_products import FINANCE_PRODUCT
from zones.importing.kinds.laboratories import LABORATORY
from zones.importing.kinds.pilot_lines import PILOT_LINE
from zones.importing.kinds.services import SERVICE
from zones.importing.kinds.testbeds import TESTBED

__all__ = ["IMPORTABLE", "KINDS", "NOT_SAID", "PSEUDO_FIELDS", "Cells", "Column", "Kind", "Values"]

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        *(EQUIPMENT, LABORATORY, ACHIEVEMENT, EXPERT_TEAM, TESTBED, PILOT_LINE, FINANCE_PRODUCT, ENCLAVE_SPACE),
        SERVICE,
    )
}
"""Kinds of resources."""

IMPORTABLE: dict[str, Kind] = dict(KINDS)
"""All that a file may bring in: resources, and what floors above add (`zones.importing.importers.add_importer`)."""
