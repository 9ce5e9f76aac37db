"""What the mechanisms of the article yield besides their numbers: parts, shares, gaps, promises."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from figures.definitions.registry import definition_of
from figures.questions import question
from figures.telling import told
from matching.models import Conversion, Cooperation, EventOutcome, Trial
from tests.agreements import make_agreement, make_commitment
from tests.builders import make_catalogue, make_code, make_need, make_resource, plain_create
from tests.conftest import World
from tests.cooperations import make_amount, make_cooperation, make_milestone
from tests.events import make_event
from tests.figures.asking import ask, value
from tests.mechanisms import make_kept
from zones.errors import InvalidInput
from zones.models import ChainPlace, FundCommitment, Resource
from zones.scoping import SYSTEM, VISITOR, scope_of
from zones.services.mechanisms import CHAIN, FUND

pytestmark = pytest.mark.django_db
YEAR: dict[str, Any] = {"period": "2026"}


def test_equipment_is_told_by_class_and_band_and_laboratories_by_level(world: World) -> None:
    def listed(kind: str, codes: tuple[str, ...] = (), **details: Any) -> Resource:
        return make_resource(
            organization=world.enterprise, zone=world.east, kind=kind, equipment_codes=list(codes), details=details
        )

    make_code("equipment", "01", name_zh="分析仪器")
    make_catalogue(
        listed("equipment", ("0101", "0102"), quantity=3, original_value=Decimal(500_000)),
        listed("equipment", ("0201",), quantity=2, original_value=Decimal(499_999)),
        listed("equipment", quantity=4),
        listed("laboratory", is_public=True, level_zh="国家级重点实验室"),
        listed("laboratory", is_public=True, level_zh="省级"),
        zone=world.east,
    )
    parts = ("01", "02", "03", "below_500k", "from_500k", "from_5m")
    assert [value(f"catalogue.equipment.{one}", scope="zone:east") for one in parts] == [3, 2, 0, 2, 3, 0]
    levels = ("national", "provincial", "municipal")
    assert [value(f"catalogue.laboratories.{one}") for one in levels] == [1, 1, 0]
    assert definition_of("catalogue.equipment.01").name == "仪器设备（分析仪器）"
    for nothing in ("catalogue.equipment.99", "catalogue.equipment.", "members.all.01", "catalogue"):
        with pytest.raises(InvalidInput):
            definition_of(nothing)


def test_investment_is_told_by_field_and_trials_by_track(world: World) -> None:
    for codes, amount in ((["SEI1.2.4", "SEI1.1", "FI2"], "5"), (["SEI3"], "7")):
        row = make_cooperation(world.enterprise, kind="paired_project")
        Cooperation.plain.filter(pk=row.pk).update(industry_codes=codes)
        make_amount(row, kind="investment", amount=amount)
    fields = ("SEI1", "FI2", "SEI3", "SEI4")
    assert [value(f"pairing.investment.{one}", **YEAR) for one in fields] == [5, 5, 7, 0]
    assert value("pairing.investment", **YEAR) == 12
    values = {"zone": world.east, "title_zh": "低空物流", "track_code": "FI5", "started_on": date(2025, 1, 1)}
    testbed = make_resource(kind="testbed", organization=world.enterprise)
    plain_create(Trial, values | {"source_zh": "台账", "name_zh": "某公司", "testbed": testbed})
    assert [value(f"trials.active.{one}") for one in ("FI5", "FI2")] == [1, 0]
    with override("en"):
        assert "FI5" in definition_of("trials.started.FI5").name


def test_a_part_is_told_to_the_own_side_and_to_no_stranger(world: World) -> None:
    for _ in range(6):
        make_agreement(world.east, world.far, scopes=["talent"])
    asked = question("agreements.active.talent", scope="zone:east")
    assert told(question("agreements.active", scope="zone:east"), VISITOR).value == 6
    assert told(asked, VISITOR).is_suppressed  # the whole and the other parts would tell each
    assert told(asked, scope_of(world.ana)).value == told(asked, SYSTEM).value == 6
    assert value("agreements.active.research", scope="zone:east") == 0


def test_promises_are_due_and_fulfilled_from_their_days(world: World) -> None:
    row = make_agreement(world.east, world.far, valid_from=date(2024, 1, 1), valid_to=None)
    said = {"actual": 4, "reported_on": date(2026, 3, 1), "evidence_zh": "纪要"}
    make_commitment(row, due_on=date(2026, 2, 1), **said)
    make_commitment(row, position=2, due_on=date(2026, 2, 1), **said | {"actual": 3})
    make_commitment(row, position=3, due_on=date(2027, 1, 1), **said)
    names = ("due", "fulfilled", "fulfilment")
    for scope in ("zone:east", "zone:far", "nation", f"agreement:{row.public_id}"):
        days = (date(2026, 1, 31), date(2026, 2, 1), date(2026, 3, 1))
        found = [[value(f"commitments.{name}", scope=scope, as_of=day) for name in names] for day in days]
        assert found == [[0, 0, None], [2, 0, 0], [2, 1, 50]]


def test_a_node_where_nobody_stands_is_a_gap(world: World) -> None:
    make_kept(CHAIN, world, with_parts=False, chain_zh="集成电路", valid_from=date(2024, 1, 1))
    node = make_kept(CHAIN, world, valid_from=date(2024, 1, 1))
    ChainPlace.plain.filter(node=node).update(valid_from=date(2025, 1, 1), valid_to=date(2026, 1, 1))
    ends = [date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1)]
    assert [value("chains.gaps", scope="zone:east", as_of=day) for day in ends] == [2, 1, 1, 2]
    assert [value("chains.coverage", as_of=day) for day in ends] == [0, 50, 50, 0]
    chains = ("集成电路", "新型显示", "没有的链")
    assert [value(f"chains.gaps.{one}", as_of=ends[1]) for one in chains] == [1, 0, 0]
    assert [value(f"chains.coverage.{one}", as_of=ends[1]) for one in chains] == [0, 100, None]


def test_a_chain_nobody_may_see_is_asked_for_like_one_that_is_not_there(world: World) -> None:
    make_kept(CHAIN, world, with_parts=False, chain_zh="集成.电路", visibility="public")
    make_kept(CHAIN, world, with_parts=False, chain_zh="未公开的链", visibility="zone")
    assert question("chains.coverage.集成.电路").definition.name == "产业链环节覆盖率（集成.电路）"
    hidden = "chains.coverage.未公开的链"
    assert question(hidden, reader=scope_of(world.ana)).definition.id == hidden
    for reader, figure in ((VISITOR, hidden), (scope_of(world.bo), hidden), (VISITOR, "chains.coverage.没有的链")):
        with pytest.raises(InvalidInput) as refused:
            question(figure, reader=reader)
        assert refused.value.errors == {"figure": [f"没有“{figure}”这一指标：请在指标目录中选择。"]}


def test_a_fund_counts_for_a_zone_while_it_is_committed(world: World) -> None:
    row = make_kept(FUND, world, with_parts=False)
    given = ((world.west, date(2024, 6, 1), date(2025, 1, 1)), (world.far, date(2025, 6, 1), None))
    for number, (zone, start, end) in enumerate(given, start=1):
        values = {"fund": row, "number": number, "position": number, "zone": zone, "amount": 1000}
        plain_create(FundCommitment, values | {"committed_on": start, "withdrawn_on": end})
    days = (date(2024, 5, 31), date(2024, 6, 1), date(2024, 12, 31), date(2025, 1, 1), date(2025, 6, 1))
    found = {
        scope: [value("funds.active", scope=scope, as_of=day) for day in days]
        for scope in ("zone:east", "zone:west", "zone:far", "nation")
    }
    assert found == {
        "zone:east": [1] * 5, "zone:west": [0, 1, 1, 0, 0], "zone:far": [0, 0, 0, 0, 1], "nation": [1] * 5,
    }  # fmt: skip
    assert [value("funds.size", scope="zone:west", as_of=day) for day in days[2:4]] == [row.size, 0]


def test_a_consortium_has_members_money_and_milestones(world: World) -> None:
    row = make_cooperation(world.enterprise, world.laboratory, world.outside, kind="consortium")
    make_amount(row, amount="300")
    make_milestone(row, due_on=date(2026, 9, 1), met_on=date(2026, 10, 1))
    make_milestone(row, position=2, due_on=date(2027, 9, 1))
    other = make_cooperation(world.enterprise, kind="project")
    make_milestone(other, due_on=date(2026, 9, 1))
    asked = {"scope": "zone:east"}
    assert value("consortia.members", **asked) == 3
    flows = ("budget", "milestones_due", "milestones_met")
    assert [value(f"consortia.{one}", **asked, **YEAR) for one in flows] == [300, 1, 1]
    assert [value(f"consortia.{one}", scope="association:alliance", **YEAR) for one in flows] == [0, 0, 0]


def test_what_came_of_events_counts_on_their_day(world: World) -> None:
    held = [make_event(state="held", zone=world.east) for _ in range(4)]
    for event in held[:2]:
        plain_create(EventOutcome, {"event": event, "result": "interested"})
    signed = make_cooperation(world.enterprise)
    plain_create(EventOutcome, {"event": held[0], "result": "cooperation", "cooperation": signed})
    plain_create(EventOutcome, {"event": held[2], "result": "nothing", "reason": "price"})
    year = {"scope": "association:alliance", "period": str(held[0].starts_at.year)}
    assert [value(f"events.{one}", **year) for one in ("interests", "cooperations", "converted")] == [2, 1, 50]
    assert ask("events.converted", **year).unit.key == "percent"


def test_scenarios_are_opened_and_conversions_land_elsewhere(world: World) -> None:
    make_need(kind="demonstration_scenario", organization=world.enterprise)
    make_need(organization=world.enterprise)
    assert value("scenarios.opened", scope="zone:east", **YEAR) == 1
    for landing in (world.east, world.west, world.far):
        plain_create(Conversion, {"zone": world.east, "title_zh": "成果", "source_zh": "台账", "from_zone": world.east,
                                  "landing_zone": landing, "converted_on": date(2026, 2, 1)})  # fmt: skip
    share = value("conversions.share_elsewhere", scope="zone:east", **YEAR)
    assert share.quantize(Decimal("0.01")) == Decimal("66.67")
    assert value("conversions.share_elsewhere", scope="zone:east", period="2025") is None
