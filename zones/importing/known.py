"""What the zone has already, read once for a whole file: only what the principal may change in that one zone.

Another zone's records are never asked for, so a file that names them cannot learn whether they exist.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from zones.choices import ResourceKind, ResourceStatus
from zones.importing.kinds import Kind, Values
from zones.models import DETAIL_MODELS, Organization, OrganizationAlias, Resource, ResourcePart, Zone
from zones.scoping import Principal

PART_FIELDS = ("name_zh", "manufacturer", "model", "quantity", "unit", "counts_as", "equipment_code", "original_value")


@dataclass(frozen=True, slots=True)
class Existing:
    """A record as a file would write it."""

    id: int
    version: int
    is_retired: bool
    values: Values


@dataclass(slots=True)
class Known:
    """Records of one kind in one zone, by external number and by (owner, name)."""

    by_id: dict[str, Existing] = field(default_factory=dict)
    by_name: dict[tuple[str, str], Existing] = field(default_factory=dict)
    other_ids: frozenset[str] = frozenset()
    laboratories: dict[str, int] = field(default_factory=dict)
    organizations: frozenset[str] = frozenset()
    aliases: dict[str, str] = field(default_factory=dict)

    def owner(self, name: str) -> str:
        """What the zone calls an organization; a file may use another of its names."""
        return name if name in self.organizations else self.aliases.get(name, name)

    def of(self, values: Values) -> Existing | None:
        """The record a row means: by its number, else by owner and name."""
        if found := self.by_id.get(values.get("external_id", "")):
            return found
        return self.by_name.get((values["organization"], values["name_zh"]))


def read_known(principal: Principal, zone: Zone, kind: Kind) -> Known:
    known = Known()
    rows = Resource.objects.editable_by(principal).filter(zone=zone)
    for existing in read_records(principal, rows.filter(kind=kind.name), kind):
        if number := existing.values["external_id"]:
            known.by_id[number] = existing
        known.by_name[existing.values["organization"], existing.values["name_zh"]] = existing
    known.other_ids = frozenset(
        rows.exclude(kind=kind.name).exclude(external_id="").values_list("external_id", flat=True)
    )
    laboratories = rows.filter(kind=ResourceKind.LABORATORY).values_list("pk", "name_zh", "external_id")
    known.laboratories = {name: pk for pk, *names in laboratories for name in names if name}
    read_owners(known, principal, zone)
    return known


def read_owners(known: Known, principal: Principal, zone: Zone) -> None:
    """What the zone's organizations are called."""
    owners = Organization.objects.editable_by(principal).filter(zone=zone)
    known.organizations = frozenset(owners.values_list("name_zh", flat=True))
    aliases = OrganizationAlias.objects.filter(organization__in=owners.values("pk")).order_by("-pk")
    known.aliases = dict(aliases.values_list("name", "organization__name_zh"))


def read_records(principal: Principal, rows: "QuerySet[Resource]", kind: Kind) -> list[Existing]:
    """Resources of one kind, in their order, as a file writes them; `rows` were asked for by one of the two doors."""
    own, detail = _columns(kind)
    details = DETAIL_MODELS[kind.name].objects.visible_to(principal).filter(resource__in=rows.order_by())
    details_of = {row.pop("resource_id"): row for row in details.values("resource_id", *detail)}
    parts = _parts(principal, rows.order_by()) if kind.has_parts else {}
    found = rows.values("pk", "version", "status", "organization__name_zh", *own)
    return [_existing(row | details_of[row["pk"]], parts.get(row["pk"], []), kind) for row in found]


def plain(value: Any) -> Any:
    """A value of a table as a row of a file carries it."""
    match value:
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
    return value


def _columns(kind: Kind) -> tuple[list[str], list[str]]:
    """Columns of the resource and of its details."""
    own = {column.name for column in Resource._meta.concrete_fields}
    detail = [name for name in kind.stored if name not in own]
    if "laboratory" in kind.fields:
        detail.append("laboratory_id")
    return [name for name in kind.stored if name in own], detail


def _existing(row: Values, parts: list[Values], kind: Kind) -> Existing:
    pk, version, status = row.pop("pk"), row.pop("version"), row.pop("status")
    values = {name: plain(value) for name, value in row.items()}
    values["organization"] = values.pop("organization__name_zh")
    if "laboratory_id" in values:
        values["laboratory"] = values.pop("laboratory_id")
    if kind.has_parts:
        values["parts"] = parts
    return Existing(pk, version, status == ResourceStatus.RETIRED, values)


def _parts(principal: Principal, rows: "QuerySet[Resource]") -> dict[int, list[Values]]:
    parts: dict[int, list[Values]] = {}
    found = ResourcePart.objects.visible_to(principal).filter(resource__in=rows).order_by("resource", "position")
    for row in found.values("resource_id", *PART_FIELDS):
        parts.setdefault(row.pop("resource_id"), []).append({name: plain(value) for name, value in row.items()})
    return parts
