"""Services refuse bad input with a sentence that names the field and the remedy, and store nothing by halves."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from accounts.models import User
from ledger.models import OutboxEvent
from matching.models import Need, NeedMetric
from matching.services.needs import NeedParts, draft_need, open_need, update_need
from tests.builders import make_code, make_level, make_membership, make_need, make_resource, make_zone, principal_of
from tests.conftest import World
from zones.errors import Conflict, DomainError, InvalidInput, NotAllowed, NotFound
from zones.models import Membership, Organization, Resource, ResourcePart, ZoneLevel
from zones.scoping import SYSTEM, today
from zones.services.organizations import clean_credit_code, register_organization, update_organization
from zones.services.places import add_membership, change_zone_level
from zones.services.resources import ResourceParts, publish_resource, update_resource

VALID = [
    *("91350100M000100Y43", "9144030071526726XG", "914403001922038216", "91330100799655058B", "12100000400000624D"),
    *("91110000802100433B", "91310000132211037N", "12100000400011227Y", "121000004000022245", "1210000040000983X8"),
    "91110108551385082Q",
]
INVALID = [
    *("91350100M000100Y4Z", "91350100M000100Y44", "91350100M000100Y4", "91350100M000100Y433", "9135010OM000100Y43"),
    *("I1350100M000100Y43", "统一社会信用代码统一社会信用代码统一", "91350100M000100Y4\x00"),
]
METRIC = {"key": "resolution", "name_zh": "分辨率", "operator": "<=", "value": 5, "unit": "nm"}


def need_values(world: World, **fields: Any) -> dict[str, Any]:
    return {
        "kind": "testing_sharing", "title_zh": "电镜检测", "summary_zh": "需要检测晶圆。", "zone": world.east,
        "organization": world.enterprise, "visibility": "national", "deadline": today() + timedelta(days=30),
        "consent_recorded_on": today(),
    } | fields  # fmt: skip


def resource_values(world: World, **fields: Any) -> dict[str, Any]:
    return {
        "kind": "laboratory",
        "name_zh": "光学实验室",
        "zone": world.east,
        "organization": world.enterprise,
    } | fields


def refusal(act: Callable[[], object]) -> InvalidInput:
    """The error of a refused act; no row of any kind is left behind."""

    def stored() -> list[int]:
        models = (Need, NeedMetric, Resource, ResourcePart, Organization)
        return [model.plain.count() for model in models] + [
            model.objects.count() for model in (Membership, ZoneLevel, OutboxEvent)
        ]

    before = stored()
    with pytest.raises(InvalidInput) as caught:
        act()
    assert stored() == before
    return caught.value


@pytest.mark.parametrize("code", VALID)
def test_a_valid_credit_code_is_taken(code: str) -> None:
    assert clean_credit_code(code) == code
    assert clean_credit_code(f"  {code[:8].lower()} - {code[8:].lower()} ") == code
    full_width = "".join(chr(ord(character) + 0xFEE0) for character in code)
    assert clean_credit_code(full_width) == code


@pytest.mark.parametrize("code", INVALID)
def test_a_wrong_credit_code_is_refused_with_the_remedy(code: str) -> None:
    with pytest.raises(InvalidInput, match="营业执照") as caught:
        clean_credit_code(code)
    assert list(caught.value.errors) == ["credit_code"]


def test_no_credit_code_is_none() -> None:
    assert clean_credit_code("") is clean_credit_code(None) is clean_credit_code(" - ") is None


def test_a_wrong_credit_code_stores_no_organization(world: World, ana: User) -> None:
    values: dict[str, Any] = {"name_zh": "新厂", "kind": "enterprise", "zone": world.east, "credit_code": INVALID[0]}
    assert list(refusal(lambda: register_organization(principal_of(ana), **values)).errors) == ["credit_code"]


def test_an_overlapping_membership_is_refused_with_the_remedy(world: World) -> None:
    again = partial(add_membership, SYSTEM, zone=world.east, association=world.alliance, joined_on=date(2025, 1, 1))
    assert "退出日" in str(refusal(again).errors)


def test_a_level_cannot_change_before_the_present_one_began(world: World) -> None:
    zone = make_zone(level=None)
    make_level(zone, level="provincial", valid_from=date(2010, 6, 1))
    for day in (date(2010, 6, 1), date(2009, 1, 1)):
        change = partial(change_zone_level, SYSTEM, zone=zone, level="national", valid_from=day, source="批文")
        error = refusal(change)
        assert "2010-06-01" in error.errors["valid_from"][0]
    change_zone_level(SYSTEM, zone=zone, level="national", valid_from=date(2012, 8, 1), source="批文")
    levels = ZoneLevel.objects.filter(zone=zone).values_list("level", "valid_to")
    assert list(levels) == [("provincial", date(2012, 8, 1)), ("national", None)]


@pytest.mark.parametrize("field", ["industry_codes", "discipline_codes", "equipment_codes", "modes"])
def test_an_unknown_code_is_named(world: World, ana: User, field: str) -> None:
    scheme = {"modes": "mode"}.get(field, field.removesuffix("_codes"))
    make_code(scheme, "known")
    values = need_values(world, **{field: ["known", "unknown-1"]})
    errors = refusal(lambda: draft_need(principal_of(ana), **values)).errors
    assert "unknown-1" in errors[field][0]
    assert "、" not in errors[field][0]


TEXTS = {"nul": "a\x00b", "lone surrogate": "a\ud800b", "a megabyte": "字" * 1_000_000}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("field", ["title_zh", "summary_zh", "problem_zh", "keywords"])
def test_text_that_no_column_should_hold_is_refused_by_field(world: World, ana: User, text: str, field: str) -> None:
    value: Any = [TEXTS[text]] if field == "keywords" else TEXTS[text]
    error = refusal(lambda: draft_need(principal_of(ana), **need_values(world, **{field: value})))
    assert list(error.errors) == [field]
    assert len(str(error)) < 300


@pytest.mark.parametrize("text", TEXTS)
def test_bad_text_in_a_part_leaves_no_resource_behind(world: World, ana: User, text: str) -> None:
    parts = ResourceParts(parts=[{"name_zh": "显微镜"}, {"name_zh": TEXTS[text]}])
    refusal(lambda: publish_resource(principal_of(ana), with_parts=parts, **resource_values(world)))


BAD_METRICS = [{"value": None}, {"operator": "~"}, {"operator": "between", "value": [5, 1]}]


@pytest.mark.parametrize("bad", BAD_METRICS, ids=str)
def test_a_bad_metric_leaves_no_need_behind(world: World, ana: User, bad: dict[str, Any]) -> None:
    parts = NeedParts(metrics=[METRIC, METRIC | {"key": "other"} | bad])
    refusal(lambda: draft_need(principal_of(ana), with_parts=parts, **need_values(world)))


def test_four_byte_characters_are_stored_as_they_are(world: World, ana: User) -> None:
    rare = "𠮷野家䶮𬭎合金"
    need = draft_need(principal_of(ana), with_parts=NeedParts(metrics=[METRIC]), **need_values(world, title_zh=rare))
    assert Need.plain.get(pk=need.pk).title_zh == rare


@pytest.mark.parametrize(
    ("fields", "metrics", "named"),
    [
        ({}, [], "metrics"),
        ({"deadline": date(2020, 1, 1)}, [METRIC], "deadline"),
        ({"deadline": None}, [METRIC], "deadline"),
        ({"consent_recorded_on": None}, [METRIC], "consent_recorded_on"),
    ],
)
def test_a_need_is_not_opened_before_it_is_ready(
    world: World, ana: User, fields: dict[str, Any], metrics: list[Any], named: str
) -> None:
    parts = NeedParts(metrics=metrics)
    need = draft_need(principal_of(ana), with_parts=parts, **need_values(world, **fields))
    assert list(refusal(lambda: open_need(SYSTEM, need_id=need.pk)).errors) == [named]
    assert Need.plain.get(pk=need.pk).state == "draft"


def test_a_classified_need_is_refused_with_the_way_to_go(world: World, ana: User) -> None:
    error = refusal(lambda: draft_need(principal_of(ana), **need_values(world, is_classified=True)))
    assert "保密" in error.errors["is_classified"][0]


def test_the_second_of_two_editors_gets_a_conflict_and_the_first_is_kept(world: World, ana: User, eve: User) -> None:
    resource = make_resource(organization=world.enterprise)
    need = make_need(organization=world.enterprise)
    update_resource(principal_of(ana), resource_id=resource.pk, version=1, name_zh="甲")
    update_need(principal_of(ana), need_id=need.pk, version=1, title_zh="甲")
    update_organization(principal_of(ana), organization_id=world.enterprise.pk, version=1, name_zh="甲")
    with pytest.raises(Conflict, match="刷新"):
        update_resource(principal_of(eve), resource_id=resource.pk, version=1, name_zh="乙")
    with pytest.raises(Conflict):
        update_need(principal_of(eve), need_id=need.pk, version=1, title_zh="乙")
    with pytest.raises(Conflict):
        update_organization(principal_of(eve), organization_id=world.enterprise.pk, version=1, name_zh="乙")
    assert (Resource.plain.get(pk=resource.pk).name_zh, Need.plain.get(pk=need.pk).title_zh) == ("甲", "甲")


def test_nobody_writes_in_a_zone_that_is_not_theirs(world: World) -> None:
    for user in (world.bo, world.cy, world.lin, world.auditor, world.secretariat):
        before = Resource.plain.count()
        with pytest.raises(NotAllowed):
            publish_resource(principal_of(user), **resource_values(world))
        assert Resource.plain.count() == before


def test_a_hidden_record_is_not_found_and_a_visible_one_not_allowed(world: World, cy: User) -> None:
    hidden = make_resource(organization=world.enterprise, visibility="zone")
    shown = make_resource(organization=world.enterprise, visibility="public")
    for resource, error in ((hidden, NotFound), (shown, NotAllowed)):
        with pytest.raises(error):
            update_resource(principal_of(cy), resource_id=resource.pk, version=1, name_zh="x")


def test_an_owner_of_another_zone_is_refused(world: World, ops: User) -> None:
    error = refusal(lambda: publish_resource(principal_of(ops), **resource_values(world, zone=world.far)))
    assert list(error.errors) == ["organization"]


def test_places_are_written_by_the_system_only(world: World, ana: User) -> None:
    membership = make_membership(world.far, world.alliance)
    with pytest.raises(DomainError, match="管理员"):
        add_membership(principal_of(ana), zone=world.far, association=world.alliance, joined_on=None)
    assert list(Membership.objects.filter(zone=world.far)) == [membership]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_none_is_refused(world: World, ana: User, number: float) -> None:
    parts = NeedParts(metrics=[METRIC | {"value": number}])
    refusal(lambda: draft_need(principal_of(ana), with_parts=parts, **need_values(world)))
