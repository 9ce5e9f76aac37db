"""Catalogues: publish one, list and withdraw resources with their dates."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from zones.errors import InvalidInput
from zones.models import Catalogue, CatalogueItem, Organization, Resource, Zone
from zones.scoping import Principal
from zones.services.base import must_be_editable, tell, validated


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
    for resource in resources:
        list_resource(principal, catalogue=catalogue, resource=resource, listed_on=published_on)
    tell(catalogue, "catalogue.published")
    return catalogue


@transaction.atomic
def list_resource(principal: Principal, *, catalogue: Catalogue, resource: Resource, listed_on: date) -> CatalogueItem:
    """Add a resource to a catalogue. Raises InvalidInput where it is listed already or belongs to another zone."""
    must_be_editable(catalogue, principal)
    if resource.zone_id != catalogue.zone_id:
        raise InvalidInput.single("resource", _("目录只收录本园区的资源：请核对资源所在高新区。"))
    item = CatalogueItem(catalogue=catalogue, resource=resource, listed_on=listed_on)
    validated(item).save()
    return item


@transaction.atomic
def withdraw_resource(principal: Principal, *, item: CatalogueItem, withdrawn_on: date) -> CatalogueItem:
    """Record the first day on which the resource is no longer in the catalogue."""
    must_be_editable(item.catalogue, principal)
    item.withdrawn_on = withdrawn_on
    validated(item).save(update_fields=["withdrawn_on"])
    return item
