"""Runs: what is published, when, and that every result follows from its inputs."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import F

from ledger.leases import claim
from ledger.models import OutboxEvent
from matching.choices import RunState
from matching.models import (
    LIVE,
    CandidateList,
    LexicalStatistics,
    LiveResult,
    Match,
    MatchRun,
    Need,
    RunStep,
    ScoringConfig,
)
from matching.services import scoring, steps
from matching.services.comparisons import compare_runs, previous_run
from matching.services.configs import active_config, add_config, settings_of
from matching.services.documents import follow_resources
from matching.services.maintenance import tidy
from matching.services.needs import pause_need
from matching.services.publishing import assign_and_publish
from matching.services.replays import replay_run
from matching.services.runs import progress_of, request_full_run, start_delta
from matching.services.steps import work_on, work_until_idle
from tests.builders import make_grant, make_need, make_organization
from tests.conftest import World
from tests.matching.conftest import make_market, make_wafer_inspection, published
from zones.errors import NotAllowed
from zones.models import Resource
from zones.scoping import SYSTEM, scope_of, today
from zones.services.resources import retire_resource

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[[], MatchRun]


def live_matches(need: Need) -> list[Match]:
    return list(Match.objects.visible_to(SYSTEM).filter(LIVE, need=need).order_by("rank"))


def test_the_fitting_instrument_is_found_and_the_decoy_is_removed_for_its_metric(
    need: Need, fitting: Resource, decoy: Resource, run_all: Run
) -> None:
    run = run_all()
    assert run.state == RunState.PUBLISHED
    assert [match.resource_id for match in live_matches(need)] == [fitting.pk]
    assert run.removed_by_reason["metric_impossible"] == 1


def test_contributions_sum_to_the_score(need: Need, fitting: Resource, run_all: Run) -> None:
    run_all()
    (match,) = live_matches(need)
    assert abs(sum(part["contribution"] for part in match.contributions) - match.score) < 1e-9


def test_the_same_input_gives_the_same_bytes(world: World, run_all: Run) -> None:
    make_market(world, needs=30, resources=40)  # scarce: who gets which of equal partners is a free choice
    first, before = run_all(), published()
    second, after = run_all(), published()
    assert first.pk < second.pk
    assert first.input_hash == second.input_hash
    assert len(before["matches"]) >= 30
    assert before == after


def test_a_changed_need_changes_the_input_hash(need: Need, fitting: Resource, run_all: Run) -> None:
    first = run_all()
    Need.objects.unscoped(reason="a test edits").filter(pk=need.pk).update(version=2)
    assert run_all().input_hash != first.input_hash


def test_the_planner_has_counted_a_large_run_by_the_time_it_is_published(
    world: World, run_all: Run, settings: Any
) -> None:
    settings.NEEDS_PER_STEP = 5
    make_market(world, needs=6, resources=10)
    run = run_all()
    assert _counted(run) == {"matching_candidatelist", "matching_liveresult", "matching_match"}


def _counted(run: MatchRun) -> set[str]:
    """The tables in which PostgreSQL expects rows of the run."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, most_common_vals::text FROM pg_stats WHERE attname = 'run_id' AND schemaname = 'public'"
        )
        return {table for table, values in cursor.fetchall() if values and str(run.pk) in values.strip("{}").split(",")}


def test_capacity_is_never_exceeded(world: World, run_all: Run) -> None:
    make_market(world, needs=15, resources=5)
    run_all()
    assigned = Match.objects.visible_to(SYSTEM).filter(LIVE, is_assigned=True)
    for resource in Resource.objects.visible_to(SYSTEM):
        assert assigned.filter(resource=resource).count() <= resource.capacity


def test_two_runs_at_once_do_not_promise_one_place_twice(world: World, need: Need) -> None:
    rival = make_need(
        zone=world.east, organization=world.enterprise, title_zh=need.title_zh, summary_zh=need.summary_zh
    )
    scarce = make_wafer_inspection(world, "外延片缺陷检测系统", diameter_mm=200, capacity=1)
    request_full_run(SYSTEM, reason="statistics")
    work_until_idle()
    runs = [start_delta([pk], reason="race") for pk in (need.pk, rival.pk)]
    while step := RunStep.objects.exclude(stage="assign").filter(state="queued").first():
        work_on(step.pk)
    Match.objects.unscoped(reason="a test empties the place").update(is_assigned=False)
    writes = [
        assign_and_publish(RunStep.objects.select_related("run__config").get(run=run, stage="assign")) for run in runs
    ]
    for write in writes:  # both have counted the place as free
        with transaction.atomic():
            write()
    assigned = Match.objects.visible_to(SYSTEM).filter(LIVE, is_assigned=True, resource=scarce)
    assert assigned.count() == 1
    assert sum(MatchRun.plain.get(pk=run.pk).counts["released"] for run in runs) == 1


