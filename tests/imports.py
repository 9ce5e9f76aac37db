"""Builders of imports."""

from typing import Any

from tests.builders import plain_create
from zones.choices import ImportKind, ImportState
from zones.models import ImportFile, ImportJob, Zone


def make_import_job(zone: Zone, *, name: str = "设备.xlsx", **fields: Any) -> ImportJob:
    """A job as it stands after reading, without rows."""
    file = plain_create(ImportFile, {"zone": zone, "name": name, "size": 1, "sha256": "0" * 64, "content": b"x"})
    values = {"zone": zone, "file": file, "kind": ImportKind.EQUIPMENT, "state": ImportState.STAGED}
    return plain_create(ImportJob, values | fields)
