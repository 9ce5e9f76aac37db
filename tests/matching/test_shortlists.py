"""The shortlist of a need: what its side puts there stays through runs, and nobody else learns of it until it is
pushed.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from django.db import connection

from accounts.models import User
from ledger.models import OutboxEvent
from matching.choices import LabelSource
from matching.engine.reasons import CONFLICTS, REASONS
from matching.models import Label, Match, MatchRun, Need, Push, Shortlisting
from matching.services import shortlists
from matching.services.dismissals import dismiss_pair
from matching.services.explanations import explain
from matching.services.needs import update_need
from matching.services.pair_facts import match_of
from matching.services.shortlists import (
    SHORTLISTED_AT_MOST,
    change_note,
    push_pair,
    score_again,
    shortlist_pair,
    shortlisted,
    take_off,
)
from matching.services.steps import work_until_idle
from matching.services.watch import look
from tests.builders import make_exclusion, make_need, make_organization, make_resource, principal_of
from tests.conftest import World
from tests.matching.conftest import make_wafer_inspection
from zones.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotFound
from zones.models import Resource
from zones.scoping import SYSTEM
from zones.services.resources import ResourceParts, update_resource

pytestmark = pytest.mark.django_db
Run = Callable[[], MatchRun]


def add(user: User, need: Need, resource: Resource, **fields: Any) -> Shortlisting:
    return shortlist_pair(principal_of(user), need_id=need.pk, resource_id=resource.pk, **fields)


def events(kind: str) -> list[dict[str, Any]]:
    return list(OutboxEvent.objects.filter(kind=kind).order_by("pk").values_list("payload", flat=True))


def listed(user: User, need: Need) -> list[int]:
    return [row.resource_id for row in shortlisted(principal_of(user), need_id=need.pk)]


def settle() -> None:
    """What the beat and the workers do."""
    look()
    work_until_idle()


@pytest.fixture
def unfit(world: World) -> Resource:
    """A resource the engine does not propose: it has no free capacity."""
    return make_wafer_inspection(world, "缺陷检测平台", diameter_mm=200.0, capacity=0)


def test_a_proposed_resource_is_shortlisted_with_its_facts_its_label_and_an_event(
    world: World, need: Need, fitting: Resource, run_all: Run
) -> None:
    run_all()
    row = add(world.ana, need, fitting, note=" 已电话联系 ")
    assert (row.note, row.is_by_hand, row.added_by, row.ended_at) == ("已电话联系", False, world.ana, None)
    assert row.facts["score"] == pytest.approx(sum(part["contribution"] for part in row.facts["contributions"]))
    label = Label.plain.get(need=need, resource=fitting, source=LabelSource.SHORTLIST)
    assert (label.grade, label.decided_by) == (1, world.ana)
    pair = {"need": str(need.public_id), "resource": str(fitting.public_id), "is_by_hand": False}
    assert events("pair.shortlisted") == [pair]


def test_it_is_taken_off_with_its_label_and_can_come_back(
    world: World, need: Need, fitting: Resource, run_all: Run
) -> None:
    run_all()
    row = take_off(principal_of(world.ana), shortlisting_id=add(world.ana, need, fitting).pk)
    assert row.ended_at is not None
    assert row.ended_by == world.ana
    assert listed(world.ana, need) == []
    assert not Label.plain.filter(source=LabelSource.SHORTLIST).exists()
    assert len(events("pair.taken_off")) == 1
    with pytest.raises(Conflict, match="已移出"):
        take_off(principal_of(world.ana), shortlisting_id=row.pk)
    add(world.ana, need, fitting)
    assert listed(world.ana, need) == [fitting.pk]


def test_one_pair_stands_once(world: World, need: Need, fitting: Resource, run_all: Run) -> None:
    run_all()
    add(world.ana, need, fitting)
    with pytest.raises(Conflict, match="已入围"):
        add(world.ana, need, fitting)


def test_the_list_has_an_end(world: World, need: Need, fitting: Resource, run_all: Run) -> None:
    run_all()
    row = add(world.ana, need, fitting)
    kept = {name: getattr(row, name) for name in ("need", "facts", "config", "need_version", "resource_version")}
    for _ in range(SHORTLISTED_AT_MOST - 1):
        Shortlisting.plain.create(resource=make_resource(organization=world.laboratory), **kept)
    with pytest.raises(Conflict, match="最多 30 个"):
        add(world.ana, need, make_resource(organization=world.laboratory), by_hand=True)


def test_what_is_shortlisted_survives_a_new_run(world: World, need: Need, fitting: Resource, run_all: Run) -> None:
    first = run_all()
    add(world.ana, need, fitting)
    update_resource(principal_of(world.bo), resource_id=fitting.pk, version=fitting.version, capacity=0)
    settle()
    assert run_all().pk != first.pk
    assert listed(world.ana, need) == [fitting.pk]


def test_dismissing_takes_it_off(world: World, need: Need, fitting: Resource, run_all: Run) -> None:
    run_all()
    add(world.ana, need, fitting)
    dismiss_pair(principal_of(world.ana), need_id=need.pk, resource_id=fitting.pk, reason="price")
    assert listed(world.ana, need) == []
    assert list(Label.plain.values_list("source", flat=True)) == [LabelSource.DISMISSAL]
    with pytest.raises(Conflict, match="恢复"):
        add(world.ana, need, fitting)


@pytest.mark.django_db(transaction=True)
def test_taking_off_and_dismissing_at_once_do_not_wait_for_each_other_for_ever(
    world: World, need: Need, fitting: Resource, run_all: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_all()
    row, ana = add(world.ana, need, fitting), principal_of(world.ana)
    both_hold_a_lock, end = Barrier(2), shortlists._end

    def end_when_both_do(*given: Any) -> None:
        with suppress(BrokenBarrierError):
            both_hold_a_lock.wait(timeout=1)
        end(*given)

    monkeypatch.setattr(shortlists, "_end", end_when_both_do)
    acts: list[Callable[[], Any]] = [
        lambda: take_off(ana, shortlisting_id=row.pk),
        lambda: dismiss_pair(ana, need_id=need.pk, resource_id=fitting.pk, reason="off_topic"),
    ]

    def done(act: Callable[[], Any]) -> str:
        try:
            act()
        except Conflict:
            return "too late"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        outcome = list(pool.map(done, acts))
    assert outcome in (["done", "done"], ["too late", "done"])
    assert listed(world.ana, need) == []


def test_a_note_is_changed_by_who_has_read_it(world: World, need: Need, fitting: Resource, run_all: Run) -> None:
    run_all()
    row, ana = add(world.ana, need, fitting, note="待联系"), principal_of(world.ana)
    change_note(ana, shortlisting_id=row.pk, note=" 已通话 ", seen="待联系")
    with pytest.raises(Conflict):
        change_note(ana, shortlisting_id=row.pk, note="已拒绝", seen="待联系")
    with pytest.raises(InvalidInput):
        change_note(ana, shortlisting_id=row.pk, note="字" * 201)
    row.refresh_from_db()
    assert row.note == "已通话"
    assert [event["resource"] for event in events("pair.noted")] == [str(fitting.public_id)]
    for person in (world.bo, world.cy, world.auditor):
        with pytest.raises(NotFound):
            change_note(principal_of(person), shortlisting_id=row.pk, note="无关")
    take_off(ana, shortlisting_id=row.pk)
    with pytest.raises(Conflict):
        change_note(ana, shortlisting_id=row.pk, note="x")
    with pytest.raises(Conflict):
        score_again(ana, shortlisting_id=row.pk)


def test_a_pair_is_scored_again_as_both_sides_are_now(
    world: World, need: Need, fitting: Resource, unfit: Resource, run_all: Run
) -> None:
    run_all()
    row, ana = add(world.ana, need, unfit, by_hand=True), principal_of(world.ana)
    assert row.removed_by == "no_capacity"
    update_resource(SYSTEM, resource_id=unfit.pk, version=unfit.version, capacity=3)
    settle()
    score_again(ana, shortlisting_id=row.pk)
    row.refresh_from_db()
    unfit.refresh_from_db()
    assert (row.removed_by, row.resource_version) == ("", unfit.version)
    assert 0 < row.facts["score"] <= 1
    assert row.is_by_hand, "it was added by hand, whatever became of it"


def test_who_did_not_dismiss_keeps_the_other_pairs(world: World, need: Need, fitting: Resource, run_all: Run) -> None:
    other = make_wafer_inspection(world, "缺陷检测平台", diameter_mm=200.0)
    run_all()
    add(world.ana, need, fitting)
    add(world.ana, need, other)
    dismiss_pair(principal_of(world.ana), need_id=need.pk, resource_id=other.pk, reason="price")
    assert listed(world.ana, need) == [fitting.pk]


# By hand


def test_what_is_not_proposed_is_added_by_hand_only(
    world: World, need: Need, fitting: Resource, unfit: Resource, run_all: Run
) -> None:
    run_all()
    with pytest.raises(Conflict, match="人工添加"):
        add(world.ana, need, unfit)
    row = add(world.ana, need, unfit, by_hand=True)
    assert (row.is_by_hand, row.removed_by) == (True, "no_capacity")


def test_a_pair_added_by_hand_is_scored_as_its_run_scores(
    world: World, need: Need, fitting: Resource, run_all: Run
) -> None:
    run_all()
    proposed = add(world.ana, need, fitting, by_hand=True)
    assert not proposed.is_by_hand
    take_off(principal_of(world.ana), shortlisting_id=proposed.pk)
    Match.plain.all().delete()
    computed = add(world.ana, need, fitting, by_hand=True)
    assert computed.is_by_hand
    assert computed.facts["score"] == pytest.approx(proposed.facts["score"])


def test_facts_kept_are_explained_like_a_match(world: World, need: Need, fitting: Resource, run_all: Run) -> None:
    run_all()
    (row,) = [add(world.ana, need, fitting)]
    told = explain(match_of(row), principal=principal_of(world.ana), language="zh-hans")
    assert told.score == pytest.approx(sum(part.value for part in told.contributions), abs=1e-9)
    assert told.sentence.endswith("。")


CONFLICTING = ["organization", "group", "excluded by the need", "excluded by the resource"]


@pytest.mark.parametrize("is_also_full", [False, True])
@pytest.mark.parametrize("what", CONFLICTING)
def test_conflicts_are_refused_whatever_else_rules_the_pair_out(
    world: World, need: Need, run_all: Run, what: str, is_also_full: bool
) -> None:
    """No free capacity is named first where the resource's own exclusions come last; it must not let them through."""
    owner = world.enterprise if what == "organization" else make_organization(zone=world.west)
    place = {"organization": owner, "zone": owner.zone, "capacity": 0 if is_also_full else 3}
    resource = make_wafer_inspection(world, "缺陷检测平台", diameter_mm=200.0, **place)
    if what == "group":
        type(owner).plain.filter(pk__in=(owner.pk, world.enterprise.pk)).update(parent=make_organization())
    if what == "excluded by the need":
        make_exclusion(need, organization=owner)
    if what == "excluded by the resource":
        parts = ResourceParts(exclusions=[{"zone": world.east}])
        update_resource(SYSTEM, resource_id=resource.pk, version=resource.version, with_parts=parts)
    run_all()
    with pytest.raises(Conflict, match="不能对接") as refused:
        add(world.ana, need, resource, by_hand=True)
    is_neutral = what in ("group", "excluded by the resource")
    assert ("不满足对方条件" in str(refused.value)) is is_neutral
    assert not Shortlisting.plain.exists()