@pytest.mark.parametrize("solver", ["flow", "auction"])
def test_a_run_keeps_what_its_solver_proved(world: World, run_all: Run, solver: str) -> None:
    add_config(SYSTEM, parameters={"solver": solver}, note="")
    make_market(world, needs=6, resources=10)
    run = run_all()
    rows = Match.objects.unscoped(reason="a test adds up").filter(run=run, is_assigned=True)
    alpha = settings_of(run.config).alpha
    values = [row.score * (alpha + (1 - alpha) * row.confidence) for row in rows]
    assert len(values) == run.counts["assigned"] > 0
    assert (run.counts["solver"], run.counts["total_value"]) == (solver, pytest.approx(sum(values)))
    assert 0 <= run.counts["gap"] < 0.01 * run.counts["total_value"]


def test_a_resource_retired_between_scoring_and_publishing_fails_nothing(world: World, need: Need) -> None:
    rows = [
        make_wafer_inspection(world, f"外延片检测{i}", diameter_mm=200, organization=make_organization(zone=world.west))
        for i in range(8)
    ]
    need.wanted_partners = 8
    need.save()
    run = request_full_run(SYSTEM, reason="test")
    while step := RunStep.objects.exclude(stage="assign").filter(state="queued").first():
        work_on(step.pk)
    last = CandidateList.objects.get(run=run).resource_ids[-1]
    retire_resource(SYSTEM, resource_id=last, version=None)
    follow_resources()
    work_until_idle()
    run.refresh_from_db()
    assert run.state == RunState.PUBLISHED
    assert {match.resource_id for match in live_matches(need)} == {row.pk for row in rows} - {last}


@pytest.mark.parametrize(("starts", "ends", "is_shared"), [(-9, -1, False), (-9, 9, True), (1, 9, False)])
def test_sharing_counts_on_its_days_only(
    world: World, need: Need, fitting: Resource, run_all: Run, starts: int, ends: int, is_shared: bool
) -> None:
    make_grant(fitting, valid_from=today() + timedelta(days=starts), valid_to=today() + timedelta(days=ends))
    run_all()
    assert bool(live_matches(need)) is is_shared


def test_nobody_meets_the_own_organization_or_group(world: World, need: Need, run_all: Run) -> None:
    parent = make_organization(zone=world.east)
    world.enterprise.parent = parent
    world.enterprise.save()
    sister = make_organization(zone=world.west, parent=parent)
    make_wafer_inspection(world, "本单位检测", diameter_mm=200, zone=world.east, organization=world.enterprise)
    make_wafer_inspection(world, "同集团检测", diameter_mm=200, organization=sister)
    run = run_all()
    assert live_matches(need) == []
    assert run.removed_by_reason["same_organization"] == 1
    assert run.removed_by_reason["same_group"] == 1


def test_a_resource_of_the_owners_zone_only_is_never_matched_elsewhere(world: World, need: Need, run_all: Run) -> None:
    make_wafer_inspection(world, "仅本园区可见", diameter_mm=200, visibility="zone")
    run_all()
    assert live_matches(need) == []


def test_one_run_publishes_once(need: Need, fitting: Resource, run_all: Run) -> None:
    run = run_all()
    assert OutboxEvent.objects.filter(kind="run.published", object_public_id=run.public_id).count() == 1


def test_readers_keep_the_previous_run_until_the_next_is_published(need: Need, fitting: Resource, run_all: Run) -> None:
    first = run_all()
    request_full_run(SYSTEM, reason="test")
    score = None
    while (step := steps.next_step()) is not None:
        assert LiveResult.objects.get(need=need).run_id == first.pk
        assert [match.run_id for match in live_matches(need)] == [first.pk]
        score = step
        work_on(step)
    assert score is not None
    assert LiveResult.objects.get(need=need).run_id > first.pk


def test_a_result_of_an_old_version_is_not_published(need: Need, fitting: Resource, run_all: Run) -> None:
    request_full_run(SYSTEM, reason="test")
    work_on(steps.next_step() or 0)
    work_on(steps.next_step() or 0)
    Need.objects.unscoped(reason="a test edits").filter(pk=need.pk).update(version=5)
    work_until_idle()
    assert not LiveResult.objects.filter(need=need).exists()


def test_a_zombie_writes_nothing(need: Need, fitting: Resource, run_all: Run) -> None:
    run = request_full_run(SYSTEM, reason="test")
    work_on(steps.next_step() or 0)
    score = RunStep.objects.get(run=run, stage="score")

    def loses_the_lease(step: RunStep) -> Callable[[], None]:
        write = scoring.score_needs(step)
        RunStep.objects.filter(pk=step.pk).update(fence=99)
        return write

    with patch.dict(steps.STAGES, {"score": loses_the_lease}):
        assert work_on(score.pk) is False
    assert not CandidateList.objects.filter(run=run).exists()


def test_a_claimed_step_is_not_claimed_twice(need: Need) -> None:
    run = request_full_run(SYSTEM, reason="test")
    step = RunStep.objects.get(run=run)
    assert claim(RunStep.objects.all(), step.pk) is not None
    assert claim(RunStep.objects.all(), step.pk) is None


