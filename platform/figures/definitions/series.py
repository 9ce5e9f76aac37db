"""Official series as their sources published them: what a zone cannot count itself."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from figures.definitions.base import Definition
from figures.definitions.registry import define
from figures.facts import Fact, Reading
from figures.models import Observation, Series
from figures.periods import parsed
from figures.rows import counted
from figures.units import ITEMS, UNITS, Unit
from zones.scoping import VISITOR

if TYPE_CHECKING:
    from figures.questions import Question


@define
class ObservedValue(Definition):
    """G4, G11: the value published for a period, in its newest version as of the day. Periods are never added up here:
    a missing year is not known, not 0.
    """

    id = "series.value"
    title = pgettext_lazy("figure", "官方数据")
    rule = _("官方公布的当期数值，取截止日前公布的最新版本；没有公布的期间不作推算。")
    unit = ITEMS
    scopes = ("series",)
    is_of_whole_periods = True
    is_sensitive = False
    sources = ("figures.observation", "figures.series")

    def facts(self, reading: Reading, milestone: str) -> Iterable[Fact]:
        rows = counted(Observation, reading, sample="series__is_sample").filter(published_on__lte=reading.as_of)
        newest: dict[tuple[str, date, date], Fact] = {}
        columns = ("pk", "series__code", "first_day", "last_day", "value")
        for pk, code, first, last, value in rows.order_by("number").values_list(*columns):
            places = frozenset({f"series:{code}"})
            newest[code, first, last] = Fact("figures.observation", pk, first, last, value, places)
        return newest.values()

    def picked(self, facts: Sequence[Fact], question: "Question") -> list[Fact]:
        if question.period is None:
            return []
        whole = parsed(question.period.code, as_of=question.as_of)  # a forecast is of a year that is not over
        days = (whole.start, whole.end)
        return [fact for fact in facts if (fact.start, fact.end) == days and question.scope.covers(fact.places)]

    def value_of(self, facts: Sequence[Fact], question: "Question") -> Decimal | date | None:
        return facts[0].amount if facts else None

    def unit_of(self, question: "Question") -> Unit:
        code = question.scope.code.removeprefix("series:")
        row = Series.objects.visible_to(VISITOR).filter(code=code).first()
        return ITEMS if row is None else UNITS[row.unit]

    def is_forecast(self, facts: Sequence[Fact]) -> bool:
        keys = [fact.key for fact in facts]
        rows = Observation.objects.visible_to(VISITOR).filter(pk__in=keys, is_forecast=True)
        return bool(rows.exists())

    def words(self, question: "Question") -> str:
        return question.scope.name
