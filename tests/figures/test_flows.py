"""Flows kept ready are those of the definition, in any months, by type and field."""

from collections import Counter
from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.conf import settings

from figures.boards import Board
from figures.cells import Cell
from figures.definitions.contracts import of_field
from figures.definitions.registry import all_definitions
from figures.facts import reading
from figures.matrices import FLOW, flow_of_contracts
from figures.pairs import Deal, Pairs, packed
from figures.pairs import Part as Asked
from figures.parts import months, quarters
from figures.questions import question
from figures.scopes import nation
from figures.scopes import parsed as scope_of
from figures.sentences import sentence
from figures.services.rollups import ready_pairs
from figures.strangers import KeptBack
from figures.telling import told, told_json
from matching.models import TechContract
from tests.conftest import World, principal_of
from tests.cooperations import make_cooperation
from tests.figures.asking import ask, register, value, version
from zones.errors import InvalidInput
from zones.models import Code
from zones.scoping import SYSTEM, VISITOR, Principal, today

pytestmark = pytest.mark.django_db
SPANS = ((2025, (1, 12)), (2025, (5, 5)), (2024, (1, 12)))


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
    known = {"contract_type": ("KF", "KF-WT", "ZR"), "industry": ("SEI1", "SEI1.1")}
    for scheme, code in ((scheme, code) for scheme, codes in known.items() for code in codes):
        Code.objects.get_or_create(scheme=scheme, code=code, defaults={"name_zh": code})
    return world


@pytest.mark.parametrize(("year", "span"), SPANS)
@pytest.mark.parametrize("samples", [False, True])
def test_they_are_the_facts_of_the_definition(trade: World, year: int, span: tuple[int, int], samples: bool) -> None:
    at = reading(as_of=today(), samples=samples)
    facts = list(all_definitions()["contracts.flow"].facts(at, ""))
    for kind, names in (("zone", at.geography.zones), ("region", at.geography.regions)):
        expected: dict[str, Cell] = {}
        for fact in facts:
            for place in fact.places:
                is_asked = fact.start and fact.start.year == year and span[0] <= fact.start.month <= span[1]
                if place.startswith(f"{kind}:") and is_asked:
                    held = expected.get(place, Cell(Decimal(0), 0))
                    expected[place] = Cell(held.amount + fact.amount, held.number + 1)
        found = ready_pairs(FLOW, year, samples=samples).sums(Asked(kind, span))
        assert {f"{names[a]}>{names[b]}": cell for (a, b), cell in found.items()} == expected
    assert expected


def test_types_add_up_to_the_whole_and_fields_pick_what_is_below_them(trade: World) -> None:
    pairs, at = ready_pairs(FLOW, 2025, samples=True), reading(as_of=today(), samples=True)
    whole = Counter({ends: cell.number for ends, cell in pairs.sums(Asked()).items()})
    types = [pairs.sums(Asked(contract_type=kind)) for kind in ("KF-WT", "ZR")]
    assert sum((Counter({ends: cell.number for ends, cell in one.items()}) for one in types), Counter()) == whole
    assert all(types)
    assert pairs.sums(Asked(contract_type="FW")) == {}
    tagged = sum(cell.number for cell in pairs.sums(Asked(cooperations=of_field("SEI1", at))).values())
    assert tagged == sum(1 for number in range(0, 24, 2) if number % 5 == 0 and number not in (2, 4))
    assert pairs.sums(Asked(cooperations=of_field("SEI2", at))) == {}


def test_sums_are_exact_however_large_they_are() -> None:
    most, least = Decimal("99999999999999.99"), Decimal("0.01")
    deals = [Deal(1, 1, 2, None, month, "ZR", None, amount) for month in (1, 2) for amount in (*[most] * 999, least)]
    whole = Pairs(packed(deals))
    assert whole.sums(Asked()) == {(1, 2): Cell(2 * (999 * most + least), 2000)}
    assert whole.sums(Asked(months=(2, 3), inside=[2])) == {(1, 2): Cell(999 * most + least, 1000)}
    assert whole.sums(Asked("region")) == whole.sums(Asked(inside=[3])) == Pairs(packed([])).sums(Asked()) == {}