def test_one_bad_need_is_quarantined_and_the_run_publishes(need: Need, fitting: Resource, run_all: Run) -> None:
    bad = make_need(zone=need.zone, organization=need.organization)
    honest = scoring.score_needs

    def fails_on_the_bad_one(step: RunStep) -> Callable[[], None]:
        if bad.pk in step.need_ids:
            raise RuntimeError("poison")
        return honest(step)

    with (
        patch.dict(steps.STAGES, {"score": fails_on_the_bad_one}),
        patch.object(steps, "RETRY_AFTER", steps.RETRY_AFTER * 0),
    ):
        run = run_all()
    assert run.state == RunState.PUBLISHED
    assert run.quarantined == 1
    assert [match.resource_id for match in live_matches(need)] == [fitting.pk]
    assert live_matches(bad) == []


def test_a_run_whose_preparation_always_fails_says_why(need: Need, run_all: Run) -> None:
    def fails(step: RunStep) -> Callable[[], None]:
        raise RuntimeError("no statistics today")

    with patch.dict(steps.STAGES, {"prepare": fails}), patch.object(steps, "RETRY_AFTER", steps.RETRY_AFTER * 0):
        run = run_all()
    assert run.state == RunState.FAILED
    assert "no statistics today" in run.error


def test_asking_twice_gives_the_same_run(need: Need) -> None:
    assert request_full_run(SYSTEM, reason="one") == request_full_run(SYSTEM, reason="two")


def test_asking_for_another_configuration_while_a_run_is_under_way_is_refused(need: Need) -> None:
    running = request_full_run(SYSTEM, reason="one")
    assert request_full_run(SYSTEM, reason="same", config=running.config) == running
    with pytest.raises(CommandError, match=f"{running.config}"):
        call_command("match", "--full", "--keep", "7")
    assert [row.pk for row in MatchRun.plain.all()] == [running.pk]
    assert ScoringConfig.objects.count() == 1
    work_until_idle()
    call_command("match", "--full", "--keep", "7", stdout=StringIO())
    assert settings_of(MatchRun.plain.latest("pk").config).keep == 7


def test_staff_may_not_ask_for_a_full_run(world: World) -> None:
    with pytest.raises(NotAllowed):
        request_full_run(scope_of(world.ana), reason="test")


def test_a_paused_need_is_left_out(world: World, need: Need, fitting: Resource, run_all: Run) -> None:
    pause_need(scope_of(world.ana), need_id=need.pk)
    run_all()
    assert live_matches(need) == []


def test_progress_ends_at_one_hundred(need: Need, fitting: Resource, run_all: Run) -> None:
    progress = progress_of(run_all())
    assert (progress.percent, progress.done, progress.total) == (100, 1, 1)


def test_an_empty_site_publishes_an_empty_run(world: World, run_all: Run) -> None:
    run = run_all()
    assert (run.state, run.need_total) == (RunState.PUBLISHED, 0)


def test_tidying_drops_steps_and_statistics_of_runs_nobody_reads(world: World, need: Need, run_all: Run) -> None:
    runs = []
    for number in range(5):
        make_wafer_inspection(world, f"外延片检测{number}", diameter_mm=200, capacity=9)
        runs.append(run_all())
    before = published()
    tidy()
    kept = [run.pk for run in runs[2:]]
    assert set(RunStep.objects.values_list("run_id", flat=True)) == set(kept)
    used = MatchRun.plain.filter(pk__in=kept).values_list("statistics_id", flat=True)
    assert set(LexicalStatistics.objects.values_list("pk", flat=True)) == set(used)
    assert MatchRun.plain.count() == 5
    assert published() == before


def test_a_day_of_changes_leaves_the_runs_of_two_nights_comparable(need: Need, fitting: Resource, run_all: Run) -> None:
    yesterday = run_all()
    for _ in range(5):
        start_delta([need.pk], reason="changes")
        work_until_idle()
    Resource.plain.filter(pk=fitting.pk).update(version=F("version") + 1, capacity=fitting.capacity + 5)
    follow_resources()
    tonight = run_all()
    tidy()
    assert CandidateList.objects.values("run").distinct().count() == 4  # two nights, and the last two deltas
    assert [row.need_id for row in replay_run(SYSTEM, run=yesterday, config=active_config()).needs] == [need.pk]
    assert previous_run(SYSTEM, tonight) == yesterday
    assert not compare_runs(SYSTEM, before=yesterday, after=tonight).is_tidied


def test_tidying_leaves_a_live_and_an_unfinished_run_whole(need: Need, fitting: Resource, run_all: Run) -> None:
    live = run_all()
    pause_need(SYSTEM, need_id=need.pk)
    for _ in range(4):
        run_all()
    unfinished = request_full_run(SYSTEM, reason="test")
    tidy()
    assert RunStep.objects.filter(run=live).count() == 3
    assert RunStep.objects.filter(run=unfinished).exists()
    live.refresh_from_db()
    assert live.statistics_id is not None
