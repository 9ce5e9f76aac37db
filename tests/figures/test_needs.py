"""Needs on their way: each step by a day that stays, all steps of the same needs."""

from datetime import date, datetime, timedelta
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection

from figures.models import SourceMark
from matching.choices import ExposureChannel
from matching.models import Exposure, Need, NeedDay
from matching.services.exposures import Shown, log_shown, prune_exposures
from matching.services.merging import merge_organizations
from matching.services.needs import expire_need, open_need
from tests.builders import make_match, make_need, make_organization, make_resource
from tests.conftest import World
from tests.cooperations import make_cooperation
from tests.exchanges import make_exchange
from tests.figures.asking import value
from zones.scoping import SYSTEM, today

pytestmark = pytest.mark.django_db


def _at(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def _show(match: Any, on: datetime) -> None:
    with time_machine.travel(on):
        log_shown(SYSTEM, [Shown(match, is_need_side=True)], channel=ExposureChannel.PORTAL)


def test_the_first_match_is_kept_when_the_log_is_deleted(world: World) -> None:
    match = make_match(make_need(organization=world.enterprise), make_resource(organization=world.laboratory))
    _show(match, _at(2025, 3, 1))
    _show(match, _at(2026, 11, 1))
    assert [value("needs.matched", period=year) for year in ("2025", "2026")] == [1, 0]
    assert prune_exposures() == 1
    assert Exposure.objects.get().shown_on == date(2026, 11, 1)
    assert [value("needs.matched", period=year) for year in ("2025", "2026")] == [1, 0]
    assert NeedDay.objects.get().day == date(2025, 3, 1)


def test_a_page_that_tells_nothing_new_throws_no_sums_away(world: World) -> None:
    match = make_match(make_need(organization=world.enterprise), make_resource(organization=world.laboratory))
    _show(match, _at(2026, 3, 1))
    assert SourceMark.objects.filter(source="matching.needday").exists()
    SourceMark.objects.all().delete()
    _show(match, _at(2026, 3, 2))
    assert not SourceMark.objects.exists()


def test_the_day_a_need_stayed_unmet_is_not_that_of_its_last_touch(world: World) -> None:
    need = make_need(organization=world.enterprise)
    with time_machine.travel(_at(2025, 6, 1)):
        expire_need(SYSTEM, need_id=need.pk)
    merge_organizations(SYSTEM, kept_id=make_organization(zone=world.east).pk, merged_id=world.enterprise.pk)
    assert [value("needs.unmet", period=year) for year in ("2025", "2026")] == [1, 0]


def test_a_need_that_is_opened_once_more_was_accepted_when_it_was(world: World) -> None:
    need = make_need(organization=world.enterprise, opened_at=_at(2024, 5, 1))
    expire_need(SYSTEM, need_id=need.pk)
    open_need(SYSTEM, need_id=need.pk)
    assert [value("needs.valid", period=year) for year in ("2024", "2026")] == [1, 0]
    assert value("needs.unmet", period="2026") == 0  # no longer
    expire_need(SYSTEM, need_id=need.pk)
    assert value("needs.unmet", period="2026") == 1


def test_what_stayed_unmet_is_told_as_of_then_though_it_was_opened_once_more(world: World) -> None:
    need = make_need(organization=world.enterprise)
    for step, day in ((expire_need, _at(2024, 6, 1)), (open_need, _at(2025, 3, 1)), (expire_need, _at(2026, 5, 1))):
        with time_machine.travel(day):
            step(SYSTEM, need_id=need.pk)
    ends = (date(2024, 12, 31), date(2025, 2, 28), date(2025, 3, 1), today())
    assert [value("needs.unmet", period="2024", as_of=day) for day in ends] == [1, 1, 0, 0]
    assert value("needs.unmet", period="2025", as_of=date(2025, 12, 31)) == 0
    assert value("needs.unmet", period="2026") == 1


def test_a_need_that_was_opened_again_before_days_had_an_end_gets_it(world: World) -> None:
    need, other = (make_need(organization=world.enterprise) for _ in range(2))
    for one in (need, other):
        expire_need(SYSTEM, need_id=one.pk)
    open_need(SYSTEM, need_id=need.pk)
    NeedDay.objects.update(until=None)
    with connection.cursor() as cursor:
        cursor.execute(import_module("matching.migrations.0036_until_of_need_days").OPENED_AGAIN)
    found = dict(NeedDay.objects.filter(step="unmet").values_list("need_id", "until"))
    assert found == {need.pk: today(), other.pk: None}


def test_days_of_before_are_taken_over(world: World) -> None:
    need = make_need(organization=world.enterprise)
    Need.plain.filter(pk=need.pk).update(state="expired")
    Need.plain.filter(pk=need.pk).update(title_zh="改了标题")
    match = make_match(need, make_resource(organization=world.laboratory))
    log_shown(SYSTEM, [Shown(match, is_need_side=True)], channel=ExposureChannel.PORTAL)
    Exposure.objects.update(shown_on=date(2025, 3, 1))
    NeedDay.objects.all().delete()
    told = import_module("matching.migrations.0033_need_days")
    with connection.cursor() as cursor:
        for sql in (told.MATCHED, told.OPENED, told.UNMET):
            cursor.execute(sql)
    assert dict(NeedDay.objects.values_list("step", "day")) == {
        "opened": today(), "unmet": today(), "matched": date(2025, 3, 1),
    }  # fmt: skip


STEPS = ("collected", "valid", "matched", "interested", "signed", "completed")


def test_every_step_of_the_funnel_is_of_the_same_needs(world: World) -> None:
    """The alliance counts what is shared in it, in each step: not the interests of members that are shared with all."""
    shared = make_need(organization=world.enterprise, association=world.alliance, visibility="association")
    apart = make_need(organization=world.enterprise)
    for need in (shared, apart):
        resource = make_resource(organization=world.laboratory)
        log_shown(SYSTEM, [Shown(make_match(need, resource), is_need_side=True)], channel=ExposureChannel.PORTAL)
        day = today() - timedelta(days=1)
        for signed in (day, day - timedelta(days=30)):
            exchange = make_exchange(need, make_resource(organization=world.laboratory))
            days = {"signed_on": signed, "completed_on": day}
            make_cooperation(world.enterprise, state="completed", source="match", exchange=exchange, **days)
    year = str(today().year)
    assert [value(f"needs.{step}", scope="association:alliance", period=year) for step in STEPS] == [1] * 6
    assert [value(f"needs.{step}", scope="zone:east", period=year) for step in STEPS] == [2] * 6
    assert value("exchanges.interests", scope="association:alliance", period=year) == 4
