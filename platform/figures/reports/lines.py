"""The figures of a report: each as it was published, or else as it is counted, beside that of the year before."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from figures.answering import Answer, Answering
from figures.choices import LockState
from figures.definitions.derived import MOST_GROWTH
from figures.definitions.registry import all_definitions
from figures.errors import FigureRefused
from figures.models import LockedFigure
from figures.periods import Period, parsed
from figures.questions import Question
from figures.reports.languages import both
from figures.scopes import Scope
from figures.sentences import value_text
from figures.services.locks import evidence_hash
from figures.units import TENTH, is_english, rounded
from figures.wording import growth_en, growth_zh, phrased
from zones.errors import InvalidInput
from zones.scoping import SYSTEM

Clause = tuple[str, str]
"""A figure and a milestone."""
SECTIONS: Final[tuple[tuple[str, tuple[Clause, ...]], ...]] = (
    (gettext_noop("基本情况"), (("members.all", ""), ("members.national", ""), ("members.provincial", ""),
                            ("zones.national", ""), ("catalogue.laboratories", ""), ("catalogue.equipment", ""))),
    (gettext_noop("交流对接"), (("events.exchange", ""), ("events.matchmaking", ""), ("events.forums", ""),
                            ("events.signings", ""))),
    (gettext_noop("需求与匹配"), (("needs.collected", ""), ("needs.valid", ""), ("needs.matched", ""),
                             ("exchanges.interests", ""), ("needs.unmet", ""))),
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
SAID_ALREADY: Final = {("association", "zones.national"), ("zone", "zones.national")}
"""The zones of an association are told as its members; that a zone is one zone tells nobody anything."""
PROOF: Final = 8
"""So many digits of the hash of the evidence tell one list of rows from another on paper."""


class Published(NamedTuple):
    """What was published of a figure, and whether the rows say something else."""

    row: LockedFigure
    told: Answer
    differs: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of the report: counted, and as it was published where it was; that of the year before."""

    counted: Answer
    published: Published | None
    before: Answer | None

    @property
    def now(self) -> Answer:
        """What the report tells: what was published goes before what is counted."""
        return self.counted if self.published is None else self.published.told

    @property
    def is_something(self) -> bool:
        return bool(self.now.number)

    @property
    def growth(self) -> Decimal | None:
        """Of a flow in %; None where there was nothing before, or so little that the rate says nothing."""
        if self.now.definition.is_stock or self.before is None or not self.before.number or self.now.number is None:
            return None
        rate = (self.now.number - self.before.number) / self.before.number * 100
        return rate if rate <= MOST_GROWTH else None

    @property
    def more(self) -> Decimal:
        """Than in the year before, where both are known."""
        if self.before is None or self.before.number is None or self.now.number is None:
            return Decimal(0)
        return self.now.number - self.before.number

    def change(self) -> str:
        """同比增长15%; of a stock 较上年同期增加3家; empty where nothing can be said."""
        if self.growth is not None:
            return growth_en(self.growth) if is_english() else growth_zh(self.growth)
        if self.before is None or not self.before.number:
            return ""
        if not self.now.definition.is_stock:
            return _("上年同期为%(value)s") % {"value": value_text(self.before)}
        return _difference(self.now, self.more)

    def plain_clause(self) -> str:
        """举办交流活动23场."""
        definition = self.now.definition
        return _("%(what)s%(value)s") % {"what": definition.words(self.now.question), "value": value_text(self.now)}

    def clause(self) -> str:
        """举办交流活动23场，同比增长15%; with what the rows say today where something else was published."""
        told, change = self.plain_clause(), self.change()
        if self.published is not None and self.published.differs:
            words = {"number": self.published.row.number, "value": value_text(self.counted)}
            told += _("（已发布第%(number)d版；按现有记录为%(value)s）") % words
        return _("%(told)s，%(growth)s") % {"told": told, "growth": change} if change else told


