"""Resources: publish, change, retire; parts, capabilities, details and grants are written with their resource."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zones.choices import ResourceKind, ResourceStatus
from zones.errors import InvalidInput, listed
from zones.models import DETAIL_MODELS, Capability, Resource, ResourceExclusion, ResourcePart, SharingGrant
from zones.models.base import ScopedModel
from zones.scoping import Principal
from zones.services.base import (
    check_units,
    clean_values,
    editable_or_error,
    expect_version,
    must_be_editable,
    save_next_version,
    tell,
    validated,
)
from zones.services.children import replace_all_children, replace_children
from zones.services.codes import check_codes, unknown_codes

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ResourceParts:
    """Everything that hangs on a resource; None leaves a list as it is, a list replaces it."""

    details: Values | None = None
    parts: Sequence[Values] | None = None
    capabilities: Sequence[Values] | None = None
    grants: Sequence[Values] | None = None
    exclusions: Sequence[Values] | None = None


NO_PARTS = ResourceParts()
CHILDREN: dict[str, type[ScopedModel]] = {
    "parts": ResourcePart, "capabilities": Capability, "grants": SharingGrant, "exclusions": ResourceExclusion
}  # fmt: skip
"""Each list of `ResourceParts` with the table that holds its rows."""


WITHOUT_PARTS = frozenset({ResourceKind.ACHIEVEMENT, ResourceKind.FINANCE_PRODUCT, ResourceKind.ENCLAVE_SPACE})
"""Kinds that are no place where instruments stand: they are not asked for, and shown only where one has some."""


@transaction.atomic
def publish_resource(principal: Principal, *, with_parts: ResourceParts = NO_PARTS, **values: Any) -> Resource:
    """Create a resource in a zone or organization of the principal. Raises InvalidInput, NotAllowed; stores
    nothing by halves.
    """
    resource = Resource(**_prepared(values))
    owner_sits_in_zone(resource)
    validated(resource).save()
    must_be_editable(resource, principal)
    DETAIL_MODELS[resource.kind].objects.unscoped(reason="the row of a resource just made").create(resource=resource)
    _write_parts(resource, with_parts)
    tell(resource, "resource.published")
    return resource


@transaction.atomic
def update_resource(
    principal: Principal, *, resource_id: int, version: int | None, with_parts: ResourceParts = NO_PARTS, **values: Any
) -> Resource:
    """Change a resource the principal may edit. Raises Conflict when it changed since `version` was read."""
    resource = editable_or_error(Resource, principal, pk=resource_id)
    expect_version(resource, version)
    for name, value in _prepared(values).items():
        setattr(resource, name, value)
    owner_sits_in_zone(resource)
    save_next_version(validated(resource))
    must_be_editable(resource, principal)
    _write_parts(resource, with_parts)
    tell(resource, "resource.updated")
    return resource


def retire_resource(principal: Principal, *, resource_id: int, version: int | None) -> Resource:
    """Take a resource off offer; matches with it disappear for others at once and from the next run for all."""
    return update_resource(principal, resource_id=resource_id, version=version, status=ResourceStatus.RETIRED)


def confirm_resource(principal: Principal, *, resource_id: int, version: int | None, confirmed_on: date) -> Resource:
    """Record that somebody checked the entry on that day: freshness is part of the score."""
    return update_resource(principal, resource_id=resource_id, version=version, confirmed_on=confirmed_on)


def _prepared(values: Values) -> Values:
    cleaned = clean_values(values)
    check_codes(cleaned)
    return cleaned


def owner_sits_in_zone(resource: Resource) -> None:
    owner_zone = resource.organization.zone_id if resource.organization_id else None
    if owner_zone is not None and owner_zone != resource.zone_id:
        raise InvalidInput.single("organization", _("权属单位不在该高新区：请选择本园区的单位，或更正所在高新区。"))


def _write_parts(resource: Resource, parts: ResourceParts) -> None:
    check_parts(parts)
    if parts.details is not None:
        _write_details(resource, parts.details)
    for name, model in CHILDREN.items():
        if (rows := getattr(parts, name)) is not None:
            replace_children(resource, model, foreign_key="resource", rows=rows)


def write_all_children(families: Sequence[tuple[Resource, ResourceParts]]) -> None:
    """The lists of many resources the caller has checked, table by table."""
    for name, model in CHILDREN.items():
        listed = [(resource, rows) for resource, parts in families if (rows := getattr(parts, name)) is not None]
        if listed:
            replace_all_children(listed, model, foreign_key="resource")


def check_parts(parts: ResourceParts) -> None:
    """What the rows' columns alone cannot say: units somebody knows and codes that are in their table."""
    check_units(parts.capabilities or (), model=Capability)
    check_part_codes(parts.parts or ())


def _write_details(resource: Resource, details: Values) -> None:
    model = DETAIL_MODELS[resource.kind]
    row = model.objects.unscoped(reason="the resource was checked").get(resource=resource)
    for name, value in clean_values(details).items():
        setattr(row, name, value)
    validated(row).save()


def check_part_codes(rows: Iterable[Values]) -> None:
    """Raises InvalidInput naming the codes no table of instruments has."""
    if unknown := unknown_codes("equipment", [row["equipment_code"] for row in rows if row.get("equipment_code")]):
        raise InvalidInput.single("parts", _("未知仪器设备分类：%(codes)s。") % {"codes": listed(unknown)})
