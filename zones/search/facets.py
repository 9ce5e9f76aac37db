"""Narrowing a search and counting what each further choice would give: a facet is counted as if nothing of it were
chosen.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from zones.search.asking import Pool
from zones.search.distances import nearness, nearness_at
from zones.search.requests import DISTANCES, FRESH
from zones.search.segments import NO_DAY, UNDATED, FacetColumn, Flags, Rows

COLUMNS: Final = ("kind", "zone", "field", "equipment", "trl", "price", "sharing")
"""Facets that are columns of every segment; the others follow from zone, day, place or subject."""


class ZonePlace(NamedTuple):
    """What search must know of a zone: its region and the associations it is a member of today, by slug."""

    slug: str
    region: str
    associations: tuple[str, ...]
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Surroundings:
    """The day, the zones by key, and the place distances are measured from (None: none)."""

    today: int
    zones: Mapping[str, ZonePlace]
    origin: tuple[float, float] | None = None


@dataclass(frozen=True)
class View:
    """One pool in its surroundings, with what is derived of it once."""

    pool: Pool
    surroundings: Surroundings

    @cached_property
    def nearness(self) -> NDArray[np.float64]:
        """How near records are to the origin, NaN where unknown or where there is no origin; float64[d]."""
        segment = self.pool.segment
        if self.surroundings.origin is None:
            return np.full(len(segment), np.nan)
        return nearness(segment.place, self.surroundings.origin)


class Facet(Protocol):
    """One way to narrow a search."""

    def counts(self, view: View, rows: Rows) -> Mapping[str, int]:
        """How many of the rows have each value."""
        ...

    def having(self, view: View, wanted: Collection[str]) -> Flags:
        """Which records have one of the values; bool[d]."""
        ...


class BySubject:
    """All records of a segment are of one subject."""

    def counts(self, view: View, rows: Rows) -> Mapping[str, int]:
        return {view.pool.segment.subject: int(rows.size)}

    def having(self, view: View, wanted: Collection[str]) -> Flags:
        return np.full(len(view.pool.segment), view.pool.segment.subject in wanted)


@dataclass(frozen=True)
class ByColumn:
    """The values stand in a column."""

    name: str

    def counts(self, view: View, rows: Rows) -> Mapping[str, int]:
        column = self._column(view)
        return dict(zip(column.values, column.counts(rows).tolist(), strict=True))

    def having(self, view: View, wanted: Collection[str]) -> Flags:
        column = self._column(view)
        return column.having(np.array([value in wanted for value in column.values], dtype=np.bool_))

    def _column(self, view: View) -> FacetColumn:
        return view.pool.segment.facets[self.name]


@dataclass(frozen=True)
class ByZone:
    """Every zone stands for some values: its slug, its region, its associations."""

    part: str

    def counts(self, view: View, rows: Rows) -> Mapping[str, int]:
        found: Counter[str] = Counter()
        column = view.pool.segment.facets["zone"]
        for zone, count in zip(column.values, column.counts(rows).tolist(), strict=True):
            for value in self._values(view, zone):
                found[value] += count
        return found

    def having(self, view: View, wanted: Collection[str]) -> Flags:
        column = view.pool.segment.facets["zone"]
        chosen = [not set(self._values(view, zone)).isdisjoint(wanted) for zone in column.values]
        return column.having(np.array(chosen, dtype=np.bool_))

    def _values(self, view: View, zone: str) -> Sequence[str]:
        place = view.surroundings.zones.get(zone)
        if place is None:
            return ()
        return place.associations if self.part == "association" else (getattr(place, self.part),)


class ByFreshness:
    """How long ago a record was confirmed, in steps."""

    def counts(self, view: View, rows: Rows) -> Mapping[str, int]:
        steps = self._steps(view, view.pool.segment.day[rows])
        return dict(zip(FRESH, np.bincount(steps[steps >= 0], minlength=len(FRESH)).tolist(), strict=True))

    def having(self, view: View, wanted: Collection[str]) -> Flags:
        steps = [step for step, name in enumerate(FRESH) if name in wanted]
        return np.isin(self._steps(view, view.pool.segment.day), steps)

    def _steps(self, view: View, day: NDArray[np.int32]) -> Rows:
        """The number of the step of each day, -1 for one without; int64[days]."""
        age = view.surroundings.today - day
        steps = sum((age > days for days in FRESH.values() if days), np.zeros(day.size, dtype=np.int64))
        return np.where(day == UNDATED, -1, np.where(day == NO_DAY, len(FRESH) - 1, steps))


class ByDistance:
    """How near a record is at least; the steps contain each other."""

    def counts(self, view: View, rows: Rows) -> Mapping[str, int]:
        if view.surroundings.origin is None:
            return {}
        near = view.nearness[rows]
        return {step: int(np.count_nonzero(near >= nearness_at(float(step)))) for step in DISTANCES}

    def having(self, view: View, wanted: Collection[str]) -> Flags:
        flags: Flags = view.nearness >= nearness_at(max(map(float, wanted)))
        return flags


BY_NAME: Final[dict[str, Facet]] = {
    "subject": BySubject(),
    "kind": ByColumn("kind"),
    "zone": ByZone("slug"),
    "region": ByZone("region"),
    "association": ByZone("association"),
    "field": ByColumn("field"),
    "equipment": ByColumn("equipment"),
    "trl": ByColumn("trl"),
    "price": ByColumn("price"),
    "sharing": ByColumn("sharing"),
    "fresh": ByFreshness(),
    "within": ByDistance(),
}


class Narrowed(NamedTuple):
    """rows int64[k] per view: the records that have everything chosen; counts: facet → value → how many there are;
    without: facet that was chosen → how many there would be without that choice.
    """

    rows: list[Rows]
    counts: dict[str, Counter[str]]
    without: Counter[str]

    @property
    def total(self) -> int:
        return sum(int(rows.size) for rows in self.rows)


def narrow(views: Sequence[View], matched: Sequence[Flags], chosen: Mapping[str, Collection[str]]) -> Narrowed:
    """Take the records that have one of the chosen values of every facet, and count the values of all facets."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in BY_NAME}
    without: Counter[str] = Counter()
    found = [_narrow(view, flags, chosen, counts, without) for view, flags in zip(views, matched, strict=True)]
    return Narrowed(found, counts, without)


def _narrow(
    view: View,
    matched: Flags,
    chosen: Mapping[str, Collection[str]],
    counts: Mapping[str, Counter[str]],
    without: Counter[str],
) -> Rows:
    having = {name: BY_NAME[name].having(view, wanted) for name, wanted in chosen.items()}
    lacking = sum((~flags for flags in having.values()), np.zeros(matched.size, dtype=np.int64))
    rows = np.flatnonzero(matched & (lacking == 0))
    for name, facet in BY_NAME.items():
        counted = rows
        if name in having:
            counted = np.flatnonzero(matched & (lacking - ~having[name] == 0))
            without[name] += int(counted.size)
        if counted.size:
            counts[name].update({value: count for value, count in facet.counts(view, counted).items() if count})
    return rows
