"""All scopes and years of one definition in one pass over its facts: what dashboards and reports are made of."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

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
    return _stocks(facts, as_of) if definition.is_stock else _flows(facts, as_of)


def _flows(facts: Iterable[Fact], as_of: date) -> dict[int, Cells]:
    years = last_years(as_of)
    found: dict[int, dict[str, list[Decimal | int]]] = {year: {} for year in years}
    for fact in facts:
        if fact.start is not None and fact.start.year in years:
            _add(found[fact.start.year], fact)
    return {year: _closed(sums) for year, sums in found.items()}


def _stocks(facts: Iterable[Fact], as_of: date) -> dict[int, Cells]:
    days = {year: min(date(year, 12, 31), as_of) for year in last_years(as_of)}
    found: dict[int, dict[str, list[Decimal | int]]] = {year: {} for year in days}
    for fact in facts:
        for year, day in days.items():
            if (fact.start is None or fact.start <= day) and (fact.end is None or day < fact.end):
                _add(found[year], fact)
    return {year: _closed(sums) for year, sums in found.items()}


def _add(sums: dict[str, list[Decimal | int]], fact: Fact) -> None:
    for place in (NATION, *fact.places):
        cell = sums.get(place)
        if cell is None:
            sums[place] = [fact.amount, 1]
        else:
            cell[0] += fact.amount
            cell[1] += 1


def _closed(sums: dict[str, list[Decimal | int]]) -> Cells:
    return {place: Cell(Decimal(amount), int(count)) for place, (amount, count) in sums.items()}
