"""Pages of a zone and of an association: what they are, who belongs to them today, and what can be found there."""

from dataclasses import replace
from itertools import groupby
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from matching.services.search import search
from matching.services.search_copies import SearchNotReady
from portal.base import PortalPage
from portal.cards import Link, cards_of
from portal.links import Way, search_url
from portal.specification import Pair, pairs_of
from portal.views.follows import follow_of
from zones.choices import DatePrecision, ZoneLevelKind
from zones.models import Association, Membership, Zone, ZoneLevel
from zones.scoping import Principal, in_force, today
from zones.search.requests import RESOURCE, SearchRequest
from zones.search.results import SearchPage
from zones.services.places import is_member_list_published

SHOWN: Final = 6
LENGTHS: Final = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7}
"""How much of a date is known, in characters of its ISO form."""


class ZonesPage(PortalPage):
    """Every zone, by region, as it stands today."""

    template = "portal/zones.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        levels = dict(ZoneLevel.objects.filter(in_force(today())).values_list("zone_id", "level"))
        rows = Zone.objects.select_related("region").order_by("region__code", "pinyin_key")
        regions = [
            {"name": str(region), "zones": [{"row": row, "level": _other_level(levels.get(row.pk))} for row in zones]}
            for region, zones in groupby(rows, key=lambda row: row.region)
        ]
        national = sum(level == ZoneLevelKind.NATIONAL for level in levels.values())
        return self.page({"regions": regions, "national": national})


class ZonePage(PortalPage):
    template = "portal/zone.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        row = _row_or_404(Zone.objects.select_related("region"), slug)
        level = ZoneLevel.objects.filter(in_force(today()), zone=row).first()
        levels = [Pair(_("级别"), level.get_level_display())] if level else []
        context = {
            "row": row,
            "follow": follow_of(self.principal, "zones.zone", row.public_id),
            "other_name": row.name_en if str(row) != row.name_en else row.name_zh,
            "facts": [*levels, Pair(_("省级区域"), str(row.region)), *pairs_of(row, ("city", "district", "aliases"))],
            "associations": [
                Link(str(one.association), reverse("portal:association", args=[one.association.slug]))
                for one in _members_today().filter(zone=row).select_related("association")
            ],
            **_found(self.principal, "zone", slug),
        }
        return self.page(context)


class AssociationPage(PortalPage):
    template = "portal/association.html"

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        row = _row_or_404(Association.objects.select_related("host"), slug)
        members = list(_members_today().filter(association=row).select_related("zone").order_by("zone__pinyin_key"))
        found = _found(self.principal, "association", slug)
        context = {
            "row": row,
            "follow": follow_of(self.principal, "zones.association", row.public_id),
            "other_name": row.name_en if str(row) != row.name_en else row.name_zh,
            "facts": [*pairs_of(row, ("kind", "theme_zh")), *_founding(row), *pairs_of(row, ("members_stated",))],
            "host": Link(str(row.host), reverse("portal:zone", args=[row.host.slug])) if row.host else None,
            "members": [_member(one, found["by_zone"]) for one in members],
            "is_published": is_member_list_published(row, members),
            **found,
        }
        return self.page(context)


def _other_level(level: str | None) -> str:
    """What a zone is where it is no national one."""
    return "" if level in (None, ZoneLevelKind.NATIONAL) else str(ZoneLevelKind(level).label)


def _row_or_404(rows: Any, slug: str) -> Any:
    row = rows.filter(slug=slug).first()
    if row is None:
        raise Http404
    return row


def _members_today() -> Any:
    return Membership.objects.filter(in_force(today(), start="joined_on", end="left_on"))


def _member(one: Membership, counts: dict[str, int]) -> dict[str, Any]:
    url = reverse("portal:zone", args=[one.zone.slug])
    role = one.get_role_display() if one.role != "member" else ""
    return {"name": str(one.zone), "url": url, "role": role, "count": counts.get(one.zone.slug)}


def _founding(row: Association) -> list[Pair]:
    """Where and when, as exactly as it is known."""
    known = row.founded_on is not None and row.founded_precision != DatePrecision.UNKNOWN
    length = LENGTHS.get(DatePrecision(row.founded_precision), 10)
    told = " ".join(filter(None, (str(row.founded_on)[:length] if known else "", row.place_zh)))
    return [Pair(_("成立"), told)] if told else []


def _found(principal: Principal, facet: str, slug: str) -> dict[str, Any]:
    """What search finds there: counts, the ways to all of it, and what was confirmed last."""
    there = SearchRequest(chosen={facet: (slug,)})
    resources = there.toggled("subject", RESOURCE)
    try:
        page = search(principal, replace(resources, size=SHOWN))
    except SearchNotReady:
        return {"by_zone": {}}
    return {
        "subjects": _ways(page, there, "subject"),
        "kinds": _ways(page, resources, "kind"),
        "cards": cards_of(principal, page.hits),
        "all_url": search_url(resources),
        "total": page.total,
        "by_zone": page.by_zone,
    }


def _ways(page: SearchPage, request: SearchRequest, facet: str) -> list[Way]:
    values = [one for one in page.facets[facet] if one.count]
    return [Way(one.label, search_url(request.toggled(facet, one.value)), one.count) for one in values]
