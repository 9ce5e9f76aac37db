"""Numbers of a dashboard as its page shows them: text, and the way to the rows each is made of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from types import MappingProxyType
from typing import Final
from urllib.parse import urlencode

from django.contrib.humanize.templatetags.humanize import intcomma
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _

from figures.boards import Board, When, fitting
from figures.cells import NONE, Cell
from figures.definitions.needs import FUNNEL
from figures.definitions.registry import all_definitions
from figures.matrices import OTHER, Matrix
from figures.questions import Question
from figures.scopes import Scope
from figures.services.rollups import Key
from figures.units import Unit, plain, rounded
from figures.wording import phrased

HEADLINES: Final[tuple[Key, ...]] = (
    ("zones.national", ""), ("members.all", ""), ("events.all", ""), ("needs.collected", ""),
    ("cooperations.projects", "signed"), ("cooperations.projects", "completed"), ("contracts.count", ""),
    ("contracts.amount", ""), ("centres.active", ""), ("consortia.active", ""), ("agreements.active", ""),
    ("conversions.count", ""), ("talent.exchanged", ""), ("catalogue.laboratories", ""), ("catalogue.equipment", ""),
)  # fmt: skip
TREND: Final[tuple[Key, ...]] = (
    ("events.all", ""), ("needs.collected", ""), ("cooperations.all", "signed"), ("cooperations.all", "completed"),
    ("contracts.amount", ""),
)  # fmt: skip
SAID_ALREADY: Final = {("zone", "zones.national")}
"""That a zone is one zone tells nobody anything."""
ZONES: Final[tuple[Key, ...]] = (
    ("events.all", ""), ("needs.collected", ""), ("cooperations.projects", "signed"), ("contracts.amount", ""),
)  # fmt: skip


FEWEST_STEPS: Final = 5
NOWHERE: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Number:
    """A number on the page. `digits` are what charts draw; both are empty where the reader is not told."""

    text: str
    digits: str = ""
    url: str = ""

    @property
    def is_hidden(self) -> bool:
        return not self.digits

    @property
    def html(self) -> str:
        """A page has a thousand: each as a template of its own would take a third of its time."""
        if self.is_hidden:
            return format_html('<span class="count">{}</span>', self.text)
        return format_html('<a href="{}">{}</a>', self.url, self.text) if self.url else escape(self.text)


@dataclass(frozen=True, slots=True)
class Headline:
    """`is_none`: nothing counts now, and nothing did before."""

    title: str
    number: Number
    growth: str
    sentence: str
    is_none: bool = False


def evidence_url(question: Question) -> str:
    """The page of the rows behind a number; empty while there is none."""
    asked = {
        "scope": question.scope.code, "period": "" if question.period is None else question.period.code,
        "milestone": question.milestone, "as_of": question.as_of.isoformat(),
    }  # fmt: skip
    try:
        path = reverse("portal:evidence", args=[question.definition.id])
    except NoReverseMatch:
        return ""
    return f"{path}?{urlencode({name: value for name, value in asked.items() if value})}"


def hidden() -> Number:
    return Number(_("不公开"))


def number_of(board: Board, key: Key, scope: Scope, when: When) -> Number:
    cell = board.cell(key, scope.code, when)
    if cell is None:
        return hidden()
    return shown(cell.amount, all_definitions()[key[0]].unit, evidence_url(board.question(key, scope, when)))


def shown(amount: Decimal, unit: Unit, url: str = "") -> Number:
    """Without its unit, which stands above it; money with its own."""
    text = phrased(amount, unit) if unit.is_money else intcomma(plain(rounded(amount)))
    return Number(text, plain(amount), url)


def headlines(board: Board, scope: Scope, when: When) -> list[Headline]:
    found = []
    for key in fitting(HEADLINES, scope):
        if (scope.kind, key[0]) in SAID_ALREADY:
            continue
        cell = board.cell(key, scope.code, when)
        question = board.question(key, scope, when)
        if cell is None:
            found.append(Headline(question.definition.words(question), hidden(), "", ""))
            continue
        value = phrased(cell.amount, question.definition.unit)
        number = Number(value, plain(cell.amount), evidence_url(question))
        growth, sentence = board.growth(key, scope, when), board.sentence(key, scope, when, cell)
        is_none = cell == NONE and board.was_none(key, scope.code, when)
        found.append(Headline(question.definition.words(question), number, growth, sentence, is_none))
    return found


def told_whole(scope: Scope) -> list[str]:
    """The headlines that are counted from what is published, of which nothing is too small to be told."""
    figures = [figure for figure, _milestone in fitting(HEADLINES, scope) if (scope.kind, figure) not in SAID_ALREADY]
    return [all_definitions()[figure].name for figure in figures if not all_definitions()[figure].is_sensitive]


def titles(board: Board, keys: Iterable[Key], scope: Scope, when: When) -> list[str]:
    """Heads of columns: what is counted, and its unit unless the numbers bring their own."""
    found = []
    for key in keys:
        question = board.question(key, scope, when)
        unit, words = question.definition.unit, question.definition.words(question)
        found.append(
            words if unit.is_money or not str(unit) else _("%(what)s（%(unit)s）") % {"what": words, "unit": unit}
        )
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """A year, or a part of one, of a trend."""

    label: str
    url: str
    is_open: bool
    numbers: list[Number]


def trend(board: Board, scope: Scope, steps: Sequence[When]) -> list[Step]:
    """Of years, from the first of which the reader is told something, the last five at least."""
    keys = fitting(TREND, scope)
    found = [
        Step(
            str(when) if isinstance(when, int) else when.label,
            board_url(scope, when),
            not board.is_over(when),
            [number_of(board, key, scope, when) for key in keys],
        )
        for when in steps
    ]
    if not isinstance(steps[0], int):
        return found
    empty = list(takewhile(lambda step: all(number.digits in ("", "0") for number in step.numbers), found))
    return found[min(len(empty), max(0, len(found) - FEWEST_STEPS)) :]


def board_url(scope: Scope, when: When) -> str:
    """The dashboard of a scope in a year, or a part of one."""
    year, part = (when, "") if isinstance(when, int) else (when.year, f"&span={when.code}")
    return f"{reverse('portal:figures')}?scope={scope.code}&year={year}{part}"


def funnel(board: Board, scope: Scope, when: When) -> list[tuple[str, Number, Number]]:
    """Step, number, and what that is of the step before in per cent; nothing where either is not told, or none was."""
    rows = []
    before: Cell | None = None
    for key, title in zip(FUNNEL, titles(board, FUNNEL, scope, when), strict=True):
        cell = board.cell(key, scope.code, when)
        rate = Number("")
        if before is not None and before.amount and cell is not None:
            share = plain(rounded(cell.amount / before.amount * 100, Decimal("0.1")))
            rate = Number(f"{share}%", share)
        rows.append((title, number_of(board, key, scope, when), rate))
        before = cell
    return rows


@dataclass(frozen=True, slots=True)
class ZoneTable:
    """Whole counts zone by zone, their sum, and the total in which nothing counts twice."""

    titles: list[str]
    rows: list[tuple[Scope, list[Number]]]
    left_out: int
    is_left_out_hidden: bool
    sums: list[Number]
    totals: list[Number]


def zone_table(board: Board, scope: Scope, zones: list[Scope], when: When) -> ZoneTable:
    """Zones of which nothing is told, or where nothing was, are only counted."""
    rows = [(zone, [number_of(board, key, zone, when) for key in ZONES]) for zone in zones]
    told = [row for row in rows if any(number.digits not in ("", "0") for number in row[1])]
    is_hidden = any(number.is_hidden for row in rows if row not in told for number in row[1])
    sums = []
    for key in ZONES:
        unit, parts = all_definitions()[key[0]].unit, [board.counted(key, zone.code, when) for zone in zones]
        numbers = {zone.code: cell.number for zone, cell in zip(zones, parts, strict=True)}
        is_told = board.tells_sum(key, scope.code, when, numbers)
        sums.append(shown(sum((cell.amount for cell in parts), Decimal(0)), unit) if is_told else hidden())
    totals = [number_of(board, key, scope, when) for key in ZONES]
    return ZoneTable(titles(board, ZONES, scope, when), told, len(rows) - len(told), is_hidden, sums, totals)


@dataclass(frozen=True, slots=True)
class Table:
    """A matrix with its names, and of each row where it lies, as far as that is known."""

    columns: list[str]
    rows: list[tuple[str, list[Number], str]]
    has_hidden: bool


def table_of(matrix: Matrix, names: dict[str, str], unit: Unit, spots: Mapping[str, str] = NOWHERE) -> Table | None:
    """None where it would tell nothing."""
    if not matrix.is_told:
        return None
    named = {**names, OTHER: _("其他")}
    rows = [
        (named.get(code, code), [_in_matrix(cell, unit) for cell in line], spots.get(code, ""))
        for code, line in zip(matrix.rows, matrix.cells, strict=True)
    ]
    return Table([named.get(code, code) for code in matrix.columns], rows, matrix.has_hidden)


def _in_matrix(cell: Cell | None, unit: Unit) -> Number:
    if cell is None:
        return hidden()
    return Number("0", "0") if cell == NONE else shown(cell.amount, unit)
