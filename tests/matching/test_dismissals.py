"""Pairs that must not meet: what a resource does not serve, and what the side of a need has dismissed."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from ledger.models import OutboxEvent
from matching.models import LIVE, Dismissal, Label, Match, MatchRun, Need
from matching.services.dismissals import dismiss_pair, restore_pair, standing_dismissals
from matching.services.labels import record_label
from matching.services.needs import update_need
from matching.services.steps import work_until_idle
from matching.services.watch import look
from tests.builders import make_organization, principal_of
from tests.conftest import World
from tests.matching.conftest import make_wafer_inspection
from zones.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotFound
from zones.models import Resource
from zones.scoping import SYSTEM, today
from zones.services.resources import ResourceParts, confirm_resource, update_resource

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[[], MatchRun]


def live(need: Need) -> list[int]:
    matches = Match.objects.unscoped(reason="a test looks").filter(LIVE, need=need).order_by("rank")
    return list(matches.values_list("resource_id", flat=True))


def settle() -> None:
    """What the beat and the workers do."""
    look()
    work_until_idle()


def dismiss(user: User, need: Need, resource: Resource, **fields: Any) -> Dismissal:
    values = {"reason": "capability", "note": "腔体太小"} | fields
    return dismiss_pair(principal_of(user), need_id=need.pk, resource_id=resource.pk, **values)


def exclude(world: World, resource: Resource, *rows: dict[str, Any]) -> None:
    parts = ResourceParts(exclusions=rows)
    update_resource(principal_of(world.bo), resource_id=resource.pk, version=resource.version, with_parts=parts)


@pytest.mark.parametrize("what", ["organization", "group", "zone", "another zone"])
def test_a_resource_never_meets_whom_it_does_not_serve(
    world: World, need: Need, fitting: Resource, run_all: Run, what: str
) -> None:
    group = make_organization(zone=world.east)
    type(world.enterprise).plain.filter(pk=world.enterprise.pk).update(parent=group)
    excluded: dict[str, dict[str, Any]] = {
        "organization": {"organization": world.enterprise},
        "group": {"organization": group},
        "zone": {"zone": world.east},
        "another zone": {"zone": world.far},
    }
    exclude(world, fitting, excluded[what])
    run = run_all()
    is_kept_apart = what != "another zone"
    assert live(need) == ([] if is_kept_apart else [fitting.pk])
    assert run.removed_by_reason.get("excluded_by_resource", 0) == is_kept_apart


def test_an_exclusion_names_one_thing(world: World, fitting: Resource) -> None:
    for row in ({}, {"organization": world.enterprise, "zone": world.east}):
        with pytest.raises(InvalidInput, match="一个单位或一个园区"):
            exclude(world, fitting, row)


def test_a_dismissed_pair_leaves_the_result_and_comes_back_when_restored(
    world: World, need: Need, fitting: Resource, run_all: Run
) -> None:
    run_all()
    dismissal = dismiss(world.ana, need, fitting)
    work_until_idle()
    assert live(need) == []
    assert (dismissal.need_version, dismissal.resource_version, dismissal.dismissed_by) == (1, 1, world.ana)
    run = run_all()
    assert (live(need), run.removed_by_reason["dismissed"]) == ([], 1)
    restore_pair(principal_of(world.ana), dismissal_id=dismissal.pk)
    work_until_idle()
    assert live(need) == [fitting.pk]


def test_dismissing_changes_the_hash_of_the_input(world: World, need: Need, fitting: Resource, run_all: Run) -> None:
    first = run_all()
    dismiss(world.ana, need, fitting)
    assert run_all().input_hash != first.input_hash


MATERIAL: dict[str, Callable[[World, Need, Resource], object]] = {
    "offer": lambda world, _need, row: update_resource(
        principal_of(world.bo), resource_id=row.pk, version=None, description_zh="新增300毫米载台。"
    ),
    "price": lambda world, _need, row: update_resource(
        principal_of(world.bo), resource_id=row.pk, version=None, price_from="900", price_unit="hour"
    ),
    "wish": lambda world, need, _row: update_need(
        principal_of(world.ana), need_id=need.pk, version=None, budget_max="900000"
    ),
}
NOT_MATERIAL: dict[str, Callable[[World, Need, Resource], object]] = {
    "note": lambda world, _need, row: update_resource(
        principal_of(world.bo), resource_id=row.pk, version=None, price_note="可议", conditions="需预约"
    ),
    "confirmed": lambda world, _need, row: confirm_resource(
        principal_of(world.bo), resource_id=row.pk, version=None, confirmed_on=today()
    ),
    "places": lambda world, _need, row: update_resource(
        principal_of(world.bo), resource_id=row.pk, version=None, capacity=9
    ),
    "payment": lambda world, need, _row: update_need(
        principal_of(world.ana), need_id=need.pk, version=None, payment_zh="分期", wanted_partners=7
    ),
}


@pytest.mark.parametrize("change", [*MATERIAL, *NOT_MATERIAL])
def test_a_dismissed_pair_comes_back_only_when_a_side_changed_materially(
    world: World, need: Need, fitting: Resource, run_all: Run, change: str
) -> None:
    run_all()
    dismiss(world.ana, need, fitting)
    settle()
    (MATERIAL | NOT_MATERIAL)[change](world, need, fitting)
    settle()
    assert live(need) == ([fitting.pk] if change in MATERIAL else [])
    assert bool(standing_dismissals(principal_of(world.ana), need_id=need.pk)) is (change in NOT_MATERIAL)


def test_a_lapsed_dismissal_is_replaced_and_a_standing_one_is_a_conflict(
    world: World, need: Need, fitting: Resource
) -> None:
    first = dismiss(world.ana, need, fitting)
    with pytest.raises(Conflict, match="已被排除"):
        dismiss(world.eve, need, fitting)
    MATERIAL["offer"](world, need, fitting)
    second = dismiss(world.eve, need, fitting, reason="price")
    first.refresh_from_db()
    assert first.ended_at is not None
    assert [row.pk for row in standing_dismissals(SYSTEM, need_id=need.pk)] == [second.pk]


def test_only_the_side_of_the_need_dismisses_restores_and_knows(world: World, need: Need, fitting: Resource) -> None:
    for user, error in ((world.bo, NotAllowed), (world.cy, NotAllowed), (world.auditor, NotAllowed)):
        with pytest.raises(error):
            dismiss(user, need, fitting)
    dismissal = dismiss(world.eve, need, fitting)
    for user in (world.bo, world.lin, world.cy, world.auditor, world.secretariat):
        with pytest.raises(NotFound):
            restore_pair(principal_of(user), dismissal_id=dismissal.pk)
    knowing = {
        name for name, user in world.people().items() if standing_dismissals(principal_of(user), need_id=need.pk)
    }
    assert knowing == {"ana", "eve", "ops", "auditor"}


def test_a_hidden_resource_cannot_be_named(world: World, need: Need) -> None:
    hidden = make_wafer_inspection(world, "仅西山可见", diameter_mm=200, visibility="zone")
    with pytest.raises(NotFound):
        dismiss(world.ana, need, hidden)


@pytest.mark.parametrize(("fields", "named"), [({"reason": "mood"}, "reason"), ({"note": "a\x00"}, "note")])
def test_a_bad_dismissal_stores_nothing(
    world: World, need: Need, fitting: Resource, fields: dict[str, Any], named: str
) -> None:
    with pytest.raises(InvalidInput) as error:
        dismiss(world.ana, need, fitting, **fields)
    assert list(error.value.errors) == [named]
    assert not Dismissal.plain.exists()
    assert not MatchRun.plain.exists()


def test_each_step_leaves_its_outbox_row_and_history(world: World, need: Need, fitting: Resource) -> None:
    dismissal = dismiss(world.ana, need, fitting)
    restore_pair(principal_of(world.ana), dismissal_id=dismissal.pk)
    with pytest.raises(DomainError, match="刷新"):
        restore_pair(principal_of(world.ana), dismissal_id=dismissal.pk)
    told = OutboxEvent.objects.filter(object_public_id=dismissal.public_id).order_by("pk")
    assert list(told.values_list("kind", flat=True)) == ["pair.dismissed", "pair.restored"]
    assert told[0].payload["resource"] == str(fitting.public_id)
    events = dismissal.events.order_by("pgh_id")  # type: ignore[attr-defined]
    assert [event.ended_by_id for event in events] == [None, world.ana.pk]


def labels_of(need: Need) -> list[tuple[int, str, int, bool]]:
    rows = Label.objects.visible_to(SYSTEM).filter(need=need)
    return [(row.resource_id, row.source, row.grade, bool(row.parts)) for row in rows]


def test_a_dismissal_is_a_label_with_what_the_engine_said_and_restoring_withdraws_it(
    world: World, need: Need, fitting: Resource, run_all: Run
) -> None:
    run_all()
    dismissal = dismiss(world.ana, need, fitting)
    assert labels_of(need) == [(fitting.pk, "dismissal", 0, True)]
    restore_pair(principal_of(world.ana), dismissal_id=dismissal.pk)
    assert labels_of(need) == []
    assert OutboxEvent.objects.filter(kind="label.withdrawn").count() == 1


@pytest.mark.parametrize("reason", ["known", "competitor"])
def test_a_reason_outside_what_is_asked_and_offered_leaves_no_label(
    world: World, need: Need, fitting: Resource, run_all: Run, reason: str
) -> None:
    run_all()
    dismissal = dismiss(world.ana, need, fitting, reason=reason)
    assert labels_of(need) == []
    restore_pair(principal_of(world.ana), dismissal_id=dismissal.pk)


def test_a_rating_outlives_the_dismissal(world: World, need: Need, fitting: Resource, run_all: Run) -> None:
    run_all()
    ana = principal_of(world.ana)
    record_label(ana, need_id=need.pk, resource_id=fitting.pk, source="rating", grade=1)
    restore_pair(ana, dismissal_id=dismiss(world.ana, need, fitting).pk)
    assert labels_of(need) == [(fitting.pk, "rating", 1, True)]


@pytest.mark.parametrize("change", MATERIAL.values(), ids=list(MATERIAL))
def test_dismissing_anew_after_a_change_is_a_new_word(
    world: World, need: Need, fitting: Resource, run_all: Run, change: Callable[[World, Need, Resource], object]
) -> None:
    run_all()
    dismiss(world.ana, need, fitting)
    change(world, need, fitting)
    settle()
    dismiss(world.ana, need, fitting, reason="known")
    assert labels_of(need) == []
