"""Two runs side by side: what changed in the reader's first five, and the reason that is true of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from matching.models import MatchRun, Need, NeedExclusion
from matching.services.comparisons import Change, Comparison, compare_runs, previous_run
from matching.services.configs import active_config, add_config
from matching.services.documents import follow_resources
from tests.builders import make_organization
from tests.conftest import World
from tests.matching.conftest import make_wafer_inspection
from zones.models import Resource
from zones.scoping import SYSTEM, Principal, scope_of
from zones.services.resources import retire_resource

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[[], MatchRun]


@pytest.fixture
def offers(world: World, need: Need) -> list[Resource]:
    """Six instruments that fit, of six owners; fuller capacity first."""
    return [
        make_wafer_inspection(
            world,
            f"外延片检测{n}",
            diameter_mm=200,
            capacity=12 - 2 * n,
            organization=make_organization(zone=world.west),
        )
        for n in range(6)
    ]


def compared(before: MatchRun, after: MatchRun, principal: Principal = SYSTEM) -> Comparison:
    return compare_runs(principal, before=before, after=after)


def changes(comparison: Comparison) -> dict[int, Change]:
    return {change.resource.pk: change for need in comparison.needs for change in need.changes}


def edited(resource: Resource, **values: object) -> None:
    """Changed as a service does: another version, and its document follows."""
    Resource.plain.filter(pk=resource.pk).update(version=resource.version + 1, **values)
    follow_resources()


def test_nothing_changes_between_equal_runs(offers: list[Resource], run_all: Run) -> None:
    assert compared(run_all(), run_all()).needs == []


def test_a_changed_resource_leaves_and_another_takes_its_place(offers: list[Resource], run_all: Run) -> None:
    before = run_all()
    edited(offers[0], capacity=1)
    found = changes(compared(before, run_all()))
    assert (found[offers[0].pk].kind, found[offers[0].pk].before, found[offers[0].pk].after) == ("left", 1, 6)
    assert found[offers[0].pk].reasons == ("resource_changed",)
    assert found[offers[0].pk].component == "availability"
    assert (found[offers[5].pk].kind, found[offers[5].pk].reasons) == ("entered", ("displaced",))
    assert {found[offer.pk].kind for offer in offers[1:5]} == {"moved"}


def test_a_new_resource_is_told_to_be_new(world: World, offers: list[Resource], run_all: Run) -> None:
    before = run_all()
    fresh = make_wafer_inspection(
        world, "外延片检测新", diameter_mm=200, capacity=30, organization=make_organization(zone=world.west)
    )
    change = changes(compared(before, run_all()))[fresh.pk]
    assert (change.kind, change.before, change.after) == ("entered", None, 1)
    assert "new_resource" in change.reasons


def test_a_retired_resource_is_told_to_be_gone(offers: list[Resource], run_all: Run) -> None:
    before = run_all()
    retire_resource(SYSTEM, resource_id=offers[0].pk, version=None)
    found = changes(compared(before, run_all()))
    change = found.pop(offers[0].pk)
    assert (change.kind, change.after, change.removed_by) == ("left", None, "inactive")
    assert "constraint" in change.reasons
    assert {one.kind for one in found.values()} == {"moved", "entered"}
    assert {one.reasons for one in found.values()} == {("displaced",)}


def test_a_changed_need_and_its_new_exclusion_are_told(
    world: World, need: Need, offers: list[Resource], run_all: Run
) -> None:
    before = run_all()
    NeedExclusion.plain.create(need=need, organization=offers[0].organization)
    Need.plain.filter(pk=need.pk).update(version=2)
    change = changes(compared(before, run_all()))[offers[0].pk]
    assert change.removed_by == "excluded_by_need"
    assert {"need_changed", "constraint"} <= set(change.reasons)


def test_another_configuration_is_told_with_the_component(offers: list[Resource], run_all: Run) -> None:
    edited(offers[5], accepted_count=9, decided_count=9)
    before = run_all()
    weights = active_config().parameters["weights"] | {"track": 2.0, "availability": 0.0}
    add_config(SYSTEM, parameters=active_config().parameters | {"weights": weights}, note="other")
    found = changes(compared(before, run_all()))
    assert found[offers[5].pk].component == "track"
    assert all(change.reasons == ("config_changed",) for change in found.values())


def test_who_may_see_the_need_whole_sees_its_changes_and_nobody_else(
    world: World, offers: list[Resource], run_all: Run
) -> None:
    before = run_all()
    edited(offers[0], capacity=1)
    after = run_all()
    seen = {name: bool(compared(before, after, scope_of(user)).needs) for name, user in world.people().items()}
    assert {name for name, sees in seen.items() if sees} == {"ana", "eve", "auditor", "ops"}


def test_a_hidden_candidate_changes_nothing_the_reader_gets(world: World, offers: list[Resource], run_all: Run) -> None:
    before = run_all()
    edited(offers[0], capacity=1)
    after = run_all()
    Resource.plain.filter(pk=offers[0].pk).update(visibility="zone")
    found = compared(before, after, scope_of(world.ana))
    assert offers[0].pk not in changes(found)
    assert found.needs == [], "among what Ana sees, the order is the same"
    assert compared(before, after).needs != []


def test_the_run_before_is_of_the_same_kind(world: World, offers: list[Resource], run_all: Run) -> None:
    first, second = run_all(), run_all()
    assert previous_run(SYSTEM, second) == first
    assert previous_run(SYSTEM, first) is None
    MatchRun.plain.filter(pk=first.pk).update(kind="delta")
    assert previous_run(SYSTEM, second) is None


def test_a_tidied_run_says_so(offers: list[Resource], run_all: Run) -> None:
    before, after = run_all(), run_all()
    before.candidate_lists.all().delete()
    assert compared(before, after).is_tidied


def test_another_day_is_told_where_it_moved_a_pair(offers: list[Resource], run_all: Run) -> None:
    before = run_all()
    MatchRun.plain.filter(pk=before.pk).update(as_of=before.as_of - timedelta(days=1))
    before.refresh_from_db()
    edited(offers[0], capacity=1)
    change = changes(compared(before, run_all()))[offers[0].pk]
    assert change.reasons == ("resource_changed", "day_changed")
