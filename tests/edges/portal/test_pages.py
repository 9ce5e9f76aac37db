"""Pages of the portal: what each shows, to whom, and what it refuses."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

import portal.views.home
import portal.views.places
import portal.views.resources
import portal.views.search
from accounts.models import User
from config.middleware import PORTAL_POLICY
from matching.services.search_copies import SearchNotReady
from portal.specification import pairs_of, public_columns
from tests.builders import (
    make_capability,
    make_code,
    make_contact,
    make_membership,
    make_need,
    make_organization,
    make_part,
    make_region,
    make_resource,
    make_zone,
)
from tests.conftest import World
from tests.edges.portal.conftest import See
from tests.matching.search.looking import follow
from zones.choices import ResourceKind, ZoneLevelKind
from zones.models import DETAIL_MODELS, ResourcePhoto
from zones.scoping import today

NEVER = "0b8e7a52-0f0b-4f6e-9c55-0d3c5a1b2c3d"


def equipment(world: World, **fields: Any) -> Any:
    """A microscope of the laboratory with everything a page can tell."""
    values: dict[str, Any] = {
        "organization": world.laboratory, "kind": ResourceKind.EQUIPMENT, "visibility": "public", "trl": 9,
        "name_zh": "场发射扫描电镜", "name_en": "Field emission SEM", "description_zh": "观察晶圆表面缺陷。",
        "price_from": "800.00", "price_unit": "hour", "price_note": "含操作", "conditions": "提前两日预约",
        "qualification": "CNAS", "lead_time_days": 3, "industry_codes": ["9.9"], "confirmed_on": today(),
        "details": {"manufacturer": "日立", "model": "SU8600", "original_value": "4321000.00"},
    }  # fmt: skip
    return make_resource(**(values | fields))


def test_a_resource_tells_what_it_is_how_to_use_it_and_whose_it_is(see: See, world: World) -> None:
    make_code("industry", "9.9", name_zh="集成电路")
    row = equipment(world)
    make_part(row, name_zh="能谱仪", original_value="765000.00")
    make_capability(row, name_zh="分辨率", low=0.6, high=0.6, unit="nm")
    page = see(None, f"/resources/{row.public_id}/")
    told = (
        "场发射扫描电镜", "Field emission SEM", "观察晶圆表面缺陷。", "每小时 800 元（含操作）", "提前两日预约", "CNAS",
        "日立", "SU8600", "能谱仪", "0.6 nm", "集成电路", "任何单位都可以洽谈使用", "西山光学实验室", "西山高新区",
        "近期已核实",
    )  # fmt: skip
    assert [word for word in told if word not in page.text] == []
    assert f"/organizations/{world.laboratory.public_id}/" in page.links
    assert "/search/?field=9.9" in page.links
    for value in ("4321000", "432.1", "765000", "76.5"):
        assert value not in page.text


@pytest.mark.parametrize("name", ["source_note", "accepted_count", "external_id"])
def test_a_column_that_is_not_public_becomes_no_row(world: World, name: str) -> None:
    row = equipment(world, source_note="内部台账", external_id="A-1")
    with pytest.raises(KeyError, match=name):
        pairs_of(row, [name])
    assert "original_value" not in public_columns(DETAIL_MODELS[ResourceKind.EQUIPMENT])


def test_similar_resources_are_shown_less_the_one_itself(see: See, world: World) -> None:
    row = equipment(world)
    equipment(world, name_zh="透射电镜")
    equipment(world, name_zh="隐藏电镜", visibility="zone", organization=world.enterprise)
    follow()
    assert see(None, f"/resources/{row.public_id}/").titles() == ["透射电镜"]


def test_a_hidden_owner_is_named_nowhere_and_a_hidden_laboratory_is_not_linked(see: See, world: World) -> None:
    owner = make_organization(name_zh="隐名研究院", zone=world.east, is_listed=False)
    laboratory = make_resource(organization=owner, visibility="zone", name_zh="隐名实验室")
    row = equipment(world, organization=owner, details={"laboratory": laboratory})
    follow()
    path = f"/resources/{row.public_id}/"
    for page in (see(None, path), see(world.cy, path), see(None, "/search/", q="电镜")):
        assert "场发射扫描电镜" in page.text
        assert "隐名" not in page.html
    own = see(world.ana, path).text
    assert "隐名研究院" in own
    assert "隐名实验室" in own


def test_an_organization_shows_what_it_offers_and_no_contact_to_anybody(see: See, world: World) -> None:
    contact = make_contact(world.laboratory, person_name="王工", phone="13987654321", email="wang@example.cn")
    equipment(world)
    equipment(world, name_zh="内部电镜", visibility="zone")
    equipment(world, name_zh="旧电镜", status="retired")
    for user in (None, *world.people().values()):
        page = see(user, f"/organizations/{world.laboratory.public_id}/")
        assert page.status == 200
        for value in (contact.person_name, contact.phone, contact.email):
            assert value not in page.html
    assert see(None, f"/organizations/{world.laboratory.public_id}/").titles() == ["场发射扫描电镜"]
    assert len(see(world.bo, f"/organizations/{world.laboratory.public_id}/").titles()) == 2


def test_a_need_never_tells_whose_it_is_nor_what_it_may_cost(see: See, world: World) -> None:
    need = make_need(
        organization=world.enterprise, visibility="public", title_zh="晶圆缺陷检测", payment_zh="分三期",
        problem_zh="缺陷漏检。", budget_min="1234567.00", budget_max="7654321.00", deadline=date(2030, 5, 1),
    )  # fmt: skip
    follow()
    path = f"/needs/{need.public_id}/"
    for user in (None, world.cy, world.ana, world.eve):
        page = see(user, path)
        assert "缺陷漏检。" in page.text
        assert "2030-05-01" in page.text
        assert "≤ 5 nm" in page.text
        for value in ("东方微电子", "1234567", "123.4567", "765.4321", "分三期"):
            assert value not in page.html
    assert "东方微电子" not in see(None, "/search/", q="晶圆缺陷", subject="need").html


def test_a_zone_and_an_association_tell_who_belongs_together_today(see: See, world: World) -> None:
    former, coming = make_zone(slug="former", short_zh="旧园"), make_zone(slug="coming", short_zh="新园")
    make_membership(former, world.alliance, left_on=today())
    make_membership(coming, world.alliance, joined_on=today() + timedelta(days=1))
    equipment(world)
    follow()
    page = see(None, "/associations/alliance/")
    assert "成员园区（今日 2 个）" in page.text
    assert [link for link in page.links if link.startswith("/zones/")][:2] == ["/zones/east/", "/zones/west/"]
    assert "旧园" not in page.text
    assert "新园" not in page.text
    assert page.titles() == ["场发射扫描电镜"]
    west = see(None, "/zones/west/")
    assert ("国家高新区" in west.text, "/associations/alliance/" in west.links) == (True, True)
    assert west.titles() == ["场发射扫描电镜"]
    assert see(None, "/zones/far/").titles() == []


def test_all_zones_are_listed_by_region_with_the_level_of_today(see: See, world: World) -> None:
    make_zone(
        slug="former",
        short_zh="省级园",
        level=ZoneLevelKind.PROVINCIAL,
        region=make_region(code="350000", name_zh="福建省"),
    )
    page = see(None, "/zones/")
    assert "今日共 3 家国家高新区" in page.text
    assert "北京市 3" in page.text
    assert "福建省 1 省级园 省级高新区" in page.text
    assert {f"/zones/{slug}/" for slug in ("east", "west", "far", "former")} <= set(page.links)


def test_the_first_page_counts_what_its_reader_may_see(see: See, world: World) -> None:
    equipment(world)
    equipment(world, name_zh="内部电镜", visibility="zone")
    follow()
    assert "2 个成员园区 · 1 项资源" in see(None, "/").text
    assert "2 个成员园区 · 2 项资源" in see(world.bo, "/").text
    assert "2 member zones · 1 resource" in see(None, "/", language="en").text
    assert see(None, "/").titles() == ["场发射扫描电镜"]


def test_what_is_hidden_answers_as_what_is_not_there(see: See, world: World) -> None:
    hidden = make_organization(zone=world.east, is_listed=False)
    resource = make_resource(organization=hidden, visibility="zone")
    need, photo = make_need(organization=hidden, visibility="sealed"), make_photo(resource)
    pages: dict[str, Any] = {
        "/resources/{}/": resource, "/organizations/{}/": hidden, "/needs/{}/": need,
        f"/resources/{resource.public_id}/photos/{{}}/": photo,
    }  # fmt: skip
    for pattern, row in pages.items():
        missing = see(world.cy, pattern.format(NEVER))
        assert missing.status == 404
        assert see(world.cy, pattern.format(row.public_id)) == missing
        assert see(world.cy, "/zones/none/").html == missing.html
        assert see(world.ana, pattern.format(row.public_id)).status == 200


def make_photo(resource: Any) -> ResourcePhoto:
    values = {"resource": resource, "position": 1, "content": b"\xff\xd8\xff", "width": 4, "height": 3}
    photo: ResourcePhoto = ResourcePhoto.plain.create(caption_zh="正面", **values)
    return photo


def test_a_photo_is_shown_with_its_resource_only(client_of: Callable[[User | None], Client], world: World) -> None:
    row, other = equipment(world), equipment(world, name_zh="另一台")
    photo = make_photo(row)
    client = client_of(None)
    path = f"/resources/{row.public_id}/photos/{photo.public_id}/"
    assert path in client.get(f"/resources/{row.public_id}/").content.decode()
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"], answer.content) == (200, "image/jpeg", b"\xff\xd8\xff")
    assert answer["Cache-Control"].startswith("private")
    assert client.get(f"/resources/{other.public_id}/photos/{photo.public_id}/").status_code == 404


def test_the_way_to_the_back_office_is_shown_to_those_who_have_one(see: See, world: World) -> None:
    for user in (world.ana, world.auditor, world.secretariat, world.ops):
        assert "/office/" in see(user, "/").links
    for other in (None, world.eve, world.lin):
        assert "/office/" not in see(other, "/").links
    assert "/account/log-in/?next=%2F" in see(None, "/").links


def test_whoever_logs_out_is_a_visitor_again(client_of: Callable[[User | None], Client], world: World) -> None:
    client = client_of(world.eve)
    assert "退出登录" in client.get("/").content.decode()
    assert client.post("/account/log-out/")["Location"] == "/"
    assert "退出登录" not in client.get("/").content.decode()


@pytest.mark.parametrize("path", ["/", "/about/", "/zones/east/", f"/search/suggestions/?q={'电'}"])
def test_an_unknown_parameter_is_a_400_that_says_what_to_do(see: See, world: World, path: str) -> None:
    page = see(None, path, colour="red")
    assert page.status == 400
    assert "没有参数 colour" in page.text
    assert path.partition("?")[0] in page.links


@pytest.mark.parametrize("path", ["/", "/search/?q=a", "/about/", "/search/?x=1", "/zones/none/", "/nothing/"])
def test_every_page_carries_a_policy_that_allows_nothing_inline(see: See, world: World, path: str) -> None:
    page = see(None, path)
    assert page.headers["Content-Security-Policy"] == PORTAL_POLICY
    assert "unsafe" not in PORTAL_POLICY
    assert re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", page.html) is None


def test_the_back_office_keeps_its_own_headers(see: See, world: World) -> None:
    assert "Content-Security-Policy" not in see(world.ana, "/office/").headers


def test_a_theme_is_kept_in_a_cookie_and_styles_the_next_page(
    client_of: Callable[[User | None], Client], world: World
) -> None:
    client = client_of(None)
    dark = 'portal/dark.css" media="(prefers-color-scheme: dark)"'
    assert dark in client.get("/about/").content.decode()
    answer = client.post("/appearance/", {"theme": "dark", "next": "/about/"})
    assert (answer["Location"], client.cookies["theme"]["samesite"]) == ("/about/", "Lax")
    assert 'portal/dark.css">' in client.get("/about/").content.decode()
    client.post("/appearance/", {"theme": "light", "next": "https://elsewhere.example/"})
    assert "dark.css" not in client.get("/about/").content.decode()
    assert client.post("/appearance/", {"theme": "auto", "next": "https://elsewhere.example/"})["Location"] == "/"
    assert dark in client.get("/about/").content.decode()


def test_while_search_is_prepared_pages_do_without_and_search_says_when(
    see: See, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepared(*arguments: Any, **options: Any) -> Any:
        raise SearchNotReady("检索数据正在准备，请稍后再试。")

    for module in (portal.views.home, portal.views.places, portal.views.search):
        monkeypatch.setattr(module, "search", prepared)
    monkeypatch.setattr(portal.views.resources, "similar_to", prepared)
    row = equipment(world)
    paths = ("/", "/zones/west/", "/associations/alliance/", f"/resources/{row.public_id}/")
    assert [see(None, path).status for path in paths] == [200] * len(paths)
    page = see(None, "/search/", q="电镜")
    assert (page.status, page.headers["Retry-After"]) == (503, "20")
    assert "检索数据正在准备" in page.text


def test_pages_of_what_is_not_public_are_not_for_robots(see: See, world: World) -> None:
    public, national = equipment(world), equipment(world, name_zh="内部电镜", visibility="national")
    assert "noindex" not in see(None, f"/resources/{public.public_id}/").html
    assert "noindex" in see(world.cy, f"/resources/{national.public_id}/").html
