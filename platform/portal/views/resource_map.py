"""The resource map: what search finds, by place; flows between zones as arcs, and a list beside the drawing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.services.flows import ZoneLink, matches_between_zones, paired_zones
from matching.services.search import search
from portal.atlas import WHOLE, Placed, Point, atlas_of, bounds_of, can_part
from portal.base import PortalPage
from portal.cards import cards_of
from portal.facets import boxes_of, chips_of
from portal.links import Way, map_url, read_address, search_url
from portal.projection import HEIGHT, WIDTH, Bounds, great_circle_km
from zones.errors import InvalidInput
from zones.models import Zone
from zones.scoping import Principal
from zones.search.requests import FACETS, PARAMETERS, SearchRequest
from zones.search.results import Hit, SearchPage

CARDS: Final = 6
LISTED: Final = 20
NAMED: Final = 14
"""So few points have room for their names."""
MATCHES, PAIRINGS, NONE = "matches", "pairings", "none"
FLOW_TITLES: Final = {
    MATCHES: gettext_lazy("需求与资源的匹配"),
    PAIRINGS: gettext_lazy("对口合作与走廊"),
    NONE: gettext_lazy("不画"),
}
LIMITS: Final = Bounds(60.0, 5.0, 150.0, 60.0)
FARTHEST: Final = 8
"""Characters of a number of degrees: more than a metre is nothing anybody points at."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: a search, where to look (None: everywhere), and which arcs to draw."""

    search: SearchRequest
    view: Bounds | None
    flows: str

    def url(self, request: SearchRequest) -> str:
        """The address of another search, seen in the same way."""
        return map_url(request, **self.seen(self.view))

    def url_of(self, point: Point) -> str:
        """To the records of a zone, and back from them; to a nearer look at several."""
        if not point.is_several:
            return self.url(self.search.toggled("zone", point.zones[0].zone.slug))
        if can_part(point.zones):
            return map_url(self.search, **self.seen(bounds_of(point.zones)))
        chosen = {**self.search.chosen, "zone": tuple(one.zone.slug for one in point.zones)}
        return self.url(replace(self.search, chosen=chosen))

    def whole_url(self) -> str:
        """Everywhere again."""
        return map_url(self.search, **self.seen(None)) if self.view else ""

    def flow_ways(self) -> list[tuple[Way, bool]]:
        """Which arcs can be drawn, and whether they are."""
        ways = [
            (name, Way(str(title), replace(self, flows=name).url(self.search))) for name, title in FLOW_TITLES.items()
        ]
        return [(way, name == self.flows) for name, way in ways]

    def seen(self, view: Bounds | None) -> dict[str, str]:
        """The parameters that are not the search's."""
        return ({"view": _written(view)} if view else {}) | {"flows": self.flows}


@dataclass(frozen=True, slots=True)
class Row:
    """A zone in the list: how many records, and how far away."""

    zone: Zone
    count: int
    url: str
    km: int | None
    is_chosen: bool


