"""The whole report as data: what it opens with, its sections, what stands out, what is lacking and what comes next."""

from typing import Any, Final

from django.utils.translation import gettext as _

from figures.answering import Answering
from figures.periods import Period, name_of
from figures.reports.drawn import flow, funnel, trends
from figures.reports.findings import Findings, findings_of, gap_rows
from figures.reports.languages import both, each_in_both
from figures.reports.lines import SECTIONS, Line, held_of, lines_of, row_of
from figures.reports.zones import side_by_side
from figures.scopes import NATION, Scope
from figures.sentences import day_text
from figures.units import is_english

FORM: Final = 2
"""Reports keep their content for ever: papers are made of each form there was. The first had sections and zones."""
LEADING: Final = (
    "members.all", "events.exchange", "events.matchmaking", "needs.collected", "cooperations.projects",
    "contracts.amount", "funds.size",
)  # fmt: skip
"""What the first sentence tells, in this order."""


def content_of(scope: Scope, period: Period, answering: Answering) -> dict[str, Any]:
    """In both languages; numbers as digits beside the words."""
    held = held_of(scope, period, samples=answering.reading.samples)
    sections = [(title, list(lines_of(scope, period, answering, clauses, held))) for title, clauses in SECTIONS]
    lines = [line for _title, found in sections for line in found]
    zones = side_by_side(scope, period, answering)
    found = findings_of(scope, period, answering, lines, zones)
    return {
        "form": FORM,
        "name": both(lambda: scope.name),
        "who": both(lambda: _who(scope)),
        "when": both(lambda: name_of(period)),
        "days": [period.start.isoformat(), period.end.isoformat()],
        "opening": both(lambda: _opening(lines, scope, period)),
        "sections": [
            {"title": both(lambda title=title: _(title)),
             "text": both(lambda lines=lines: _paragraph(lines, scope, period)),
             "rows": [row_of(line) for line in lines]}
            for title, lines in sections
            if lines
        ],
        "zones": None if zones is None else zones.told(),
        **_further(scope, period, answering, found),
    }  # fmt: skip


def _further(scope: Scope, period: Period, answering: Answering, found: Findings) -> dict[str, Any]:
    charts = trends(scope, period, answering)
    months = next((one for one in charts if one["by"] == "month" and not one["is_money"]), None)
    return {
        "charts": charts,
        "funnel": funnel(scope, period, answering),
        "flow": flow(scope, period, answering),
        "changes": each_in_both(found.changes),
        "highlights": each_in_both(lambda: found.highlights(months)),
        "problems": each_in_both(found.problems),
        "gaps": gap_rows(found),
        "steps": each_in_both(found.steps),
    }


def _opening(lines: list[Line], scope: Scope, period: Period) -> str:
    """What somebody who reads one sentence should know."""
    leading = sorted(
        (line for line in lines if line.is_something and line.now.definition.id in LEADING),
        key=lambda line: LEADING.index(line.now.definition.id),
    )
    happened = _("；").join(line.clause() for line in leading if not line.now.definition.is_stock)
    stocks = [line for line in leading if line.now.definition.is_stock]
    there = _("；").join(line.plain_clause() for line in stocks)
    words = {"when": name_of(period), "who": _who(scope), "day": day_text(period.end)}
    told = [_("%(when)s，%(who)s%(what)s。") % {**words, "what": happened}] if happened else []
    if there:
        has = _("截至%(day)s，%(what)s。") if stocks[0].now.unit.is_money else _("截至%(day)s，有%(what)s。")
        told.append(has % {**words, "what": there})
    told = told or [_("%(when)s，%(who)s没有计入统计的记录。") % words]
    return _together([*told, _("现将有关统计情况报告如下。")])


def _together(sentences: list[str]) -> str:
    """Chinese sentences need no space between them."""
    return (" " if is_english() else "").join(sentences)


def _who(scope: Scope) -> str:
    return _("全国高新区") if scope.kind == NATION else scope.name


def _paragraph(lines: list[Line], scope: Scope, period: Period) -> str:
    """One sentence of flows and one of stocks; what is nothing is named at the end."""
    happened = [line.clause() for line in lines if line.is_something and not line.now.definition.is_stock]
    there = [line.clause() for line in lines if line.is_something and line.now.definition.is_stock]
    told = []
    if happened:
        words = {"when": name_of(period), "who": scope.name, "what": _("；").join(happened)}
        told.append(_("%(when)s，%(who)s%(what)s。") % words)
    if there:
        words = {"when": day_text(lines[0].now.question.day), "who": scope.name, "what": _("；").join(there)}
        told.append(_("截至%(when)s，%(who)s有%(what)s。") % words)
    return _together(told) or _("本期没有记录。")
