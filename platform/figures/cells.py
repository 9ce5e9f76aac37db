"""All scopes and years of one definition in one pass over its facts: what dashboards and reports are made of."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from figures.definitions.base import Definition
from figures.facts import Fact
from figures.scopes import NATION

YEARS: Final = 10


class Cell(NamedTuple):
    """A sum with the number of facts in it."""

    amount: Decimal
    number: int


Cells = dict[str, Cell]
"""Code of a place → what counts there; `nation` for all."""


def last_years(as_of: date) -> range:
    """The ten years that are kept ready."""
    return range(as_of.year - YEARS + 1, as_of.year + 1)


def cells_of(definition: Definition, facts: Iterable[Fact], *, as_of: date) -> dict[int, Cells]:
    """Year → cells. A flow counts in the year of its day, a stock at the end of each year or on `as_of`."""
    years = last_years(as_of)
    if definition.is_stock:
        days = [(year, min(date(year, 12, 31), as_of)) for year in years]
        return _summed(((year, fact) for fact in facts for year, day in days if _is_there(fact, day)), years)
    return _summed(((fact.start.year, fact) for fact in facts if fact.start and fact.start.year in years), years)


def _is_there(fact: Fact, day: date) -> bool:
    return (fact.start is None or fact.start <= day) and (fact.end is None or day < fact.end)


def _summed(counted: Iterable[tuple[int, Fact]], years: range) -> dict[int, Cells]:
    """First by sets of places, which are far fewer than facts times places; then each set goes to its places."""
    by_set: dict[tuple[int, frozenset[str]], list[Any]] = {}
    for year, fact in counted:
        cell = by_set.get((year, fact.places))
        if cell is None:
            by_set[year, fact.places] = [fact.amount, 1]
        else:
            cell[0] += fact.amount
            cell[1] += 1
    sums: dict[int, dict[str, list[Any]]] = {year: {} for year in years}
    for (year, places), (amount, number) in by_set.items():
        _spread(sums[year], places, amount, number)
    return {
        year: {place: Cell(*cell) for place, cell in found.items() if _is_kept(place)} for year, found in sums.items()
    }


def _is_kept(place: str) -> bool:
    """Pairs of zones are as many as contracts: their sums are asked of the rows."""
    return not (place.startswith("zone:") and ">" in place)


def _spread(sums: dict[str, list[Any]], places: frozenset[str], amount: Decimal, number: int) -> None:
    for place in (NATION, *places):
        cell = sums.get(place)
        if cell is None:
            sums[place] = [amount, number]
        else:
            cell[0] += amount
            cell[1] += number