class ResourceMap(PortalPage):
    template = "portal/map.html"
    parameters = (*PARAMETERS, "view", "flows")

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = self._asked()
        found = search(self.principal, replace(asked.search, size=CARDS, page=1))
        places = _placed(found.by_zone)
        bounds = asked.view or WHOLE
        here = [one for one in places if bounds.holds(one.longitude, one.latitude)]
        atlas = atlas_of(
            places, _links(asked.flows, self.principal), bounds, url_of=asked.url_of,
            chosen=asked.search.chosen.get("zone", ()),
        )  # fmt: skip
        told, rows = replace(found, request=asked.search), _rows(here, places, asked)
        context = {
            "words": asked.search.words, "found": told, "atlas": atlas,
            "are_named": len(atlas.points) <= NAMED, "width": WIDTH, "height": HEIGHT,
            "kept": _kept(asked), "boxes": [box for box in boxes_of(told, asked.url) if box.name != "zone"],
            "chips": chips_of(told, asked.url), "rows": rows[:LISTED], "more": rows[LISTED:],
            "in_view": sum(row.count for row in rows),
            "cards": cards_of(self.principal, self._hits(asked, found, here)),
            "flow_ways": asked.flow_ways(), "list_url": search_url(asked.search), "whole_url": asked.whole_url(),
            "bare_url": map_url(SearchRequest(words=asked.search.words)), "zones": [one.zone for one in places],
            "origin": _origin(places, asked),
            "nowhere_url": asked.url(replace(asked.search.without("within"), near="", sort="")),
            "canonical": request.build_absolute_uri(map_url(asked.search)),
        }  # fmt: skip
        return self.page(context)

    def _asked(self) -> Asked:
        """Raises InvalidInput."""
        told = self.request.GET.copy()
        view, flows = told.pop("view", [""])[-1], told.pop("flows", [""])[-1]
        wanted = replace(read_address(told), page=1, size=SearchRequest().size)
        usual = MATCHES if self.principal.is_member else PAIRINGS
        if flows and flows not in FLOW_TITLES:
            raise InvalidInput.single("flows", _("连线只有三种：matches、pairings、none。"))
        return Asked(wanted, _bounds(view) if view else None, flows or usual)

    def _hits(self, asked: Asked, found: SearchPage, here: Sequence[Placed]) -> Sequence[Hit]:
        """The first records of what is in sight."""
        if not asked.view or "zone" in asked.search.chosen:
            return found.hits
        zones = tuple(one.zone.slug for one in here if one.count)
        if not zones:
            return ()
        chosen = {**asked.search.chosen, "zone": zones}
        return search(self.principal, replace(asked.search, chosen=chosen, size=CARDS)).hits


def _bounds(text: str) -> Bounds:
    """West, south, east and north in degrees. Raises InvalidInput."""
    parts = text.split(",")
    try:
        edges = Bounds(*(float(part) for part in parts if len(part) <= FARTHEST))
    except (TypeError, ValueError):
        edges = Bounds(0, 0, 0, 0)
    is_inside = LIMITS.west <= edges.west < edges.east <= LIMITS.east
    if not (is_inside and LIMITS.south <= edges.south < edges.north <= LIMITS.north):
        message = _("view 应为“西,南,东,北”四个经纬度，例如 115,38,119,41：请从地图上点选。")
        raise InvalidInput.single("view", message)
    return edges


def _written(view: Bounds) -> str:
    return ",".join(f"{edge:.2f}" for edge in view)


def _placed(counts: Mapping[str, int]) -> list[Placed]:
    zones = Zone.objects.order_by("pk")
    return [Placed(zone, float(zone.longitude), float(zone.latitude), counts.get(zone.slug, 0)) for zone in zones]


def _links(name: str, principal: Principal) -> Sequence[ZoneLink]:
    if name == MATCHES:
        return matches_between_zones(principal)
    return paired_zones() if name == PAIRINGS else ()


def _rows(here: Sequence[Placed], places: Sequence[Placed], asked: Asked) -> list[Row]:
    """Zones in sight that have something: the nearest first where distances are measured, else the fullest."""
    origin = _origin(places, asked)
    chosen = asked.search.chosen.get("zone", ())
    rows = [_row(one, origin, asked, is_chosen=one.zone.slug in chosen) for one in here if one.count]
    return sorted(rows, key=lambda row: (row.km or 0, -row.count, row.zone.slug))


def _row(place: Placed, origin: Placed | None, asked: Asked, *, is_chosen: bool) -> Row:
    url = asked.url(asked.search.toggled("zone", place.zone.slug))
    return Row(place.zone, place.count, url, _km(origin, place), is_chosen)


def _origin(places: Sequence[Placed], asked: Asked) -> Placed | None:
    return next((one for one in places if one.zone.slug == asked.search.near), None)


def _km(origin: Placed | None, place: Placed) -> int | None:
    if origin is None:
        return None
    return round(great_circle_km((origin.longitude, origin.latitude), (place.longitude, place.latitude)))


def _kept(asked: Asked) -> list[tuple[str, str]]:
    """What a form besides its own fields must send to keep what is chosen."""
    kept = [pair for pair in asked.search.parameters() if pair[0] in FACETS]
    return [*kept, *asked.seen(asked.view).items()]
