"""Flows asked of the rows are those of the definition, over any days, by type and field."""

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from figures.boards import Board
from figures.definitions.contracts import Flow, sums_between
from figures.definitions.registry import all_definitions
from figures.facts import reading
from figures.matrices import flow_of_rows
from figures.parts import months, quarters
from figures.scopes import nation
from figures.scopes import parsed as scope_of
from matching.models import TechContract
from tests.conftest import World, principal_of
from tests.cooperations import make_cooperation
from tests.figures.asking import register, version
from zones.models import Code
from zones.scoping import SYSTEM, Principal, today

pytestmark = pytest.mark.django_db
YEAR = (date(2025, 1, 1), date(2025, 12, 31))
DAYS = (YEAR, (date(2025, 5, 1), date(2025, 5, 31)), (date(2024, 1, 1), date(2024, 12, 31)))


@pytest.fixture
def trade(world: World) -> World:
    """East and West sell to each other and to Far, in two years, of two types, one in a cooperation of field SEI1."""
    cooperation = make_cooperation(world.enterprise, world.laboratory, industry_codes=["SEI1.1"])
    sides = [world.enterprise, world.laboratory, world.outside]
    for number in range(24):
        seller, buyer = sides[number % 3], sides[(number + 1 + number % 2) % 3]
        fields: dict[str, Any] = {
            "contract_type": "KF-WT" if number % 4 else "ZR",
            "cooperation": None if number % 5 else cooperation,
        }
        register(seller, buyer, str(100 + number), date(2025 - number % 2, 1 + number % 12, 7), number=number, **fields)
    rows = list(TechContract.plain.order_by("pk"))
    version(rows[0], 2, "change", "777", date(2026, 2, 1))
    version(rows[2], 2, "cancellation", "1", date(2026, 3, 1))
    version(rows[4], 2, "change", "5", date(2025, 12, 1))
    version(rows[4], 3, "cancellation", "5", date(2025, 12, 2))
    TechContract.plain.filter(pk=rows[6].pk).update(is_sample=True)
    for code in ("SEI1", "SEI1.1"):
        Code.objects.get_or_create(scheme="industry", code=code, defaults={"name_zh": code})
    return world


@pytest.mark.parametrize("days", DAYS)
@pytest.mark.parametrize("samples", [False, True])
def test_they_are_the_facts_of_the_definition(trade: World, days: tuple[date, date], samples: bool) -> None:
    at = reading(as_of=today(), samples=samples)
    facts = list(all_definitions()["contracts.flow"].facts(at, ""))
    for kind, names in (("zone", at.geography.zones), ("region", at.geography.regions)):
        expected: dict[str, tuple[Decimal, int]] = {}
        for fact in facts:
            for place in fact.places:
                if place.startswith(f"{kind}:") and fact.start and days[0] <= fact.start <= days[1]:
                    amount, number = expected.get(place, (Decimal(0), 0))
                    expected[place] = amount + fact.amount, number + 1
        found = sums_between(at, Flow(days, kind))
        assert {f"{names[a]}>{names[b]}": cell for (a, b), cell in found.items()} == expected
    assert expected


def test_types_add_up_to_the_whole_and_fields_pick_what_is_below_them(trade: World) -> None:
    at = reading(as_of=today(), samples=True)
    whole = Counter({ends: number for ends, (_, number) in sums_between(at, Flow(YEAR)).items()})
    types = [sums_between(at, Flow(YEAR, contract_type=kind)) for kind in ("KF-WT", "ZR")]
    assert sum((Counter({ends: number for ends, (_, number) in one.items()}) for one in types), Counter()) == whole
    assert all(types)
    tagged = sum(number for _, number in sums_between(at, Flow(YEAR, field="SEI1")).values())
    assert tagged == sum(1 for number in range(0, 24, 2) if number % 5 == 0 and number not in (2, 4))
    assert sums_between(at, Flow(YEAR, field="SEI2")) == {}


def _cells(reader: Principal, trade: World, **asked: str) -> dict[tuple[str, str], int | None]:
    board = Board([], principal=reader, samples=True)
    table = flow_of_rows(board, nation(), 2025, between="zone", **asked)
    return {
        (seller, buyer): cell and cell.number
        for seller, line in zip(table.rows, table.cells, strict=True)
        for buyer, cell in zip(table.columns, line, strict=True)
    }


def test_of_some_contracts_nothing_is_told_but_to_who_reads_an_end_whole(trade: World) -> None:
    """Whatever types are asked for, one after the other: of other pairs there is nothing that could be taken apart."""
    for kind in ("KF-WT", "ZR"):
        told = _cells(principal_of(trade.ana), trade, contract_type=kind)
        assert all("zone:east" in ends for ends, number in told.items() if number is not None), told
        whole = _cells(SYSTEM, trade, contract_type=kind)
        assert {ends: number for ends, number in told.items() if number} == {
            ends: number for ends, number in whole.items() if number and "zone:east" in ends
        }
    assert any(None not in ends and "zone:east" not in ends and number for ends, number in whole.items())


def test_months_of_a_flow_add_up_to_its_quarters_and_year(trade: World) -> None:
    board = Board([("contracts.flow", "")], principal=SYSTEM, samples=True)

    def total(when: object) -> Decimal:
        table = flow_of_rows(board, nation(), when, between="region")  # type: ignore[arg-type]
        return sum((cell.amount for line in table.cells for cell in line if cell), Decimal(0))

    assert sum(map(total, months(2025))) == sum(map(total, quarters(2025))) == total(2025) > 0
    east = flow_of_rows(board, scope_of("zone:east", SYSTEM), quarters(2025)[0], between="zone")
    assert set(east.rows) <= {"zone:east", "zone:west", "zone:far"}
