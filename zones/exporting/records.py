"""Records as files write them: rows by `.visible_to`, fields by their class, names only of what is visible itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from ledger.classification import FieldClass, field_class
from zones.choices import ResourceKind
from zones.importing.importers import IMPORTERS
from zones.importing.kinds import KINDS, Kind, Values
from zones.importing.known import Existing, read_records
from zones.models import DETAIL_MODELS, Organization, Resource, ResourcePart, Zone
from zones.scoping import Principal, read_whole


@dataclass(frozen=True, slots=True)
class Exported:
    """One record: values in the form of a file, its version, its zone, and whether the asker reads it whole."""

    version: int
    values: Values
    is_whole: bool
    zone: str


def exportable(principal: Principal, rows: "QuerySet[Any]", *, kind: str) -> "QuerySet[Any]":
    """Those of some visible rows that a file is made of, in the order of their entry."""
    return IMPORTERS[kind].offered(principal, rows)


def export_records(principal: Principal, rows: "QuerySet[Any]", *, kind: str) -> Iterator[Exported]:
    """Exportable ones of some rows the asker may see."""
    wanted = exportable(principal, rows, kind=kind)
    return _resources(principal, wanted, kind) if kind in KINDS else _own(principal, wanted, kind)


def _own(principal: Principal, wanted: "QuerySet[Any]", kind: str) -> Iterator[Exported]:
    """Records of which only those who read them whole get a file."""
    zones = dict(wanted.values_list("pk", "zone__name_zh"))
    for record in IMPORTERS[kind].read(principal, wanted):
        yield Exported(record.version, record.values, is_whole=True, zone=zones[record.id])


def _resources(principal: Principal, wanted: "QuerySet[Resource]", kind: str) -> Iterator[Exported]:
    whole = set(wanted.filter(read_whole(Resource, principal)).values_list("pk", flat=True))
    names = _Names(principal, wanted)
    hidden = _scoped(KINDS[kind])
    for record in read_records(principal, wanted, KINDS[kind]):
        is_whole = record.id in whole
        values = names.put_into(_readable(record, is_whole, hidden), record.id)
        yield Exported(record.version, values, is_whole, names.zone_of(record.id))


def _scoped(kind: Kind) -> frozenset[str]:
    """Fields only the owning side reads."""
    models = (Resource, DETAIL_MODELS[kind.name])
    return frozenset(name for name in kind.fields for model in models if field_class(model, name) is FieldClass.SCOPED)


def _readable(record: Existing, is_whole: bool, hidden: frozenset[str]) -> Values:
    if is_whole:
        return dict(record.values)
    values = {name: value for name, value in record.values.items() if name not in hidden}
    if "parts" in values:
        values["parts"] = [_readable_part(part) for part in values["parts"]]
    return values


def _readable_part(part: Values) -> Values:
    return {name: value for name, value in part.items() if field_class(ResourcePart, name) is FieldClass.PUBLIC}


class _Names:
    """Names of owners and laboratories the asker may see, and of zones; a hidden one leaves a blank."""

    def __init__(self, principal: Principal, rows: "QuerySet[Resource]") -> None:
        owners = Organization.objects.visible_to(principal).values("pk")
        self._owned = frozenset(rows.filter(organization__in=owners).values_list("pk", flat=True))
        zones = {zone.pk: str(zone) for zone in Zone.objects.all()}
        self._zones = {pk: zones[zone] for pk, zone in rows.values_list("pk", "zone_id")}
        laboratories = Resource.objects.visible_to(principal).filter(kind=ResourceKind.LABORATORY)
        houses = laboratories.filter(zone__in=set(rows.order_by().values_list("zone_id", flat=True)))
        self._laboratories = dict(houses.values_list("pk", "name_zh"))

    def zone_of(self, pk: int) -> str:
        return self._zones.get(pk, "")

    def put_into(self, values: Values, pk: int) -> Values:
        if pk not in self._owned:
            values["organization"] = ""
        if "laboratory" in values:
            values["laboratory"] = self._laboratories.get(values["laboratory"], "")
        return values
