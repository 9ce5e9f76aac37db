"""Records of the mechanisms: who keeps and reads them, what they must hold, and that their parts keep their rows."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from ledger.models import OutboxEvent
from matching.services.merging import merge_organizations
from matching.services.transfers import CONVERSION, TALENT, TRIAL
from tests.builders import make_organization, make_resource, principal_of
from tests.conftest import World
from tests.mechanisms import SHAPES, make_kept, make_track, parts_of, values_of
from zones.choices import Visibility
from zones.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed, NotFound, RowPlace
from zones.models import EnclaveTenant, FundCommitment, FundPayment, PolicyItem
from zones.scoping import SYSTEM, VISITOR, Principal, today
from zones.services.keeping import Shape, add_parts, change_kept, record_kept, withdraw_kept
from zones.services.mechanisms import CHAIN, ENCLAVE, FUND, POLICY

every_shape = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)


def sees(principal: Principal, row: Any) -> bool:
    return bool(type(row).objects.visible_to(principal).filter(pk=row.pk).exists())


@every_shape
def test_staff_keep_a_record_and_its_visibility_opens_it(world: World, shape: Shape) -> None:
    make_track()
    ana, readers = principal_of(world.ana), [principal_of(one) for one in (world.ana, world.bo, world.cy)] + [VISITOR]
    row = record_kept(ana, shape, with_parts=parts_of(shape, world), **values_of(shape, world))
    assert OutboxEvent.objects.filter(kind=f"{shape.name}.recorded", object_public_id=row.public_id).count() == 1
    told = {}
    for visibility in Visibility.values:
        change_kept(ana, shape, record_id=row.pk, version=None, visibility=visibility)
        told[visibility] = [sees(one, row) for one in readers]
        for name, model in shape.parts.items():
            listed = [bool(model.objects.visible_to(one).filter(**{shape.whole: row}).exists()) for one in readers]
            assert listed == told[visibility], name
    assert told == {
        "zone": [True, False, False, False],
        "association": [True, True, False, False],
        "national": [True, True, True, False],
        "public": [True, True, True, True],
    }
    for stranger in (world.bo, world.auditor, world.eve):
        with pytest.raises(NotAllowed):
            change_kept(principal_of(stranger), shape, record_id=row.pk, version=None, title_zh="别的")


@every_shape
def test_a_withdrawn_record_is_its_keepers_alone_and_ends(world: World, shape: Shape) -> None:
    ana, row = principal_of(world.ana), make_kept(shape, world, visibility="public")
    with pytest.raises(Conflict):
        withdraw_kept(ana, shape, record_id=row.pk, version=7, because="重复登记")
    with pytest.raises(InvalidInput):
        withdraw_kept(ana, shape, record_id=row.pk, version=row.version, because="重")
    withdraw_kept(ana, shape, record_id=row.pk, version=row.version, because="重复登记")
    assert [sees(one, row) for one in (ana, principal_of(world.bo), VISITOR)] == [True, False, False]
    with pytest.raises(IllegalTransition):
        change_kept(ana, shape, record_id=row.pk, version=None, title_zh="别的")


def test_a_secretariat_keeps_records_of_its_association(world: World) -> None:
    secretariat = principal_of(world.secretariat)
    values = values_of(FUND, world) | {"zone": None, "association": world.alliance, "visibility": "association"}
    row = record_kept(secretariat, FUND, **values)
    assert [sees(principal_of(one), row) for one in (world.ana, world.bo, world.cy)] == [True, True, False]
    with pytest.raises(NotAllowed):
        record_kept(principal_of(world.ana), FUND, **values)
    with pytest.raises(InvalidInput, match="只对一个园区"):
        change_kept(secretariat, FUND, record_id=row.pk, version=None, visibility="zone")
    with pytest.raises(InvalidInput, match="两者选一"):
        change_kept(secretariat, FUND, record_id=row.pk, version=None, zone=world.east)


def test_parts_that_have_not_changed_keep_their_rows(world: World) -> None:
    row = make_kept(POLICY, world)
    before = list(PolicyItem.plain.order_by("position").values_list("public_id", flat=True))
    items = parts_of(POLICY, world)["items"]
    items = [{"kind": "measure", "text_zh": "新的措施"}, *items[:3], *items[4:]]
    change_kept(SYSTEM, POLICY, record_id=row.pk, version=row.version, with_parts={"items": items})
    after = list(PolicyItem.plain.order_by("position").values_list("public_id", flat=True))
    assert after[1:] == before[:3] + before[4:]
    assert after[0] not in before


def test_lists_are_added_to_and_lists_that_are_not_named_stay(world: World) -> None:
    row = make_kept(FUND, world)
    more = {"payments": [{"commitment_number": 2, "amount": Decimal(1), "paid_on": date(2024, 4, 1)}]}
    add_parts(principal_of(world.ana), FUND, record_id=row.pk, version=row.version, added=more)
    assert list(FundPayment.plain.order_by("position").values_list("commitment_number", flat=True)) == [1, 2]
    assert FundCommitment.plain.count() == 2


def test_a_fund_is_on_record_once_with_its_keeper(world: World) -> None:
    ana, row = principal_of(world.ana), make_kept(FUND, world)
    with pytest.raises(InvalidInput, match="已登记同名基金（设立日 2024-01-01）"):
        record_kept(ana, FUND, **(values_of(FUND, world) | {"established_on": date(2024, 3, 1)}))
    with pytest.raises(NotAllowed):
        record_kept(principal_of(world.cy), FUND, **values_of(FUND, world))
    other = record_kept(ana, FUND, **(values_of(FUND, world) | {"title_zh": "二期"}))
    with pytest.raises(InvalidInput, match="同名"):
        change_kept(ana, FUND, record_id=other.pk, version=None, title_zh=row.title_zh)
    make_kept(FUND, world, zone=None, association=world.alliance)
    withdraw_kept(ana, FUND, record_id=row.pk, version=row.version, because="重复登记")
    change_kept(ana, FUND, record_id=other.pk, version=None, title_zh=row.title_zh)


def test_nothing_is_paid_into_a_fund_before_it_was_set_up(world: World) -> None:
    early = date(2023, 6, 1)
    parts = {
        "commitments": [{"zone": world.east, "amount": Decimal(10), "committed_on": early}],
        "payments": [{"commitment_number": 1, "amount": Decimal(1), "paid_on": date(2023, 12, 31)}],
    }
    with pytest.raises(InvalidInput, match="早于基金的设立日"):
        record_kept(principal_of(world.ana), FUND, with_parts=parts, **values_of(FUND, world))


TOMORROW = today() + timedelta(1)
WRONG: dict[str, tuple[Shape, Callable[[World], dict[str, Any]], str]] = {
    "of the future": (FUND, lambda world: {"established_on": TOMORROW}, "不能晚于今天"),
    "ends before it begins": (FUND, lambda world: {"closed_on": date(2024, 1, 1)}, "须晚于开始"),
    "no size": (FUND, lambda world: {"size": Decimal(0)}, "须大于 0"),
    "in itself": (ENCLAVE, lambda world: {"host_zone": world.east}, "不能就是飞出地"),
    "nowhere": (ENCLAVE, lambda world: {"host_zone": None}, "只填写省份"),
    "of another kind": (
        ENCLAVE, lambda world: {"resource": make_resource(organization=world.enterprise)}, "飞地空间",
    ),
    "of a hidden organization": (
        ENCLAVE, lambda world: {"operator": make_organization(zone=world.far, is_listed=False)}, "无权查看",
    ),
    "negative": (CONVERSION, lambda world: {"amount": Decimal(-1)}, "不得为负"),
    "of an unknown track": (TRIAL, lambda world: {"track_code": "SEI1"}, "六大领域"),
    "over without a result": (TRIAL, lambda world: {"ended_on": date(2024, 6, 1)}, "结束日与结果"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_is_refused(world: World, name: str) -> None:
    shape, wrong, said = WRONG[name]
    make_track()
    with pytest.raises(InvalidInput, match=said):
        record_kept(principal_of(world.ana), shape, **(values_of(shape, world) | wrong(world)))


WRONG_PARTS: dict[str, tuple[Shape, str, Callable[[World], list[dict[str, Any]]], str]] = {
    "of no commitment": (
        FUND, "payments", lambda world: [{"commitment_number": 9, "amount": 1, "paid_on": today()}], "没有编号",
    ),
    "more than committed": (
        FUND, "payments", lambda world: [{"commitment_number": 1, "amount": 10**9, "paid_on": today()}], "超过认缴额",
    ),
    "before it was committed": (
        FUND, "payments",
        lambda world: [{"commitment_number": 2, "amount": 1, "paid_on": date(2023, 12, 31)}], "早于认缴日",
    ),
    "more than the size": (
        FUND, "commitments",
        lambda world: [{"zone": world.east, "amount": n * 10**7, "committed_on": date(2024, 1, 1)} for n in (6, 5)],
        "超过基金规模",
    ),
    "how to reach somebody": (
        FUND, "payments",
        lambda world: [{"commitment_number": 1, "amount": 1, "paid_on": today(), "evidence_zh": "张三13800138000"}],
        "疑为联系方式",
    ),
    "a commitment that was paid": (FUND, "commitments", lambda world: [], "不能删除"),
    "a target with an actual": (POLICY, "targets", lambda world: [], "不能删除"),
    "an amount of each without a count": (
        POLICY, "targets",
        lambda world: [{"indicator_zh": "x", "year": 2030, "planned_value": 1, "is_each": True}], "同时填写",
    ),
    "a target of nothing": (
        POLICY,
        "targets",
        lambda world: [{"indicator_zh": "x", "year": 2030}],
        "目标数量或目标金额",
    ),
    "two at the same time": (
        CHAIN, "places",
        lambda world: [{"organization": world.enterprise, "valid_from": date(2024, n, 1)} for n in (1, 2)], "不能重叠",
    ),
    "nobody": (ENCLAVE, "tenants", lambda world: [{"entered_on": date(2024, 1, 1)}], "每行只填一项"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG_PARTS)
def test_parts_that_cannot_be_are_refused(world: World, name: str) -> None:
    shape, part, rows, said = WRONG_PARTS[name]
    row = make_kept(shape, world)
    with pytest.raises(InvalidInput, match=said):
        change_kept(SYSTEM, shape, record_id=row.pk, version=None, with_parts={part: rows(world)})


def test_what_is_wrong_with_one_row_is_told_at_the_row(world: World) -> None:
    row = make_kept(ENCLAVE, world)
    over = {"organization": world.enterprise, "entered_on": date(2024, 2, 1), "left_on": date(2024, 1, 1)}
    lists = {"tenants": [*parts_of(ENCLAVE, world)["tenants"], over]}
    with pytest.raises(InvalidInput) as refused:
        change_kept(SYSTEM, ENCLAVE, record_id=row.pk, version=None, with_parts=lists)
    (place,) = refused.value.errors
    assert isinstance(place, RowPlace)
    assert (place.position, place.column) == (3, "left_on")


def test_a_list_names_only_whom_its_writer_may_see(world: World) -> None:
    row, hidden = make_kept(ENCLAVE, world), make_organization(zone=world.far, is_listed=False)
    more = {"tenants": [{"organization": hidden, "entered_on": date(2024, 1, 1)}]}
    with pytest.raises(InvalidInput, match="无权查看"):
        add_parts(principal_of(world.ana), ENCLAVE, record_id=row.pk, version=None, added=more)


def test_a_record_one_may_not_see_is_not_there(world: World) -> None:
    row = make_kept(FUND, world, visibility="zone")
    with pytest.raises(NotFound):
        change_kept(principal_of(world.cy), FUND, record_id=row.pk, version=None, title_zh="别的")


def test_organizations_that_were_merged_go_on_in_records(world: World) -> None:
    double = make_organization(name_zh="东方微电子", zone=world.east)
    row = make_kept(ENCLAVE, world, operator=double)
    EnclaveTenant.plain.filter(organization=world.enterprise).update(organization=double)
    merge_organizations(SYSTEM, kept_id=world.enterprise.pk, merged_id=double.pk)
    row.refresh_from_db()
    assert (row.operator, row.version) == (world.enterprise, 3)
    assert EnclaveTenant.plain.filter(organization=world.enterprise).count() == 1


def test_two_that_stand_in_one_list_are_not_merged_unseen(world: World) -> None:
    double = make_organization(name_zh="东方微电子", zone=world.east)
    row = make_kept(ENCLAVE, world)
    more = {"tenants": [{"organization": double, "entered_on": date(2024, 2, 1)}]}
    add_parts(SYSTEM, ENCLAVE, record_id=row.pk, version=None, added=more)
    with pytest.raises(Conflict, match="只留一行"):
        merge_organizations(SYSTEM, kept_id=world.enterprise.pk, merged_id=double.pk)


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"title_zh": "邀请王建国教授挂职"}, "title_zh"),
        ({"title_zh": "工程师互派，联系 13800138000"}, "title_zh"),
        ({"title_en": "Visit of Prof. Wang"}, "title_en"),
        ({"source_zh": "台账，zhang@example.cn"}, "source_zh"),
    ],
)
def test_a_record_names_nobody_and_tells_no_way_to_reach_anybody(
    world: World, values: dict[str, Any], column: str
) -> None:
    ana = principal_of(world.ana)
    with pytest.raises(InvalidInput) as refused:
        record_kept(ana, TALENT, **(values_of(TALENT, world) | values))
    assert list(refused.value.errors) == [column]
    row = record_kept(ana, TALENT, **values_of(TALENT, world))
    with pytest.raises(InvalidInput):
        change_kept(ana, TALENT, record_id=row.pk, version=None, **values)
