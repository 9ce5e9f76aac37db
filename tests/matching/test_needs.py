"""Writing a need down: what is refused, with which words, and that nothing is stored by halves."""

from datetime import timedelta
from typing import Any

import pytest

from matching.models import Need, NeedMetric
from matching.services.needs import NeedParts, draft_need, open_need, pause_need, update_need, withdraw_need
from tests.builders import make_code, make_need
from tests.conftest import World
from zones.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.models import Membership
from zones.scoping import SYSTEM, Principal, scope_of, today

pytestmark = pytest.mark.django_db
METRIC = {"key": "porosity", "name_zh": "孔隙率", "operator": "<=", "value": 10, "unit": "%"}


@pytest.fixture
def ana_scope(world: World) -> Principal:
    return scope_of(world.ana)


def write(principal: Principal, world: World, *, metrics: list[dict[str, Any]] | None = None, **values: Any) -> Need:
    given = {
        "kind": "joint_development",
        "title_zh": "低温烧结银膏",
        "summary_zh": "求低温烧结银膏配方。",
        "zone": world.east,
        "organization": world.enterprise,
        "consent_recorded_on": today(),
        "deadline": today() + timedelta(days=90),
        "visibility": "national",
    } | values
    return draft_need(principal, with_parts=NeedParts(metrics=[METRIC] if metrics is None else metrics), **given)


def refused(error: pytest.ExceptionInfo[InvalidInput], field: str) -> str:
    """The words said about a field; nothing was stored."""
    assert not Need.objects.unscoped(reason="a test counts").exists()
    assert not NeedMetric.objects.unscoped(reason="a test counts").exists()
    return " ".join(word for name, words in error.value.errors.items() if field in name for word in words)


def test_ana_writes_and_opens_a_need(world: World, ana_scope: Principal) -> None:
    need = open_need(SYSTEM, need_id=write(ana_scope, world).pk)
    assert (need.state, need.author, need.version) == ("open", world.ana, 2)
    assert need.metrics.get().high == 10


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"industry_codes": ["SEI9.9.9"]}, "industry_codes", "SEI9.9.9"),
        ({"title_zh": "字" * 81}, "title_zh", "80"),
        ({"summary_zh": "字" * 201}, "summary_zh", "200"),
        ({"problem_zh": "字" * 1001}, "problem_zh", "1000"),
        ({"problem_zh": "字" * 1_000_000}, "problem_zh", "20000"),
        ({"title_zh": "坏\x00字"}, "title_zh", "NUL"),
        ({"title_zh": "坏\ud800字"}, "title_zh", "不完整"),
        ({"title_zh": ""}, "title_zh", "请填写此项"),
        ({"is_classified": True}, "is_classified", "涉密"),
        ({"visibility": "association"}, "association", "联盟"),
        ({"budget_min": 500, "budget_max": 100}, "__all__", "上限"),
        ({"trl_need": 12}, "trl_need", "9"),
        ({"trl_have": 7, "trl_need": 4}, "trl_need", "就绪度"),
        ({"consent_recorded_on": today() + timedelta(days=1)}, "consent_recorded_on", "今天之后"),
        ({"metrics": [METRIC | {"unit": "qqq"}]}, "unit", "qqq"),
        ({"kind": "magic"}, "kind", "magic"),
        ({"metrics": [METRIC | {"value": None}]}, "指标", "≤"),
        ({"metrics": [METRIC, METRIC]}, "指标", ""),
    ],
)
def test_bad_input_is_refused_with_the_field_and_the_remedy(
    world: World, ana_scope: Principal, values: dict[str, Any], field: str, words: str
) -> None:
    with pytest.raises(InvalidInput) as error:
        write(ana_scope, world, **values)
    assert words in refused(error, field)


def test_rare_characters_outside_the_basic_plane_are_kept(world: World, ana_scope: Principal) -> None:
    assert write(ana_scope, world, title_zh="𠮷林省𬭎材料").title_zh == "𠮷林省𬭎材料"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"metrics": []}, "metrics"),
        ({"deadline": today() - timedelta(days=1)}, "deadline"),
        ({"deadline": None}, "deadline"),
        ({"consent_recorded_on": None}, "consent_recorded_on"),
    ],
)
def test_a_need_that_is_not_ready_stays_a_draft(
    world: World, ana_scope: Principal, values: dict[str, Any], field: str
) -> None:
    need = write(ana_scope, world, **values)
    with pytest.raises(InvalidInput) as error:
        open_need(SYSTEM, need_id=need.pk)
    assert field in error.value.errors
    need.refresh_from_db()
    assert need.state == "draft"


def test_known_codes_are_accepted(world: World, ana_scope: Principal) -> None:
    make_code("industry", "NW2")
    assert write(ana_scope, world, industry_codes=["NW2"]).industry_codes == ["NW2"]


def test_ana_may_not_write_for_another_zone(world: World, ana_scope: Principal) -> None:
    with pytest.raises(NotAllowed):
        write(ana_scope, world, zone=world.west, organization=world.laboratory)
    assert not Need.objects.unscoped(reason="a test counts").exists()


def test_an_organization_of_another_zone_is_refused(world: World, ana_scope: Principal) -> None:
    with pytest.raises(InvalidInput) as error:
        write(ana_scope, world, organization=world.laboratory)
    assert "高新区" in refused(error, "organization")


def test_a_need_names_only_an_association_its_zone_belongs_to_today(world: World, ana_scope: Principal) -> None:
    assert write(ana_scope, world, association=world.alliance).association == world.alliance
    Need.objects.unscoped(reason="a test clears").all().delete()
    Membership.objects.filter(zone=world.east).update(joined_on="2020-01-01", left_on=today())
    with pytest.raises(InvalidInput) as error:
        write(ana_scope, world, association=world.alliance)
    assert "不是此联盟" in refused(error, "association")


def test_bo_sees_a_national_need_but_may_not_change_it(world: World) -> None:
    need = make_need(zone=world.east, organization=world.enterprise)
    with pytest.raises(NotAllowed):
        pause_need(scope_of(world.bo), need_id=need.pk)


def test_for_cy_a_hidden_need_does_not_exist(world: World) -> None:
    need = make_need(zone=world.east, organization=world.enterprise, visibility="sealed")
    with pytest.raises(NotFound):
        pause_need(scope_of(world.cy), need_id=need.pk)


def test_the_second_editor_is_told(world: World, ana_scope: Principal) -> None:
    need = write(ana_scope, world)
    update_need(ana_scope, need_id=need.pk, version=1, title_zh="第一位的修改")
    with pytest.raises(Conflict):
        update_need(ana_scope, need_id=need.pk, version=1, title_zh="第二位的修改")
    need.refresh_from_db()
    assert need.title_zh == "第一位的修改"


def test_a_withdrawn_need_cannot_be_opened(world: World, ana_scope: Principal) -> None:
    need = write(ana_scope, world)
    withdraw_need(ana_scope, need_id=need.pk)
    with pytest.raises(IllegalTransition):
        open_need(SYSTEM, need_id=need.pk)
