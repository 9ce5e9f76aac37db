"""Merging of doubles: one record is kept, what hangs on the other moves to it, and the other leads to the one kept.

What the floor above hangs on records is moved by `matching.services.merging`, which calls here.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple, TypeVar

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from zones.choices import ResourceStatus
from zones.errors import IllegalTransition, InvalidInput
from zones.models import (
    DETAIL_MODELS,
    Capability,
    Catalogue,
    CatalogueItem,
    ContactPoint,
    EquipmentDetail,
    ImportJob,
    Invitation,
    Organization,
    OrganizationAlias,
    Registration,
    Resource,
    ResourceExclusion,
    ResourcePart,
    ResourcePhoto,
    SeparatePair,
    ServiceRequest,
    SharingGrant,
    StaffRole,
)
from zones.models.base import ScopedModel
from zones.scoping import Principal, today
from zones.services.base import (
    editable_or_error,
    expect_version,
    must_be_editable,
    save_next_version,
    tell,
    tell_fact,
    validated,
)
from zones.services.batches import Draft, write_resources
from zones.services.catalogues import withdraw_resource
from zones.services.kept_merging import NAMING_ORGANIZATIONS, NAMING_RESOURCES, move_named

WHY: Final = "both records were checked"
Record = TypeVar("Record", Resource, Organization)
TEXTS: Final = (
    *("name_en", "description_zh", "description_en", "capacity_note", "share_mode", "qualification", "conditions"),
    *("source_note", "trl", "lead_time_days", "latitude", "longitude"),
)
PRICE: Final = ("price_from", "price_to", "price_unit", "price_note")
LISTS: Final = ("keywords", "industry_codes", "discipline_codes", "equipment_codes", "modes")
OF_ORGANIZATIONS: Final = ("name_en", "website", "city", "region", "confidence", "parent")
SAME_CHILD: Final[dict[type[ScopedModel], tuple[str, ...]]] = {
    ResourcePart: ("name_zh", "manufacturer", "model"),
    Capability: ("key",),
    SharingGrant: ("scope", "zone_id", "association_id", "valid_from"),
    ResourceExclusion: ("organization_id", "zone_id"),
    ResourcePhoto: ("public_id",),
}
"""What hangs on a resource → by what a row is one that the kept record has already."""
NAMED_BY: Final = (StaffRole, Invitation, Registration, ResourceExclusion, ImportJob, ServiceRequest)
"""Tables that name an organization in a column of that name."""


class Merge(NamedTuple):
    """The record that was kept, and the one that leads to it now."""

    kept: Any
    merged: Any


class OrganizationMerge(NamedTuple):
    """The organizations, and the resources of one name both had."""

    kept: Organization
    merged: Organization
    resources: list[Merge]


@transaction.atomic
def absorb_resource(
    principal: Principal, *, kept_id: int, merged_id: int, kept_version: int | None, merged_version: int | None
) -> Merge:
    """Move what zones hold of one resource to the other. Raises InvalidInput for two that are not of one zone and kind
    or are the same, NotFound and NotAllowed for foreign ones, Conflict for one that changed since it was seen.
    """
    kept, merged = _locked(Resource, principal, kept_id, merged_id)
    expect_version(kept, kept_version)
    expect_version(merged, merged_version)
    if kept.kind != merged.kind:
        raise InvalidInput.single("merged", _("两条记录类型不同，不能合并：请先更正类型。"))
    return _absorb(principal, kept, merged)


@transaction.atomic
def absorb_organization(
    principal: Principal, *, kept_id: int, merged_id: int, kept_version: int | None, merged_version: int | None
) -> OrganizationMerge:
    """Move what zones hold of one organization to the other; its names become aliases. Raises InvalidInput for two of
    different credit codes or zones, NotFound and NotAllowed for foreign ones, Conflict as above.
    """
    kept, merged = _locked(Organization, principal, kept_id, merged_id)
    expect_version(kept, kept_version)
    expect_version(merged, merged_version)
    if kept.credit_code and merged.credit_code and kept.credit_code != merged.credit_code:
        raise InvalidInput.single("merged", _("两家单位的统一社会信用代码不同，不是同一单位：请先核对代码。"))
    doubles = _move_resources(principal, kept, merged)
    _move_names(kept, merged)
    _move_contacts(kept, merged)
    for model in NAMED_BY:
        _plain(model).filter(organization=merged).update(organization=kept)
    _plain(Catalogue).filter(partner=merged).update(partner=kept)
    move_named(NAMING_ORGANIZATIONS, kept, merged)
    _move_group(kept, merged)
    code, merged.credit_code = kept.credit_code or merged.credit_code, None
    _fill(kept, merged, OF_ORGANIZATIONS)
    _unite(kept, merged, ("industry_codes", "discipline_codes"))
    _lead_to(kept, merged, "organization.merged")
    kept.credit_code = code
    save_next_version(validated(kept))
    tell(kept, "organization.updated")
    return OrganizationMerge(kept, merged, doubles)


@transaction.atomic
def keep_separate(principal: Principal, *, rows: Sequence[Resource] | Sequence[Organization]) -> None:
    """Remember that two records the principal may edit are not the same."""
    ordered = sorted(rows, key=lambda row: row.pk)  # the order in which merging locks them
    found: list[Any] = [editable_or_error(type(row), principal, pk=row.pk) for row in ordered]
    first, second = sorted(found, key=lambda row: row.public_id)
    if first.zone_id != second.zone_id:
        raise InvalidInput.single("merged", _("只能比较同一高新区的记录。"))
    pair, is_new = SeparatePair.objects.unscoped(reason=WHY).get_or_create(
        first=first.public_id, second=second.public_id,
        defaults={"zone_id": first.zone_id, "said_by_id": principal.user_id},
    )  # fmt: skip
    if is_new:
        must_be_editable(pair, principal)
        tell_fact(pair, "pair.told_apart", first=first, second=second)


def _locked(model: type[Record], principal: Principal, kept_id: int, merged_id: int) -> tuple[Record, Record]:
    """Both rows, locked in the order of their ids."""
    if kept_id == merged_id:
        raise InvalidInput.single("merged", _("不能与自己合并：请选择另一条记录。"))
    rows = {pk: editable_or_error(model, principal, pk=pk) for pk in sorted((kept_id, merged_id))}
    kept, merged = rows[kept_id], rows[merged_id]
    if kept.zone_id is None or kept.zone_id != merged.zone_id:
        raise InvalidInput.single("merged", _("只能合并同一高新区的记录。"))
    if any(row.merged_into_id for row in rows.values()):
        raise IllegalTransition(_("其中一条已并入别的记录：请刷新后重试。"))
    return kept, merged


def _absorb(principal: Principal, kept: Resource, merged: Resource) -> Merge:
    for model, names in SAME_CHILD.items():
        _move_children(model, names, kept, merged)
    _plain(ServiceRequest).filter(resource=merged).update(resource=kept)
    _fill_details(kept, merged)
    _move_items(principal, kept, merged)
    _plain(EquipmentDetail).filter(laboratory=merged).update(laboratory=kept)
    move_named(NAMING_RESOURCES, kept, merged)
    number, merged.external_id = kept.external_id or merged.external_id, ""
    _fill(kept, merged, TEXTS)
    if not (kept.price_unit or kept.price_note):
        _fill(kept, merged, PRICE)
    _unite(kept, merged, LISTS)
    kept.confirmed_on = max((day for day in (kept.confirmed_on, merged.confirmed_on) if day), default=None)
    kept.accepted_count += merged.accepted_count
    kept.decided_count += merged.decided_count
    merged.status = ResourceStatus.RETIRED
    _lead_to(kept, merged, "resource.merged")
    kept.external_id = number
    save_next_version(validated(kept))
    tell(kept, "resource.updated")
    return Merge(kept, merged)


def _lead_to(kept: Any, merged: Any, kind: str) -> None:
    """Old addresses, of earlier merges too, lead to the kept record from now on."""
    merged.merged_into = kept
    _plain(type(merged)).filter(merged_into=merged).update(merged_into=kept)
    save_next_version(validated(merged))
    tell(merged, kind, into=str(kept.public_id))


def _fill(kept: Any, merged: Any, names: Iterable[str]) -> None:
    """What the kept record does not say is taken from the other."""
    for name in names:
        if getattr(kept, name) in (None, "", []) and getattr(merged, name) not in (None, "", []):
            setattr(kept, name, getattr(merged, name))


def _unite(kept: Any, merged: Any, names: Iterable[str]) -> None:
    for name in names:
        setattr(kept, name, list(dict.fromkeys([*getattr(kept, name), *getattr(merged, name)])))


def _fill_details(kept: Resource, merged: Resource) -> None:
    rows = {row.pk: row for row in _plain(DETAIL_MODELS[kept.kind]).filter(pk__in=(kept.pk, merged.pk))}
    details, others = rows[kept.pk], rows[merged.pk]
    _fill(details, others, [column.name for column in details._meta.fields if not column.primary_key])
    validated(details).save()


def _move_children(model: type[ScopedModel], names: tuple[str, ...], kept: Resource, merged: Resource) -> None:
    """Rows the kept record does not have move to its end."""
    rows = _plain(model)
    known = {_values(row, names) for row in rows.filter(resource=kept)}
    position = max((getattr(row, "position", 0) for row in rows.filter(resource=kept)), default=0)
    for row in rows.filter(resource=merged).order_by("pk"):
        if _values(row, names) in known:
            continue
        position += 1
        row.resource = kept
        if hasattr(row, "position"):
            row.position = position
        row.save()


def _values(row: Any, names: Iterable[str]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in names)


def _move_items(principal: Principal, kept: Resource, merged: Resource) -> None:
    """A catalogue lists the kept record; where it does already, the other leaves it today: past counts stay."""
    for item in CatalogueItem.objects.filter(resource=merged).select_related("catalogue"):
        if not CatalogueItem.objects.filter(catalogue=item.catalogue, resource=kept).exists():
            item.resource = kept
            validated(item).save()
        elif item.withdrawn_on is None:
            withdraw_resource(principal, item=item, withdrawn_on=max(today(), item.listed_on))


def _move_resources(principal: Principal, kept: Organization, merged: Organization) -> list[Merge]:
    """Resources change their owner; those of one kind and name are merged."""
    rows = _plain(Resource)
    twins = {(row.kind, row.name_zh): row for row in rows.filter(organization=kept).select_for_update(of=("self",))}
    moving, doubles = [], []
    for row in rows.filter(organization=merged).order_by("pk").select_for_update(of=("self",)):
        twin = twins.get((row.kind, row.name_zh))
        if twin is None:
            row.organization = kept
            moving.append(Draft(row))
        elif not (row.merged_into_id or twin.merged_into_id):
            doubles.append(_absorb(principal, twin, row))
    write_resources(principal, moving)
    return doubles


def _move_names(kept: Organization, merged: Organization) -> None:
    """What the other was called, people search for and files name."""
    aliases = OrganizationAlias.objects.filter(organization=merged)
    names = [merged.name_zh, merged.name_en, *aliases.values_list("name", flat=True)]
    known = {kept.name_zh, kept.name_en, *kept.aliases.values_list("name", flat=True)}
    for name in dict.fromkeys(name[:120] for name in names if name):
        if name not in known:
            validated(OrganizationAlias(organization=kept, name=name)).save()
    aliases.delete()


def _move_contacts(kept: Organization, merged: Organization) -> None:
    names = ("title", "person_name", "phone", "email")
    rows = _plain(ContactPoint)
    known = {_values(row, names) for row in rows.filter(organization=kept)}
    for row in rows.filter(organization=merged):
        if _values(row, names) not in known:
            row.organization = kept
            row.save()


def _move_group(kept: Organization, merged: Organization) -> None:
    """Subsidiaries follow; the kept one does not become its own parent."""
    if kept.parent_id == merged.pk:
        kept.parent = merged.parent
    if merged.parent_id == kept.pk:
        merged.parent = None
    children = _plain(Organization).filter(parent=merged).exclude(pk=kept.pk)
    children.update(parent=kept, updated_at=Now())


def _plain(model: type[Any]) -> Any:
    return model.objects.unscoped(reason=WHY)
