"""Technology contracts: their two sides, amounts, and every version the register has seen."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from ledger.models import OutboxEvent
from matching.choices import ContractState as State
from matching.models import ContractRegistration, TechContract
from matching.services.contracts import (
    cancel_contract,
    change_contract,
    change_registration,
    record_contract,
    register_contract,
    remind_of_submission,
    submit_contract,
)
from matching.services.merging import merge_organizations
from tests.builders import make_code, make_organization, make_region, principal_of
from tests.conftest import World
from tests.cooperations import make_cooperation
from zones.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.scoping import SYSTEM, VISITOR
from zones.services.calendar import after_working_days

pytestmark = pytest.mark.django_db
SIGNED, ENTERED = date(2026, 3, 2), date(2026, 3, 20)
NUMBER, OLD = "2026110000000018", "20261100000018"


def values(world: World, **fields: Any) -> dict[str, Any]:
    make_code("contract_type", "KF-WT")
    told = {
        "title_zh": "外延片检测委托开发", "contract_type": "KF-WT", "seller_organization": world.laboratory,
        "buyer_organization": world.enterprise, "total_amount": Decimal("1200000.00"),
        "traded_amount": Decimal("900000.00"), "signed_on": SIGNED,
    }  # fmt: skip
    return told | fields


def at(row: TechContract) -> dict[str, Any]:
    return {"contract_id": row.pk, "version": row.version}


@pytest.fixture
def contract(world: World) -> TechContract:
    return record_contract(principal_of(world.bo), **values(world))


@pytest.fixture
def registered(world: World, contract: TechContract) -> TechContract:
    sent = submit_contract(principal_of(world.lin), submitted_on=date(2026, 3, 5), **at(contract))
    return register_contract(principal_of(world.bo), registered_on=ENTERED, registration_number=NUMBER, **at(sent))


def test_a_contract_is_placed_by_its_sides_and_due_in_fifteen_working_days(
    world: World, contract: TechContract
) -> None:
    assert (contract.zone, contract.seller_zone, contract.buyer_zone) == (world.west, world.west, world.east)
    assert contract.seller_region == world.west.region
    assert contract.submit_by == after_working_days(SIGNED, 15)
    assert not TechContract.objects.visible_to(principal_of(world.cy)).exists()
    assert not TechContract.objects.visible_to(VISITOR).exists()
    assert TechContract.objects.visible_to(principal_of(world.auditor)).get() == contract


def test_it_is_registered_changed_and_cancelled_and_each_version_stays(world: World, registered: TechContract) -> None:
    with pytest.raises(NotAllowed):
        change_registration(
            principal_of(world.lin),
            changed_on=date(2026, 5, 6),
            reason="减项",
            traded_amount=Decimal(0),
            **at(registered),
        )
    changed = change_registration(
        principal_of(world.bo), changed_on=date(2026, 5, 6), reason="减项", total_amount=Decimal(1000000),
        traded_amount=Decimal(800000), **at(registered),
    )  # fmt: skip
    ended = cancel_contract(principal_of(world.bo), cancelled_on=date(2026, 7, 1), reason="dissolved", **at(changed))
    assert (ended.state, ended.registered_on, ended.cancelled_on) == (State.CANCELLED, ENTERED, date(2026, 7, 1))
    rows = ContractRegistration.plain.values_list("number", "kind", "registered_on", "total_amount")
    assert list(rows) == [
        (1, "first", ENTERED, Decimal("1200000.00")), (2, "change", date(2026, 5, 6), Decimal("1000000.00")),
        (3, "cancellation", date(2026, 7, 1), Decimal("1000000.00")),
    ]  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        ContractRegistration.plain.filter(number=1).update(total_amount=1)
    kinds = (
        OutboxEvent.objects.filter(object_type="matching.techcontract").order_by("pk").values_list("kind", flat=True)
    )
    steps = ("signed", "submitted", "registered", "changed", "cancelled")
    assert list(kinds) == [f"contract.{step}" for step in steps]


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "more traded than agreed": ({"traded_amount": Decimal("1200000.01")}, "成交额之间"),
    "a negative sum": ({"traded_amount": Decimal(-1)}, "成交额之间"),
    "signed tomorrow": ({"signed_on": date(2027, 1, 1)}, "不能晚于今天"),
    "an unknown type": ({"contract_type": "XX"}, "合同类型"),
    "no seller": ({"seller_organization": None}, "区域"),
    "a nature of two digits": ({"buyer_nature": "22"}, "3 位数字"),
}


@pytest.mark.parametrize("fault", BAD)
def test_what_cannot_be_is_refused_with_a_sentence(world: World, fault: str) -> None:
    fields, sentence = BAD[fault]
    with pytest.raises(InvalidInput, match=sentence):
        record_contract(principal_of(world.bo), **values(world, **fields))
    with pytest.raises(InvalidInput, match="同一单位"):
        record_contract(principal_of(world.bo), **values(world, buyer_organization=world.laboratory))
    assert not TechContract.plain.exists()


def test_a_number_has_sixteen_or_fourteen_digits_and_is_of_one_contract(world: World, registered: TechContract) -> None:
    other = record_contract(principal_of(world.bo), **values(world, title_zh="另一份"))
    other = submit_contract(principal_of(world.bo), submitted_on=SIGNED, **at(other))
    for number, sentence in (("123", "16 位"), ("２０２６１１００００００００１８", "16 位"), (NUMBER, "另一份合同")):
        with pytest.raises(InvalidInput, match=sentence):
            register_contract(principal_of(world.bo), registered_on=ENTERED, registration_number=number, **at(other))
        other.refresh_from_db()
    with pytest.raises(InvalidInput, match="签约日"):
        register_contract(
            principal_of(world.bo),
            registered_on=SIGNED - timedelta(1),
            registration_number=OLD,
            **at(other),
        )
    other.refresh_from_db()
    done = register_contract(principal_of(world.bo), registered_on=ENTERED, registration_number=OLD, **at(other))
    assert done.state == State.REGISTERED


def test_steps_have_their_order_and_their_keeper(world: World, contract: TechContract) -> None:
    with pytest.raises(NotFound):
        submit_contract(principal_of(world.cy), submitted_on=SIGNED, **at(contract))
    with pytest.raises(IllegalTransition):
        register_contract(principal_of(world.bo), registered_on=ENTERED, registration_number=NUMBER, **at(contract))
    sent = submit_contract(principal_of(world.lin), submitted_on=SIGNED, **at(contract))
    with pytest.raises(NotAllowed):
        register_contract(principal_of(world.lin), registered_on=ENTERED, registration_number=NUMBER, **at(sent))
    with pytest.raises(Conflict):
        submit_contract(principal_of(world.bo), submitted_on=SIGNED, contract_id=sent.pk, version=1)
    done = register_contract(principal_of(world.bo), registered_on=ENTERED, registration_number=NUMBER, **at(sent))
    with pytest.raises(IllegalTransition, match="变更登记"):
        change_contract(principal_of(world.bo), title_zh="改", **at(done))
    with pytest.raises(InvalidInput, match="上一次登记"):
        cancel_contract(principal_of(world.bo), cancelled_on=SIGNED, reason="other", **at(done))


UNTRUE: list[dict[str, Any]] = [
    {"state": State.SUBMITTED}, {"state": State.REGISTERED}, {"registration_number": NUMBER}, {"end_reason": "other"},
    {"state": State.CANCELLED}, {"traded_amount": 9_000_000}, {"buyer_name_zh": "某公司"},
]  # fmt: skip


def test_the_database_ties_states_to_their_columns(contract: TechContract) -> None:
    for fields in UNTRUE:
        with pytest.raises(IntegrityError), transaction.atomic():
            TechContract.plain.filter(pk=contract.pk).update(**fields)


def test_an_outside_side_has_a_name_and_a_region(world: World) -> None:
    tianjin = make_region(code="120000", name_zh="天津市", name_en="Tianjin", short_zh="津")
    told = values(world, buyer_organization=None, buyer_name_zh="天津某公司", buyer_region=tianjin, zone=world.west)
    row = record_contract(principal_of(world.bo), **told)
    assert row.buyer_zone_id is None
    assert row.buyer_region == tianjin


def test_one_is_linked_to_a_cooperation_of_its_own_side_only(world: World) -> None:
    foreign = make_cooperation(world.outside, world.enterprise)
    with pytest.raises(InvalidInput, match="合作"):
        record_contract(principal_of(world.bo), **values(world, cooperation=foreign))
    own = make_cooperation(world.laboratory, world.enterprise)
    assert record_contract(principal_of(world.bo), **values(world, cooperation=own)).cooperation == own


def test_a_contract_not_submitted_is_told_of_once(contract: TechContract) -> None:
    assert (remind_of_submission(), remind_of_submission()) == (1, 0)


def test_a_merged_organization_s_contracts_go_on_with_the_kept_one(world: World, contract: TechContract) -> None:
    other = make_organization(name_zh="西山光学研究室", zone=world.west)
    merge_organizations(SYSTEM, kept_id=other.pk, merged_id=world.laboratory.pk)
    contract.refresh_from_db()
    assert (contract.seller_organization, contract.version) == (other, 2)
