"""All scopes, years and months of one definition in one pass over its facts: what dashboards are made of."""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

import numpy as np

from figures.definitions.base import Definition
from figures.facts import Fact
from figures.scopes import NATION

YEARS: Final = 10
CENTS: Final = 100
FITS: Final = Decimal(2**62)
"""A machine word holds sums up to here."""
Array = np.ndarray[Any, Any]


class Cell(NamedTuple):
    """A sum with the number of facts in it."""

    amount: Decimal
    number: int


NONE: Final = Cell(Decimal(0), 0)
Cells = dict[str, Cell]
"""Code of a place → what counts there; `nation` for all."""


class Sums(NamedTuple):
    """Of a year: the whole, and its months. A flow's months add up to the year; a stock's are as of their ends."""

    year: Cells
    months: dict[int, Cells]


def last_years(as_of: date) -> range:
    """The ten years that are kept ready."""
    return range(as_of.year - YEARS + 1, as_of.year + 1)


def sums_of(definition: Definition, facts: Iterable[Fact], *, as_of: date) -> dict[int, Sums]:
    """Year → its sums. A flow counts in the month of its day, a stock at the end of each month or on `as_of`."""
    years = last_years(as_of)
    table = _tallied(_standing(facts, as_of) if definition.is_stock else _happened(facts, years))
    if definition.is_stock:
        table = table.carried_on()
    begun = 12 * (YEARS - 1) + (as_of.month if definition.is_stock else 12)
    found = {}
    for position, year in enumerate(years):
        columns = range(12 * position, min(12 * position + 12, begun))
        whole = table.cells(columns[-1:] if definition.is_stock else columns)
        months = {month: table.cells(columns[month - 1 : month], pairs=False) for month in range(1, len(columns) + 1)}
        found[year] = Sums(whole, {month: cells for month, cells in months.items() if cells})
    return found


_Entry = tuple[frozenset[str], int, Decimal, int]
"""What comes (or goes: less than nothing) in one of the 120 months: its places, the month, the amount, how many."""


def _happened(facts: Iterable[Fact], years: range) -> Iterator[_Entry]:
    for _table, _key, day, _end, amount, places in facts:
        if day is not None and day.year in years:
            yield places, 12 * (day.year - years[0]) + day.month - 1, amount, 1


def _standing(facts: Iterable[Fact], as_of: date) -> Iterator[_Entry]:
    """A fact comes in one month and goes in another: what is there has come and not gone."""
    months = [(year, month) for year in last_years(as_of) for month in range(1, 13) if date(year, month, 1) <= as_of]
    days = [min(date(*month, monthrange(*month)[1]), as_of) for month in months]
    for fact in facts:
        comes = 0 if fact.start is None else bisect_left(days, fact.start)
        goes = len(days) if fact.end is None else bisect_left(days, fact.end)
        if comes < goes:
            yield fact.places, comes, fact.amount, 1
            if goes < len(days):
                yield fact.places, goes, -fact.amount, -1


class _Table(NamedTuple):
    """Places × 120 months: `amounts` in units of `step`, and `numbers` of facts."""

    codes: list[str]
    amounts: Array
    numbers: Array
    step: int

    def carried_on(self) -> "_Table":
        """What there is at the end of each month, of what has come and gone in each."""
        return self._replace(amounts=self.amounts.cumsum(axis=1), numbers=self.numbers.cumsum(axis=1))

    def cells(self, columns: range, *, pairs: bool = True) -> Cells:
        """Over some months. Of pairs of places only years are kept: their months are asked of the rows."""
        some = slice(columns.start, columns.stop)
        amounts = self.amounts[:, some].sum(axis=1).tolist()
        numbers = self.numbers[:, some].sum(axis=1).tolist()
        return {
            code: Cell(Decimal(amount) / self.step, number)
            for code, amount, number in zip(self.codes, amounts, numbers, strict=True)
            if number and (pairs or ">" not in code)
        }


def _tallied(entries: Iterable[_Entry]) -> _Table:
    """Each entry counts for every place of its set, and for the nation."""
    sets: dict[frozenset[str], int] = {}
    of_set, columns, told, counts = [], [], [], []
    for places, column, amount, number in entries:
        of_set.append(sets.setdefault(places, len(sets)))
        columns.append(column)
        told.append(amount)
        counts.append(number)
    codes: dict[str, int] = {}
    at = [[codes.setdefault(code, len(codes)) for code in (NATION, *some) if _is_kept(code)] for some in sets]
    amounts, step = _in_steps(told)
    entry, place = _spread(np.array(of_set, dtype=np.int64), at)
    cell = place, np.array(columns, dtype=np.int64)[entry]
    sums, numbers = (np.zeros((len(codes), 12 * YEARS), dtype=dtype) for dtype in (amounts.dtype, np.int64))
    np.add.at(sums, cell, amounts[entry])
    np.add.at(numbers, cell, np.array(counts, dtype=np.int64)[entry])
    return _Table(list(codes), sums, numbers, step)


def _spread(of_set: Array, at: list[list[int]]) -> tuple[Array, Array]:
    """Entry and place of everything to be counted: each entry as often as its set has places."""
    sizes = np.array([len(places) for places in at], dtype=np.int64)
    ends = sizes.cumsum()
    every = np.array([place for places in at for place in places], dtype=np.int64)
    times = sizes[of_set]
    entry = np.repeat(np.arange(len(of_set)), times)
    first = np.repeat((ends - sizes)[of_set] - (times.cumsum() - times), times)
    return entry, every[first + np.arange(len(entry))]


def _in_steps(amounts: list[Decimal]) -> tuple[Array, int]:
    """Exact, as whole cents where all of them are and their sum fits a machine word; else as they are."""
    cents = [amount * CENTS for amount in amounts]
    if sum(map(abs, cents)) < FITS and all(amount == int(amount) for amount in cents):
        return np.array([int(amount) for amount in cents], dtype=np.int64), CENTS
    return np.array(amounts, dtype=object), 1


def _is_kept(place: str) -> bool:
    """Pairs of zones are as many as contracts: their sums are asked of the rows."""
    return not (place.startswith("zone:") and ">" in place)


def added(parts: Iterable[Cell]) -> Cell:
    """Of a flow over several months."""
    found = list(parts)
    return Cell(sum((one.amount for one in found), Decimal(0)), sum(one.number for one in found))
