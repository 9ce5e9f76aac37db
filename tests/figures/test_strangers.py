"""No two answers a stranger gets differ by a row he may not see: over days, periods, milestones, samples and flows."""

from datetime import date
from itertools import combinations, product

import pytest
import time_machine
from django.conf import settings

from figures.answering import answer
from figures.protection import FEWEST
from figures.questions import Question, question
from figures.strangers import KeptBack
from figures.telling import told, told_json
from tests.builders import make_organization, make_region, make_zone
from tests.conftest import World, principal_of
from tests.cooperations import make_cooperation
from tests.figures.asking import register
from zones.scoping import SYSTEM, VISITOR, today

pytestmark = pytest.mark.django_db
DAYS = (None, date(2025, 6, 30), date(2025, 12, 31))
PERIODS = ("2025", "2025-Q1", "2025-H1", "2025-03", "2024..2025", "2025-ytd", "2026-ytd")
FLOW = "flow:region:110000>region:990000"


@pytest.fixture
def busy(world: World) -> World:
    """Nine projects and nine contracts from one region to another, month by month; two of each are samples."""
    far = make_zone(slug="further", region=make_region(code="990000", name_zh="测试省"))
    buyer = make_organization(zone=far)
    for number in range(9):
        day, is_sample = date(2025, 1 + number, 10), number > 6
        make_cooperation(world.enterprise, buyer, state="completed", signed_on=day, is_sample=is_sample)
        register(world.enterprise, buyer, "1000000", day, number=number, is_sample=is_sample)
    return world


def asked() -> list[Question]:
    figures = (
        ("cooperations.projects", "signed"), ("cooperations.projects", "completed"), ("contracts.count", ""),
        ("contracts.flow", ""), ("centres.active", ""),
    )  # fmt: skip
    found = []
    for (figure, milestone), period, day, samples in product(figures, PERIODS, DAYS, (False, True)):
        if day is not None and period.startswith("2026"):
            continue
        for scope in ("nation", FLOW if figure == "contracts.flow" else "zone:east"):
            found.append(
                question(
                    figure, period=period, as_of=day, samples=samples, scope=scope, milestone=milestone, reader=SYSTEM
                )
            )
    return found


def test_no_two_answers_differ_by_a_few_rows(busy: World) -> None:
    rows: dict[tuple[str, str], set[frozenset[int]]] = {}
    for one in asked():
        given = told(one, VISITOR)
        assert given.evidence.rows == ()
        if given.why is None:
            facts = frozenset(fact.key for fact in given.answer.facts)
            rows.setdefault((one.definition.id, one.scope.code), set()).add(facts)
    assert rows["contracts.flow", FLOW]
    assert rows["cooperations.projects", "zone:east"]
    for answers in rows.values():
        assert all(len(one ^ other) >= FEWEST for one, other in combinations(answers, 2))


RUNNING = ("2026-06-10 12:00+08:00", "2026-07-20 12:00+08:00")
"""Two days of one year; on a day between them a row of the year before is a year old."""


def test_no_two_days_of_the_running_year_tell_of_a_row_of_the_year_before(busy: World) -> None:
    """Growth so far is on the same days of the year before: with the whole year, which is told, it tells the rest."""
    for number in range(7):
        register(busy.enterprise, busy.laboratory, "1000000", date(2026, 1, 5), number=100 + number)
        make_cooperation(busy.enterprise, state="completed", signed_on=date(2026, 1, 5))
    asked = ("2025", "2026", "2026:yoy", "2026-ytd:yoy")
    sums = {"contracts.amount": "", "contracts.count": "", "cooperations.projects": "signed"}
    rows: dict[str, set[frozenset[int]]] = {}
    for now, (figure, milestone), period in product(RUNNING, sums.items(), asked):
        period, colon, way = period.partition(":")
        with time_machine.travel(now, tick=False):
            one = question(f"{figure}{colon}{way}", period=period, milestone=milestone, scope="zone:east")
            given = told(one, VISITOR)
        assert (given.why is KeptBack.QUESTION) == bool(way)
        for part in [] if given.is_suppressed else given.answer.parts or [given.answer]:
            rows.setdefault(figure, set()).add(frozenset(fact.key for fact in part.facts))
    assert {figure: len(found) for figure, found in rows.items()} == dict.fromkeys(sums, 2)  # this year and that before


@pytest.mark.parametrize(
    "given",
    [
        {"period": "2025-Q1"}, {"period": "2025", "as_of": date(2025, 6, 30)}, {"period": "2025", "samples": True},
        {"period": "2025", "scope": "flow:zone:east>zone:further"},
    ],
)  # fmt: skip
def test_what_strangers_cannot_ask_is_told_to_them_whatever_the_number(busy: World, given: dict[str, object]) -> None:
    one = question("contracts.flow", **{"scope": FLOW, "reader": VISITOR, **given})  # type: ignore[arg-type]
    answers = [told_json(told(one, VISITOR))]
    register(busy.enterprise, busy.laboratory, "1", date(2025, 2, 1), number=50)
    answers.append(told_json(told(one, VISITOR)))
    assert answers[0] == answers[1]
    assert told(one, VISITOR).why is KeptBack.QUESTION
    assert "请改选整年" in answers[0]["sentence_zh"]
    assert "whole years" in answers[0]["sentence_en"]
    assert answer(one).facts  # there is something to tell


def test_a_flow_is_told_as_the_table_of_the_nation_tells_it(busy: World) -> None:
    one = question("contracts.flow", scope=FLOW, period="2025")
    assert told(one, VISITOR).value == 7_000_000
    few = question("contracts.flow", scope="flow:region:990000>region:110000", period="2025")
    assert told(few, VISITOR).why is KeptBack.NUMBER  # none, told like a few


def test_growth_on_a_year_of_none_is_kept_back_like_that_on_a_year_of_few(busy: World) -> None:
    one = question("cooperations.projects:yoy", scope="zone:east", period="2025", milestone="signed")
    before = told_json(told(one, VISITOR))
    make_cooperation(busy.enterprise, signed_on=date(2024, 3, 1))
    assert told_json(told(one, VISITOR)) == before
    assert before["is_suppressed"]


def test_the_own_side_asks_what_it_likes(busy: World) -> None:
    one = question("contracts.count", scope="zone:east", period="2025-Q1", as_of=date(2025, 6, 30))
    assert told(one, principal_of(busy.ana)).value == 3
    assert today() > one.as_of
    assert not settings.DEMO
