"""Proposed consortia from need to rows: for whom they are built, what they hold, and who sees them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from ledger.models import LeasedWork
from matching.choices import RunStage, RunState
from matching.models import (
    LIVE,
    ConsortiumMember,
    ConsortiumPart,
    ConsortiumProposal,
    Match,
    MatchRun,
    Need,
    RunStep,
)
from matching.services import consortia, steps
from matching.services.invariants import oversold_resources
from matching.services.publishing import assign_and_publish
from matching.services.runs import start_delta
from matching.services.steps import work_on, work_until_idle
from matching.services.team_steps import needs_for_teams, open_team_steps, request_teams
from tests.builders import make_capability, make_exclusion, make_metric, make_need, make_organization
from tests.conftest import World, principal_of
from tests.matching.conftest import make_wafer_inspection, write_at_once
from tests.teams import make_team
from zones.errors import NotAllowed
from zones.models import Resource

RunAll = Callable[[], MatchRun]


@pytest.fixture
def split_need(world: World) -> Need:
    """East asks for wafers of 200 mm and a laser of 50 W; nobody has both."""
    need = make_need(
        metrics=0, kind="joint_development", title_zh="氮化镓外延片缺陷检测", zone=world.east,
        summary_zh="需要对200毫米氮化镓外延片作无损缺陷检测。", keywords=["氮化镓", "外延片", "缺陷检测"],
        organization=world.enterprise,
    )  # fmt: skip
    make_metric(need, key="wafer", name_zh="支持晶圆直径", operator=">=", low=200.0, high=None, unit="mm", position=1)
    make_metric(need, key="power", name_zh="激光功率", operator=">=", low=50.0, high=None, unit="W", position=2)
    return need


@pytest.fixture
def wafer(world: World) -> Resource:
    return make_wafer_inspection(world, "外延片缺陷检测系统", diameter_mm=200.0)


@pytest.fixture
def laser(world: World) -> Resource:
    resource = make_wafer_inspection(
        world, "氮化镓外延片激光检测台", diameter_mm=100.0, zone=world.far, organization=world.outside
    )
    make_capability(resource, key="power", name_zh="激光功率", low=80.0, high=80.0, unit="W")
    return resource


def proposals(need: Need) -> list[ConsortiumProposal]:
    rows = ConsortiumProposal.objects.unscoped(reason="a test compares").filter(need=need)
    return list(rows.order_by("rank"))


def members_of(proposal: ConsortiumProposal) -> list[int]:
    rows = ConsortiumMember.plain.filter(proposal=proposal).order_by("position")
    return list(rows.values_list("organization_id", flat=True))


def parts_of(proposal: ConsortiumProposal) -> list[tuple[Any, ...]]:
    rows = ConsortiumPart.plain.filter(proposal=proposal).order_by("position")
    return list(rows.values_list("label", "wanted", "resource__name_zh", "evidence"))


def test_a_need_nobody_meets_alone_gets_a_team_of_two_zones(
    world: World, split_need: Need, wafer: Resource, laser: Resource, run_all: RunAll
) -> None:
    run = run_all()
    assert (run.state, needs_for_teams(run)) == (RunState.PUBLISHED, [split_need.pk])
    best = proposals(split_need)[0]
    assert (best.covered_count, best.zone_count, best.need_version, best.is_proven) == (3, 2, split_need.version, True)
    assert sorted(members_of(best)) == sorted([world.laboratory.pk, world.outside.pk])
    assert parts_of(best)[:2] == [
        ("支持晶圆直径", "≥ 200 mm", "外延片缺陷检测系统", "支持晶圆直径 200 mm"),
        ("激光功率", "≥ 50 W", "氮化镓外延片激光检测台", "激光功率 80 W"),
    ]


def test_a_need_that_one_partner_meets_gets_no_team(
    world: World, need: Need, fitting: Resource, run_all: RunAll
) -> None:
    run = run_all()
    assert needs_for_teams(run) == []
    assert proposals(need) == []
    Need.plain.filter(pk=need.pk).update(kind="consortium")
    assert needs_for_teams(run) == [need.pk]


@pytest.mark.parametrize("by", ["organization", "zone"])
def test_what_the_need_excludes_is_in_no_team(
    world: World, split_need: Need, wafer: Resource, laser: Resource, run_all: RunAll, by: str
) -> None:
    make_exclusion(split_need, **{by: world.outside if by == "organization" else world.far})
    run_all()
    assert [members_of(row) for row in proposals(split_need)] == [[world.laboratory.pk]]


def test_a_place_held_by_another_team_is_not_promised_twice(
    world: World, split_need: Need, wafer: Resource, laser: Resource, run_all: RunAll
) -> None:
    other = make_need(zone=world.east, organization=world.enterprise, metrics=0, title_zh="别的", summary_zh="别的")
    make_team(other, laser)
    run_all()
    assert world.outside.pk not in {pk for row in proposals(split_need) for pk in members_of(row)}


def like(need: Need) -> Need:
    """Another need that asks for the same."""
    twin = make_need(
        metrics=0, kind=need.kind, title_zh=need.title_zh, zone=need.zone, summary_zh=need.summary_zh,
        keywords=need.keywords, organization=need.organization,
    )  # fmt: skip
    for row in need.metrics.all():
        make_metric(
            twin, key=row.key, name_zh=row.name_zh, operator=row.operator, low=row.low, high=None, unit=row.unit,
            position=row.position,
        )  # fmt: skip
    return twin


def first_teams_with(resource: Resource) -> int:
    parts = ConsortiumPart.plain.filter(proposal__rank=1, resource=resource)
    return parts.values("proposal").distinct().count()


def test_needs_of_one_step_share_the_last_place(
    world: World, split_need: Need, wafer: Resource, laser: Resource, run_all: RunAll
) -> None:
    twin = like(split_need)
    Resource.plain.filter(pk=laser.pk).update(capacity=1)
    run = run_all()
    assert RunStep.objects.get(run=run, stage=RunStage.TEAM).need_ids == [split_need.pk, twin.pk]
    assert first_teams_with(laser) == 1
    assert len(proposals(split_need)) * len(proposals(twin)) > 0
    assert oversold_resources() == 0


@pytest.mark.django_db(transaction=True)
def test_steps_at_once_do_not_promise_one_place_twice(
    world: World, split_need: Need, wafer: Resource, laser: Resource, run_all: RunAll
) -> None:
    twin = like(split_need)
    Resource.plain.filter(pk=laser.pk).update(capacity=1)
    run = run_all()
    ConsortiumProposal.plain.all().delete()
    with transaction.atomic():
        made = [open_team_steps(run.pk, [need.pk])[0] for need in (split_need, twin)]
    first, second = (consortia.build_teams(RunStep.objects.select_related("run__config").get(pk=s.pk)) for s in made)
    RunStep.objects.filter(pk__in=[step.pk for step in made]).update(state=LeasedWork.State.DONE)
    write_at_once(first, second)  # both have counted the place as free
    work_until_idle()
    assert first_teams_with(laser) == 1
    assert len(proposals(split_need)) * len(proposals(twin)) > 0
    assert oversold_resources() == 0


@pytest.mark.django_db(transaction=True)
def test_a_step_waits_for_the_publication_that_takes_its_place(
    world: World, split_need: Need, need: Need, wafer: Resource, laser: Resource, run_all: RunAll
) -> None:
    run = run_all()
    Resource.plain.filter(pk=wafer.pk).update(capacity=1)
    Match.plain.all().delete()
    ConsortiumProposal.plain.all().delete()
    with transaction.atomic():
        (step,) = open_team_steps(run.pk, [split_need.pk])
    build = consortia.build_teams(RunStep.objects.select_related("run__config").get(pk=step.pk))
    delta = start_delta([need.pk], reason="test")
    while scored := RunStep.objects.filter(run=delta, state="queued").exclude(stage="assign").first():
        work_on(scored.pk)
    assigning = RunStep.objects.select_related("run__config").get(run=delta, stage="assign")
    write_at_once(assign_and_publish(assigning), build)
    assert Match.plain.filter(LIVE, need=need, resource=wafer, is_assigned=True).exists()
    assert first_teams_with(wafer) == 0
    assert oversold_resources() == 0


def test_a_place_of_a_team_is_not_given_to_another_need(
    world: World, need: Need, fitting: Resource, run_all: RunAll
) -> None:
    Resource.plain.filter(pk=fitting.pk).update(capacity=1)
    run_all()
    Match.plain.all().delete()
    other = make_need(zone=world.east, organization=world.enterprise, metrics=0, title_zh="别的", summary_zh="别的")
    make_team(other, fitting)
    start_delta([need.pk], reason="test")
    work_until_idle()
    assert not Match.plain.filter(LIVE, need=need, is_assigned=True).exists()
    assert oversold_resources() == 0


def test_a_team_of_the_run_gives_way_to_its_matches(
    world: World, need: Need, fitting: Resource, run_all: RunAll
) -> None:
    Resource.plain.filter(pk=fitting.pk).update(capacity=1)
    other = make_need(zone=world.east, organization=world.enterprise, metrics=0, title_zh="别的", summary_zh="别的")
    make_team(other, fitting)
    run_all()
    assert Match.plain.filter(LIVE, need=need, is_assigned=True).exists()
    assert proposals(other) == []
    assert oversold_resources() == 0


def test_proposals_are_replaced_as_a_whole_and_never_doubled(
    split_need: Need, wafer: Resource, laser: Resource, run_all: RunAll
) -> None:
    run_all()
    first = {row.pk for row in proposals(split_need)}
    run_all()
    assert len(proposals(split_need)) == len(first)
    assert first.isdisjoint(row.pk for row in proposals(split_need))


def test_teams_made_from_an_old_version_of_the_need_are_not_kept(
    split_need: Need, wafer: Resource, laser: Resource, run_all: RunAll
) -> None:
    run = run_all()
    before = [row.pk for row in proposals(split_need)]
    step = RunStep.objects.filter(run=run, stage=RunStage.TEAM).get()
    write = consortia.build_teams(RunStep.objects.select_related("run__config").get(pk=step.pk))
    Need.plain.filter(pk=split_need.pk).update(version=split_need.version + 1)
    write()
    assert [row.pk for row in proposals(split_need)] == before


def test_ana_asks_for_teams_and_others_may_not(
    world: World, split_need: Need, wafer: Resource, laser: Resource, run_all: RunAll
) -> None:
    with pytest.raises(NotAllowed):
        request_teams(principal_of(world.ana), need_id=split_need.pk)
    run_all()
    ConsortiumProposal.plain.all().delete()
    for stranger in (world.bo, world.cy, world.auditor):
        with pytest.raises(NotAllowed):
            request_teams(principal_of(stranger), need_id=split_need.pk)
    step = request_teams(principal_of(world.ana), need_id=split_need.pk)
    assert (step.stage, step.ordinal, step.state) == (RunStage.TEAM, 1, LeasedWork.State.QUEUED)
    work_until_idle()
    assert len(proposals(split_need)) >= 1


def test_a_step_that_fails_every_time_leaves_the_published_run_alone(
    split_need: Need, wafer: Resource, laser: Resource, run_all: RunAll, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_step: RunStep) -> Callable[[], None]:
        raise RuntimeError("no solver today")

    monkeypatch.setitem(steps.STAGES, RunStage.TEAM, fail)
    monkeypatch.setattr(steps, "RETRY_AFTER", steps.RETRY_AFTER * 0)
    run = run_all()
    step = RunStep.objects.get(run=run, stage=RunStage.TEAM)
    assert (run.state, step.state) == (RunState.PUBLISHED, LeasedWork.State.DONE)
    assert "no solver today" in step.last_error


def visible(user: User) -> set[int]:
    return set(ConsortiumProposal.objects.visible_to(principal_of(user)).values_list("pk", flat=True))


def test_a_team_is_seen_by_the_side_of_its_need_only(world: World, wafer: Resource, laser: Resource) -> None:
    team = make_team(make_need(organization=world.enterprise, visibility="public"), wafer, laser)
    for insider in (world.ana, world.eve, world.auditor, world.ops):
        assert visible(insider) == {team.pk}
    for outsider in (world.bo, world.cy, world.lin, world.secretariat):
        assert visible(outsider) == set()


def test_a_team_with_a_resource_that_was_hidden_since_is_seen_by_nobody_of_the_need(
    world: World, wafer: Resource, laser: Resource
) -> None:
    team = make_team(make_need(organization=world.enterprise), wafer, laser)
    Resource.plain.filter(pk=laser.pk).update(visibility="zone")
    assert visible(world.ana) == set()
    assert not ConsortiumPart.objects.visible_to(principal_of(world.ana)).filter(proposal=team).exists()
    assert not ConsortiumMember.objects.visible_to(principal_of(world.ana)).filter(proposal=team).exists()


def test_an_organization_stands_once_in_a_team(world: World, wafer: Resource) -> None:
    owner = make_organization(zone=world.west)
    first, second = (make_wafer_inspection(world, f"检测台{n}", diameter_mm=200.0, organization=owner) for n in (1, 2))
    assert members_of(make_team(make_need(organization=world.enterprise), first, second, wafer)) == [
        owner.pk,
        world.laboratory.pk,
    ]
