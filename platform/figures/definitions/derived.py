"""What is derived from other figures: 同比, 环比, 累计, 年均. The evidence is that of what they are made of."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from figures.definitions.base import Definition
from figures.errors import FigureRefused
from figures.facts import Fact
from figures.periods import Period
from figures.units import ITEMS, PERCENT, Unit
from zones.errors import InvalidInput, listed

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from figures.questions import Question

HUNDRED: Final = Decimal(100)
MOST_GROWTH: Final = 1000
"""From 1 to 57 is no growth of 5600 % anybody would report."""


class Derived(Definition):
    """A figure made of values of `base`."""

    way: ClassVar[str]
    title_after: ClassVar["str | Promise"]

    def __init__(self, base: Definition) -> None:
        self.base = base
        values = {
            "id": f"{base.id}:{self.way}", "version": base.version, "rule": base.rule, "scopes": base.scopes,
            "milestones": base.milestones, "sources": base.sources, "is_sensitive": base.is_sensitive,
            "is_of_whole_periods": base.is_of_whole_periods,
        }  # fmt: skip
        for name, value in values.items():
            setattr(self, name, value)

    @classmethod
    def fits(cls, base: Definition) -> bool:
        """Whether it can be derived of this figure."""
        return not base.is_stock

    @property
    def name(self) -> str:
        return f"{self.base.name}{self.title_after}"

    def words(self, question: "Question") -> str:
        return f"{self.base.words(question)}{self.title_after}"

    def is_forecast(self, facts: Sequence[Fact]) -> bool:
        return self.base.is_forecast(facts)

    def parts(self, question: "Question") -> list["Question"]:
        """The questions it is made of, in time's order."""
        raise NotImplementedError

    def value(self, question: "Question", parts: list[Decimal | None]) -> Decimal:
        """Made of the values of its parts; None is a value that is not known. Raises FigureRefused."""
        raise NotImplementedError


def _asked(question: "Question") -> Period:
    if question.period is None:
        raise InvalidInput.single("period", _("请选择统计期，例如 2024。"))
    return question.period


def _known(question: "Question", parts: list["Question"], values: list[Decimal | None]) -> list[Decimal]:
    """All values, or a refusal that names what is missing."""
    missing = [str(part.period) for part, value in zip(parts, values, strict=True) if value is None]
    if missing:
        message = _("缺少 %(periods)s 的数据，不能计算“%(figure)s”：请先补录。")
        raise FigureRefused(message % {"periods": listed(missing), "figure": question.definition.name})
    return [value for value in values if value is not None]


def _growth(before: Decimal, now: Decimal) -> Decimal:
    if before <= 0:
        raise FigureRefused(_("基期为 0，不能计算增长率：请改看数值。"))
    return (now - before) / before * HUNDRED


def _must_be_over(question: "Question", base: Definition) -> None:
    """A part of a period is not compared with a whole one."""
    period = _asked(question)
    if not base.is_of_whole_periods and not period.is_over(question.as_of):
        message = _(
            "%(period)s 到截止日 %(day)s 尚未结束，不能与完整的一期相比计算“%(figure)s”：请改选已结束的统计期。"
        )
        raise FigureRefused(
            message % {"period": period.code, "day": question.as_of.isoformat(), "figure": question.definition.name}
        )


class YearOnYear(Derived):
    """(V - V₋₁) / V₋₁ with the same days of the year before, in %."""

    way = "yoy"
    title_after = gettext_lazy("同比增长")
    unit = PERCENT

    def parts(self, question: "Question") -> list["Question"]:
        period = _asked(question)
        return [question.of(self.base).over(period.a_year_before()), question.of(self.base)]

    def value(self, question: "Question", parts: list[Decimal | None]) -> Decimal:
        before, now = _known(question, self.parts(question), parts)
        return _growth(before, now)


class OnTheLastPeriod(Derived):
    """The same with the period right before, in %."""

    way = "mom"
    title_after = gettext_lazy("环比增长")
    unit = PERCENT

    def parts(self, question: "Question") -> list["Question"]:
        before = _asked(question).before()
        _must_be_over(question, self.base)
        return [question.of(self.base).over(before), question.of(self.base)]

    value = YearOnYear.value


class Cumulated(Derived):
    """The sum over years in a row; refused where one is not known."""

    way = "cumulative"
    unit = ITEMS
    title_after = gettext_lazy("累计")

    @classmethod
    def fits(cls, base: Definition) -> bool:
        return not base.is_stock and base.unit != PERCENT

    def parts(self, question: "Question") -> list["Question"]:
        return [question.of(self.base).of_year(number) for number in _asked(question).years]

    def value(self, question: "Question", parts: list[Decimal | None]) -> Decimal:
        return sum(_known(question, self.parts(question), parts), Decimal(0))

    def unit_of(self, question: "Question") -> Unit:
        return self.base.unit_of(question)


class YearlyGrowth(Derived):
    """The compound annual growth rate over the intervals between the first and the last year, in %: twelve values are
    eleven intervals. Refused where a year in between is not known.
    """

    way = "cagr"
    title_after = gettext_lazy("年均增速")
    unit = PERCENT

    def parts(self, question: "Question") -> list["Question"]:
        period = _asked(question)
        if not period.is_range:
            raise InvalidInput.single("period", _("年均增速须选多年，例如 2013..2024。"))
        _must_be_over(question, self.base)
        return [question.of(self.base).of_year(number) for number in period.years]

    def value(self, question: "Question", parts: list[Decimal | None]) -> Decimal:
        values = _known(question, self.parts(question), parts)
        if values[0] <= 0 or values[-1] < 0:
            raise FigureRefused(_("首年为 0 或数值为负，不能计算年均增速：请改选首年。"))
        intervals = Decimal(len(values) - 1)
        return ((values[-1] / values[0]) ** (1 / intervals) - 1) * HUNDRED


DERIVATIONS: Final[dict[str, type[Derived]]] = {
    derived.way: derived for derived in (YearOnYear, OnTheLastPeriod, Cumulated, YearlyGrowth)
}
