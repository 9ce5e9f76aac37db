"""The page of one organization: what it is and what it offers. Contacts are shown to nobody here."""

from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from portal.base import PortalPage, row_or_404
from portal.cards import link_to_zone, plain_cards
from portal.specification import classes_of, pairs_of
from portal.views.follows import follow_of
from zones.choices import ResourceStatus
from zones.models import Organization, OrganizationAlias, Resource
from zones.search.requests import RESOURCE

ABOUT: Final = ("kind", "city")
RESOURCES_SHOWN: Final = 24


class OrganizationPage(PortalPage):
    template = "portal/organization.html"

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        row = row_or_404(Organization.objects.visible_to(self.principal).select_related("zone"), public_id)
        active = Resource.objects.visible_to(self.principal).filter(organization=row, status=ResourceStatus.ACTIVE)
        resources = list(active.select_related("zone")[: RESOURCES_SHOWN + 1])
        context = {
            "row": row,
            "follow": follow_of(self.principal, "zones.organization", row.public_id),
            "other_name": row.name_en if str(row) != row.name_en else row.name_zh,
            "aliases": [alias.name for alias in OrganizationAlias.objects.filter(organization=row)],
            "zone": link_to_zone(row),
            "facts": pairs_of(row, ABOUT),
            "classes": classes_of(row),
            "cards": plain_cards(self.principal, RESOURCE, resources[:RESOURCES_SHOWN]),
            "has_more": len(resources) > RESOURCES_SHOWN,
        }
        return self.page(context)
