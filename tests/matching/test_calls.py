"""An association calls for needs: who may, what an answer must be, and what each side learns of the progress."""

from datetime import timedelta
from typing import Any

import pytest

from matching.choices import CallState
from matching.models import NeedCall
from matching.services.calls import calls_open_to, close_call, draft_call, open_call, progress_of, update_call
from matching.services.needs import NeedParts, draft_need
from matching.services.reviews import submit_need
from tests.builders import make_association, make_need
from tests.conftest import World
from tests.reviews import make_call
from zones.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.scoping import Principal, scope_of, today

pytestmark = pytest.mark.django_db
METRIC = {"key": "porosity", "name_zh": "孔隙率", "operator": "<=", "value": 10, "unit": "%"}


@pytest.fixture
def secretary(world: World) -> Principal:
    return scope_of(world.secretariat)


def values(world: World, **fields: Any) -> dict[str, Any]:
    given = {
        "association": world.alliance,
        "title_zh": "2026 年产学研需求征集",
        "purpose_zh": "面向成员园区征集技术需求。",
        "opens_on": today(),
        "closes_on": today() + timedelta(days=30),
    }
    return given | fields


def answer(world: World, call: NeedCall | None, **fields: Any) -> Any:
    given = {
        "kind": "joint_development",
        "title_zh": "低温烧结银膏",
        "summary_zh": "求低温烧结银膏配方。",
        "zone": world.east,
        "organization": world.enterprise,
        "association": world.alliance,
        "consent_recorded_on": today(),
        "deadline": today() + timedelta(days=90),
        "visibility": "association",
        "call": call,
    } | fields
    return draft_need(scope_of(world.ana), with_parts=NeedParts(metrics=[METRIC]), **given)


def test_the_secretariat_writes_announces_and_ends_a_call(world: World, secretary: Principal) -> None:
    call = draft_call(secretary, **values(world))
    assert not NeedCall.objects.visible_to(scope_of(world.ana)).exists(), "a draft is the secretariat's"
    call = update_call(secretary, call_id=call.pk, version=1, guidance_zh="请写明测试条件。")
    with pytest.raises(Conflict):
        update_call(secretary, call_id=call.pk, version=1, guidance_zh="旧")
    assert open_call(secretary, call_id=call.pk).state == CallState.OPEN
    assert list(calls_open_to(scope_of(world.ana))) == [call]
    assert list(calls_open_to(scope_of(world.cy))) == []
    assert close_call(secretary, call_id=call.pk).state == CallState.CLOSED
    with pytest.raises(IllegalTransition):
        close_call(secretary, call_id=call.pk)
    assert list(calls_open_to(scope_of(world.ana))) == []


@pytest.mark.parametrize("person", ["ana", "cy", "eve", "auditor"])
def test_nobody_else_writes_one(world: World, person: str) -> None:
    principal = scope_of(getattr(world, person))
    with pytest.raises(NotAllowed):
        draft_call(principal, **values(world))
    call = make_call(world.alliance)
    with pytest.raises((NotAllowed, NotFound)):
        close_call(principal, call_id=call.pk)
    assert NeedCall.plain.count() == 1


def test_a_call_of_another_association_is_refused(world: World, secretary: Principal) -> None:
    with pytest.raises(NotAllowed):
        draft_call(secretary, **values(world, association=make_association(world.far)))


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"closes_on": today() - timedelta(days=1)}, "__all__"),
        ({"required_fields": ["budget_source_zh; drop"]}, "required_fields"),
        ({"kinds": ["magic"]}, "kinds"),
        ({"title_zh": ""}, "title_zh"),
        ({"purpose_zh": "字" * 1001}, "purpose_zh"),
    ],
)
def test_bad_input_is_refused_at_its_field(
    world: World, secretary: Principal, fields: dict[str, Any], named: str
) -> None:
    with pytest.raises(InvalidInput) as error:
        draft_call(secretary, **values(world, **fields))
    assert list(error.value.errors) == [named]
    assert not NeedCall.plain.exists()


def test_an_answer_has_what_the_call_asks_for(world: World) -> None:
    call = make_call(world.alliance, kinds=["testing_sharing"], required_fields=["budget_max", "keywords"])
    ana = scope_of(world.ana)
    need = answer(world, call)
    with pytest.raises(InvalidInput) as error:
        submit_need(ana, need_id=need.pk)
    assert set(error.value.errors) == {"kind", "budget_max", "keywords"}
    complete = answer(world, call, kind="testing_sharing", budget_max=100, budget_min=1, keywords=["银膏"])
    assert submit_need(ana, need_id=complete.pk).state == "submitted"


@pytest.mark.parametrize(
    "fields",
    [
        {"opens_on": today() + timedelta(days=1), "closes_on": today() + timedelta(days=2)},
        {"opens_on": today() - timedelta(days=2), "closes_on": today() - timedelta(days=1)},
        {"state": "closed"},
    ],
    ids=["not yet", "no more", "closed"],
)
def test_outside_the_window_nothing_is_taken(world: World, fields: dict[str, Any]) -> None:
    need = answer(world, make_call(world.alliance, **fields))
    with pytest.raises(InvalidInput) as error:
        submit_need(scope_of(world.ana), need_id=need.pk)
    assert list(error.value.errors) == ["call"]


def test_the_last_day_counts(world: World) -> None:
    need = answer(world, make_call(world.alliance, closes_on=today()))
    assert submit_need(scope_of(world.ana), need_id=need.pk).state == "submitted"


def test_a_zone_outside_the_association_cannot_answer(world: World) -> None:
    need = answer(world, make_call(make_association(world.west)))
    with pytest.raises(InvalidInput, match="成员"):
        submit_need(scope_of(world.ana), need_id=need.pk)


def test_each_side_learns_of_the_progress_what_concerns_it(world: World, secretary: Principal) -> None:
    call = make_call(world.alliance)
    for state, count in (("draft", 4), ("submitted", 2), ("open", 3), ("returned", 1)):
        for _ in range(count):
            make_need(organization=world.enterprise, state=state, call=call)
    make_need(organization=world.laboratory, call=call)
    make_need(organization=world.enterprise)
    told = {row.zone: row[1:] for row in progress_of(secretary, call)}
    assert told == {world.east: (2, 3, 1), world.west: (0, 1, 0)}
    assert [row.zone for row in progress_of(scope_of(world.ana), call)] == [world.east]
    assert progress_of(scope_of(world.cy), call) == []
