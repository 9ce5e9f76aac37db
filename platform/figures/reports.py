"""What stands in a report of a zone, an association or the nation: clauses as a secretary writes them, every number
with its rule and the number of rows behind it, and the zones of an association side by side with the total.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from figures import scopes
from figures.answering import Answer, Answering
from figures.definitions.registry import all_definitions
from figures.errors import FigureRefused
from figures.periods import Period, name_of
from figures.questions import Question
from figures.scopes import Scope
from figures.sentences import day_text, value_text
from figures.units import is_english
from figures.wording import growth_en, growth_zh
from zones.errors import InvalidInput
from zones.models import Association, Membership
from zones.scoping import SYSTEM, in_force

Clause = tuple[str, str]
"""A figure and a milestone."""
LANGUAGES: Final = ("zh-hans", "en")
SECTIONS: Final[tuple[tuple[str, tuple[Clause, ...]], ...]] = (
    (gettext_noop("基本情况"), (("members.all", ""), ("members.national", ""), ("members.provincial", ""),
                            ("zones.national", ""), ("catalogue.laboratories", ""), ("catalogue.equipment", ""))),
    (gettext_noop("交流对接"), (("events.exchange", ""), ("events.matchmaking", ""), ("events.forums", ""),
                            ("events.signings", ""))),
    (gettext_noop("需求与匹配"), (("needs.collected", ""), ("needs.valid", ""), ("needs.matched", ""),
                             ("exchanges.interests", ""))),
    (gettext_noop("合作成果"), (("cooperations.projects", "signed"), ("cooperations.projects", "completed"),
                            ("cooperations.amount", ""), ("centres.active", ""), ("consortia.active", ""),
                            ("pairing.investment", ""), ("cooperations.scenarios", "signed"))),
    (gettext_noop("技术合同"), (("contracts.count", ""), ("contracts.amount", ""), ("contracts.traded", ""),
                            ("contracts.sold", ""), ("contracts.bought", ""))),
    (gettext_noop("要素协同"), (("funds.active", ""), ("funds.size", ""), ("funds.paid_in", ""),
                            ("cooperations.financing", "signed"), ("financing.amount", ""), ("enclaves.active", ""),
                            ("enclaves.tenants", ""), ("talent.exchanged", ""), ("conversions.count", ""),
                            ("conversions.amount", ""), ("trials.started", ""), ("agreements.active", ""))),
)  # fmt: skip
MOST_GROWTH: Final = 1000
"""From 1 to 57 is no growth of 5600 % anybody would report."""
COLUMNS: Final[tuple[Clause, ...]] = (
    ("events.all", ""), ("cooperations.projects", "signed"), ("cooperations.projects", "completed"),
    ("contracts.amount", ""),
)  # fmt: skip
"""What the zones of an association are compared by."""


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the report, with that of the period before to compare with."""

    now: Answer
    before: Answer | None

    @property
    def growth(self) -> Decimal | None:
        """In %; None where there was nothing before, or so little that the rate says nothing."""
        if self.before is None or not self.before.number or self.now.number is None:
            return None
        rate = (self.now.number - self.before.number) / self.before.number * 100
        return rate if rate <= MOST_GROWTH else None

    def clause(self) -> str:
        """举办交流活动23场，同比增长15%."""
        definition = self.now.definition
        told = _("%(what)s%(value)s") % {"what": definition.words(self.now.question), "value": value_text(self.now)}
        if self.growth is None:
            return told
        grown = growth_en(self.growth) if is_english() else growth_zh(self.growth)
        return _("%(told)s，%(growth)s") % {"told": told, "growth": grown}


def content_of(scope: Scope, period: Period, answering: Answering) -> dict[str, Any]:
    """The whole report as data, in both languages."""
    sections = [(title, list(_lines(scope, period, answering, clauses))) for title, clauses in SECTIONS]
    told = [
        {"title": _both(lambda title=title: _(title)),
         "text": _both(lambda lines=lines: _paragraph(lines, scope, period)),
         "rows": [_row(line) for line in lines]}
        for title, lines in sections
        if lines
    ]  # fmt: skip
    return {"name": _both(lambda: scope.name), "when": _both(lambda: name_of(period)), "sections": told,
            "zones": _zones(scope, period, answering)}  # fmt: skip


def _both(words: Any) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language[:2]] = str(words())
    return found


def _lines(scope: Scope, period: Period, answering: Answering, clauses: tuple[Clause, ...]) -> Iterator[Line]:
    for figure, milestone in clauses:
        definition = all_definitions()[figure]
        if scope.kind not in definition.scopes:
            continue
        at = answering.reading
        asked = Question(definition, scope, period, at.as_of, milestone, at.samples)
        yield Line(answering.answer(asked), _before(asked, answering))


def _before(asked: Question, answering: Answering) -> Answer | None:
    """The same days of the year before; of a stock nothing is compared."""
    if asked.definition.is_stock or asked.period is None:
        return None
    try:
        return answering.answer(replace(asked, period=asked.period.a_year_before()))
    except (FigureRefused, InvalidInput):
        return None


def _paragraph(lines: list[Line], scope: Scope, period: Period) -> str:
    """One sentence of flows and one of stocks, without what is nothing."""
    happened = [line.clause() for line in lines if line.now.number and not line.now.definition.is_stock]
    there = [line.clause() for line in lines if line.now.number and line.now.definition.is_stock]
    told = []
    if happened:
        words = {"when": name_of(period), "who": scope.name, "what": _("；").join(happened)}
        told.append(_("%(when)s，%(who)s%(what)s。") % words)
    if there:
        day = lines[0].now.question.day
        words = {"when": day_text(day), "who": scope.name, "what": _("；").join(there)}
        told.append(_("截至%(when)s，%(who)s有%(what)s。") % words)
    return "".join(told) or _("本期没有记录。")


def _row(line: Line) -> dict[str, Any]:
    definition, question = line.now.definition, line.now.question
    return {
        "figure": definition.id, "version": definition.version, "milestone": question.milestone,
        "name": _both(lambda: definition.words(question)), "value": _both(lambda: value_text(line.now)),
        "number": None if line.now.number is None else f"{line.now.number:f}", "unit": line.now.unit.key,
        "growth": None if line.growth is None else f"{line.growth:.1f}", "evidence": len(line.now.facts),
        "rule": _both(lambda: definition.rule),
    }  # fmt: skip


def _zones(scope: Scope, period: Period, answering: Answering) -> dict[str, Any] | None:
    """The members of an association side by side: each whole, and the total in which nothing counts twice."""
    if scope.kind != "association":
        return None
    at = answering.reading
    association = Association.objects.get(slug=scope.code.partition(":")[2])
    members = Membership.objects.filter(in_force(at.as_of, start="joined_on", end="left_on"), association=association)
    zones = [row.zone for row in members.select_related("zone").order_by("zone__pinyin_key")]
    asked = [Question(all_definitions()[one], scope, period, at.as_of, way, at.samples) for one, way in COLUMNS]
    rows = []
    for zone in zones:
        here = scopes.parsed(f"zone:{zone.slug}", SYSTEM)
        answers = [answering.answer(one.at(here)) for one in asked]
        rows.append(
            {"name": _both(lambda zone=zone: str(zone)), "values": [_both(lambda a=a: value_text(a)) for a in answers]}
        )
    total = [answering.answer(one) for one in asked]
    return {
        "columns": [_both(lambda one=one: one.definition.words(one)) for one in asked],
        "rows": rows,
        "total": [_both(lambda a=a: value_text(a)) for a in total],
    }
