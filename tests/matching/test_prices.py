"""Prices of resources: read from a note only where it says them plainly, whole or not at all, and what is for sale
by the project is compared with budgets."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from matching.engine.facts import PRICE_UNITS
from matching.models import CandidateList, MatchRun, Need
from matching.snapshot import read_resource_facts
from tests.builders import make_need, make_resource, principal_of
from tests.conftest import World
from zones.choices import PriceUnit
from zones.errors import InvalidInput
from zones.importing.prices import read_price
from zones.importing.records import Places, publish_records
from zones.scoping import SYSTEM, today
from zones.services.resources import publish_resource

PLAIN: dict[str, Any] = {
    "2600元/小时": (2600, None, "hour"),
    "1.6万元/天": (16_000, None, "day"),
    "450元/小时，气体另计": (450, None, "hour"),
    "整机测评4—9万元/项": (40_000, 90_000, "piece"),
    "工程批每片420—680元，靶材另计": (420, 680, "piece"),
    "每炉3.6万元": (36_000, None, "batch"),
    "2800元/人起": (2800, None, "person"),
    "工位2.2万元/月": (22_000, None, "month"),
    "可研与初设合计12—30万元": (120_000, 300_000, "project"),
    "定制开发30万元/项目": (300_000, None, "project"),
}
NOT_PLAIN = [
    *("", "面议", "按方案报价", "2.2—2.8元/㎡·天", "120元/工位·小时", "3800元/人·期", "每只18—24万元/年", "9—4万元/项"),
    *("三轴机床8000元/台，五轴1.6万元/台", "静态腐蚀1.8万元/批（1000 h），流动回路面议", "企业快速通道1.6万元/4小时"),
    *("8英寸190元/片", "单材料8—15万元", "每通道每千小时260元", "按产线报价加8%服务费", "0.9元/m，不足500 m按500 m计"),
]


@pytest.mark.parametrize("note", PLAIN)
def test_a_plain_price_is_read_in_yuan_with_its_unit(note: str) -> None:
    assert read_price(note) == PLAIN[note]


@pytest.mark.parametrize("note", NOT_PLAIN)
def test_what_is_not_plain_is_left_to_the_note(note: str) -> None:
    assert read_price(note) is None


def test_the_engine_knows_the_units_by_the_same_names() -> None:
    assert list(PRICE_UNITS) == PriceUnit.values


def test_a_record_keeps_its_note_and_gives_the_engine_the_number(world: World) -> None:
    record = {
        "kind": "service", "name_zh": "可研服务", "zone_slug": "east", "organization_zh": world.enterprise.name_zh,
        "visibility": "national", "price_zh": "可研与初设合计12—30万元",
    }  # fmt: skip
    (stored,) = publish_records(SYSTEM, [record], Places(), is_sample=True)
    assert (stored.price_note, stored.price_to) == ("可研与初设合计12—30万元", Decimal(300_000))
    (facts,) = read_resource_facts([stored.pk], on=today())
    assert (facts.price_from, facts.price_unit) == (120_000.0, "project")


BAD: list[tuple[dict[str, Any], str]] = [
    ({"price_from": "5"}, "计价单位"),
    ({"price_unit": "hour"}, "计价单位"),
    ({"price_from": "-1", "price_unit": "hour"}, "负"),
    ({"price_from": "9", "price_to": "4", "price_unit": "hour"}, "止价"),
]


@pytest.mark.parametrize(("values", "words"), BAD, ids=str)
def test_half_a_price_is_refused_with_the_remedy(world: World, values: dict[str, Any], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        publish_resource(
            principal_of(world.ana), kind="service", name_zh="服务", zone=world.east, organization=world.enterprise,
            **values,
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("unit", "known"), [("project", True), ("day", False)])
def test_a_price_per_project_makes_the_budget_known(
    world: World, run_all: Callable[[], MatchRun], unit: str, known: bool
) -> None:
    need = make_need(organization=world.enterprise, title_zh="晶圆缺陷检测", budget_max="500000.00")
    make_resource(organization=world.laboratory, name_zh="晶圆缺陷检测", price_from="80000", price_unit=unit)
    run_all()
    part = _part(need, "budget")
    assert (part["known"], part["fit"]) == ((1.0, 1.0) if known else (0.0, None))


def _part(need: Need, component: str) -> dict[str, Any]:
    facts: dict[str, Any] = CandidateList.objects.get(need=need).facts[0]
    return next(row for row in facts["contributions"] if row["component"] == component)
