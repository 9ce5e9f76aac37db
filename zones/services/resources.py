"""Resources: publish, change, retire; parts, capabilities, details and grants are written with their resource."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from zones.choices import ResourceStatus
from zones.errors import InvalidInput
from zones.models import DETAIL_MODELS, Capability, Resource, ResourceExclusion, ResourcePart, SharingGrant
from zones.scoping import Principal
from zones.services.base import (
    check_units,
    clean_values,
    editable_or_error,
    expect_version,
    must_be_editable,
    replace_children,
    save_next_version,
    tell,
    validated,
)
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


@transaction.atomic
def publish_resource(principal: Principal, *, with_parts: ResourceParts = NO_PARTS, **values: Any) -> Resource:
    """Create a resource in a zone or organization of the principal. Raises InvalidInput, NotAllowed; stores
    nothing by halves.
    """
    resource = Resource(**_prepared(values))
    _owner_sits_in_zone(resource)
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
    _owner_sits_in_zone(resource)
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


def _owner_sits_in_zone(resource: Resource) -> None:
    owner_zone = resource.organization.zone_id if resource.organization_id else None
    if owner_zone is not None and owner_zone != resource.zone_id:
        raise InvalidInput.single("organization", _("权属单位不在该高新区：请选择本园区的单位，或更正所在高新区。"))


def _write_parts(resource: Resource, parts: ResourceParts) -> None:
    if parts.details is not None:
        _write_details(resource, parts.details)
    if parts.parts is not None:
        _check_part_codes(parts.parts)
        replace_children(resource, ResourcePart, foreign_key="resource", rows=parts.parts)
    if parts.capabilities is not None:
        check_units(parts.capabilities, label=Capability._meta.verbose_name)
        replace_children(resource, Capability, foreign_key="resource", rows=parts.capabilities)
    if parts.grants is not None:
        replace_children(resource, SharingGrant, foreign_key="resource", rows=parts.grants)
    if parts.exclusions is not None:
        replace_children(resource, ResourceExclusion, foreign_key="resource", rows=parts.exclusions)


def _write_details(resource: Resource, details: Values) -> None:
    model = DETAIL_MODELS[resource.kind]
    row = model.objects.unscoped(reason="the resource was checked").get(resource=resource)
    for name, value in clean_values(details).items():
        setattr(row, name, value)
    validated(row).save()


def _check_part_codes(rows: Sequence[Values]) -> None:
    if unknown := unknown_codes("equipment", [row["equipment_code"] for row in rows if row.get("equipment_code")]):
        raise InvalidInput.single("parts", _("未知仪器设备分类：%(codes)s。") % {"codes": "、".join(unknown)})
