"""The resource map: what search finds by place, in step with its filters; arcs of what one may see."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from portal.atlas import APART, WHOLE, Placed, atlas_of, bounds_of, can_part
from portal.projection import HEIGHT, WIDTH, Bounds, frame_of, great_circle_km, project
from tests.builders import make_association, make_match, make_need, make_resource, make_zone
from tests.conftest import World
from tests.edges.portal.conftest import Page, See
from tests.matching.search.looking import follow
from zones.models import Zone

pytestmark = pytest.mark.django_db
PLACES = {"east": (120.6, 31.3), "west": (104.0, 30.6), "far": (87.6, 43.8)}


@pytest.fixture
def placed(world: World) -> World:
    """The three zones where Suzhou, Chengdu and Ürümqi lie, with public, zone's and national resources."""
    for slug, (longitude, latitude) in PLACES.items():
        Zone.objects.filter(slug=slug).update(longitude=longitude, latitude=latitude)
    for number in range(3):
        make_resource(organization=world.laboratory, visibility="public", name_zh=f"检测平台{number}", trl=9)
    make_resource(organization=world.outside, visibility="public", name_zh="检测远台", trl=5)
    make_resource(organization=world.enterprise, visibility="zone", name_zh="检测内台")
    follow()
    return world


def points(page: Page) -> dict[str, str]:
    """Name of each point → its address."""
    found = re.findall(r'<a href="([^"]+)" class="map-[^"]*" aria-label="([^"]+)"', page.html)
    return {label: address.replace("&amp;", "&") for address, label in found}


def arcs(page: Page) -> list[str]:
    return re.findall(r"<path d=\"M[^\"]+Q[^\"]+\"[^>]*><title>([^<]+)</title>", page.html)


def test_points_count_what_the_reader_may_see(see: See, placed: World) -> None:
    assert set(points(see(None, "/map/"))) == {"西山高新区，4 条", "远海高新区，2 条", "东方高新区，1 条"}
    assert "东方高新区，2 条" in points(see(placed.ana, "/map/"))


def test_the_map_is_in_step_with_the_search(see: See, placed: World) -> None:
    page = see(None, "/map/", q="检测", trl="9")
    assert set(points(page)) == {"西山高新区，3 条"}
    assert "找到 3 条" in page.text
    assert sorted(page.titles()) == ["检测平台0", "检测平台1", "检测平台2"]
    assert "/search/?q=%E6%A3%80%E6%B5%8B&trl=9" in page.links
    listed = see(None, "/search/", q="检测", trl="9")
    assert any(link.startswith("/map/?q=") and "trl=9" in link for link in listed.links)


def test_a_point_chooses_its_zone_and_lets_go_of_it(see: See, placed: World) -> None:
    address = points(see(None, "/map/"))["远海高新区，2 条"]
    chosen = see(None, address)
    assert "map-chosen" in chosen.html
    assert "检测远台" in chosen.titles()
    assert "检测平台0" not in chosen.titles()
    back = points(chosen)["远海高新区，2 条"]
    assert "zone" not in parse_qs(urlsplit(back).query)


def test_zones_too_near_to_each_other_are_one_point_that_opens_nearer(see: See, placed: World) -> None:
    near = make_zone(
        slug="near", name_zh="邻近高新技术产业开发区", short_zh="邻近高新区", longitude=104.3, latitude=30.7
    )
    make_resource(zone=near, visibility="public", name_zh="检测邻台")
    follow()
    label, address = next(item for item in points(see(None, "/map/", q="检测")).items() if "放大" in item[0])
    assert label == "2 个高新区，4 条：放大"
    nearer = see(None, address)
    assert {"西山高新区，3 条", "邻近高新区，1 条"} <= set(points(nearer))
    assert "图中 4 条" in nearer.text
    assert "检测远台" not in nearer.titles()
    assert "回到全国" in nearer.text


def test_distances_are_told_from_where_they_are_measured(see: See, placed: World) -> None:
    page = see(None, "/map/", near="west")
    km = round(great_circle_km(PLACES["west"], PLACES["far"]))
    assert f"{km} 公里" in page.text
    rows = re.findall(r'<li><a href="[^"]+"[^>]*>([^<]+?) <span', page.html.split('id="by-zone"')[1])
    assert [row.strip() for row in rows] == ["西山高新区", "东方高新区", "远海高新区"]


def test_arcs_of_matches_are_those_one_may_see(see: See, placed: World) -> None:
    need = make_need(zone=placed.east, organization=placed.enterprise, visibility="zone")
    offered = make_resource(organization=placed.laboratory, visibility="national", name_zh="匹配台")
    make_match(need, offered, is_live=True)
    assert arcs(see(placed.eve, "/map/")) == ["东方高新区 → 西山高新区 · 1"]
    assert arcs(see(placed.ana, "/map/", flows="none")) == []
    for user in (None, placed.cy, placed.lin):
        assert arcs(see(user, "/map/", flows="matches")) == []