def _cells(reader: Principal, trade: World, **asked: str) -> dict[tuple[str, str], int | None]:
    board = Board([], principal=reader, samples=True)
    table = flow_of_contracts(board, nation(), 2025, between="zone", **asked)
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
        table = flow_of_contracts(board, nation(), when, between="region")  # type: ignore[arg-type]
        return sum((cell.amount for line in table.cells for cell in line if cell), Decimal(0))

    assert sum(map(total, months(2025))) == sum(map(total, quarters(2025))) == total(2025) > 0
    east = flow_of_contracts(board, scope_of("zone:east", SYSTEM), quarters(2025)[0], between="zone")
    assert set(east.rows) <= {"zone:east", "zone:west", "zone:far"}


PICKED: tuple[dict[str, Any], ...] = (
    {"contract_type": "KF"},
    {"contract_type": "ZR"},
    {"field": "SEI1"},
    {"contract_type": "KF-WT", "field": "SEI1.1"},
)


@pytest.mark.parametrize("picked", PICKED, ids=str)
def test_a_figure_is_asked_by_type_and_field_and_says_so(trade: World, picked: dict[str, Any]) -> None:
    at = reading(as_of=today(), samples=True)
    field = picked.get("field", "")
    part = Asked(contract_type=picked.get("contract_type", ""), cooperations=of_field(field, at) if field else None)
    found = ready_pairs(FLOW, 2025, samples=True).sums(part)
    whole = ask("contracts.flow", period="2025", samples=True, **picked)
    assert whole.value == sum(amount for amount, _number in found.values()) > 0
    assert len(whole.facts) == sum(number for _amount, number in found.values())
    assert whole.definition.id == f"contracts.flow.{'+'.join(picked.values())}"
    assert ask(whole.definition.id, period="2025", samples=True).value == whole.value
    names = at.geography.zones
    for (seller, buyer), (amount, _number) in found.items():
        scope = f"flow:{names[seller]}>{names[buyer]}"
        assert value("contracts.flow", scope=scope, period="2025", samples=True, **picked) == amount
    assert "（" in sentence(whole)


def test_growth_is_asked_of_what_is_picked_and_what_nobody_knows_names_its_filter(trade: World) -> None:
    growth = ask("contracts.flow:yoy", period="2025", samples=True, contract_type="KF")
    assert growth.definition.id == "contracts.flow.KF:yoy"
    one, other = (value("contracts.flow.KF", period=year, samples=True) for year in ("2024", "2025"))
    assert growth.value == (other - one) / one * 100
    wrong: tuple[dict[str, Any], ...] = (
        {"field": "SEI99"},
        {"contract_type": "SEI1"},
        {"contract_type": "KF", "field": "ZR"},
    )
    for figure, picked in (*(("contracts.flow", one) for one in wrong), ("events.all", {"field": "SEI1"})):
        with pytest.raises(InvalidInput) as refused:
            question(figure, period="2025", **picked)
        assert list(refused.value.errors) == list(picked)[-1:]


def test_strangers_are_told_no_part_of_a_flow_and_staff_those_of_their_own_zone(trade: World) -> None:
    """Between any two answers of a stranger there is no row he could take from them, whatever he picks."""
    regions = "flow:region:110000>region:110000"
    for reader in (VISITOR, principal_of(trade.cy)):
        for picked, scope in product(({}, *PICKED), ("nation", regions, "flow:zone:east>zone:west")):
            asked = question("contracts.flow", scope=scope, period="2025", samples=settings.DEMO, **picked)
            given = told(asked, reader)
            if picked or "zone" in scope:
                assert (given.why, given.evidence.rows) == (KeptBack.QUESTION, ()), (scope, picked)
    ana = principal_of(trade.ana)
    for scope, is_told in (("zone:east>zone:west", True), ("zone:far>zone:east", True), ("zone:west>zone:far", False)):
        one = told(question("contracts.flow.KF", scope=f"flow:{scope}", period="2025", reader=ana), ana)
        assert (one.why is None) == is_told, scope
    mixed = question("contracts.flow", scope="flow:zone:east+zone:west>zone:far", period="2025", reader=ana)
    assert told(mixed, ana).why is KeptBack.QUESTION


def test_a_hidden_contract_changes_nothing_of_what_strangers_are_told_of_a_part(trade: World) -> None:
    asked = [question("contracts.flow", period="2025", **picked) for picked in PICKED]
    before = [told_json(told(one, VISITOR)) for one in asked]
    register(trade.enterprise, trade.laboratory, "5", date(2025, 5, 5), number=900, contract_type="KF-WT")
    assert [told_json(told(one, VISITOR)) for one in asked] == before
