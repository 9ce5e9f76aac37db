"""What a reader is told of the rows behind a number: neither sums nor names that are not his to read."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from figures.evidence import Evidence
from figures.questions import question
from figures.telling import told, told_json
from figures.units import YUAN
from matching.models import CooperationParty
from portal.figure_rows import shown_rows
from tests.agreements import make_agreement
from tests.builders import make_organization
from tests.conftest import World, principal_of
from tests.cooperations import make_amount, make_cooperation
from zones.models import Organization
from zones.scoping import SYSTEM, VISITOR, Principal
from zones.services.keeping import record_kept
from zones.services.mechanisms import CHAIN, ENCLAVE

pytestmark = pytest.mark.django_db


def _told(figure: str, reader: Principal, **fields: Any) -> Evidence:
    return told(question(figure, reader=SYSTEM, **fields), reader).evidence


@pytest.mark.parametrize("figure", ["cooperations.amount", "cooperations.amount:cumulative"])
def test_a_published_cooperation_is_evidence_without_its_sum(world: World, figure: str) -> None:
    for number in range(5):
        row = make_cooperation(world.enterprise, world.laboratory, signed_on=date(2025, 3, 1))
        make_amount(row, amount=str(1_000_000 + number))
        CooperationParty.plain.filter(cooperation=row).update(published_on=date(2025, 4, 1))
    given = told(question(figure, period="2025"), VISITOR)
    assert given.value == Decimal(5_000_010)
    assert [row.amount for row in given.evidence.rows] == [None] * 5
    assert {row["amount"] for row in told_json(given)["evidence"]} == {None}
    assert {row.amount for row in shown_rows(given.evidence.rows, YUAN, VISITOR)} == {""}
    own = _told(figure, principal_of(world.ana), period="2025")
    assert sorted(row.amount or 0 for row in own.rows)[0] == 1_000_000


def test_a_count_of_published_cooperations_counts_each_as_one(world: World) -> None:
    for _ in range(5):
        row = make_cooperation(world.enterprise, signed_on=date(2025, 3, 1))
        CooperationParty.plain.filter(cooperation=row).update(published_on=date(2025, 4, 1))
    shown = _told("cooperations.projects", VISITOR, period="2025", milestone="signed")
    assert [row.amount for row in shown.rows] == [1] * 5


def _at_a_node(world: World, organizations: list[Organization]) -> str:
    parts = [{"organization": one, "role": "supporting", "valid_from": date(2024, 1, 1)} for one in organizations]
    record_kept(
        SYSTEM, CHAIN, zone=world.east, title_zh="传感器", chain_zh="物联网", stage="upstream",
        valid_from=date(2024, 1, 1), visibility="public", with_parts={"places": parts},
    )  # fmt: skip
    return "chains.places"


def _in_an_enclave(world: World, organizations: list[Organization]) -> str:
    parts = [{"organization": one, "entered_on": date(2024, 1, 1)} for one in organizations]
    record_kept(
        SYSTEM, ENCLAVE, zone=world.east, title_zh="飞地", home_zone=world.east, host_zone=world.west,
        operator=world.laboratory, opened_on=date(2024, 1, 1), visibility="public", with_parts={"tenants": parts},
    )  # fmt: skip
    return "enclaves.tenants"


@pytest.mark.parametrize("recorded", [_at_a_node, _in_an_enclave])
def test_an_organization_not_listed_is_counted_and_not_named(world: World, recorded: Callable[..., str]) -> None:
    secret = [make_organization(zone=world.east, name_zh=f"不公开单位{n}", is_listed=False) for n in range(5)]
    known = make_organization(zone=world.east, name_zh="公开单位")
    figure = recorded(world, [*secret, known])
    given = told(question(figure), VISITOR)
    assert len(given.evidence.rows) == 6
    assert sorted({row.name for row in given.evidence.rows}) == ["公开单位", "未公开名称的单位"]
    assert {row.name for row in _told(figure, SYSTEM).rows} == {"公开单位", *(str(one) for one in secret)}


def test_a_party_to_an_agreement_that_is_not_listed_is_not_named(world: World) -> None:
    secret = make_organization(zone=world.far, name_zh="不公开单位", is_listed=False)
    row = make_agreement(world.east, secret, world.laboratory)
    named = _told("agreement.parties", principal_of(world.ana), scope=f"agreement:{row.public_id}")
    assert [one.name for one in named.rows] == [str(world.east), "未公开名称的单位", str(world.laboratory)]
