"""Facets: what each choice would give, counted as if nothing of it were chosen."""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from tests.builders import make_association, make_code, make_membership, make_region, make_resource, make_zone
from tests.conftest import World
from tests.matching.search.looking import counts, follow, look, names
from zones.choices import ResourceKind
from zones.models import Association, Membership, Resource
from zones.scoping import today
from zones.search.facets import BY_NAME
from zones.search.requests import FACETS


@pytest.fixture
def market(world: World) -> World:
    """Thirty-six resources in three provinces, every property independent of the others."""
    make_code("industry", "SEI1", name_zh="新一代信息技术产业")
    make_code("industry", "SEI1.1", parent_code="SEI1")
    make_code("industry", "SEI2", name_zh="高端装备")
    make_code("equipment", "01", name_zh="分析仪器")
    zones = [world.east, world.west, make_zone(region=make_region(code="310000", name_zh="上海市"), slug="south")]
    kinds = [ResourceKind.EQUIPMENT, ResourceKind.LABORATORY]
    properties: list[dict[str, Any]] = [
        {"industry_codes": ["SEI1.1"], "trl": 4, "price_from": 0, "price_unit": "hour", "confirmed_on": today()},
        {"industry_codes": ["SEI2"], "price_from": 9, "price_unit": "hour", "confirmed_on": today() - timedelta(200)},
        {"equipment_codes": ["01"], "trl": 9, "share_mode": "对外开放", "confirmed_on": today() - timedelta(900)},
    ]
    for number, (zone, kind, values, word) in enumerate(product(zones, kinds, properties, ("光刻", "清洗"))):
        make_resource(zone=zone, kind=kind, name_zh=f"{word}设备{number:02}", **values)
    follow()
    return world


def test_every_facet_of_the_request_is_counted(market: World) -> None:
    assert tuple(BY_NAME) == FACETS
    page = look(market.eve, "光刻", near="east")
    assert counts(page, "subject") == {"resource": 18}
    assert counts(page, "kind") == {"equipment": 9, "laboratory": 9}
    assert counts(page, "zone") == {"east": 6, "west": 6, "south": 6}
    assert counts(page, "region") == {"110000": 12, "310000": 6}
    assert counts(page, "association") == {"alliance": 12}
    assert counts(page, "field") == {"SEI1": 6, "SEI2": 6}
    assert counts(page, "equipment") == {"01": 6}
    assert counts(page, "trl") == {"4": 6, "9": 6}
    assert counts(page, "price") == {"free": 6, "stated": 6, "unknown": 6}
    assert counts(page, "sharing") == {"对外开放": 6}
    assert counts(page, "fresh") == {"month": 6, "year": 6, "older": 6}
    assert counts(page, "within")["50"] == 18


def test_a_code_holds_those_below_it_and_shows_them_when_it_is_chosen(market: World) -> None:
    page = look(market.eve, "光刻", field="SEI1")
    assert page.total == 6
    assert counts(page, "field") == {"SEI1": 6, "SEI2": 6, "SEI1.1": 6}


CHOICES: dict[str, tuple[str, Callable[[Resource], bool]]] = {
    "kind": ("equipment", lambda row: row.kind == "equipment"),
    "zone": ("west", lambda row: row.zone.slug == "west"),
    "region": ("110000", lambda row: row.zone.region.code == "110000"),
    "field": ("SEI1", lambda row: row.industry_codes == ["SEI1.1"]),
    "trl": ("4", lambda row: row.trl == 4),
    "price": ("free", lambda row: row.price_from == 0),
}


@pytest.mark.parametrize("chosen", [("kind",), ("kind", "zone"), ("zone", "region", "price"), tuple(CHOICES)])
def test_counts_agree_with_asking_the_rows(market: World, chosen: tuple[str, ...]) -> None:
    rows = list(Resource.plain.filter(name_zh__startswith="光刻").select_related("zone__region"))
    page = look(market.eve, "光刻", size="50", **{name: CHOICES[name][0] for name in chosen})
    expected = [row for row in rows if all(CHOICES[name][1](row) for name in chosen)]
    assert sorted(names(page)) == sorted(str(row) for row in expected)
    assert page.total == len(expected)
    for name in ("kind", "zone", "price"):
        others = [row for row in rows if all(CHOICES[one][1](row) for one in chosen if one != name)]
        value: Callable[[Resource], str] = {
            "kind": lambda row: row.kind,
            "zone": lambda row: row.zone.slug,
            "price": lambda row: "unknown" if row.price_from is None else "stated" if row.price_from else "free",
        }[name]
        assert counts(page, name) == dict(Counter(map(value, others)))


def test_several_values_of_a_facet_are_alternatives(market: World) -> None:
    assert look(market.eve, "光刻", zone=["east", "west"], trl=["4", "9"]).total == 8


def test_what_is_chosen_is_shown_even_where_nothing_has_it(market: World) -> None:
    page = look(market.eve, "光刻", trl="7")
    assert page.total == 0
    assert [(one.value, one.count) for one in page.facets["trl"] if one.is_chosen] == [("7", 0)]
    assert [(one.name, one.count) for one in page.help.facets] == [("trl", 18)]


def test_a_membership_that_ends_takes_its_zone_out_of_the_association(market: World) -> None:
    assert look(market.eve, "光刻", association="alliance").total == 12
    Membership.objects.filter(zone=market.east).update(left_on=today())
    assert look(market.eve, "光刻", association="alliance").total == 6
    corridor: Association = make_association(slug="corridor")
    make_membership(market.east, corridor)
    assert counts(look(market.eve, "光刻"), "association") == {"alliance": 6, "corridor": 6}


def test_distance_narrows_by_the_zone_or_by_a_place_of_its_own(market: World) -> None:
    away = make_zone(slug="away", latitude="31.20000", longitude="121.60000")
    make_resource(zone=away, name_zh="光刻远机")
    make_resource(zone=away, name_zh="光刻近机", latitude="39.95930", longitude="116.29850")
    follow()
    found = look(market.eve, "光刻", near="east", within="100", size="50")
    assert "光刻近机" in names(found)
    assert "光刻远机" not in names(found)
    far = look(market.eve, "光刻远机", near="east")
    assert far.hits[0].distance_km == pytest.approx(1085, rel=0.02)
