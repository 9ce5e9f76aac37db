"""A figure that was published never changes silently; a correction is a new version with its reason."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction

from figures.models import LockedFigure, Observation, Series
from figures.questions import question
from figures.services.locks import differs_from_rows, draft_figure, drop_draft, lock_figure
from figures.services.observations import add_series, change_series, record_observation
from ledger.models import OutboxEvent
from matching.models import Cooperation
from tests.conftest import World, principal_of
from tests.cooperations import make_cooperation
from tests.figures.asking import value
from zones.errors import IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.scoping import SYSTEM, Principal

pytestmark = pytest.mark.django_db
PUBLISHED = date(2025, 2, 1)


def _signed(world: World, **fields: Any) -> Cooperation:
    return make_cooperation(world.enterprise, signed_on=date(2024, 3, 1), **fields)


def _asked(scope: str = "zone:east", *, period: str = "2024") -> Any:
    return question("cooperations.projects", scope=scope, period=period, milestone="signed", reader=SYSTEM)


def _manager(world: World) -> Principal:
    return Principal(
        user_id=world.ana.pk, manager_zones=frozenset({world.east.pk}), staff_zones=frozenset({world.east.pk})
    )


def _series(principal: Principal = SYSTEM, **fields: Any) -> Series:
    return add_series(
        principal, **{"code": "output", "name_zh": "产值", "unit": "yuan", "source_zh": "统计公报"} | fields
    )


def _observe(row: Series, value: str, **fields: Any) -> Observation:
    values: dict[str, Any] = {
        "series_id": row.pk,
        "period": "2024",
        "value": value,
        "unit": "亿元",
        "published_on": PUBLISHED,
    }
    return record_observation(SYSTEM, **values | fields)


def test_a_locked_figure_keeps_its_value_and_says_when_the_rows_differ(world: World) -> None:
    _signed(world)
    row = lock_figure(_manager(world), locked_id=draft_figure(_manager(world), asked=_asked()).pk)
    assert [row.value, row.number, row.evidence_count, row.zone] == [1, 1, 1, world.east]
    assert row.sentence_zh == "2024年，东方高新区促成产学研与科研合作项目1个。"
    assert not differs_from_rows(row)

    _signed(world)
    row.refresh_from_db()
    assert row.value == 1
    assert differs_from_rows(row)


def test_a_second_version_needs_a_reason_and_restates_the_first(world: World) -> None:
    first = lock_figure(SYSTEM, locked_id=draft_figure(SYSTEM, asked=_asked()).pk)
    _signed(world)
    with pytest.raises(InvalidInput, match="重述原因"):
        draft_figure(SYSTEM, asked=_asked())
    second = draft_figure(SYSTEM, asked=_asked(), reason="补报一个项目")
    first.refresh_from_db()
    assert first.state == "locked"  # until the new one is published
    lock_figure(SYSTEM, locked_id=second.pk)
    first.refresh_from_db()
    assert [first.state, first.value, second.number] == ["restated", 0, 2]
    assert set(OutboxEvent.objects.filter(kind__startswith="figure.").values_list("kind", flat=True)) == {
        "figure.drafted", "figure.locked", "figure.restated",
    }  # fmt: skip


def test_a_restatement_that_changes_nothing_is_refused_but_a_changed_row_of_the_same_sum_is_none(world: World) -> None:
    former = _signed(world)
    lock_figure(SYSTEM, locked_id=draft_figure(SYSTEM, asked=_asked()).pk)
    with pytest.raises(InvalidInput, match="都与已发布的第 1 版相同"):
        draft_figure(SYSTEM, asked=_asked(), reason="核对")
    _signed(world)
    Cooperation.plain.filter(pk=former.pk).update(signed_on=date(2023, 3, 1))
    assert draft_figure(SYSTEM, asked=_asked(), reason="换一项").value == 1


def test_an_unfinished_period_is_published_as_the_year_to_date_and_never_as_a_whole(world: World) -> None:
    with time_machine.travel(date(2026, 11, 28), tick=False):
        for period in ("2026", "2026-Q4", "2026-11"):
            with pytest.raises(InvalidInput, match=r"尚未结束.*2026-ytd"):
                draft_figure(SYSTEM, asked=_asked(period=period))
        row = draft_figure(SYSTEM, asked=_asked(period="2026-ytd"))
        assert row.sentence_zh.startswith("2026年1月1日至11月28日")
        assert lock_figure(SYSTEM, locked_id=row.pk).state == "locked"
        draft = draft_figure(SYSTEM, asked=_asked(period="2026-10"))
    with time_machine.travel(date(2027, 1, 5), tick=False):
        assert lock_figure(SYSTEM, locked_id=draft.pk).state == "locked"
        assert draft_figure(SYSTEM, asked=_asked(period="2026")).value == 0


def test_the_first_days_of_a_period_are_no_second_version_of_the_whole(world: World) -> None:
    lock_figure(SYSTEM, locked_id=draft_figure(SYSTEM, asked=_asked()).pk)
    _signed(world)
    asked = question(
        "cooperations.projects",
        scope="zone:east",
        period="2024",
        as_of=date(2024, 6, 30),
        milestone="signed",
        reader=SYSTEM,
    )
    with pytest.raises(InvalidInput, match=r"2024 到截止日 2024-06-30 尚未结束"):
        draft_figure(SYSTEM, asked=asked, reason="更正")


def test_what_there_is_today_is_not_published_as_what_was_there_at_the_end_of_the_year(world: World) -> None:
    def members(period: str = "") -> Any:
        return question("members.all", scope="association:alliance", period=period, reader=SYSTEM)

    with time_machine.travel(date(2026, 11, 28), tick=False):
        with pytest.raises(InvalidInput, match=r"期末数.*留空"):
            draft_figure(SYSTEM, asked=members("2026"))
        assert draft_figure(SYSTEM, asked=members()).period == ""
        assert draft_figure(SYSTEM, asked=members("2025")).period == "2025"


def test_a_draft_of_a_part_that_was_put_down_before_is_not_locked_later(world: World) -> None:
    draft = draft_figure(SYSTEM, asked=_asked())
    LockedFigure.plain.filter(pk=draft.pk).update(as_of=date(2024, 11, 28))
    with pytest.raises(InvalidInput, match="尚未结束"):
        lock_figure(SYSTEM, locked_id=draft.pk)


@pytest.mark.parametrize(
    "change", [{"value": Decimal(9)}, {"sentence_zh": "x"}, {"state": "draft"}, {"evidence": []}, {"reason_zh": "x"}]
)
def test_the_database_itself_refuses_to_change_what_was_published(world: World, change: dict[str, Any]) -> None:
    row = lock_figure(SYSTEM, locked_id=draft_figure(SYSTEM, asked=_asked()).pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        LockedFigure.plain.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        LockedFigure.plain.filter(pk=row.pk).delete()


def test_a_draft_is_dropped_or_locked_once(world: World) -> None:
    row = draft_figure(SYSTEM, asked=_asked())
    drop_draft(SYSTEM, locked_id=row.pk)
    with pytest.raises(IllegalTransition):
        lock_figure(SYSTEM, locked_id=row.pk)
    assert draft_figure(SYSTEM, asked=_asked()).number == 1  # what was dropped was no version


def test_only_managers_and_secretariats_publish_and_only_their_own(world: World) -> None:
    with pytest.raises(NotAllowed):
        draft_figure(principal_of(world.ana), asked=_asked())  # staff, no manager
    with pytest.raises(NotAllowed):
        draft_figure(_manager(world), asked=_asked("zone:west"))
    with pytest.raises(NotAllowed):
        draft_figure(_manager(world), asked=_asked("nation"))
    row = draft_figure(principal_of(world.secretariat), asked=_asked("association:alliance"))
    assert row.association == world.alliance
    with pytest.raises(NotFound):
        lock_figure(principal_of(world.cy), locked_id=row.pk)


def test_a_correction_of_what_was_published_is_refused_without_a_reason_and_restates_it_with_one() -> None:
    series = _series()
    _observe(series, "800")
    asked = question("series.value", scope="series:output", period="2024")
    first = lock_figure(SYSTEM, locked_id=draft_figure(SYSTEM, asked=asked).pk)
    with pytest.raises(InvalidInput, match="将重述该统计"):
        _observe(series, "843.7")
    assert series.observations.count() == 1

    _observe(series, "843.7", reason="快报改为年报", published_on=date(2025, 6, 1))
    first.refresh_from_db()
    second = LockedFigure.plain.get(state="locked")
    assert (first.state, first.value) == ("restated", Decimal("80000000000"))
    assert (second.value, second.reason_zh, second.number) == (Decimal("84370000000"), "快报改为年报", 2)


def test_what_was_known_on_a_day_stays_known() -> None:
    series = _series()
    _observe(series, "800")
    _observe(series, "843.7", reason="快报改为年报", published_on=date(2025, 6, 1))
    asked = {"scope": "series:output", "period": "2024"}
    assert value("series.value", as_of=date(2025, 5, 31), **asked) == Decimal("80000000000")
    assert value("series.value", **asked) == Decimal("84370000000")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"value": "8", "unit": "家"}, "unit"),
        ({"value": "8", "unit": ""}, "unit"),
        ({"value": "many"}, "value"),
        ({"value": "12,34"}, "value"),
        ({"value": "1,234,56"}, "value"),
        ({"value": "0.004", "unit": "元"}, "value"),
        ({"period": "2013..2024"}, "period"),
        ({"period": "2025", "published_on": date(2025, 2, 1)}, "is_forecast"),
        ({"published_on": date(2199, 1, 1)}, "published_on"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        _observe(_series(), **{"value": "1"} | fields)
    assert field in refused.value.errors


def test_a_count_is_not_taken_in_money_and_a_unit_stays() -> None:
    series = _series(code="zones", unit="zones")
    with pytest.raises(InvalidInput, match="不符"):
        _observe(series, "178", unit="亿元")
    _observe(series, "178", unit="家")
    with pytest.raises(InvalidInput):
        change_series(SYSTEM, series_id=series.pk, version=1, unit="yuan")


def test_a_series_is_kept_by_its_zone_and_read_by_everybody(world: World) -> None:
    row = _series(principal_of(world.ana), zone=world.east)
    assert Series.objects.visible_to(Principal()).filter(pk=row.pk).exists()
    with pytest.raises(NotAllowed):
        record_observation(
            principal_of(world.cy), series_id=row.pk, period="2024", value="1", unit="元", published_on=PUBLISHED
        )
    with pytest.raises(NotAllowed):
        _series(principal_of(world.ana), code="national")
    with pytest.raises(InvalidInput):
        _series(figure="contracts.flow", scope="zone:nowhere", code="x")


def test_observations_are_never_changed() -> None:
    row = _observe(_series(), "1")
    with pytest.raises(DatabaseError), transaction.atomic():
        Observation.plain.filter(pk=row.pk).update(value=2)
