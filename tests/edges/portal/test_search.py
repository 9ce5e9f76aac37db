"""The search page: results with reasons, facets and chips as addresses, pages, help, the part that scripts ask for."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.builders import make_code, make_need, make_organization, make_resource
from tests.conftest import World
from tests.edges.portal.conftest import See
from tests.matching.search.looking import follow
from zones.choices import ResourceKind


@pytest.fixture
def catalogue(world: World) -> World:
    """Three instruments and a service on gallium nitride, a need, and an organization besides the cast's."""
    make_code("industry", "9", name_zh="电子信息")
    make_code("industry", "9.9", name_zh="集成电路", parent_code="9")
    for number, name in enumerate(("氮化镓外延片缺陷检测仪", "氮化镓晶体生长炉", "激光打标机")):
        make_resource(
            organization=world.laboratory, kind=ResourceKind.EQUIPMENT, visibility="public", name_zh=name,
            trl=7 + number, industry_codes=["9.9"], keywords=["离轨站"] if number == 2 else [],
        )  # fmt: skip
    make_resource(
        organization=world.outside, kind=ResourceKind.SERVICE, visibility="public", name_zh="缺陷检测服务",
        description_zh="检测氮化镓、碳化硅晶圆。",
    )  # fmt: skip
    make_need(organization=world.enterprise, visibility="public", title_zh="氮化镓器件可靠性")
    make_organization(name_zh="氮化镓器件公司", zone=world.far)
    follow()
    return world


def test_results_mark_the_words_and_say_which_are_met_and_which_are_not(see: See, catalogue: World) -> None:
    page = see(None, "/search/", q="氮化镓 缺陷检测", subject="resource")
    assert sorted(page.titles()) == ["氮化镓外延片缺陷检测仪", "缺陷检测服务"]
    assert "<mark>氮化镓</mark>" in page.html
    assert "符合 氮化镓 缺陷检测" in page.text
    lacking = see(None, "/search/", q="氮化镓 量子")
    assert "没有一条记录符合全部词语" in lacking.text
    assert "未提及 量子" in lacking.text
    assert any(parse_qs(urlsplit(link).query).get("q") == ["氮化镓"] for link in lacking.links)


def test_chinese_and_english_find_the_same_instrument(see: See, catalogue: World) -> None:
    for words in ("氮化镓外延片缺陷检测", "GaN 外延片 缺陷检测"):
        assert see(None, "/search/", q=words).titles()[0] == "氮化镓外延片缺陷检测仪"


def test_a_facet_leads_to_what_it_counts_and_its_chip_leads_back(see: See, catalogue: World) -> None:
    page = see(None, "/search/", q="氮化镓")
    (address,) = {link for link in page.links if "kind=equipment" in link}
    chosen = see(None, address)
    assert sorted(chosen.titles()) == ["氮化镓外延片缺陷检测仪", "氮化镓晶体生长炉"]
    assert "类型 仪器设备 ×" in chosen.text
    assert "仪器设备 （已选） 2" in chosen.text
    back = [link for link in chosen.links if link.startswith("/search/?q=") and "kind" not in link]
    assert see(None, back[0]).titles() == page.titles()


def test_steps_stand_in_their_own_order_and_other_values_by_how_many_there_are(see: See, catalogue: World) -> None:
    html = see(None, "/search/").html
    assert re.findall(r'id="trl-(\d)"', html) == ["7", "8", "9"]
    assert re.findall(r'id="kind-([\w.]+)"', html)[0] == "equipment"


def test_parts_of_a_field_are_offered_once_it_is_chosen(see: See, catalogue: World) -> None:
    assert "集成电路" not in see(None, "/search/", q="氮化镓").text
    assert "集成电路" in see(None, "/search/", q="氮化镓", field="9").text


def test_pages_turn_and_keep_what_was_asked(see: See, catalogue: World) -> None:
    first = see(None, "/search/", q="氮化镓", size="2", subject="resource")
    (following,) = {link for link in first.links if "page=2" in link}
    assert parse_qs(urlsplit(following).query) == {
        "q": ["氮化镓"], "size": ["2"], "subject": ["resource"], "page": ["2"],
    }  # fmt: skip
    assert set(see(None, following).titles()).isdisjoint(first.titles())


