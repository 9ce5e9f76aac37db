"""The zones of an association side by side, each whole, with the total in which nothing counts twice."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from figures import scopes
from figures.answering import Answer, Answering
from figures.definitions.registry import all_definitions
from figures.geography import recorded_memberships
from figures.periods import Period
from figures.questions import Question
from figures.reports.languages import Both, both
from figures.reports.lines import Clause
from figures.scopes import Scope
from figures.sentences import value_text
from zones.models import Association, Zone
from zones.scoping import SYSTEM, in_force

COLUMNS: Final[tuple[Clause, ...]] = (
    ("events.all", ""), ("cooperations.projects", "signed"), ("cooperations.projects", "completed"),
    ("contracts.amount", ""),
)  # fmt: skip
"""What the zones of an association are compared by."""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Questions, the answers of each zone, and those of the association."""

    asked: list[Question]
    zones: list[tuple[Zone, list[Answer]]]
    total: list[Answer]

    def quiet(self) -> list[Zone]:
        """Zones of which nothing is on record."""
        return [zone for zone, answers in self.zones if not any(one.number for one in answers)]

    def most(self, column: int, *, at_most: int) -> tuple[list[tuple[Zone, Answer]], list[tuple[Zone, Answer]]]:
        """Zones with most of a column, the largest first; and beside them those that are level where there is no room
        for all of them: none is picked out of equals.
        """
        rows = [(zone, answers[column]) for zone, answers in self.zones if answers[column].number]
        rows.sort(key=lambda row: (-(row[1].number or 0), row[0].pinyin_key))
        if len(rows) <= at_most or rows[at_most - 1][1].number != rows[at_most][1].number:
            return rows[:at_most], []
        edge = rows[at_most][1].number
        return [row for row in rows[:at_most] if row[1].number != edge], [row for row in rows if row[1].number == edge]

    def told(self) -> dict[str, Any] | None:
        """Columns in which there is something; None where there is nothing at all."""
        told = [place for place, one in enumerate(self.total) if one.number]
        if not told:
            return None
        rows = [
            {"name": both(lambda zone=zone: str(zone)), "values": [_told(answers[place]) for place in told]}
            for zone, answers in self.zones
        ]
        columns = [both(lambda one=self.asked[place]: one.definition.words(one)) for place in told]
        return {"columns": columns, "rows": rows, "total": [_told(self.total[place]) for place in told]}


def _told(answer: Answer) -> Both:
    return both(lambda: value_text(answer))


def side_by_side(scope: Scope, period: Period, answering: Answering) -> SideBySide | None:
    """Of those that are members at the end of the period; None for what is no association."""
    if scope.kind != "association":
        return None
    at = answering.reading
    asked = [Question(all_definitions()[one], scope, period, at.as_of, way, at.samples) for one, way in COLUMNS]
    zones = []
    for zone in _members(scope, min(period.end, at.as_of), samples=at.samples):
        here = scopes.parsed(f"zone:{zone.slug}", SYSTEM)
        zones.append((zone, [answering.answer(one.at(here)) for one in asked]))
    return SideBySide(asked, zones, [answering.answer(one) for one in asked])


def _members(scope: Scope, day: date, *, samples: bool) -> list[Zone]:
    association = Association.objects.get(slug=scope.code.partition(":")[2])
    rows = recorded_memberships(samples=samples).filter(
        in_force(day, start="joined_on", end="left_on"), association=association
    )
    return [row.zone for row in rows.select_related("zone").order_by("zone__pinyin_key")]
