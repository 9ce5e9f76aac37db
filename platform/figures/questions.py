"""What a figure is asked: which definition, of whom, over which period, as of which day, by which milestone."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from figures import periods, scopes
from figures.choices import MILESTONES
from figures.definitions.base import Definition
from figures.definitions.registry import definition_of
from figures.periods import Period
from figures.scopes import Scope
from zones.errors import InvalidInput, listed
from zones.scoping import VISITOR, Principal, today

FILTERS: Final = ("contract_type", "field")
"""By what the contracts of a figure can be picked, in the order of the id of what is picked."""
KINDS: Final[dict[str, Promise]] = {
    "nation": _lazy("全国"), "region": pgettext_lazy("scope", "省级区域"), "group": pgettext_lazy("scope", "区域组"),
    "association": pgettext_lazy("scope", "联盟（网络）"), "zone": pgettext_lazy("scope", "高新区"),
    "flow": pgettext_lazy("scope", "流向"), "agreement": pgettext_lazy("scope", "合作协议"),
    "policy": pgettext_lazy("scope", "政策文件"), "series": pgettext_lazy("scope", "官方数据系列"),
}  # fmt: skip
"""Kinds of scopes, as a sentence names them."""


@dataclass(frozen=True, slots=True)
class Question:
    """One figure as it is asked for. A stock is counted on the last day of the period, or on `as_of`."""

    definition: Definition
    scope: Scope
    period: Period | None
    as_of: date
    milestone: str = ""
    samples: bool = False

    @property
    def day(self) -> date:
        """The day a stock is counted on."""
        return self.as_of if self.period is None else min(self.period.end, self.as_of)

    @property
    def is_unfinished(self) -> bool:
        """Whether it is asked of a period that is not over, of which the days up to `as_of` count."""
        is_flow = self.period is not None and not self.definition.is_stock and not self.definition.is_of_whole_periods
        return is_flow and self.period is not None and not self.period.is_over(self.as_of)

    def of_year(self, number: int) -> "Question":
        """The same of a year; of this one the days that are over, but for what is known of years as a whole."""
        whole = periods.year(number)
        return self.over(whole if self.definition.is_of_whole_periods else whole.until(self.as_of))

    def over(self, period: Period) -> "Question":
        return replace(self, period=period)

    def of(self, definition: Definition) -> "Question":
        """The same asked of another figure; the milestone stays where that figure has it."""
        kept = self.milestone if self.milestone in definition.milestones else ""
        return replace(self, definition=definition, milestone=kept)

    def at(self, scope: Scope) -> "Question":
        return replace(self, scope=scope)


def question(
    figure: str,
    *,
    scope: str = scopes.NATION,
    period: str = "",
    as_of: date | None = None,
    milestone: str = "",
    samples: bool = False,
    reader: Principal = VISITOR,
    **filters: str,
) -> Question:
    """The question as it is written in an address or on a command line; `filters` are those of `FILTERS`. Raises
    InvalidInput, naming the parameter.
    """
    definition = definition_of(_filtered(figure, filters), reader=reader)
    day = as_of or today()
    if day > today():
        raise InvalidInput.single("as_of", _("截止日不能晚于今天：请改选日期。"))
    asked = periods.parsed(period, as_of=day) if period else None
    if asked is not None and not definition.is_of_whole_periods:
        asked = asked.until(day)
    if asked is None and not definition.is_stock:
        raise InvalidInput.single("period", _("请选择统计期，例如 2024。"))
    place = scopes.parsed(scope, reader)
    if place.kind not in definition.scopes:
        message = _("“%(figure)s”不能按此范围统计：请改选范围（%(kinds)s）。")
        kinds = listed(str(KINDS[one]) for one in definition.scopes)
        raise InvalidInput.single("scope", message % {"figure": definition.name, "kinds": kinds})
    return Question(definition, place, asked, day, _milestone(definition, milestone), samples)


def _filtered(figure: str, filters: Mapping[str, str]) -> str:
    """The id of what filters pick of a figure: what is asked for by filters is published and asked again by its id."""
    given = {name: filters[name] for name in FILTERS if filters.get(name)}
    base, colon, way = figure.partition(":")
    for name, code in given.items():
        if not definition_of(base).takes(name, code):
            message = _(
                "“%(figure)s”不能按“%(code)s”筛选：请核对代码，或去掉该条件；技术合同的指标可按合同类型与领域筛选。"
            )
            raise InvalidInput.single(name, message % {"figure": definition_of(base).name, "code": code[:40]})
    return f"{base}.{'+'.join(given.values())}{colon}{way}" if given else figure


def _milestone(definition: Definition, asked: str) -> str:
    """The milestone asked for, or the only one; never a silent default where there are several."""
    if asked in definition.milestones or not (asked or definition.milestones):
        return asked
    if len(definition.milestones) == 1 and not asked:
        return definition.milestones[0]
    if not definition.milestones:
        raise InvalidInput.single("milestone", _("“%(figure)s”不分口径：请将口径留空。") % {"figure": definition.name})
    choices = [_("%(what)s（%(part)s）") % {"what": MILESTONES[one], "part": one} for one in definition.milestones]
    raise InvalidInput.single("milestone", _("请选择统计口径：%(choices)s。") % {"choices": listed(choices)})