def test_every_conflict_is_a_reason() -> None:
    assert set(CONFLICTS) < set(REASONS)


def test_before_the_first_run_nothing_is_computed(world: World, need: Need, fitting: Resource) -> None:
    with pytest.raises(Conflict, match="首次匹配"):
        add(world.ana, need, fitting, by_hand=True)


# Rights


@pytest.mark.parametrize(
    ("person", "error"),
    [("bo", NotAllowed), ("lin", NotAllowed), ("auditor", NotAllowed), ("secretariat", NotAllowed), ("cy", NotAllowed)],
)
def test_only_the_need_s_side_shortlists(
    world: World, need: Need, fitting: Resource, run_all: Run, person: str, error: type[DomainError]
) -> None:
    run_all()
    row = add(world.ana, need, fitting)
    user = getattr(world, person)
    with pytest.raises(error):
        add(user, need, fitting)
    for act in (take_off, push_pair):
        with pytest.raises(NotFound):
            act(principal_of(user), shortlisting_id=row.pk)
    assert listed(user, need) == ([fitting.pk] if person == "auditor" else [])


def test_the_members_of_the_enterprise_may_as_well(world: World, need: Need, fitting: Resource, run_all: Run) -> None:
    run_all()
    add(world.eve, need, fitting)
    assert listed(world.eve, need) == [fitting.pk]


