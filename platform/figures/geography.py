"""Which places a zone belongs to on a day: itself, its region, the groups of regions, the associations it was in."""

from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final, NamedTuple

from django.db.models import QuerySet

from figures.scopes import Scope
from zones.models import Association, Membership, Region, RegionGroup, Zone
from zones.services.places import MADE_UP

EVER: Final = date.min
NOWHERE: Final[frozenset[str]] = frozenset()


class Interval(NamedTuple):
    """[start, end); no start: since ever; no end: still."""

    start: date | None
    end: date | None

    def holds(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def cut(self, other: "Interval") -> "Interval | None":
        """What both share; None where they share no day."""
        starts = [day for day in (self.start, other.start) if day is not None]
        ends = [day for day in (self.end, other.end) if day is not None]
        start, end = max(starts, default=None), min(ends, default=None)
        return None if start is not None and end is not None and end <= start else Interval(start, end)


class Turns(NamedTuple):
    """From each of `days` on, until the next, the zone belongs to the places of the same position."""

    days: list[date]
    places: list[frozenset[str]]


class _Zone(NamedTuple):
    pk: int
    slug: str
    region: str
    division_code: str


@dataclass(frozen=True)
class Geography:
    """Codes of places by the integer keys of rows, as they were on each day."""

    zones: dict[int, str]
    regions: dict[int, str]
    associations: dict[int, str]
    of_regions: dict[int, frozenset[str]]
    turns: dict[int, Turns] = field(repr=False)

    def of_zone(self, zone_id: int | None, day: date) -> frozenset[str]:
        """Codes of all places the zone is in on a day."""
        turns = self.turns.get(zone_id) if zone_id is not None else None
        return NOWHERE if turns is None else turns.places[bisect_right(turns.days, day) - 1]

    def spans(self, zone_ids: Collection[int | None], there: Interval) -> Iterator[tuple[Interval, frozenset[str]]]:
        """What lies in these zones, from each day on which one of them joins or leaves an association to the next, with
        the places of all of them: each day of `there` once.
        """
        held = [self.turns[one] for one in zone_ids if one is not None and one in self.turns]
        turned = {day for turns in held for day in turns.days if day > (there.start or EVER) and there.holds(day)}
        starts = [there.start, *sorted(turned)]
        for start, end in pairwise([*starts, there.end]):
            at = [turns.places[bisect_right(turns.days, start or EVER) - 1] for turns in held]
            yield Interval(start, end), NOWHERE.union(*at)

    def zones_in(self, scope: Scope, day: date) -> list[int]:
        """Keys of the zones of a scope on a day, the oldest record first; all for the nation."""
        return sorted(pk for pk in self.zones if scope.covers(self.of_zone(pk, day)))

    def of_region(self, region_id: int | None) -> frozenset[str]:
        return self.of_regions.get(region_id, NOWHERE) if region_id is not None else NOWHERE

    def of_side(self, zone_id: int | None, region_id: int | None, day: date) -> tuple[frozenset[str], frozenset[str]]:
        """The places of a zone and of a region that is named beside it, together those of one side. Where the region is
        another than the zone's, the region and its groups are those of the region.
        """
        ground, region = self.of_zone(zone_id, day), self.of_region(region_id)
        if region_id is None or self.regions[region_id] in ground:
            return ground, region
        return frozenset(code for code in ground if not code.startswith(("region:", "group:"))), region

    def of_association(self, association_id: int) -> frozenset[str]:
        return frozenset({self.associations[association_id]})


def without_associations(places: frozenset[str]) -> frozenset[str]:
    """For what counts only for the associations it is linked to."""
    return frozenset(code for code in places if not code.startswith("association:"))


def read_geography(*, samples: bool) -> Geography:
    """As the tables have it now, for every day; with made-up memberships only where samples count."""
    zones = [_Zone(*row) for row in Zone.objects.values_list("pk", "slug", "region__code", "division_code")]
    groups = list(RegionGroup.objects.all())
    associations = {row.pk: f"association:{row.slug}" for row in Association.objects.only("pk", "slug")}
    of_regions = {
        row.pk: frozenset({f"region:{row.code}", *_groups_of(row.code, groups)}) for row in Region.objects.all()
    }
    return Geography(
        zones={zone.pk: f"zone:{zone.slug}" for zone in zones},
        regions={pk: next(code for code in codes if code.startswith("region:")) for pk, codes in of_regions.items()},
        associations=associations,
        of_regions=of_regions,
        turns=_turns(zones, groups, associations, samples=samples),
    )


def _groups_of(code: str, groups: list[RegionGroup]) -> list[str]:
    """Groups that name the division, its prefecture or its province."""
    wholes = {code, f"{code[:4]}00", f"{code[:2]}0000"}
    return [f"group:{group.slug}" for group in groups if wholes.intersection(group.member_codes)]


def recorded_memberships(*, samples: bool) -> QuerySet[Membership]:
    """All, or those that are not made up."""
    return Membership.objects.all() if samples else Membership.objects.exclude(confidence=MADE_UP)


def _turns(
    zones: list[_Zone], groups: list[RegionGroup], associations: dict[int, str], *, samples: bool
) -> dict[int, Turns]:
    memberships: dict[int, list[tuple[str, Interval]]] = {}
    for zone_id, association_id, start, end in recorded_memberships(samples=samples).values_list(
        "zone_id", "association_id", "joined_on", "left_on"
    ):
        memberships.setdefault(zone_id, []).append((associations[association_id], Interval(start, end)))
    found = {}
    for zone in zones:
        fixed = {f"zone:{zone.slug}", f"region:{zone.region}", *_groups_of(zone.division_code, groups)}
        held = memberships.get(zone.pk, [])
        days = sorted({EVER, *(day for _, interval in held for day in interval if day is not None)})
        found[zone.pk] = Turns(
            days, [frozenset(fixed | {code for code, interval in held if interval.holds(day)}) for day in days]
        )
    return found