def _difference(now: Answer, more: Decimal) -> str:
    if not more:
        return ""
    told = {"value": phrased(abs(more), now.unit)}
    return _("较上年同期增加%(value)s") % told if more > 0 else _("较上年同期减少%(value)s") % told


Held = dict[tuple[str, str, str], LockedFigure]
"""Figure, period and milestone → the version in force."""


def held_of(scope: Scope, period: Period, *, samples: bool) -> Held:
    """What was published of the scope for the period and the year before."""
    periods = [one.code for one in (period, _year_before(period)) if one is not None]
    rows = LockedFigure.objects.visible_to(SYSTEM).filter(
        scope=scope.code, period__in=periods, samples=samples, state=LockState.LOCKED
    )
    return {(row.figure, row.period, row.milestone): row for row in rows}


def lines_of(
    scope: Scope, period: Period, answering: Answering, clauses: tuple[Clause, ...], held: Held
) -> Iterator[Line]:
    """Those a scope can be asked for."""
    at = answering.reading
    for figure, milestone in clauses:
        definition = all_definitions()[figure]
        if scope.kind in definition.scopes and (scope.kind, figure) not in SAID_ALREADY:
            asked = Question(definition, scope, period, at.as_of, milestone, at.samples)
            counted = answering.answer(asked)
            yield Line(counted, _published(counted, held), _before(asked, answering, held))


def _before(asked: Question, answering: Answering, held: Held) -> Answer | None:
    """The same days of the year before, as they were published or else are counted."""
    period = None if asked.period is None else _year_before(asked.period)
    if period is None:
        return None
    try:
        counted = answering.answer(replace(asked, period=period))
    except (FigureRefused, InvalidInput):
        return None
    published = _published(counted, held)
    return counted if published is None else published.told


def _year_before(period: Period) -> Period | None:
    try:
        return period.a_year_before()
    except InvalidInput:
        return None


def _published(counted: Answer, held: Held) -> Published | None:
    asked = counted.question
    row = held.get((asked.definition.id, asked.period.code if asked.period else "", asked.milestone))
    if row is None or not _is_of_the_same_days(row, asked):
        return None
    return Published(row, replace(counted, value=row.value), evidence_hash(counted) != row.evidence_sha256)


def _is_of_the_same_days(row: LockedFigure, asked: Question) -> bool:
    """What was published of a whole period says nothing of its first days, and that of a year to date nothing of it a
    month later, though their codes are the same.
    """
    if asked.period is None:
        return row.as_of == asked.as_of
    whole = parsed(row.period, as_of=row.as_of)
    told = whole if asked.definition.is_of_whole_periods else whole.until(row.as_of)
    return asked.period.has_days_of(told)


def row_of(line: Line) -> dict[str, Any]:
    """The line as data: what tables and files are made of."""
    definition, question, before = line.now.definition, line.now.question, line.before
    return {
        "figure": definition.id, "version": definition.version, "milestone": question.milestone,
        "name": both(lambda: definition.words(question)), "value": both(lambda: value_text(line.now)),
        "number": _digits(line.now), "unit": line.now.unit.key,
        "before": None if before is None else both(lambda: value_text(before)),
        "growth": None if line.growth is None else f"{rounded(line.growth, TENTH):.1f}", "change": both(line.change),
        "evidence": len(line.counted.facts), "proof": evidence_hash(line.counted)[:PROOF] if line.counted.facts else "",
        "published": _row_published(line), "rule": both(lambda: definition.rule),
    }  # fmt: skip


def _digits(answer: Answer) -> str | None:
    return None if answer.number is None else f"{answer.number:f}"


def _row_published(line: Line) -> dict[str, Any] | None:
    if line.published is None:
        return None
    found: dict[str, Any] = {"version": line.published.row.number, "as_of": line.published.row.as_of.isoformat()}
    return found | {"differs": line.published.differs, "counted": both(lambda: value_text(line.counted))}
