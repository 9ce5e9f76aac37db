"""Months add up to quarters and to the year; a stock is as of the end; sums are exact whatever their size."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from figures import parts
from figures.cells import Cell, Sums, added, last_years, sums_of
from figures.definitions.registry import all_definitions
from figures.facts import Fact
from figures.parts import Part

AS_OF = date(2026, 11, 27)
PLACES = ("zone:a", "zone:b", "region:1", "association:x", "region:1>region:2", "zone:a>zone:b")


def facts(choose: Random, amounts: list[Decimal]) -> list[Fact]:
    found = []
    for key in range(200):
        start = AS_OF - timedelta(days=choose.randrange(4200))
        end = choose.choice([None, start + timedelta(days=choose.randrange(900))])
        places = frozenset(choose.sample(PLACES, choose.randrange(4)))
        found.append(Fact("t", key, choose.choice([start, start, None]), end, choose.choice(amounts), places))
    return found


def brute(found: list[Fact], *, place: str, start: date, end: date, is_stock: bool) -> Cell:
    def counts(fact: Fact) -> bool:
        if place not in ("nation", *fact.places):
            return False
        if is_stock:
            return (fact.start is None or fact.start <= end) and (fact.end is None or end < fact.end)
        return fact.start is not None and start <= fact.start <= end

    some = [fact.amount for fact in found if counts(fact)]
    return Cell(sum(some, Decimal(0)), len(some))


def of(sums: Sums, place: str, part: Part, *, is_stock: bool) -> Cell:
    none = Cell(Decimal(0), 0)
    if is_stock:
        return sums.months.get(part.last, {}).get(place, none)
    return added(sums.months.get(month, {}).get(place, none) for month in range(part.first, part.last + 1))


@pytest.mark.parametrize("is_stock", [False, True])
@pytest.mark.parametrize(
    "amounts", [["1"], ["0.01", "12345678.90"], ["0.001", "3"], ["1", "90000000000000000000"], ["-5", "7.5"]]
)
def test_months_quarters_and_years_are_those_of_the_facts(amounts: list[str], is_stock: bool) -> None:
    found = facts(Random(len(amounts)), [Decimal(amount) for amount in amounts])
    figure = all_definitions()["centres.active" if is_stock else "contracts.amount"]
    sums = sums_of(figure, found, as_of=AS_OF)
    assert list(sums) == list(last_years(AS_OF))
    for year in (2017, 2025, 2026):
        last = min(date(year, 12, 31), AS_OF)
        for place in ("nation", *PLACES[:4]):
            whole = brute(found, place=place, start=date(year, 1, 1), end=last, is_stock=is_stock)
            assert sums[year].year.get(place, Cell(Decimal(0), 0)) == whole
            for part in parts.begun([*parts.quarters(year), *parts.months(year)], AS_OF):
                end = min(part.period.end, AS_OF)
                told = Part(year, part.first, end.month) if is_stock else part
                expected = brute(found, place=place, start=part.period.start, end=end, is_stock=is_stock)
                assert of(sums[year], place, told, is_stock=is_stock) == expected, (part, place)
            if not is_stock:
                quarters = [of(sums[year], place, part, is_stock=False) for part in parts.quarters(year)]
                assert added(quarters) == whole


def test_of_pairs_only_regions_and_whole_years_are_kept() -> None:
    figure: Any = all_definitions()["contracts.flow"]
    sums = sums_of(figure, facts(Random(1), [Decimal(1)]), as_of=AS_OF)
    assert "region:1>region:2" in sums[2025].year
    assert not [place for cells in sums[2025].months.values() for place in cells if ">" in place]
    assert "zone:a>zone:b" not in sums[2025].year


def test_without_facts_there_are_years_without_sums() -> None:
    sums = sums_of(all_definitions()["contracts.amount"], [], as_of=AS_OF)
    assert all(one == Sums({}, {}) for one in sums.values())


def test_before_the_first_quarter_is_the_last_of_the_year_before() -> None:
    assert parts.quarters(2025)[0].before() == parts.quarters(2024)[3]
    assert parts.months(2025)[0].before() == parts.months(2024)[11]
    assert parts.months(2025)[5].before() == parts.months(2025)[4]
    assert [part.code for part in parts.begun(parts.quarters(2026), date(2026, 7, 1))] == ["Q1", "Q2", "Q3"]
    assert parts.parsed("Q3", 2025) == Part(2025, 7, 9)
    assert parts.parsed("05", 2025) == Part(2025, 5, 5)
    assert [parts.parsed(code, 2025) for code in ("Q5", "13", "5", "Q", "q1", "")] == [None] * 6
