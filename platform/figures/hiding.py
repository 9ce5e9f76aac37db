"""What strangers are not told of one figure in one year, over all places at once: the small numbers, and those from
which they could be taken.

A place whose parts are published is a line: a total and its parts. The nation is the sum of its zones and of its
regions, a region that of its zones, a group that of its regions and of its zones, an association that of its members.
Where facts count in two places or in none of the parts the sum is not exact; it is protected as if it were.
"""

from datetime import date
from functools import lru_cache
from typing import Final

from figures.bundles import hidden_beside
from figures.geography import Geography
from figures.leeway import Line
from figures.scopes import NATION
from zones.scoping import Principal, reads_figures_of

REMEMBERED: Final = 4_096


def lines_of(geography: Geography, day: date) -> tuple[Line, ...]:
    """Every sum that can be checked with what is published of places, as they were on a day; a place that has no parts
    is a line of its own.
    """
    zones_of: dict[str, list[str]] = {place: [] for place in geography.associations.values()}
    regions_of: dict[str, list[str]] = {}
    for codes in geography.of_regions.values():
        for place in codes:
            zones_of.setdefault(place, [])
            if not place.startswith("region:"):
                regions_of.setdefault(place, []).extend(codes.intersection(geography.regions.values()))
    for pk, zone in sorted(geography.zones.items()):
        for place in geography.of_zone(pk, day) - {zone}:
            zones_of.setdefault(place, []).append(zone)
    whole = [(NATION, *sorted(geography.zones.values())), (NATION, *sorted(geography.regions.values()))]
    parts = [(total, *parts) for of in (zones_of, regions_of) for total, parts in sorted(of.items())]
    return (*whole, *parts)


def whole_places(principal: Principal, geography: Geography) -> frozenset[str]:
    """Codes of the places of which the reader is told everything."""
    zones = {code for pk, code in geography.zones.items() if reads_figures_of(principal, zone_id=pk)}
    held = geography.associations.items()
    associations = {code for pk, code in held if reads_figures_of(principal, association_id=pk)}
    return frozenset(zones | associations)


@lru_cache(maxsize=REMEMBERED)
def hidden_places(counts: frozenset[tuple[str, int]], lines: tuple[Line, ...]) -> frozenset[str]:
    """Codes of the places whose number is not told: fewer than five facts, and as many more as it takes that none of
    one to four can be computed from others. None is told like a few, but nothing else is hidden for it: a total would
    say soon enough that it has become one.
    """
    numbers = {place: count for place, count in counts if count}
    nothing = {place for line in lines for place in line if place not in numbers}
    return hidden_beside(numbers, lines) | nothing
