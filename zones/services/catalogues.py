"""Catalogues: publish one, list and withdraw resources with their dates."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from zones.choices import ResourceKind
from zones.errors import InvalidInput, listed
from zones.models import Catalogue, CatalogueItem, EquipmentDetail, Organization, Resource, ResourcePart, Zone
from zones.scoping import Principal, in_force, today
from zones.services.base import (
    clean_text,
    clean_values,
    constraint_errors,
    editable_or_error,
    expect_version,
    must_be_editable,
    save_next_version,
    tell,
    tell_fact,
    validated,
)
from zones.services.bulk import insert_many

CHANGED: Final = frozenset({"partner", "title_zh", "title_en", "published_on"})


class CatalogueCounts(NamedTuple):
    """What a catalogue holds: public laboratories, and instruments in 台(套): a set counts once, its parts do not."""

    laboratories: int
    units: int


def count_catalogue(principal: Principal, *, catalogue: Catalogue, on: date) -> CatalogueCounts:
    """Count what of the catalogue the principal may see, as listed on a day."""
    items = CatalogueItem.objects.filter(in_force(on, start="listed_on", end="withdrawn_on"), catalogue=catalogue)
    listed = Resource.objects.visible_to(principal).filter(pk__in=items.values("resource"))
    machines = EquipmentDetail.objects.visible_to(principal).filter(resource__in=listed)
    parts = ResourcePart.objects.visible_to(principal).filter(resource__in=listed)
    laboratories: int = listed.filter(kind=ResourceKind.LABORATORY, laboratorydetail__is_public=True).count()
    return CatalogueCounts(laboratories, _units(machines) + _units(parts))


def _units(rows: "QuerySet[EquipmentDetail] | QuerySet[ResourcePart]") -> int:
    total: int | None = rows.aggregate(total=Sum(F("quantity") * F("counts_as")))["total"]
    return total or 0


@transaction.atomic
def publish_catalogue(
    principal: Principal,
    *,
    zone: Zone,
    title_zh: str,
    published_on: date,
    resources: Iterable[Resource],
    title_en: str = "",
    partner: Organization | None = None,
    is_sample: bool = False,
) -> Catalogue:
    """Create a dated catalogue with the given resources of the zone."""
    catalogue = Catalogue(
        zone=zone, title_zh=title_zh, title_en=title_en, published_on=published_on, partner=partner, is_sample=is_sample
    )
    with constraint_errors(Catalogue):  # somebody else may publish one of this title at the same time
        validated(catalogue).save()
    must_be_editable(catalogue, principal)
    _list(catalogue, resources, listed_on=published_on)
    tell(catalogue, "catalogue.published")
    return catalogue


@transaction.atomic
def change_catalogue(principal: Principal, *, catalogue_id: int, version: int | None, **values: Any) -> Catalogue:
    """Correct what it is called, when it was published, with whom. Raises NotFound, NotAllowed, Conflict,
    InvalidInput.
    """
    row = editable_or_error(Catalogue, principal, pk=catalogue_id)
    expect_version(row, version)
    for name, value in clean_values({name: values[name] for name in values if name in CHANGED}).items():
        setattr(row, name, value)
    with constraint_errors(Catalogue):
        save_next_version(validated(row))
    tell(row, "catalogue.changed")
    return row


@transaction.atomic
def list_named(
    principal: Principal, *, catalogue_id: int, version: int | None, names: Sequence[str], listed_on: date
) -> list[CatalogueItem]:
    """Add resources by their numbers or names. Raises what `list_resource` does, and InvalidInput for a name that is
    none, or of several.
    """
    row = _locked(principal, catalogue_id, version)
    found = _named(Resource.objects.visible_to(principal).filter(zone_id=row.zone_id), names)
    return _listed(row, found, listed_on)


@transaction.atomic
def list_resources(
    principal: Principal, *, catalogue_id: int, version: int | None, resources: Sequence[Resource], listed_on: date
) -> list[CatalogueItem]:
    """Add resources the caller was shown. Raises NotFound, NotAllowed, Conflict, InvalidInput for one that is listed
    already or of another zone.
    """
    row = _locked(principal, catalogue_id, version)
    _must_see(principal, resources)
    return _listed(row, _once_each(resources), listed_on)


def _listed(row: Catalogue, resources: Sequence[Resource], day: date) -> list[CatalogueItem]:
    items = _list(row, resources, listed_on=_past("listed_on", day))
    save_next_version(row)
    return items


@transaction.atomic
def withdraw_resources(
    principal: Principal, *, catalogue_id: int, version: int | None, resources: Sequence[Resource], withdrawn_on: date
) -> list[CatalogueItem]:
    """Take resources off from a day on. Raises what `list_resources` does, InvalidInput for one that is not listed."""
    row = _locked(principal, catalogue_id, version)
    _must_see(principal, resources)
    now = _listed_now(row)
    if any(one.pk not in now for one in resources):
        raise InvalidInput.single("resources", _("有资源现不在此目录中：请核对后重新提交。"))
    return _withdrawn(principal, row, [now[one.pk] for one in _once_each(resources)], withdrawn_on)


@transaction.atomic
def withdraw_named(
    principal: Principal, *, catalogue_id: int, version: int | None, names: Sequence[str], withdrawn_on: date
) -> list[CatalogueItem]:
    """Take resources off by their numbers or names, from a day on. Raises InvalidInput for one that is not listed."""
    row = _locked(principal, catalogue_id, version)
    now = _listed_now(row)
    resources = _named(Resource.objects.visible_to(principal).filter(pk__in=now), names)
    return _withdrawn(principal, row, [now[one.pk] for one in resources], withdrawn_on)


def _listed_now(row: Catalogue) -> dict[int, CatalogueItem]:
    """The entries without an end, by their resource."""
    items = CatalogueItem.objects.filter(catalogue=row, withdrawn_on__isnull=True)
    return {item.resource_id: item for item in items}


def _withdrawn(
    principal: Principal, row: Catalogue, items: Sequence[CatalogueItem], withdrawn_on: date
) -> list[CatalogueItem]:
    day = _past("withdrawn_on", withdrawn_on)
    ended = [withdraw_resource(principal, item=item, withdrawn_on=day) for item in items]
    save_next_version(row)
    return ended


def _once_each(resources: Sequence[Resource]) -> list[Resource]:
    return list({one.pk: one for one in resources}.values())


def _must_see(principal: Principal, resources: Sequence[Resource]) -> None:
    wanted = {one.pk for one in resources}
    if not wanted or Resource.objects.visible_to(principal).filter(pk__in=wanted).count() != len(wanted):
        raise InvalidInput.single("resources", _("没有找到：它不存在，或您无权查看。请重新选择。"))


def _locked(principal: Principal, catalogue_id: int, version: int | None) -> Catalogue:
    row = editable_or_error(Catalogue, principal, pk=catalogue_id)
    expect_version(row, version)
    return row


def _past(field: str, day: date) -> date:
    if day > today():
        raise InvalidInput.single(field, _("日期不能晚于今天：请在发生之后登记。"))
    return day


def _named(rows: "QuerySet[Resource]", names: Sequence[str]) -> list[Resource]:
    """The resources of these numbers or names, each of one."""
    wanted = list(dict.fromkeys(clean_text("names", name) for name in names if name.strip()))
    by_name: dict[str, list[Resource]] = defaultdict(list)
    for row in rows.filter(Q(external_id__in=wanted) | Q(name_zh__in=wanted)).order_by("pk"):
        for name in {row.external_id, row.name_zh} & set(wanted):
            by_name[name].append(row)
    wrong = [name for name in wanted if len(by_name[name]) != 1]
    if wrong or not wanted:
        message = _("没有找到，或不止一条：%(names)s。请逐行填写资源的编号，或完整名称。")
        raise InvalidInput.single("names", message % {"names": listed(name[:40] for name in wrong[:5]) or "—"})
    return list({row.pk: row for name in wanted for row in by_name[name]}.values())


@transaction.atomic
def list_resource(principal: Principal, *, catalogue: Catalogue, resource: Resource, listed_on: date) -> CatalogueItem:
    """Add a resource to a catalogue. Raises InvalidInput where it is listed already or belongs to another zone."""
    must_be_editable(catalogue, principal)
    (item,) = _list(catalogue, [resource], listed_on=listed_on)
    return item


def _list(catalogue: Catalogue, resources: Iterable[Resource], *, listed_on: date) -> list[CatalogueItem]:
    items = [CatalogueItem(catalogue=catalogue, resource=resource, listed_on=listed_on) for resource in resources]
    if any(item.resource.zone_id != catalogue.zone_id for item in items):
        raise InvalidInput.single("resource", _("目录只收录本园区的资源：请核对资源所在高新区。"))
    insert_many(CatalogueItem, items)
    for item in items:
        tell_fact(item, "catalogue.listed", catalogue=catalogue, resource=item.resource, day=listed_on)
    return items


@transaction.atomic
def withdraw_resource(principal: Principal, *, item: CatalogueItem, withdrawn_on: date) -> CatalogueItem:
    """Record the first day on which the resource is no longer in the catalogue: that of its listing, if it should never
    have been there. Raises InvalidInput for an earlier one.
    """
    must_be_editable(item.catalogue, principal)
    if withdrawn_on < item.listed_on:
        message = _("出目录日不能早于入目录日（%(day)s）：请核对日期。")
        raise InvalidInput.single("withdrawn_on", message % {"day": item.listed_on.isoformat()})
    item.withdrawn_on = withdrawn_on
    validated(item).save(update_fields=["withdrawn_on"])
    tell_fact(item, "catalogue.withdrawn", catalogue=item.catalogue, resource=item.resource, day=withdrawn_on)
    return item
