"""Two to four resources of a need side by side: the numbers of the page, what is unknown, and nothing hidden."""

import re
from typing import Any

import pytest

from backoffice.side_by_side import distance_km
from matching.models import Match
from matching.services.shortlists import shortlist_pair
from tests.builders import make_facts, make_match, make_need, make_resource, make_zone, principal_of
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from zones.models import Zone
from zones.wording import price_text

METRICS = [
    {"name": "分辨率", "is_must": True, "need": "≤ 5 nm", "offer": "1–5 nm", "verdict": "ok"},
    {"name": "产能", "is_must": True, "need": "≥ 10", "offer": "", "verdict": "unknown"},
]


@pytest.fixture
def pair(world: World) -> tuple[Match, Match]:
    """Two resources of West for a need of East, the first with metrics and a price."""
    need = make_need(organization=world.enterprise)
    priced: dict[str, Any] = {"price_from": "1200.00", "price_unit": "hour", "trl": 7}
    resource = make_resource(organization=world.laboratory, name_zh="西山平台", **priced)
    facts = {name: value for name, value in make_facts(0.5, metrics=METRICS).items() if name != "contributions"}
    first = make_match(need, resource, facts=facts)
    other = make_resource(organization=world.laboratory, name_zh="西山中心")
    return first, make_match(need, other, run=first.run, rank=2, score=0.4, is_live=False)


def page(match: Match, *others: Match) -> str:
    keys = "&".join(f"with={one.resource.public_id}" for one in (match, *others))
    return f"/office/matching/need/{match.need.public_id}/matches/side-by-side/?{keys}"


def test_columns_stand_in_the_order_of_the_page_with_a_line_for_everything(
    world: World, browse: Browse, pair: tuple[Match, Match]
) -> None:
    first, second = pair
    response = browse(world.ana).get(page(second, first))
    assert [item["resource"].name_zh for item in response.context["columns"]] == ["西山平台", "西山中心"]
    lines = {line.label: line for line in response.context["lines"]}
    assert re.findall(r"0\.\d\d", "".join(lines["得分"].cells)) == ["0.50", "0.40"]
    assert lines["主题相近"].cells == ["0.375", "0.300"]
    assert (lines["分辨率 ≤ 5 nm"].cells, lines["分辨率 ≤ 5 nm"].tones) == (["1–5 nm · 满足", "—"], ["ok", ""])
    assert lines["价格"].cells == ["每小时 1,200 元", "—"]
    assert lines["技术就绪度"].cells == ["7", "—"]
    assert lines["尚不清楚"].cells == ["产能", "—"]
    assert lines["单位"].cells == ["西山光学实验室"] * 2


@pytest.mark.parametrize("count", [0, 1, 5])
def test_fewer_than_two_or_more_than_four_are_not_compared(world: World, browse: Browse, count: int) -> None:
    first = make_match(make_need(organization=world.enterprise), make_resource(organization=world.laboratory))
    more = [
        make_match(first.need, make_resource(organization=world.laboratory), run=first.run, rank=rank, is_live=False)
        for rank in range(2, 6)
    ]
    url = page(first, *more[: count - 1]) if count else page(first).split("?")[0]
    response = browse(world.ana).get(url)
    assert response.context["lines"] == []
    assert "请选择 2 至 4 个资源" in response.content.decode()


def test_only_what_the_reader_may_see_of_this_need_is_compared(
    world: World, browse: Browse, pair: tuple[Match, Match]
) -> None:
    foreign = make_match(make_need(organization=world.outside), make_resource(organization=world.outside))
    response = browse(world.ana).get(page(*pair, foreign))
    assert len(response.context["columns"]) == 2
    assert browse(world.cy).get(page(*pair)).context["columns"] == []
    assert browse(world.ana).get(page(*pair) + "&with=x&with=%00").status_code == 200


def test_the_other_side_is_told_numbers_without_the_budget(
    world: World, browse: Browse, pair: tuple[Match, Match]
) -> None:
    Match.plain.filter(pk=pair[0].pk).update(score=0.9, told_score=0.3)
    lines = {line.label: line for line in browse(world.bo).get(page(*pair)).context["lines"]}
    assert "0.30" in lines["得分"].cells[0] or "0.30" in lines["得分"].cells[1]
    assert "预算" not in lines
    assert "0.90" not in "".join(lines["得分"].cells)


def test_a_shortlisted_resource_that_is_not_proposed_can_be_compared(
    world: World, browse: Browse, pair: tuple[Match, Match]
) -> None:
    first, second = pair
    shortlist_pair(principal_of(world.ana), need_id=first.need_id, resource_id=first.resource_id)
    newer = make_match(first.need, second.resource, score=0.6)
    columns = browse(world.ana).get(page(first, newer)).context["columns"]
    assert [item["resource"].pk for item in columns] == [second.resource_id, first.resource_id]


@pytest.mark.django_db
def test_distances_are_those_of_the_globe() -> None:
    """Beijing to Shanghai: 1,067 km along the great circle between the two city halls."""
    beijing = make_zone_of("39.90420", "116.40740")
    shanghai = make_zone_of("31.23040", "121.47370")
    need, resource = make_need(zone=beijing), make_resource(zone=shanghai)
    assert distance_km(need, resource) == pytest.approx(1067, abs=3)
    resource.latitude, resource.longitude = need.zone.latitude, need.zone.longitude
    assert distance_km(need, resource) == 0


def make_zone_of(latitude: str, longitude: str) -> Zone:
    zone = make_zone(latitude=latitude, longitude=longitude)
    zone.refresh_from_db()
    return zone


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({}, ""),
        ({"price_note": "面议"}, "面议"),
        ({"price_from": "80.50", "price_to": "120.00", "price_unit": "piece"}, "每件（样、片、台、项） 80.5–120 元"),
        ({"price_from": "0.00", "price_to": "500.00", "price_unit": "day"}, "每天 0–500 元"),
        ({"price_from": "0.00", "price_unit": "day"}, "每天 0 元"),
        ({"price_from": "80.00", "price_unit": "day", "price_note": "含耗材"}, "每天 80 元（含耗材）"),
    ],
)
def test_prices_are_told_as_recorded(fields: dict[str, Any], text: str) -> None:
    resource = make_resource(**fields)
    resource.refresh_from_db()
    assert price_text(resource) == text
