"""Premises of enclaves."""

from zones.choices import ResourceKind
from zones.importing import cells
from zones.importing.kinds.base import COMMON, Column, Kind

ENCLAVE_SPACE = Kind(
    name=ResourceKind.ENCLAVE_SPACE,
    columns=(*COMMON, Column("area_m2", cells.whole), Column("sharing_terms_zh", cells.text)),
    row_types=frozenset({"enclave space", "enclave_space", "飞地", "飞地空间"}),
)
