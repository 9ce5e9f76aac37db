"""A run that fails forgets nothing: its needs are matched again, after a wait that grows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import NoReturn

import pytest
from django.db.models import F

from matching.choices import RunKind, RunStage, RunState
from matching.models import LIVE, Match, MatchRun, Need, RunStep
from matching.services import steps
from matching.services.maintenance import tidy
from matching.services.needs import update_need
from matching.services.runs import request_full_run
from matching.services.steps import work_until_idle
from matching.services.watch import look
from tests.builders import make_config, make_resource
from tests.conftest import World
from tests.matching.conftest import make_wafer_inspection
from zones.models import Resource
from zones.scoping import SYSTEM, scope_of

pytestmark = pytest.mark.django_db(transaction=True)


def broken(step: RunStep) -> NoReturn:
    raise RuntimeError("the solver is away")


@contextmanager
def no_solver(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Inside, no run can be assigned, and none is tried twice."""
    with monkeypatch.context() as patch:
        patch.setitem(steps.STAGES, RunStage.ASSIGN, broken)
        patch.setattr(steps, "MAX_ATTEMPTS", 1)
        yield


def failed_look(monkeypatch: pytest.MonkeyPatch) -> MatchRun:
    with no_solver(monkeypatch):
        run = look()
        assert run is not None
        work_until_idle()
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    return run


def wait(seconds: int) -> None:
    """Let everything have happened so much earlier."""
    MatchRun.plain.update(created_at=F("created_at") - timedelta(seconds=seconds))
    RunStep.objects.filter(state=RunStep.State.FAILED).update(next_at=F("next_at") - timedelta(seconds=seconds))
    Need.plain.update(updated_at=F("updated_at") - timedelta(seconds=seconds))


def matched(need: Need) -> set[int]:
    return set(Match.objects.visible_to(SYSTEM).filter(LIVE, need=need).values_list("resource_id", flat=True))


@pytest.fixture
def fresh(world: World, need: Need, run_all: Callable[[], MatchRun], monkeypatch: pytest.MonkeyPatch) -> Resource:
    """A resource the need would have, were it not that the run it caused has failed."""
    make_resource(zone=world.west, organization=world.laboratory)
    run_all()
    fresh = make_wafer_inspection(world, "新到外延片检测", diameter_mm=300)
    failed_look(monkeypatch)
    return fresh


def test_what_a_failed_run_was_for_is_matched_after_a_wait(need: Need, fresh: Resource) -> None:
    assert look() is None
    wait(31)
    run = look()
    work_until_idle()
    assert run is not None
    assert fresh.pk in matched(need)
    assert look() is None


def test_the_wait_doubles_with_every_failure(need: Need, fresh: Resource, monkeypatch: pytest.MonkeyPatch) -> None:
    wait(31)
    failed_look(monkeypatch)
    wait(31)
    assert look() is None
    wait(30)
    assert look() is not None


def test_a_new_need_that_fails_is_not_tried_at_every_look(need: Need, monkeypatch: pytest.MonkeyPatch) -> None:
    failed_look(monkeypatch)
    assert look() is None
    wait(31)
    assert look() is not None


def test_a_need_that_was_edited_is_tried_at_once(world: World, need: Need, fresh: Resource) -> None:
    update_need(scope_of(world.ana), need_id=need.pk, version=need.version, summary_zh="改写后的摘要：外延片检测。")
    run = look()
    work_until_idle()
    assert run is not None
    assert fresh.pk in matched(need)


def test_a_full_run_that_failed_is_made_up_for(need: Need, fitting: Resource, monkeypatch: pytest.MonkeyPatch) -> None:
    with no_solver(monkeypatch):
        request_full_run(SYSTEM, reason="nightly")
        work_until_idle()
    look()
    assert MatchRun.plain.filter(kind=RunKind.FULL).count() == 1
    wait(31)
    look()
    work_until_idle()
    states = MatchRun.plain.filter(kind=RunKind.FULL).order_by("pk").values_list("state", flat=True)
    assert list(states) == [RunState.FAILED, RunState.PUBLISHED]
    assert matched(need) == {fitting.pk}


def test_the_wait_begins_when_a_run_fails_however_long_it_took(need: Need, fresh: Resource) -> None:
    MatchRun.plain.filter(state=RunState.FAILED).update(created_at=F("created_at") - timedelta(hours=2))
    Need.plain.update(updated_at=F("updated_at") - timedelta(hours=3))
    assert look() is None
    wait(31)
    assert look() is not None


def test_a_trial_of_other_settings_that_failed_is_not_repeated_under_those_in_force(
    need: Need, fitting: Resource, run_all: Callable[[], MatchRun], monkeypatch: pytest.MonkeyPatch
) -> None:
    run_all()
    trial = make_config(number=77, is_active=False)
    with no_solver(monkeypatch):
        request_full_run(SYSTEM, reason="trial", config=trial)
        work_until_idle()
    wait(31)
    look()
    assert MatchRun.plain.filter(kind=RunKind.FULL).count() == 2


def test_tidying_keeps_what_is_still_to_be_made_up_for(need: Need, fresh: Resource) -> None:
    tidy()
    wait(31)
    assert look() is not None
