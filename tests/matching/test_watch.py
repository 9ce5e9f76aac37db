"""What changes is matched: new and changed needs, new, changed and retired resources; what does not change is
left alone.
"""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matching.models import LIVE, Match, MatchRun, Need
from matching.services.documents import refresh_stale_documents
from matching.services.index_places import latest_sequence
from matching.services.needs import update_need
from matching.services.steps import match_changes, work_until_idle
from matching.services.watch import look, ring_again
from tests.builders import make_need, make_resource
from tests.conftest import World
from tests.matching.conftest import make_wafer_inspection
from zones.models import Resource
from zones.scoping import SYSTEM, scope_of
from zones.services.resources import retire_resource, update_resource

pytestmark = pytest.mark.django_db(transaction=True)


def matched(need: Need) -> set[int]:
    return set(Match.objects.visible_to(SYSTEM).filter(LIVE, need=need).values_list("resource_id", flat=True))


def look_and_work() -> MatchRun | None:
    run = look()
    work_until_idle()
    return run


def test_a_new_need_is_matched(need: Need, fitting: Resource) -> None:
    look_and_work()
    assert matched(need) == {fitting.pk}


def test_looking_again_without_a_change_starts_nothing(need: Need, fitting: Resource) -> None:
    look_and_work()
    assert look() is None


def test_a_new_resource_reaches_the_open_needs_it_concerns(
    world: World, need: Need, run_all: Callable[[], MatchRun]
) -> None:
    other = make_need(title_zh="心血管支架动物实验", summary_zh="求大动物实验平台。", zone=world.east)
    make_resource(zone=world.west, organization=world.laboratory)
    run_all()
    fresh = make_wafer_inspection(world, "新到外延片检测", diameter_mm=300)
    run = look_and_work()
    assert run is not None
    assert fresh.pk in matched(need)
    assert fresh.pk not in matched(other)


def test_a_changed_resource_is_matched_again(world: World, need: Need, decoy: Resource) -> None:
    look_and_work()
    assert matched(need) == set()
    principal = scope_of(world.bo)
    decoy.capabilities.update(low=200.0, high=200.0)
    update_resource(principal, resource_id=decoy.pk, version=decoy.version, qualification="更换大尺寸卡盘")
    look_and_work()
    assert matched(need) == {decoy.pk}


def test_a_retired_resource_leaves_the_matches(world: World, need: Need, fitting: Resource) -> None:
    look_and_work()
    retire_resource(scope_of(world.bo), resource_id=fitting.pk, version=fitting.version)
    look_and_work()
    assert matched(need) == set()


def test_an_edited_need_is_matched_again(world: World, need: Need, fitting: Resource) -> None:
    look_and_work()
    before = Match.objects.visible_to(SYSTEM).filter(LIVE, need=need).get().run_id
    update_need(scope_of(world.ana), need_id=need.pk, version=need.version, summary_zh="改写后的摘要：外延片检测。")
    look_and_work()
    assert Match.objects.visible_to(SYSTEM).filter(LIVE, need=need).get().run_id > before


def test_documents_made_for_a_seed_are_not_made_again_by_the_first_look(need: Need, fitting: Resource) -> None:
    assert refresh_stale_documents() == 1
    made = latest_sequence()
    look_and_work()
    assert latest_sequence() == made
    assert matched(need) == {fitting.pk}


def test_fresh_work_is_not_rung_for_again(need: Need) -> None:
    look()
    assert ring_again() == 0


def test_a_need_that_somebody_waits_for_reads_what_surrounds_it_once(
    world: World, need: Need, fitting: Resource
) -> None:
    """A run has the same statements on a site of any size; half of its time goes into them."""
    match_changes()
    another = make_need(title_zh="外延片缺陷检测", summary_zh="求外延片缺陷检测。", zone=world.east)
    with CaptureQueriesContext(connection) as asked:
        match_changes()
    assert matched(another)
    statements = _until_published([query["sql"] for query in asked.captured_queries])
    assert sum("zones_crosswalk" in sql for sql in statements) == 1
    assert sum('"zones_organization"."parent_id"' in sql for sql in statements) == 1
    assert len(statements) <= 85


def _until_published(statements: list[str]) -> list[str]:
    published = next(place for place, sql in enumerate(statements) if "\"state\" = 'published'" in sql)
    return statements[: published + 1]