def test_a_resource_that_may_not_be_seen_is_not_found(world: World, need: Need, run_all: Run) -> None:
    hidden = make_wafer_inspection(world, "缺陷检测平台", diameter_mm=200.0, visibility="zone")
    run_all()
    with pytest.raises(NotFound):
        add(world.ana, need, hidden, by_hand=True)


def test_a_note_is_bounded(world: World, need: Need, fitting: Resource, run_all: Run) -> None:
    run_all()
    for note in ("长" * 201, "a\x00b"):
        with pytest.raises(InvalidInput):
            add(world.ana, need, fitting, note=note)


# Pushing


def test_a_pair_is_pushed_once_per_version_of_the_need(
    world: World, need: Need, fitting: Resource, run_all: Run
) -> None:
    run_all()
    row = add(world.ana, need, fitting)
    push = push_pair(principal_of(world.ana), shortlisting_id=row.pk)
    assert (push.need_version, push.pushed_by) == (need.version, world.ana)
    pair = {"need": str(need.public_id), "resource": str(fitting.public_id), "need_version": need.version}
    assert events("match.pushed") == [pair]
    with pytest.raises(Conflict, match="已推送"):
        push_pair(principal_of(world.ana), shortlisting_id=row.pk)
    update_need(principal_of(world.ana), need_id=need.pk, version=None, payment_zh="分期")
    push_pair(principal_of(world.ana), shortlisting_id=row.pk)
    assert [event["need_version"] for event in events("match.pushed")] == [need.version, need.version + 1]