def test_distances_are_measured_from_a_zone_and_can_be_taken_off(see: See, catalogue: World) -> None:
    page = see(None, "/search/", q="氮化镓", near="far", sort="distance", within="1000")
    assert "距离 0 公里" in page.text
    assert "距离起点 远海高新区 ×" in page.text
    bare = [link for link in page.links if link.startswith("/search/?q=") and "near" not in link]
    assert all("within" not in link and "sort=distance" not in link for link in bare)
    assert bare


def test_a_form_that_sends_empty_fields_asks_for_nothing_more(see: See, catalogue: World) -> None:
    assert see(None, "/search/", q="氮化镓", near="", sort="").titles() == see(None, "/search/", q="氮化镓").titles()


def test_initials_are_read_and_the_page_says_how(see: See, catalogue: World) -> None:
    page = see(None, "/search/", q="lgz")
    assert "“lgz”按“离轨站”检索。" in page.text
    assert page.titles() == ["激光打标机"]


def test_nothing_found_is_told_with_what_to_try(see: See, catalogue: World) -> None:
    page = see(None, "/search/", q="氮化镓", trl="1")
    assert "没有找到" in page.text
    assert "不限“技术就绪度”" in page.text
    assert see(None, "/search/", q="!!!").text.count("没有可以检索的词") == 1


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/search/?colour=1", "没有参数 colour"),
        ("/search/?knd=x", "是否指 kind"),
        ("/search/?trl=12", "没有取值 12"),
        ("/search/?page=x", "应为 1 至"),
        ("/search/?sort=distance", "请用 near 给出"),
        ("/search/?page=999", "最多翻到第"),
    ],
)
def test_what_cannot_be_asked_is_a_400_that_says_why(see: See, world: World, address: str, told: str) -> None:
    page = see(None, address)
    assert page.status == 400
    assert told in page.text
    assert "/search/" in page.links


def test_scripts_get_the_part_that_changes_and_a_history_the_whole(see: See, catalogue: World) -> None:
    whole, part = see(None, "/search/", q="氮化镓"), see(None, "/search/", part=True, q="氮化镓")
    assert ("<html" in whole.html, "<html" in part.html) == (True, False)
    assert part.titles() == whole.titles()
    assert part.html.lstrip().startswith("<title>氮化镓 - 检索")
    assert "HX-Request" in whole.headers["Vary"]
    refused = see(None, "/search/?colour=1", part=True)
    assert (refused.status, refused.headers["HX-Redirect"]) == (200, "/search/?colour=1")


def test_suggestions_follow_what_is_typed(see: See, catalogue: World) -> None:
    page = see(None, "/search/suggestions/", q="氮化镓外")
    assert 'data-words="氮化镓外延片缺陷检测仪"' in page.html
    assert "<html" not in page.html
    assert see(None, "/search/suggestions/", q="无此词").html.strip() == ""
    assert see(None, "/search/suggestions/").html.strip() == ""


def test_one_search_has_one_canonical_address_and_filtered_ones_are_not_for_robots(see: See, catalogue: World) -> None:
    mixed = see(None, "/search/?kind=equipment&q=氮化镓&size=20&page=1")
    assert (
        'rel="canonical" href="http://testserver/search/?q=%E6%B0%AE%E5%8C%96%E9%95%93&amp;kind=equipment"'
        in mixed.html
    )
    assert "noindex, follow" in mixed.html
    assert "noindex" not in see(None, "/search/").html


def test_what_was_typed_is_text_and_nothing_else(see: See, catalogue: World) -> None:
    page = see(None, "/search/", q='"><script>alert(1)</script>')
    assert "<script>alert" not in page.html
    assert see(None, "/search/", q="氮" * 3000).status == 200
    assert see(None, "/search/", q="\x00氮化镓").status == 200
