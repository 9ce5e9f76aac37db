"""Catalogues: publish one, list and withdraw resources with their dates."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext as _

from zones.choices import ResourceKind
from zones.errors import InvalidInput
from zones.models import Catalogue, CatalogueItem, EquipmentDetail, Organization, Resource, ResourcePart, Zone
from zones.scoping import Principal, in_force
from zones.services.base import must_be_editable, tell, tell_fact, validated
from zones.services.bulk import insert_many


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
    title_en: str,
    published_on: date,
    resources: Iterable[Resource],
    partner: Organization | None = None,
    is_sample: bool = False,
) -> Catalogue:
    """Create a dated catalogue with the given resources of the zone."""
    catalogue = Catalogue(
        zone=zone, title_zh=title_zh, title_en=title_en, published_on=published_on, partner=partner, is_sample=is_sample
    )
    validated(catalogue).save()
    must_be_editable(catalogue, principal)
    _list(catalogue, resources, listed_on=published_on)
    tell(catalogue, "catalogue.published")
    return catalogue


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
    """Record the first day on which the resource is no longer in the catalogue."""
    must_be_editable(item.catalogue, principal)
    item.withdrawn_on = withdrawn_on
    validated(item).save(update_fields=["withdrawn_on"])
    tell_fact(item, "catalogue.withdrawn", catalogue=item.catalogue, resource=item.resource, day=withdrawn_on)
    return item
