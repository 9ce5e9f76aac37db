"""What a dashboard tells: sums kept ready, as far as the reader is told them, and the sentences made of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _

from figures import periods
from figures.answering import Answer
from figures.cells import NONE, Cell, Cells, added, last_years
from figures.definitions.base import Definition
from figures.definitions.derived import MOST_GROWTH, Derived, OnTheLastPeriod, YearOnYear
from figures.definitions.registry import all_definitions
from figures.facts import Reading
from figures.geography import Geography, read_geography
from figures.hiding import hidden_places, lines_of, whole_places
from figures.leeway import Line, is_sum
from figures.parts import Part
from figures.periods import Period
from figures.protection import FEWEST
from figures.questions import Question
from figures.scopes import Scope
from figures.sentences import sentence, value_text
from figures.services.rollups import ByYear, Key, ready, ready_months
from figures.wording import phrased
from zones.errors import listed
from zones.scoping import Principal, today

HUNDRED: Final = Decimal(100)
When = int | Part
"""A year, or a quarter or month of one."""


class Board:
    """The sums of some figures over the last ten years, for every place, as one reader is told them. Of a figure in
    `only` there are just these years.
    """

    def __init__(
        self,
        keys: Iterable[Key],
        *,
        principal: Principal,
        samples: bool,
        only: Mapping[Key, Collection[int]] | None = None,
    ) -> None:
        self.keys = tuple(keys)
        self.samples = samples
        self.as_of: date = today()
        self.geography: Geography = read_geography(samples=samples)
        self._sums: dict[Key, ByYear] = ready(self.keys, samples=samples, only=only)
        self._is_told_all = principal.is_system
        self._whole = whole_places(principal, self.geography)
        self._months: dict[Key, dict[int, dict[int, Cells]]] = {}
        self._lines: dict[int, tuple[Line, ...]] = {}
        self._hidden: dict[tuple[Key, int], frozenset[str]] = {}

    @property
    def years(self) -> range:
        return last_years(self.as_of)

    @cached_property
    def reading(self) -> Reading:
        """To read further rows in the same way."""
        return Reading(self.as_of, self.samples, self.geography)

    def _last_day(self, when: When) -> date:
        return min(date(when, 12, 31) if isinstance(when, int) else when.period.end, self.as_of)

    def read_months(self, keys: Iterable[Key], places: Collection[str], years: Collection[int]) -> None:
        """Make the quarters and months of these places known."""
        kept = [year for year in years if year in self.years]
        self._months = ready_months(keys, samples=self.samples, years=kept, places=places)

    def is_over(self, when: When) -> bool:
        return self._last_day(when) < self.as_of

    def reads_whole(self, place: str) -> bool:
        """Whether the reader is told small numbers of a place."""
        return self._is_told_all or place in self._whole

    def counted(self, key: Key, place: str, when: When) -> Cell:
        """The sum, whoever asks."""
        if isinstance(when, int):
            return self._sums[key][when].get(place, NONE)
        months = self._months[key][when.year]
        if all_definitions()[key[0]].is_stock:
            return months.get(self._last_day(when).month, {}).get(place, NONE)
        return added(months.get(month, {}).get(place, NONE) for month in range(when.first, when.last + 1))

    def cell(self, key: Key, place: str, when: When) -> Cell | None:
        """The sum; None where the reader is not told."""
        if self.is_told(key, place, when):
            return self.counted(key, place, when)
        return None

    def is_told(self, key: Key, place: str, when: When) -> bool:
        """Quarters and months only to who reads the place whole: what is hidden together are whole years."""
        if self.reads_whole(place) or not all_definitions()[key[0]].is_sensitive:
            return True
        return isinstance(when, int) and place not in self.hidden(key, when)

    def tells_sum(self, key: Key, place: str, when: When, parts: Mapping[str, int]) -> bool:
        """Whether the sum of the whole counts of the parts is told beside the total: not where a hidden part could be
        taken from it. A total with facts of none of its parts protects them, and where it cannot be their sum nothing
        does; their sum would take that away.
        """
        if not all_definitions()[key[0]].is_sensitive:
            return True
        if self.reads_whole(place):
            gone = [number for part, number in parts.items() if not self.is_told(key, part, when)]
            return not gone or (len(gone) > 1 and sum(gone) >= FEWEST)
        whole = self.counted(key, place, when).number
        return self.is_told(key, place, when) and sum(parts.values()) >= whole and is_sum(whole, parts.values())

    def hidden(self, key: Key, year: int) -> frozenset[str]:
        """Places whose number of this figure and year strangers are not told."""
        if (key, year) not in self._hidden:
            lines = self._lines_of(year)
            places = frozenset(place for line in lines for place in line)
            counts = ((place, cell.number) for place, cell in self._sums[key][year].items() if place in places)
            self._hidden[key, year] = hidden_places(frozenset(counts), lines)
        return self._hidden[key, year]

    def _lines_of(self, year: int) -> tuple[Line, ...]:
        if year not in self._lines:
            self._lines[year] = lines_of(self.geography, self._last_day(year))
        return self._lines[year]

    def places(self, key: Key, year: int, start: str) -> dict[str, Cell]:
        """Sums of the places whose codes begin so, whoever asks."""
        return {place: cell for place, cell in self._sums[key][year].items() if place.startswith(start)}

    def zone_keys(self, scope: Scope, when: When) -> list[int]:
        """Keys of the zones of a scope at the end of a year or a part of it, or today; all for the nation."""
        return self.geography.zones_in(scope, self._last_day(when))

    def zones_in(self, scope: Scope, when: When) -> list[str]:
        """Their codes."""
        return [self.geography.zones[pk] for pk in self.zone_keys(scope, when)]

    def period(self, when: When) -> Period:
        """The year, or a part of it; of this one the days that are over."""
        if not isinstance(when, int):
            return when.period.until(self.as_of)
        if when == self.as_of.year:
            return periods.parsed(f"{when}-ytd", as_of=self.as_of)
        return periods.year(when)

    def question(self, key: Key, scope: Scope, when: When) -> Question:
        definition = all_definitions()[key[0]]
        return Question(definition, scope, self.period(when), self.as_of, key[1], self.samples)

    def sentence(self, key: Key, scope: Scope, when: When, cell: Cell) -> str:
        """2024年，东北地区国家高新区联盟举办交流活动23场。"""
        return sentence(Answer(self.question(key, scope, when), cell.amount, ()))

    def growth(self, key: Key, scope: Scope, when: When) -> str:
        """On the year before, and of a quarter or month on the one before, in words; empty where it cannot be said:
        nothing before, days that are not over, or a number the reader is not told.
        """
        if isinstance(when, int):
            return self._grown(key, scope, when, when - 1, YearOnYear)
        if all_definitions()[key[0]].is_stock:
            return self._grown(key, scope, when, when.before(), OnTheLastPeriod)
        pairs = ((when.a_year_before(), YearOnYear), (when.before(), OnTheLastPeriod))
        return listed(filter(None, (self._grown(key, scope, when, before, way) for before, way in pairs)))

    def _grown(self, key: Key, scope: Scope, when: When, earlier: When, way: type[Derived]) -> str:
        now, before = (self._known(key, scope.code, one) for one in (when, earlier))
        if now is None or before is None:
            return ""
        question = self.question(key, scope, when)
        if question.definition.is_stock:
            return _difference(question.definition, now - before, is_year=isinstance(when, int))
        if before <= 0 or not self.is_over(when):
            return ""
        rate = (now - before) / before * HUNDRED
        if rate > MOST_GROWTH:
            told = {"value": phrased(before, question.definition.unit)}
            return _("上年同期为%(value)s") % told if way is YearOnYear else ""
        grown = replace(question, definition=way(question.definition))
        return value_text(Answer(grown, rate, ()))

    def was_none(self, key: Key, place: str, when: When) -> bool:
        """Whether nothing counted in the year, quarter or month before, as far as the reader is told."""
        return not self._known(key, place, when - 1 if isinstance(when, int) else when.before())

    def _known(self, key: Key, place: str, when: When) -> Decimal | None:
        is_read = when in self._sums[key] if isinstance(when, int) else when.year in self._months.get(key, {})
        cell = self.cell(key, place, when) if is_read else None
        return None if cell is None else cell.amount


def fitting(keys: Iterable[Key], scope: Scope) -> list[Key]:
    """Those that can be asked of such a scope."""
    return [key for key in keys if scope.kind in all_definitions()[key[0]].scopes]


def _difference(definition: Definition, more: Decimal, *, is_year: bool) -> str:
    if more == 0:
        return _("与上年末持平") if is_year else _("与上期末持平")
    told = {"value": phrased(abs(more), definition.unit)}
    if is_year:
        return _("较上年末增加%(value)s") % told if more > 0 else _("较上年末减少%(value)s") % told
    return _("较上期末增加%(value)s") % told if more > 0 else _("较上期末减少%(value)s") % told
