"""Resources as files write them: rows by `.visible_to`, fields by their class, names only of what is visible itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from ledger.classification import FieldClass, field_class
from zones.choices import ResourceKind, ResourceStatus
from zones.importing.kinds import KINDS, Kind, Values
from zones.importing.known import Existing, read_records
from zones.models import DETAIL_MODELS, Organization, Resource, ResourcePart, Zone
from zones.scoping import Principal, read_whole


@dataclass(frozen=True, slots=True)
class Exported:
    """One resource: values in the form of a file, its version, and whether the asker reads it whole."""

    version: int
    values: Values
    is_whole: bool


def export_records(principal: Principal, *, zone: Zone, kind: str) -> Iterator[Exported]:
    """Resources of a zone that are on offer, in the order of their entry."""
    rows = Resource.objects.visible_to(principal).filter(zone=zone, kind=kind).exclude(status=ResourceStatus.RETIRED)
    whole = set(rows.filter(read_whole(Resource, principal)).values_list("pk", flat=True))
    names = _Names(principal, zone)
    hidden = _scoped(KINDS[kind])
    for record in read_records(principal, rows.order_by("pk"), KINDS[kind]):
        is_whole = record.id in whole
        yield Exported(record.version, names.put_into(_readable(record, is_whole, hidden)), is_whole)


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
    """Names of owners and laboratories the asker may see; a hidden one leaves a blank."""

    def __init__(self, principal: Principal, zone: Zone) -> None:
        owners = Organization.objects.visible_to(principal).filter(zone=zone)
        self._owners = frozenset(owners.values_list("name_zh", flat=True))
        rows = Resource.objects.visible_to(principal).filter(zone=zone, kind=ResourceKind.LABORATORY)
        self._laboratories = dict(rows.values_list("pk", "name_zh"))

    def put_into(self, values: Values) -> Values:
        if values["organization"] not in self._owners:
            values["organization"] = ""
        if "laboratory" in values:
            values["laboratory"] = self._laboratories.get(values["laboratory"], "")
        return values
