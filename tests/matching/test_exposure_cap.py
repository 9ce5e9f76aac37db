"""Settings of the assignment: the weekly exposure cap, places for other zones, the solver."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from matching.models import CandidateList, Match, MatchRun, Need
from matching.services.configs import add_config
from tests.builders import make_need, make_organization, make_run
from tests.conftest import World
from tests.matching.conftest import make_wafer_inspection
from zones.models import Resource
from zones.scoping import SYSTEM

RunAll = Callable[[], MatchRun]


@pytest.fixture
def three_needs(world: World, fitting: Resource) -> list[Need]:
    """Three needs that one instrument with three places would serve."""
    Resource.plain.filter(pk=fitting.pk).update(capacity=3)
    texts = {"title_zh": "氮化镓外延片缺陷检测", "summary_zh": "需要对氮化镓外延片作无损缺陷检测。"}
    return [make_need(metrics=0, zone=world.east, organization=world.enterprise, **texts) for _ in range(3)]


def capped_at(exposures: int) -> None:
    add_config(SYSTEM, parameters={"weekly_exposures": exposures}, note="")


def proposed(run: MatchRun) -> set[int]:
    rows = Match.objects.unscoped(reason="a test compares").filter(run=run, is_assigned=True)
    return set(rows.values_list("need_id", flat=True))


def test_a_resource_is_put_before_as_many_new_needs_as_the_cap_says(three_needs: list[Need], run_all: RunAll) -> None:
    capped_at(2)
    run = run_all()
    told = [row.removed_by_reason.get("exposure_cap", 0) for row in CandidateList.objects.filter(run=run)]
    assert len(proposed(run)) == 2
    assert (sum(told), run.counts["exposure_cap"]) == (1, 1)


def test_a_resource_that_was_shown_enough_is_held_back_and_the_page_says_why(
    three_needs: list[Need], run_all: RunAll
) -> None:
    capped_at(1)
    first = run_all()
    second = run_all()
    assert proposed(first) == proposed(second)
    assert len(proposed(second)) == 1
    told = {
        row.need_id: row.removed_by_reason.get("exposure_cap", 0) for row in CandidateList.objects.filter(run=second)
    }
    assert {need for need, count in told.items() if count} == {need.pk for need in three_needs} - proposed(second)
    assert second.counts["exposure_cap"] == 2


def test_what_was_shown_eight_days_ago_and_is_no_longer_proposed_counts_no_more(
    three_needs: list[Need], run_all: RunAll, fitting: Resource
) -> None:
    capped_at(1)
    old = make_run(published_at=timezone.now() - timedelta(days=8))
    shown = make_need(state="paused")
    Match.plain.create(
        run=old, need=shown, resource=fitting, need_version=1, resource_version=1, rank=1, score=0.5, confidence=0.5,
        told_score=0.5, told_confidence=0.5, contributions=[], facts={}, is_assigned=True,
    )  # fmt: skip
    assert len(proposed(run_all())) == 1
    MatchRun.plain.filter(pk=old.pk).update(published_at=timezone.now() - timedelta(days=6))
    Match.plain.exclude(run=old).delete()
    assert proposed(run_all()) == set()


@pytest.mark.parametrize(("places", "zone"), [(0, "east"), (1, "west")])
def test_the_only_place_of_a_need_is_kept_for_other_zones_as_the_setting_says(
    world: World, need: Need, run_all: RunAll, places: int, zone: str
) -> None:
    add_config(SYSTEM, parameters={"other_zone_places": places}, note="")
    Need.plain.filter(pk=need.pk).update(wanted_partners=1)
    own = make_organization(zone=world.east)
    make_wafer_inspection(world, "本区", diameter_mm=200, capacity=30, zone=world.east, organization=own, trl=9)
    make_wafer_inspection(world, "外区", diameter_mm=300, capacity=1, trl=2, confirmed_on=date(2020, 1, 1))
    run = run_all()
    rows = Match.objects.unscoped(reason="a test compares").filter(run=run, is_assigned=True)
    assert [row.resource.zone.slug for row in rows] == [zone]


def test_a_negative_cap_and_an_unknown_solver_are_refused(db: None) -> None:
    for parameters in ({"weekly_exposures": -1}, {"other_zone_places": -1}, {"solver": "luck"}):
        with pytest.raises(Exception, match="参数有误"):
            add_config(SYSTEM, parameters=parameters, note="")


def test_the_auction_can_be_chosen_for_a_run(three_needs: list[Need], run_all: RunAll) -> None:
    add_config(SYSTEM, parameters={"solver": "auction"}, note="")
    assert proposed(run_all()) == {need.pk for need in three_needs}
