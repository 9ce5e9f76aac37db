"""The first page: one box, two questions to try, what there is by network and field, and what is new."""

from typing import Any, Final

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from matching.services.search import search
from matching.services.search_copies import SearchNotReady
from portal.base import PortalPage
from portal.cards import cards_of
from portal.links import Way, search_url
from zones.choices import ZoneLevelKind
from zones.models import Association, ZoneLevel
from zones.scoping import in_force, today
from zones.search.requests import FRESHNESS, NEED, ORGANIZATION, RESOURCE, SearchRequest
from zones.search.results import SearchPage

EXAMPLES: Final = ("氮化镓外延片缺陷检测", "GaN epi-wafer defect inspection")
NEW_SHOWN: Final = 6
FIELDS_SHOWN: Final = 12
RESOURCES: Final = SearchRequest(chosen={"subject": (RESOURCE,)})


class HomePage(PortalPage):
    template = "portal/home.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """While search is being prepared the page does without its numbers."""
        try:
            found = search(self.principal, SearchRequest(chosen=RESOURCES.chosen, sort=FRESHNESS, size=NEW_SHOWN))
        except SearchNotReady:
            return self.page(_always({}))
        told = {
            "fields": _ways(found, "field")[:FIELDS_SHOWN],
            "kinds": _ways(found, "kind"),
            "totals": _totals(found),
            "newest": cards_of(self.principal, found.hits),
        }
        return self.page(told | _always({value.value: value.count for value in found.facets["association"]}))


def _always(counts: dict[str, int]) -> dict[str, Any]:
    examples = [Way(words, search_url(SearchRequest(words=words))) for words in EXAMPLES]
    return {"examples": examples, "associations": [_association(row, counts) for row in _associations()]}


def _associations() -> "QuerySet[Any]":
    """Networks and alliances, each with how many members it has today; those with most first."""
    is_member = in_force(today(), start="memberships__joined_on", end="memberships__left_on")
    return Association.objects.annotate(members=Count("memberships", filter=is_member)).order_by("-members", "slug")


def _association(row: Any, counts: dict[str, int]) -> dict[str, Any]:
    url = reverse("portal:association", args=[row.slug])
    count = counts.get(row.slug, 0) if counts else None
    return {"name": str(row), "url": url, "members": row.members, "count": count}


def _ways(found: SearchPage, facet: str) -> list[Way]:
    """The values of a facet with the most resources, as ways to search."""
    values = [value for value in found.facets[facet] if value.count and not value.parent]
    return [Way(value.label, search_url(RESOURCES.toggled(facet, value.value)), value.count) for value in values]


def _totals(found: SearchPage) -> dict[str, int]:
    """How many records there are that the reader may see, and how many national zones."""
    subjects = {value.value: value.count for value in found.facets["subject"]}
    zones = ZoneLevel.objects.filter(in_force(today()), level=ZoneLevelKind.NATIONAL).count()
    return {
        "resources": subjects.get(RESOURCE, 0),
        "organizations": subjects.get(ORGANIZATION, 0),
        "needs": subjects.get(NEED, 0),
        "zones": zones,
    }
