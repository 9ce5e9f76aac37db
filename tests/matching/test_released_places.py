"""A need that leaves matching gives its places back at once, so that opening it again promises nothing twice."""

from collections.abc import Callable

import pytest

from matching.choices import NeedState
from matching.models import LIVE, ConsortiumProposal, Match, MatchRun, Need, RunStep
from matching.services.invariants import oversold_resources
from matching.services.needs import expire_need, open_need, pause_need, withdraw_need
from matching.services.publishing import assign_and_publish
from matching.services.runs import start_delta
from matching.services.steps import work_on, work_until_idle
from matching.services.watch import look
from tests.builders import make_need
from tests.conftest import World
from tests.matching.conftest import make_wafer_inspection, write_at_once
from tests.teams import make_team
from zones.models import Resource
from zones.scoping import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)
RunAll = Callable[[], MatchRun]
LEAVE: dict[str, Callable[..., Need]] = {"pause": pause_need, "expire": expire_need, "withdraw": withdraw_need}


@pytest.fixture
def scarce(world: World) -> Resource:
    return make_wafer_inspection(world, "外延片缺陷检测系统", diameter_mm=200, capacity=1)


@pytest.fixture
def rival(world: World, need: Need) -> Need:
    return make_need(zone=world.east, organization=world.enterprise, title_zh=need.title_zh, summary_zh=need.summary_zh)


def holders(resource: Resource) -> list[int]:
    held = Match.plain.filter(LIVE, resource=resource, is_assigned=True, need__state=NeedState.OPEN)
    return list(held.values_list("need_id", flat=True))


@pytest.mark.parametrize("leave", [LEAVE["pause"], LEAVE["expire"]])
def test_a_reopened_need_does_not_take_back_what_another_was_given(
    need: Need, rival: Need, scarce: Resource, run_all: RunAll, leave: Callable[..., Need]
) -> None:
    run_all()
    (first,) = holders(scarce)
    (second,) = {need.pk, rival.pk} - {first}
    leave(SYSTEM, need_id=first)
    start_delta([second], reason="test")
    work_until_idle()
    assert holders(scarce) == [second]
    open_need(SYSTEM, need_id=first)
    assert oversold_resources() == 0
    look()
    work_until_idle()
    assert holders(scarce) == [second]
    assert oversold_resources() == 0


@pytest.mark.parametrize("leave", LEAVE.values(), ids=LEAVE)
def test_a_need_that_leaves_keeps_neither_places_nor_teams(
    need: Need, scarce: Resource, run_all: RunAll, leave: Callable[..., Need]
) -> None:
    run_all()
    make_team(need, scarce)
    leave(SYSTEM, need_id=need.pk)
    assert Match.plain.filter(LIVE, need=need).exists()
    assert not Match.plain.filter(need=need, is_assigned=True).exists()
    assert not ConsortiumProposal.plain.exists()


def test_a_need_that_leaves_during_a_publication_gives_back_what_that_promises(
    need: Need, scarce: Resource, run_all: RunAll
) -> None:
    run_all()
    run = start_delta([need.pk], reason="test")
    while step := RunStep.objects.filter(run=run, state="queued").exclude(stage="assign").first():
        work_on(step.pk)
    publish = assign_and_publish(RunStep.objects.select_related("run__config").get(run=run, stage="assign"))
    write_at_once(publish, lambda: pause_need(SYSTEM, need_id=need.pk))
    assert Match.plain.filter(LIVE, need=need, run=run).exists()
    assert not Match.plain.filter(LIVE, need=need, is_assigned=True).exists()