def test_both_sides_see_a_push_while_they_see_the_need(
    world: World, need: Need, fitting: Resource, run_all: Run
) -> None:
    run_all()
    push_pair(principal_of(world.ana), shortlisting_id=add(world.ana, need, fitting).pk)

    def who_sees() -> set[str]:
        people = world.people().items()
        return {name for name, user in people if Push.objects.visible_to(principal_of(user)).exists()}

    assert who_sees() == {"ana", "eve", "auditor", "bo", "lin", "ops"}
    Need.plain.filter(pk=need.pk).update(visibility="zone")
    assert who_sees() == {"ana", "eve", "auditor", "ops"}


@pytest.mark.parametrize(
    ("change", "sentence"), [({"visibility": "zone"}, "看不到本需求"), ({"state": "paused"}, "未开放对接")]
)
def test_nothing_is_pushed_to_those_who_cannot_read_it(
    world: World, need: Need, fitting: Resource, run_all: Run, change: dict[str, str], sentence: str
) -> None:
    run_all()
    row = add(world.ana, need, fitting)
    Need.plain.filter(pk=need.pk).update(**change)
    with pytest.raises(Conflict, match=sentence):
        push_pair(principal_of(world.ana), shortlisting_id=row.pk)
    assert events("match.pushed") == []


def test_an_exclusion_made_since_stops_the_push(world: World, need: Need, fitting: Resource, run_all: Run) -> None:
    run_all()
    row = add(world.ana, need, fitting)
    parts = ResourceParts(exclusions=[{"zone": world.east}])
    update_resource(principal_of(world.bo), resource_id=fitting.pk, version=fitting.version, with_parts=parts)
    settle()
    with pytest.raises(Conflict, match="不满足对方条件"):
        push_pair(principal_of(world.ana), shortlisting_id=row.pk)


def test_the_system_reads_every_shortlist(world: World, need: Need, fitting: Resource, run_all: Run) -> None:
    run_all()
    add(world.ana, need, fitting)
    assert [row.resource_id for row in shortlisted(SYSTEM, need_id=need.pk)] == [fitting.pk]
    assert shortlisted(SYSTEM, need_id=make_need().pk) == []
