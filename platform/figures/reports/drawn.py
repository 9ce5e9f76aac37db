"""What a report draws: month by month, year by year, from the need to the cooperation, and from where to where."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.utils import formats
from django.utils.translation import gettext as _

from figures import periods, scopes
from figures.answering import Answering
from figures.definitions.needs import FUNNEL
from figures.definitions.registry import all_definitions
from figures.facts import Fact
from figures.periods import Period
from figures.questions import Question
from figures.reports.languages import Both, both
from figures.reports.lines import Clause
from figures.scopes import NATION, Scope
from figures.sentences import value_text
from figures.units import is_english
from zones.scoping import SYSTEM

COUNTS: Final[tuple[Clause, ...]] = (
    ("events.exchange", ""), ("events.matchmaking", ""), ("needs.collected", ""), ("cooperations.projects", "signed"),
)  # fmt: skip
MONEY: Final[tuple[Clause, ...]] = (("contracts.amount", ""),)
YEARS: Final = 5
MONTHS: Final = 12
LARGEST: Final = 6


def trends(scope: Scope, period: Period, answering: Answering) -> list[dict[str, Any]]:
    """Charts of numbers and of money, by month and by year: each only where there is something to see."""
    found = []
    for clauses in (COUNTS, MONEY):
        for spans in (_months(period), _years(period)):
            chart = _chart(scope, spans, answering, clauses) if spans else None
            if chart is not None and len(chart["labels"]) > 1:
                found.append(chart)
    return found


def _from_the_first(chart: dict[str, Any]) -> dict[str, Any]:
    """Without the years before there was anything: one year alone is no trend."""
    columns = list(zip(*(one["values"] for one in chart["series"]), strict=True))
    first = next(place for place, column in enumerate(columns) if any(Decimal(value) for value in column))
    series = [{**one, "values": one["values"][first:]} for one in chart["series"]]
    return {**chart, "labels": chart["labels"][first:], "series": series}


def _chart(scope: Scope, spans: Sequence[Period], answering: Answering, clauses: Sequence[Clause]) -> Any:
    whole = Period(spans[-1].code, spans[0].start, spans[-1].end)
    series = []
    for figure, milestone in clauses:
        asked = Question(all_definitions()[figure], scope, whole, answering.reading.as_of, milestone)
        values = _by_span(answering.answer(replace(asked, samples=answering.reading.samples)).facts, spans)
        if any(values):
            name = both(lambda asked=asked: asked.definition.words(asked))
            series.append({"figure": figure, "name": name, "values": [f"{value:f}" for value in values]})
    if not series:
        return None
    unit = all_definitions()[clauses[0][0]].unit
    chart = {"is_money": unit.is_money, "labels": [_label(span, spans) for span in spans], "series": series,
             "by": "year" if spans[0].is_year else "month"}  # fmt: skip
    return _from_the_first(chart) if spans[0].is_year else chart


def _by_span(facts: Sequence[Fact], spans: Sequence[Period]) -> list[Decimal]:
    sums = [Decimal(0)] * len(spans)
    for fact in facts:
        for place, span in enumerate(spans):
            if fact.start is not None and fact.start in span:
                sums[place] += fact.amount
    return sums


def _months(period: Period) -> list[Period]:
    """The months of it; of a month the twelve that end with it; none of several years."""
    if period.is_range:
        return []
    last, count = period.end, (period.end.month - period.start.month + 1)
    count = MONTHS if count == 1 else count
    found: list[Period] = []
    year, month = last.year, last.month
    while len(found) < count:
        days = monthrange(year, month)[1]
        found.insert(0, Period(f"{year}-{month:02d}", date(year, month, 1), date(year, month, days)))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return found


def _years(period: Period) -> list[Period]:
    """The year and those before it; none of a part of a year."""
    if not period.is_year:
        return []
    return [periods.year(number) for number in range(period.start.year - YEARS + 1, period.start.year + 1)]


def _label(span: Period, spans: Sequence[Period]) -> Both:
    if span.is_year:
        return {"zh": f"{span.code}年", "en": span.code}
    is_one_year = spans[0].start.year == spans[-1].start.year
    pattern = "M" if is_one_year else "M Y"
    zh = f"{span.start.month}月" if is_one_year else f"{span.start.year}年{span.start.month}月"
    return {"zh": zh, "en": both(lambda: formats.date_format(span.start, pattern))["en"]}


def funnel(scope: Scope, period: Period, answering: Answering) -> list[dict[str, Any]]:
    """From the need to the cooperation, each step by its own day; empty where no need was collected."""
    at = answering.reading
    asked = [Question(all_definitions()[one], scope, period, at.as_of, way, at.samples) for one, way in FUNNEL]
    answers = [answering.answer(one) for one in asked]
    if not answers[0].number:
        return []
    return [
        {"name": both(lambda a=a: a.definition.words(a.question)), "value": both(lambda a=a: value_text(a)),
         "number": f"{a.number or Decimal(0):f}"}
        for a in answers
    ]  # fmt: skip


def flow(scope: Scope, period: Period, answering: Answering) -> dict[str, Any] | None:
    """Turnover of contracts from the seller's place to the buyer's: of the nation between regions, else between zones
    with an end in the scope. The largest places, and all others together.
    """
    sums = _pairs(scope, period, answering)
    if not sums:
        return None
    sizes: dict[str, Decimal] = {}
    for ends, amount in sums.items():
        for code in set(ends):
            sizes[code] = sizes.get(code, Decimal(0)) + amount
    largest = sorted(sizes, key=lambda code: (-sizes[code], code))[:LARGEST]
    places = [*largest, *([""] if len(sizes) > len(largest) else [])]
    cells = {(one, other): Decimal(0) for one in places for other in places}
    for (seller, buyer), amount in sums.items():
        cells[seller if seller in largest else "", buyer if buyer in largest else ""] += amount
    return {"places": [_place(code) for code in places],
            "cells": [[f"{cells[one, other]:f}" for other in places] for one in places]}  # fmt: skip


def _pairs(scope: Scope, period: Period, answering: Answering) -> dict[tuple[str, str], Decimal]:
    kind = "region:" if scope.kind == NATION else "zone:"
    inside = _zones_in(scope, period, answering)
    found: dict[tuple[str, str], Decimal] = {}
    for fact in answering.facts(all_definitions()["contracts.flow"], ""):
        if fact.start is None or fact.start not in period:
            continue
        for pair in fact.places:
            seller, _arrow, buyer = pair.partition(">")
            if pair.startswith(kind) and (inside is None or seller in inside or buyer in inside):
                found[seller, buyer] = found.get((seller, buyer), Decimal(0)) + fact.amount
    return found


def _zones_in(scope: Scope, period: Period, answering: Answering) -> set[str] | None:
    """Codes of the zones of a scope at the end of the period; None for the nation: all."""
    geography = answering.reading.geography
    return None if scope.kind == NATION else {geography.zones[pk] for pk in geography.zones_in(scope, period.end)}


def _place(code: str) -> Both:
    if not code:
        return both(lambda: _("其他"))
    place = scopes.parsed(code, SYSTEM)
    return {"zh": place.name_zh, "en": place.name_en}


def month_name(day: date) -> str:
    """9月, September."""
    return formats.date_format(day, "F") if is_english() else f"{day.month}月"
