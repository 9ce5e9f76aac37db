"""Corrections of official values come after what they correct, and restate what rests on them and nothing else."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from django.db import connection

from figures.errors import FigureRefused
from figures.models import LockedFigure, Observation, Series
from figures.questions import question
from figures.sentences import sentence
from figures.services import locks, reports
from figures.services.locks import differs_from_rows, draft_figure, lock_figure
from figures.services.observations import add_series, record_observation
from figures.services.reports import make_report
from figures.telling import told
from tests.conftest import World, build_world
from tests.cooperations import make_cooperation
from tests.figures.asking import ask, register, value
from zones.errors import Conflict, DomainError, InvalidInput
from zones.scoping import SYSTEM
from zones.services.base import validated

pytestmark = pytest.mark.django_db
OUTPUT = "series:output"
YI = Decimal(10) ** 8


@pytest.fixture
def series(db: None) -> Series:
    return _series()


def _series(**fields: Any) -> Series:
    values = {"code": "output", "name_zh": "产值", "unit": "yuan", "source_zh": "公报"}
    return add_series(SYSTEM, **values | fields)


def _observe(row: Series, value: str, period: str = "2024", **fields: Any) -> Observation:
    values: dict[str, Any] = {"unit": "亿元" if row.unit == "yuan" else "", "published_on": date(2025, 2, 1)}
    return record_observation(SYSTEM, series_id=row.pk, period=period, value=value, **values | fields)


def _published(figure: str = "series.value", *, period: str = "2024", scope: str = OUTPUT) -> LockedFigure:
    asked = question(figure, scope=scope, period=period, reader=SYSTEM)
    return lock_figure(SYSTEM, locked_id=draft_figure(SYSTEM, asked=asked).pk)


def _versions() -> list[tuple[str, str, int, str]]:
    columns = ("figure", "period", "number", "state")
    return list(LockedFigure.plain.order_by("figure", "period", "number").values_list(*columns))


def test_a_correction_comes_after_what_it_corrects(series: Series) -> None:
    _observe(series, "800", published_on=date(2025, 6, 1))
    _published()
    with pytest.raises(InvalidInput, match="不能早于第 1 版的公布日 2025-06-01"):
        _observe(series, "843.7", reason="更正")
    _observe(series, "843.7", reason="更正", published_on=date(2025, 6, 1))
    assert value("series.value", scope=OUTPUT, period="2024") == Decimal("843.7") * YI
    assert [row[3] for row in _versions()] == ["restated", "locked"]


def test_a_corrected_quarter_leaves_the_year_as_it_was_published(series: Series) -> None:
    _observe(series, "800")
    _observe(series, "200", "2024-Q1")
    _published(), _published(period="2024-Q1")
    _observe(series, "201", "2024-Q1", reason="季度更正")
    assert _versions() == [
        ("series.value", "2024", 1, "locked"),
        ("series.value", "2024-Q1", 1, "restated"),
        ("series.value", "2024-Q1", 2, "locked"),
    ]


def test_a_correction_restates_what_is_derived_and_nothing_that_stays_the_same(series: Series) -> None:
    _observe(series, "700", "2023", published_on=date(2024, 2, 1))
    _observe(series, "800")
    _published(), _published("series.value:yoy")
    _observe(series, "800", reason="补注出处", source="年鉴")
    assert len(_versions()) == 2
    _observe(series, "750", "2023", reason="年报", published_on=date(2025, 3, 1))
    assert _versions() == [
        ("series.value", "2024", 1, "locked"),
        ("series.value:yoy", "2024", 1, "restated"),
        ("series.value:yoy", "2024", 2, "locked"),
    ]


def test_rates_without_end_are_published_with_their_sentence_rounded(series: Series) -> None:
    _observe(series, "748.6", "2023", published_on=date(2024, 2, 1))
    _observe(series, "843.7")
    row = _published("series.value:yoy")
    assert (row.value, row.sentence_zh) == (Decimal("12.7037135987"), "2024年，产值同比增长12.7%。")
    assert not differs_from_rows(row)
    assert _published("series.value:cagr", period="2023..2024").value == row.value


def test_a_forecast_of_a_year_to_come_is_recorded_and_asked(series: Series) -> None:
    _observe(series, "900", "2030", is_forecast=True)
    given = ask("series.value", scope=OUTPUT, period="2030")
    assert (given.value, given.is_forecast) == (900 * YI, True)
    assert sentence(given) == "2030年，产值预计达到900亿元。"
    assert _published(period="2030").is_forecast
    with pytest.raises(FigureRefused, match="2031"):
        value("series.value:cumulative", scope=OUTPUT, period="2030..2031")
    with pytest.raises(InvalidInput, match="才开始"):
        value("events.all", period="2030")


@pytest.mark.parametrize(
    ("unit", "said"), [("yuan", "-843.7"), ("zones", "-1"), ("yuan", "1e999999"), ("zones", "1" * 25)]
)
def test_what_is_no_amount_is_refused(unit: str, said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        _observe(_series(unit=unit), said)
    assert list(refused.value.errors) == ["value"]


def test_a_rate_may_fall_below_zero() -> None:
    row = _series(unit="percent")
    _observe(row, "-3.2")
    assert sentence(ask("series.value", scope=OUTPUT, period="2024")) == "2024年，产值-3.2%。"


def test_a_series_stands_beside_its_own_milestone_alone(world: World) -> None:
    fields = {"code": "done", "unit": "items", "figure": "cooperations.projects", "scope": "zone:east"}
    with pytest.raises(InvalidInput, match="口径"):
        _series(**fields)
    _observe(_series(**fields, milestone="completed"), "20")
    asked = {"scope": "zone:east", "period": "2024"}
    shown = {
        one: told(question("cooperations.projects", milestone=one, **asked), SYSTEM).reported  # type: ignore[arg-type]
        for one in ("signed", "completed")
    }
    assert shown["signed"] is None
    assert shown["completed"] is not None
    assert shown["completed"].value == 20


def test_a_draft_whose_rows_have_moved_is_not_locked_unseen(series: Series) -> None:
    _observe(series, "800")
    draft = draft_figure(SYSTEM, asked=question("series.value", scope=OUTPUT, period="2024"))
    _observe(series, "843.7", reason="年报")
    with pytest.raises(Conflict, match=r"草稿为“2024年，产值800亿元。”.*现为“2024年，产值843.7亿元。”"):
        lock_figure(SYSTEM, locked_id=draft.pk)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_part_of_a_period_is_not_compared_with_a_whole_one(world: World) -> None:
    days = (date(2025, 3, 5), date(2026, 10, 5), date(2026, 10, 20), date(2026, 11, 5))
    for number, day in enumerate(days):
        register(world.enterprise, world.laboratory, "100", day, number=number)
    with time_machine.travel(date(2026, 11, 15), tick=False):
        with pytest.raises(FigureRefused, match=r"2026-11 到截止日 2026-11-15 尚未结束"):
            value("contracts.amount:mom", period="2026-11")
        with pytest.raises(FigureRefused, match=r"2025..2026 到截止日 2026-11-15 尚未结束"):
            value("contracts.amount:cagr", period="2025..2026")
        assert value("contracts.amount:cumulative", period="2025..2026") == 400
        so_far = sentence(ask("contracts.amount", scope="zone:east", period="2026"))
        assert so_far == "2026年（截至2026年11月15日），东方高新区技术合同成交额300元。"
        assert "截至" not in sentence(ask("contracts.amount", scope="zone:east", period="2026-10"))
    with time_machine.travel(date(2026, 11, 30), tick=False):
        assert value("contracts.amount:mom", period="2026-11") == -50


def _at_once(*writes: Callable[[], object]) -> list[object]:
    """What each of them gives, run on connections of their own."""
    found: list[object] = [None] * len(writes)

    def run(position: int) -> None:
        try:
            found[position] = writes[position]()
        except DomainError as refusal:
            found[position] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=(position,)) for position in range(len(writes))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found


@pytest.mark.django_db(transaction=True)
def test_of_two_who_do_the_same_at_once_one_is_told_why_not(monkeypatch: pytest.MonkeyPatch) -> None:
    make_cooperation(build_world().enterprise, signed_on=date(2024, 3, 1))
    asked = question("cooperations.projects", scope="zone:east", period="2024", milestone="signed")
    both = Barrier(2, timeout=20)

    def meeting(row: Any) -> Any:
        validated(row)
        both.wait()
        return row

    monkeypatch.setattr(locks, "validated", meeting)
    monkeypatch.setattr(reports, "validated", meeting)
    drafts = _at_once(*[lambda: draft_figure(SYSTEM, asked=asked)] * 2)
    assert [type(one).__name__ for one in drafts if "刚由他人拟稿" in str(one)] == ["InvalidInput"]
    made = _at_once(*[lambda: make_report(SYSTEM, scope="zone:east", period="2024")] * 2)
    assert [type(one).__name__ for one in made if "刚由他人生成" in str(one)] == ["InvalidInput"]

    draft = LockedFigure.plain.get()

    def lock() -> object:
        both.wait()
        return lock_figure(SYSTEM, locked_id=draft.pk)

    assert sorted(type(one).__name__ for one in _at_once(lock, lock)) == ["IllegalTransition", "LockedFigure"]
    assert LockedFigure.plain.get().state == "locked"
