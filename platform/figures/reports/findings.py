"""What a secretary would add to the numbers: what changed, what stands out, what is lacking, what is to be done next.
Each sentence says only what rows and figures of the same report say.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import override

from figures import gaps
from figures.answering import Answering
from figures.periods import Period
from figures.reports.drawn import month_name
from figures.reports.languages import LANGUAGES, both
from figures.reports.lines import Line
from figures.reports.zones import SideBySide
from figures.scopes import NATION, Scope
from figures.sentences import day_text, value_text
from figures.units import is_english
from zones.errors import listed
from zones.models import Zone
from zones.scoping import SYSTEM

MOST_ZONES: Final = 3
MOST_LEVEL: Final = 6
"""So many are named where the last of them are level; more are counted."""
MOST_FIELDS: Final = 10
EVENTS, PROJECTS = 0, 1
"""Columns of the zones' table."""


class Step(NamedTuple):
    """One line of what is to be done next: what, how much, and what is advised."""

    what: str
    number: str
    advice: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What sentences are made of; each method gives them in the reader's language."""

    scope: Scope
    period: Period
    day: date
    lines: list[Line]
    zones: SideBySide | None
    fields: dict[str, list[gaps.Field]]
    """By language: names of fields are read in it."""

    def changes(self) -> list[str]:
        """Against the same period of the year before: up, down, new, gone."""
        if all(line.before is None for line in self._flows()):
            return [_("本统计期不作同比。")]
        told = [sentence for sentence in (self._moved(up=True), self._moved(up=False)) if sentence]
        told += [sentence for sentence in (self._new(), self._gone(), self._stocks()) if sentence]
        return told or [_("与上年同期相比没有变化。")]

    def _flows(self) -> list[Line]:
        return [line for line in self.lines if not line.now.definition.is_stock]

    def _moved(self, *, up: bool) -> str:
        moved = [line for line in self._flows() if line.is_something and line.before and line.before.number]
        found = [line for line in moved if (line.more > 0 if up else line.more < 0)]
        if not found:
            return ""
        what = _("；").join(line.clause() for line in found)
        return _("增长的有：%(what)s。") % {"what": what} if up else _("下降的有：%(what)s。") % {"what": what}

    def _new(self) -> str:
        found = [line for line in self._flows() if line.is_something and line.before and not line.before.number]
        if not found:
            return ""
        told = {"what": listed(line.plain_clause() for line in found)}
        return _("上年同期没有、本期新增的有：%(what)s；上年同期为零的，不计算增长率。") % told

    def _gone(self) -> str:
        found = [line for line in self._flows() if not line.is_something and line.before and line.before.number]
        names = (f"{_name(line)}{_bracketed(value_text(line.before))}" for line in found if line.before)
        return _("上年同期有、本期没有的有：%(what)s。") % {"what": listed(names)} if found else ""

    def _stocks(self) -> str:
        found = [line for line in self.lines if line.now.definition.is_stock and line.change()]
        told = _("；").join(line.clause() for line in found)
        return _("期末存量变化：%(what)s。") % {"what": told} if found else ""

    def highlights(self, months: dict[str, Any] | None) -> list[str]:
        """The busiest month, and the zones with most."""
        return [*self._busiest(months), *self._most(EVENTS), *self._most(PROJECTS)]

    def _busiest(self, months: dict[str, Any] | None) -> Iterator[str]:
        if months is None or self.period.start.month == self.period.end.month:
            return
        held = [one for one in months["series"] if one["figure"].startswith("events.")]
        totals = [
            sum((Decimal(one["values"][place]) for one in held), Decimal(0)) for place in range(len(months["labels"]))
        ]
        if any(totals):
            yield self._busiest_of(totals)

    def _busiest_of(self, totals: list[Decimal]) -> str:
        first, most = self.period.start, max(totals)
        places = [place for place, total in enumerate(totals) if total == most]
        names = listed(month_name(date(first.year, first.month + place, 1)) for place in places)
        told = {"month": names, "count": f"{most:f}"}
        if len(places) > 1:
            return _("交流与对接活动最多的月份是%(month)s，各%(count)s场。") % told
        return _("交流与对接活动最多的月份是%(month)s，共%(count)s场。") % told

    def _most(self, column: int) -> Iterator[str]:
        if self.zones is None:
            return
        most, level = self.zones.most(column, at_most=MOST_ZONES)
        if len(most) + len(level) <= MOST_LEVEL:
            most, level = [*most, *level], []
        names = [f"{zone}{_bracketed(value_text(answer))}" for zone, answer in most]
        if level:
            told = {"count": len(level), "value": value_text(level[0][1])}
            names.append(
                _("另有%(count)d家并列，各%(value)s") % told if most else _("%(count)d家并列，各%(value)s") % told
            )
        if names:
            what = self.zones.asked[column].definition.words(self.zones.asked[column])
            yield _("“%(what)s”较多的园区：%(names)s。") % {"what": what, "names": listed(names)}

    def problems(self) -> list[str]:
        """What is lacking, for 招引 and 立项; and what is not on record."""
        return [*self._unmet(), *self._scarce(), *self._quiet(), *self._differing(), *self._missing()]

    def _unmet(self) -> Iterator[str]:
        for line in self.lines:
            if line.now.definition.id == "needs.unmet" and line.is_something:
                yield _("本期有%(value)s需求到期或关闭而未得到满足。") % {"value": value_text(line.now)}

    def _scarce(self) -> Iterator[str]:
        found = [one for one in self._fields() if one.is_gap]
        if found:
            names = listed(one.name for one in found[:MOST_FIELDS])
            told = {"day": day_text(self.day), "count": len(found), "names": names}
            yield _("截至%(day)s，开放需求多于可用资源的领域有%(count)d个：%(names)s。") % told

    def _quiet(self) -> Iterator[str]:
        quiet = self.zones.quiet() if self.zones else []
        if quiet:
            told = {"count": len(quiet), "names": listed(map(str, quiet))}
            yield _("本期没有活动、合作与技术合同记录的园区有%(count)d家：%(names)s。") % told

    def _differing(self) -> Iterator[str]:
        found = [line for line in self.lines if line.published is not None and line.published.differs]
        if found:
            yield _("已发布的数值与现有记录不一致的指标有%(count)d项：%(names)s。") % {
                "count": len(found), "names": listed(map(_name, found)),
            }  # fmt: skip

    def _missing(self) -> Iterator[str]:
        found = [line for line in self.lines if not line.is_something]
        if found:
            yield _("本期没有记录的指标有%(count)d项，数值为零，列入附件1。") % {"count": len(found)}

    def _fields(self) -> list[gaps.Field]:
        return self.fields[LANGUAGES[1] if is_english() else LANGUAGES[0]]

    def steps(self) -> list[Step]:
        """What is to be done next, as far as the numbers ask for it."""
        found = [*self._figures_to_mend(), *self._fields_to_fill(), *self._fields_to_show(), *self._zones_to_ask()]
        missing = sum(not line.is_something for line in self.lines)
        if missing:
            count = _("%(count)d项指标") % {"count": missing}
            found.append(Step(_("没有记录的指标"), count, _("请各园区核对是否漏报；确有发生的补录，系统将重新计算")))
        return found

    def _fields_to_fill(self) -> Iterator[Step]:
        """One line for all: the advice is the same."""
        found = [one for one in self._fields() if one.is_gap]
        if found:
            names = listed(f"{one.name}{_bracketed(_supply(one))}" for one in found[:MOST_FIELDS])
            count = _("%(count)d个领域") % {"count": len(found)}
            advice = _("列入招引方向；共性技术问题研究联合立项")
            yield Step(_("需求多于资源的领域：%(names)s") % {"names": names}, count, advice)

    def _fields_to_show(self) -> Iterator[Step]:
        idle = [one for one in self._fields() if one.is_idle]
        if idle:
            names = listed(one.name for one in idle[:MOST_FIELDS])
            count = _("%(count)d个领域") % {"count": len(idle)}
            yield Step(_("有资源而无需求的领域：%(names)s") % {"names": names}, count, _("组织推介，主动征集需求"))

    def _zones_to_ask(self) -> Iterator[Step]:
        quiet = self.zones.quiet() if self.zones else []
        if quiet:
            yield Step(_("没有记录的园区：%(names)s") % {"names": listed(map(str, quiet))},
                       _("%(count)d家") % {"count": len(quiet)}, _("逐一联系，了解情况并补报"))  # fmt: skip

    def _figures_to_mend(self) -> Iterator[Step]:
        for line in self.lines:
            if line.published is not None and line.published.differs:
                told = {"number": line.published.row.number, "published": value_text(line.now),
                        "counted": value_text(line.counted)}  # fmt: skip
                count = _("已发布（第%(number)d版）%(published)s，现有记录%(counted)s") % told
                yield Step(_name(line), count, _("核对依据；确需更正的，写明原因后重述"))


