"""What strangers are not told of one figure in one year, over all places at once: the small numbers, and those from
which they could be taken.

A place whose parts are published is a line: a total and its parts. The nation is the sum of its zones and of its
regions, a region that of its zones, a group that of its regions and of its zones, an association that of its members.
Where facts count in two places or in none of the parts the sum is not exact; it is protected as if it were.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np

from figures.geography import Geography
from figures.protection import FEWEST
from figures.scopes import NATION
from zones.scoping import Principal, reads_figures_of

REMEMBERED: Final = 4_096
TINY: Final = 1e-9
Line = tuple[str, ...]
"""The code of a total, then those of its parts."""


def lines_of(geography: Geography, day: date) -> tuple[Line, ...]:
    """Every sum that can be checked with what is published of places, as they were on a day."""
    zones_of: dict[str, list[str]] = {}
    for pk, zone in sorted(geography.zones.items()):
        for place in geography.of_zone(pk, day) - {zone}:
            zones_of.setdefault(place, []).append(zone)
    regions = sorted(place for place in zones_of if place.startswith("region:"))
    regions_of: dict[str, list[str]] = {}
    for codes in geography.of_regions.values():
        for region in codes.intersection(regions):
            for group in codes - {region}:
                regions_of.setdefault(group, []).append(region)
    whole = [(NATION, *sorted(geography.zones.values())), (NATION, *regions)]
    parts = [(total, *parts) for of in (zones_of, regions_of) for total, parts in sorted(of.items())]
    return tuple(line for line in (*whole, *parts) if len(line) > 1)


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
    hidden = {place for place, count in numbers.items() if count < FEWEST}
    counted = [some for line in lines if len(some := tuple(place for place in line if place in numbers)) > 1]
    exact = [line for line in counted if _rest(numbers, line) == 0]
    while hidden and (
        more := _lonely(numbers, counted, hidden) or _beside(numbers, exact, hidden, _computable(exact, hidden))
    ):
        hidden.add(more)
    return frozenset(hidden | {place for line in lines for place in line if place not in numbers})


def _rest(numbers: Mapping[str, int], line: Line) -> int:
    """What a total holds that is in none of its parts: nobody outside knows it, so it hides like a part."""
    total, *parts = line
    return max(0, numbers[total] - sum(numbers[part] for part in parts))


def _lonely(numbers: Mapping[str, int], lines: Iterable[Line], hidden: set[str]) -> str | None:
    """The next number to hide in a line where what is hidden could be told from the rest of it."""
    for line in lines:
        total, *parts = line
        gone = [numbers[part] for part in parts if part in hidden]
        if rest := _rest(numbers, line):
            gone.append(rest)
        if _is_exposed(gone, is_total_told=total not in hidden) and (more := _smallest(numbers, [line], hidden)):
            return more
    return None


def _is_exposed(gone: list[int], *, is_total_told: bool) -> bool:
    """Whether the hidden parts of a line, or its hidden total, can be told from what is not hidden."""
    if not is_total_told:
        return not gone
    return bool(gone) and (len(gone) == 1 or sum(gone) < FEWEST)


def _smallest(numbers: Mapping[str, int], lines: Iterable[Line], hidden: set[str]) -> str | None:
    """Of what these lines still tell, the smallest part; the total only where no part is left."""
    told = [(place == line[0], numbers[place], place) for line in lines for place in line if place not in hidden]
    return min(told)[2] if told else None


def _beside(numbers: Mapping[str, int], lines: list[Line], hidden: set[str], computable: set[str]) -> str | None:
    """A number to hide where several lines together would give one away: beside it, else anywhere."""
    if not computable:
        return None
    near = [line for line in lines if computable.intersection(line)]
    return _smallest(numbers, near, hidden) or _smallest(numbers, lines, hidden)


def _computable(lines: list[Line], hidden: set[str]) -> set[str]:
    """Hidden numbers that follow from what is told: the lines are equations, reduced until one stands alone."""
    unknown = sorted({place for line in lines for place in line if place in hidden})
    at = {place: column for column, place in enumerate(unknown)}
    rows = np.zeros((len(lines), len(unknown)))
    for row, line in zip(rows, lines, strict=True):
        for position, place in enumerate(line):
            if place in at:
                row[at[place]] += 1 if position else -1
    _reduce(rows)
    alone = rows[(np.abs(rows) > TINY).sum(axis=1) == 1]
    return {unknown[int(np.argmax(np.abs(row)))] for row in alone}


def _reduce(rows: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> None:
    """To reduced row echelon form, in place."""
    height, width = rows.shape
    top = 0
    for column in range(width):
        if top == height:
            return
        pivot = top + int(np.argmax(np.abs(rows[top:, column])))
        if abs(rows[pivot, column]) <= TINY:
            continue
        rows[[top, pivot]] = rows[[pivot, top]]
        rows[top] /= rows[top, column]
        factors = rows[:, column].copy()
        factors[top] = 0
        rows -= np.outer(factors, rows[top])
        rows[np.abs(rows) <= TINY] = 0
        top += 1
