"""The exposure log: what was shown to whom and where, once per day, in one query."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest

from matching.choices import ExposureChannel
from matching.models import LIVE, Exposure, Match, MatchRun, Need
from matching.services.configs import active_config, add_config
from matching.services.exposures import (
    PUBLISHED_DAYS,
    SHOWN_DAYS,
    Shown,
    log_shown,
    prune_exposures,
)
from matching.services.maintenance import tidy
from tests.builders import make_facts, make_match, make_need, make_resource
from tests.conftest import World
from tests.matching.conftest import make_market, make_wafer_inspection, published
from zones.models import Resource
from zones.scoping import SYSTEM, scope_of, today

Run = Callable[[], MatchRun]
Counting = Callable[[int], AbstractContextManager[Any]]


def three_matches(world: World) -> list[Match]:
    first = make_match(make_need(organization=world.enterprise), make_resource(organization=world.laboratory))
    others = [
        make_match(first.need, make_resource(organization=world.laboratory), run=first.run, rank=rank, is_live=False)
        for rank in (2, 3)
    ]
    return [first, *others]


def test_a_page_is_logged_in_one_query_with_places_versions_and_the_kind_of_reader(
    world: World, django_assert_num_queries: Counting
) -> None:
    matches = three_matches(world)
    ana = scope_of(world.ana)
    with django_assert_num_queries(1):
        log_shown(ana, [Shown(match, is_need_side=True) for match in matches], channel=ExposureChannel.OFFICE)
    rows = Exposure.objects.order_by("position")
    assert [(row.resource_id, row.position) for row in rows] == [
        (match.resource_id, place) for place, match in enumerate(matches, start=1)
    ]
    (kinds,) = set(rows.values_list("config_number", "run", "channel", "audience", "reader", "shown_on"))
    run = matches[0].run
    assert kinds == (run.config.number, run.pk, "office", "need_side", "staff", today())


def test_an_empty_page_costs_nothing(db: None, django_assert_num_queries: Counting) -> None:
    with django_assert_num_queries(0):
        log_shown(SYSTEM, [], channel=ExposureChannel.OFFICE)


def test_the_same_pair_is_logged_once_per_day_channel_side_and_kind_of_reader(world: World) -> None:
    shown = [Shown(match, is_need_side=True) for match in three_matches(world)]
    for user in (world.ana, world.ana, world.auditor, world.ops):
        log_shown(scope_of(user), shown, channel=ExposureChannel.OFFICE)
    log_shown(scope_of(world.bo), [Shown(shown[0].match, is_need_side=False)], channel=ExposureChannel.API)
    Exposure.objects.filter(reader="system").update(shown_on=today() - timedelta(days=1))
    log_shown(scope_of(world.ops), shown, channel=ExposureChannel.OFFICE)
    assert Exposure.objects.count() == 3 * 4 + 1


def test_what_was_shown_to_learn_from_is_marked(world: World) -> None:
    match = make_match(facts=make_facts(0.5, is_exploration=True))
    log_shown(SYSTEM, [Shown(match, is_need_side=True)], channel=ExposureChannel.OFFICE)
    assert Exposure.objects.get().is_exploration


@pytest.mark.parametrize(
    ("channel", "days"), [(ExposureChannel.PUBLISHED, PUBLISHED_DAYS), (ExposureChannel.API, SHOWN_DAYS)]
)
def test_old_rows_are_pruned_by_tidying_and_no_younger_ones(world: World, channel: ExposureChannel, days: int) -> None:
    shown = [Shown(match, is_need_side=True) for match in three_matches(world)]
    log_shown(SYSTEM, shown, channel=channel)
    Exposure.objects.update(shown_on=today() - timedelta(days=days))
    tidy()
    assert Exposure.objects.count() == 3
    Exposure.objects.update(shown_on=today() - timedelta(days=days + 1))
    assert prune_exposures() == 3


@pytest.mark.django_db(transaction=True)
def test_publishing_logs_what_readers_now_see(need: Need, fitting: Resource, run_all: Run) -> None:
    run = run_all()
    (row,) = Exposure.objects.all()
    assert (row.need_id, row.resource_id, row.run_id) == (need.pk, fitting.pk, run.pk)
    assert (row.channel, row.audience, row.position) == ("published", "both", 1)


@pytest.mark.django_db(transaction=True)
def test_publishing_twice_a_day_logs_once(need: Need, fitting: Resource, run_all: Run) -> None:
    run_all()
    run_all()
    assert Exposure.objects.count() == 1


def explore(slots: int) -> None:
    add_config(SYSTEM, parameters=active_config().parameters | {"exploration_slots": slots}, note="explore")


def live() -> list[Match]:
    return list(Match.objects.visible_to(SYSTEM).filter(LIVE).order_by("need_id", "rank"))


@pytest.mark.django_db(transaction=True)
def test_exploration_adds_marked_matches_and_changes_no_other(world: World, run_all: Run) -> None:
    make_market(world, needs=6, resources=60)
    run_all()
    before = {(row[0], row[1]): row[2:] for row in published()["matches"]}
    explore(2)
    run = run_all()
    after = live()
    marked = [match for match in after if match.facts.get("is_exploration")]
    assert len(marked) == 2 * 6
    assert not any(match.is_assigned for match in marked)
    assert all(match.rank > 5 for match in marked)
    unmarked = {(row[0], row[1]): row[2:] for row in published()["matches"] if not row[6].get("is_exploration")}  # type: ignore[attr-defined]
    assert unmarked == before
    explored = Exposure.objects.filter(run=run, is_exploration=True)
    assert set(explored.values_list("need_id", "resource_id")) == {(m.need_id, m.resource_id) for m in marked}


@pytest.mark.django_db(transaction=True)
def test_the_same_input_explores_the_same(world: World, run_all: Run) -> None:
    make_market(world, needs=4, resources=60)
    explore(1)
    run_all()
    before = published()
    run_all()
    assert published() == before


@pytest.mark.django_db(transaction=True)
def test_exploration_never_shows_what_a_constraint_removed_or_nobody_would_assign(
    world: World, need: Need, fitting: Resource, decoy: Resource, run_all: Run
) -> None:
    make_wafer_inspection(world, "已满负荷", diameter_mm=200, capacity=0)
    explore(2)
    run_all()
    assert [match.resource_id for match in live()] == [fitting.pk]