def test_visitors_see_pairings(see: See, placed: World) -> None:
    make_association(placed.east, placed.far, slug="pair", kind="pairing", name_zh="东远对口合作")
    assert arcs(see(None, "/map/")) == ["东方高新区 → 远海高新区 · 1"]


def test_where_there_is_no_room_for_all_pairings_the_strongest_are_drawn(
    see: See, placed: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_association(placed.east, placed.west, slug="one", kind="pairing", name_zh="东西对口合作")
    for slug, kind in (("two", "pairing"), ("three", "corridor")):
        make_association(placed.west, placed.far, slug=slug, kind=kind, name_zh=f"西远{slug}")
    monkeypatch.setattr("matching.services.flows.AT_MOST", 1)
    assert arcs(see(None, "/map/")) == ["西山高新区 → 远海高新区 · 2"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"view": "1,2,3"}, {"view": "a,b,c,d"}, {"view": "nan,30,110,40"}, {"view": "110,30,100,40"},
        {"view": "0,0,1,1"},
        {"view": "100,30,110,40,50"}, {"flows": "all"}, {"colour": "red"}, {"zone": "nowhere"}, {"trl": "12"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_a_page_that_says_so(see: See, placed: World, wrong: dict[str, str]) -> None:
    page = see(None, "/map/", **wrong)
    assert page.status == 400
    assert "/" in page.links


def test_nothing_found_is_said_with_a_way_on(see: See, placed: World) -> None:
    page = see(None, "/map/", q="检测", trl="1")
    assert "没有符合条件的记录" in page.text
    assert not points(page)


def test_in_english_it_is_english(see: See, placed: World) -> None:
    page = see(None, "/map/", language="en", near="west", q="检测")
    assert "Resource map" in page.text
    assert "Pairings and corridors" in page.text


@pytest.mark.parametrize("place", [(105.0, 36.0), (120.0, 25.0), (90.0, 47.0), (75.0, 18.0), (134.0, 53.0)])
def test_the_projection_keeps_areas_and_is_the_same_on_both_sides_of_its_middle(place: tuple[float, float]) -> None:
    """A hundredth of a degree by another is as large in the plane as on the sphere, wherever it lies."""
    assert project(*place).x == pytest.approx(-project(210.0 - place[0], place[1]).x, abs=1e-6)
    corners = [project(place[0] + dx, place[1] + dy) for dx, dy in ((0, 0), (0.01, 0), (0.01, 0.01), (0, 0.01))]
    area = abs(sum(a.x * b.y - b.x * a.y for a, b in zip(corners, [*corners[1:], corners[0]], strict=True))) / 2
    on_sphere = great_circle_km((place[0], place[1] + 0.005), (place[0] + 0.01, place[1] + 0.005)) * great_circle_km(
        place, (place[0], place[1] + 0.01)
    )
    assert area == pytest.approx(on_sphere, rel=1e-3)


@pytest.mark.parametrize("bounds", [WHOLE, Bounds(103.0, 30.0, 105.0, 31.5), Bounds(73.0, 38.0, 90.0, 50.0)])
def test_all_of_the_bounds_is_in_the_drawing(bounds: Bounds) -> None:
    frame = frame_of(bounds)
    for longitude in (bounds.west, (bounds.west + bounds.east) / 2, bounds.east):
        for latitude in (bounds.south, bounds.north):
            x, y = frame.spot(longitude, latitude)
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT
    north, south = frame.spot(bounds.west, bounds.north), frame.spot(bounds.west, bounds.south)
    assert north.y < south.y


def test_points_never_overlap_and_none_is_lost(placed: World) -> None:
    spots = [(100 + number % 13 * 0.9, 25 + number // 13 * 0.7) for number in range(60)]
    zones = [
        Placed(make_zone(longitude=lon, latitude=lat), lon, lat, number + 1) for number, (lon, lat) in enumerate(spots)
    ]
    atlas: Any = atlas_of(zones, [], WHOLE, url_of=lambda point: "/", chosen=())
    assert sum(point.count for point in atlas.points) == sum(one.count for one in zones)
    apart = [((a.x - b.x) ** 2 + (a.y - b.y) ** 2) ** 0.5 for a in atlas.points for b in atlas.points if a is not b]
    assert min(apart) >= APART
    group = max(atlas.points, key=lambda point: len(point.zones))
    assert can_part(group.zones)
    nearer = atlas_of(group.zones, [], bounds_of(group.zones), url_of=lambda point: "/", chosen=())
    assert len(nearer.points) > 1