def findings_of(
    scope: Scope, period: Period, answering: Answering, lines: list[Line], zones: SideBySide | None
) -> Findings:
    """With the gaps of the scope as they are today."""
    at, here = answering.reading, _zone_keys(scope, answering)
    fields = {}
    for language in LANGUAGES:
        with override(language):
            fields[language] = gaps.fields(SYSTEM, here, samples=at.samples)
    return Findings(scope, period, at.as_of, lines, zones, fields)


def _zone_keys(scope: Scope, answering: Answering) -> list[int] | None:
    at = answering.reading
    return None if scope.kind == NATION else at.geography.zones_in(scope, at.as_of)


def _name(line: Line) -> str:
    return line.now.definition.words(line.now.question)


def _supply(field: gaps.Field) -> str:
    return _("需求%(open)d项、资源%(offered)d项") % {"open": field.open, "offered": field.offered}


def _bracketed(text: str) -> str:
    return _("（%(text)s）") % {"text": text}


def gap_rows(found: Findings) -> list[dict[str, Any]]:
    """Fields by what is missing most, with the zones that lack most."""
    names = {zone.pk: zone for zone in Zone.objects.all()}
    rows: list[dict[str, Any]] = []
    for zh, en in zip(found.fields[LANGUAGES[0]], found.fields[LANGUAGES[1]], strict=True):
        if not (zh.open or zh.unmet) or len(rows) == MOST_FIELDS:
            continue
        lacking = [names[key] for key, _needs, _offers in zh.lacking[:MOST_ZONES]] if zh.is_gap else []
        rows.append({
            "code": zh.code, "name": {"zh": zh.name, "en": en.name}, "open": zh.open, "offered": zh.offered,
            "unmet": zh.unmet, "zones": both(lambda lacking=lacking: listed(map(str, lacking))),
        })  # fmt: skip
    return rows
