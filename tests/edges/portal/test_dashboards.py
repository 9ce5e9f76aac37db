"""Dashboards: numbers of a year as the reader is told them, each with the way to its rows."""

import re
from datetime import date
from typing import Any

import pytest

from figures import parts
from portal.board_rows import evidence_url
from tests.builders import make_need, make_resource
from tests.conftest import World
from tests.cooperations import make_cooperation
from tests.edges.portal.conftest import See
from tests.figures.asking import register
from zones.models import Code, Organization, RegionGroup, Zone
from zones.scoping import today

pytestmark = pytest.mark.django_db
EAST = {"scope": "zone:east", "year": "2025"}


@pytest.fixture
def busy(world: World) -> World:
    """East and West: six projects of both in 2025, four in 2024, one of Far; contracts between all."""
    for number in range(6):
        make_cooperation(world.enterprise, world.laboratory, signed_on=date(2025, 3, 1 + number))
        register(world.enterprise, world.laboratory, "1000000", date(2025, 5, 1), number=number)
    for number in range(4):
        make_cooperation(world.enterprise, signed_on=date(2024, 3, 1))
        register(world.enterprise, world.outside, "3000000", date(2025, 5, 1), number=100 + number)
    make_cooperation(world.outside, signed_on=date(2025, 4, 1))
    return world


def card(html: str, title: str) -> str:
    return next(part for part in html.split("<li>") if title in part).split("</li>")[0]


def test_the_own_side_reads_small_numbers_and_growth_and_strangers_do_not(see: See, busy: World) -> None:
    own = see(busy.ana, "/figures/", scope="own", year="2025")
    told = card(own.html, "促成产学研与科研合作项目")
    assert "2025年，东方高新区促成产学研与科研合作项目6个。" in told
    assert "同比增长50%" in told
    assert ">国家高新区</p>" in see(None, "/figures/", year="2025").html
    assert ">国家高新区</p>" not in see(None, "/figures/", **EAST).html
    stranger = see(None, "/figures/", **EAST)
    assert "由公开名录汇总的不受此限，0 也照实列出：公共实验室、仪器设备。" in stranger.text
    assert "不受此限" not in own.text
    told = card(stranger.html, "促成产学研与科研合作项目")
    assert "同比" not in told
    assert "不公开" in card(stranger.html, "促成产学研与科研合作项目") or "6个" in told
    before = see(None, "/figures/", scope="zone:east", year="2024")
    assert "不公开" in card(before.html, "促成产学研与科研合作项目")
    assert "4个" in card(see(busy.ana, "/figures/", scope="zone:east", year="2024").html, "促成产学研与科研合作项目")


def test_growth_out_of_almost_nothing_is_told_as_what_there_was(see: See, world: World) -> None:
    for number in range(12):
        make_cooperation(world.enterprise, signed_on=date(2025, 3, 1 + number))
    make_cooperation(world.enterprise, signed_on=date(2024, 3, 1))
    told = card(see(world.ana, "/figures/", **EAST).html, "促成产学研与科研合作项目")
    assert "上年同期为1个" in told
    assert "同比" not in told.replace("上年同期", "")


def test_whole_counts_stand_beside_the_total_without_doubles(see: See, busy: World) -> None:
    page = see(busy.ops, "/figures/", year="2025")
    zones = page.text.split("各园区与合计")[1].split("技术合同流向")[0]
    sums = zones.split("各园区整数计数之和")[1]
    assert sums.split()[2] == "13"  # six projects in each of two zones and one of Far
    assert sums.split("去重合计")[1].split()[2] == "7"


def test_strangers_read_no_sum_that_gives_a_zone_away(see: See, busy: World) -> None:
    """Seven in the nation, six of East and six of West: Far's one is not told, nor can it be computed."""
    page = see(None, "/figures/", year="2025")
    assert "7个" in card(page.html, "促成产学研与科研合作项目")
    rows = page.html.split("各园区与合计")[1].split("<tfoot>")[0].split("<tr>")
    assert not [row for row in rows if "远海" in row]
    projects = [row.split("<td>")[3] for row in rows if "东方" in row or "西山" in row]
    assert sum("不公开" not in cell for cell in projects) < 2


def test_who_reads_an_association_whole_takes_no_zone_from_the_sum_of_its_zones(see: See, busy: World) -> None:
    asked = {"scope": "association:alliance", "year": "2024"}  # four of East, none of West
    sums = [
        see(who, "/figures/", **asked).text.split("各园区整数计数之和")[1].split("去重合计")[0].split()[2]
        for who in (busy.ops, busy.secretariat)
    ]
    assert sums == ["4", "不公开"]


def test_what_there_was_nothing_of_is_named_in_one_line_and_years_before_the_first_are_left_out(
    see: See, busy: World
) -> None:
    page = see(busy.ana, "/figures/", **EAST)
    cards, rest = page.html.split('class="board-cards"')[1].split("</ul>", 1)
    assert "攻关联合体" not in cards
    assert "攻关联合体" in rest.split("都没有记录：")[1].split("</p>")[0]
    years = re.findall(r"year=(\d{4})", page.html.split('data-chart="trend"')[1].split("</table>")[0])
    assert sorted(set(years))[0] == str(today().year - 4)


def test_flows_have_a_direction_and_are_told_to_either_end(see: See, busy: World) -> None:
    own = see(busy.ana, "/figures/", **EAST).text.split("技术合同流向")[1]
    assert "园区到园区" in own
    assert "1200万元" in own  # to Far
    assert "600万元" in own  # to West
    stranger = see(None, "/figures/", **EAST).text.split("技术合同流向")[1]
    assert "万元" not in stranger.split("关于本站")[0]
    assert "/figures/?year=2025" in see(None, "/figures/", **EAST).links


def test_gaps_unmet_needs_and_idle_offers(see: See, world: World) -> None:
    make_need(organization=world.enterprise, industry_codes=["SEI1.1.1"], title_zh="缺口")
    make_need(
        organization=world.enterprise,
        industry_codes=["SEI2.1"],
        state="closed_unmet",
        title_zh="无人能解的难题",
        visibility="zone",
    )
    make_resource(organization=world.enterprise, industry_codes=["SEI3.2"])
    text = see(world.ana, "/figures/", **EAST).text
    assert "无人能解的难题" in text.split("未满足需求：供招引与立项")[1].split("有供给、无需求")[0]
    assert "SEI3" in text.split("有供给、无需求")[1]
    assert "SEI1 缺口" in text
    stranger = see(None, "/figures/", **EAST).text
    assert "无人能解的难题" not in stranger
    assert "SEI1" not in stranger


def test_every_number_leads_to_its_rows(see: See, busy: World) -> None:
    if not evidence_url(_any_question()):
        pytest.skip("the page of the evidence is not there")
    links = [link for link in see(busy.ana, "/figures/", **EAST).links if "/evidence/" in link]
    assert any("cooperations.projects" in link and "milestone=signed" in link for link in links)
    assert see(busy.ana, links[0]).status == 200


def _any_question() -> Any:
    from figures.questions import question

    return question("events.all", period="2025")


@pytest.mark.parametrize(
    "wrong",
    [
        {"scope": "zone:nowhere"},
        {"scope": "series:x"},
        {"year": "1990"},
        {"year": "２０２５"},
        {"year": "20250"},
        {"by": "x"},
        {"span": "Q5"},
        {"span": "5"},
        {"year": "2026", "span": "12"},
        {"contract_type": "XX"},
        {"field": "SEI1.1"},
        {"between": "zones"},
        {"scope": "zone:east", "between": "region"},
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_way_on(see: See, world: World, wrong: dict[str, str]) -> None:
    assert see(None, "/figures/", **wrong).status == 400


@pytest.mark.parametrize("scope", ["nation", "zone:east", "association:alliance", "region:110000"])
def test_an_empty_site_has_a_page_in_both_languages(see: See, world: World, scope: str) -> None:
    assert see(world.ops, "/figures/", scope=scope).status == 200
    RegionGroup.objects.create(slug="dongbei", name_zh="东北地区", name_en="Northeast China", member_codes=["210000"])
    english = see(None, "/figures/", language="en", scope=scope).text
    assert "Trend over the years" in english
    assert "Northeast China" in english


def test_rows_of_a_demonstration_count_only_there(see: See, world: World, settings: Any) -> None:
    _sample(world.enterprise)
    assert "6个" not in card(see(world.ana, "/figures/", **EAST).html, "促成产学研与科研合作项目")
    settings.DEMO = True
    page = see(world.ana, "/figures/", **EAST)
    assert "6个" in card(page.html, "促成产学研与科研合作项目")
    assert "演示站点" in page.text


def _sample(owner: Organization) -> None:
    for _ in range(6):
        make_cooperation(owner, signed_on=date(2025, 3, 1), is_sample=True)


def test_the_own_side_looks_at_quarters_and_months(see: See, busy: World) -> None:
    quarter = see(busy.ana, "/figures/", **EAST, span="Q1")
    told = card(quarter.html, "促成产学研与科研合作项目")
    assert "2025年第一季度，东方高新区促成产学研与科研合作项目6个。" in told
    assert "同比增长50%" in told  # four in March of 2024
    assert "环比" not in told  # none in the quarter before
    assert [name in quarter.text.split("2025年的趋势")[1] for name in ("第一季度", "第四季度")] == [True, True]
    assert "0个" in card(see(busy.ana, "/figures/", **EAST, span="Q2").html, "促成产学研与科研合作项目")
    month = see(busy.ana, "/figures/", **EAST, span="03")
    assert "2025年3月，东方高新区促成产学研与科研合作项目6个。" in card(month.html, "促成产学研与科研合作项目")
    assert "12月" in month.text.split("2025年的趋势")[1].split("从需求到完成")[0]
    assert any("period=2025-03" in link for link in month.links)
    year = see(busy.ana, "/figures/", **EAST, span="months")
    assert "2025年，东方高新区促成" in card(year.html, "促成产学研与科研合作项目")
    assert "2025年的趋势" in year.text
    assert "Trend of 2025" in see(busy.ana, "/figures/", language="en", **EAST, span="quarters").text


def test_a_quarter_that_is_not_over_is_not_compared(see: See, busy: World) -> None:
    page = see(busy.ana, "/figures/", scope="zone:east", year=str(today().year), span=parts.months(2026)[0].code)
    assert page.status == 200
    now = see(busy.ana, "/figures/", scope="zone:east", year=str(today().year), span=f"{today().month:02d}")
    assert "这一时段尚未结束" in now.text
    assert "同比" not in now.text


@pytest.mark.parametrize(
    "more", [{"span": "Q1"}, {"span": "03"}, {"span": "months"}, {"contract_type": "KF-WT"}, {"field": "SEI1"}]
)
@pytest.mark.parametrize("scope", ["zone:east", "association:alliance", "nation"])
def test_who_does_not_read_a_scope_whole_is_told_its_years_and_nothing_less(
    see: See, busy: World, scope: str, more: dict[str, str]
) -> None:
    for code in ("SEI1", "KF-WT"):
        scheme = "industry" if code == "SEI1" else "contract_type"
        Code.objects.get_or_create(scheme=scheme, code=code, defaults={"name_zh": code})
    usual = see(busy.cy, "/figures/", scope=scope, year="2025")
    page = see(busy.cy, "/figures/", scope=scope, year="2025", **more)
    assert page.status == 200
    hints = re.findall(r'<p class="hint">(?:按季度|按合同类型).*?</p>', page.html)
    assert len(hints) == 1
    assert _main(page.html.replace(hints[0], "")) == _main(usual.html)


def _main(html: str) -> list[str]:
    return html.split("<main")[1].split("</main>")[0].split()


def test_flows_by_type_and_between_the_zones_of_the_nation(see: See, busy: World) -> None:
    Code.objects.get_or_create(scheme="contract_type", code="ZR", defaults={"name_zh": "转让"})
    own = see(busy.ana, "/figures/", **EAST, contract_type="ZR").text.split("技术合同流向")[1]
    assert "没有您可以查看的、符合条件的技术合同" in own
    own = see(busy.ana, "/figures/", **EAST, span="05").text.split("技术合同流向")[1]
    assert "1200万元" in own
    assert "1200万元" not in see(busy.ana, "/figures/", **EAST, span="06").text.split("技术合同流向")[1]
    nation = see(busy.ops, "/figures/", year="2025", between="zone").text.split("技术合同流向")[1]
    assert "园区到园区" in nation
    assert "1200万元" in nation


def test_a_flow_says_where_its_ends_lie_and_nothing_of_those_it_does_not_tell(see: See, busy: World) -> None:
    Zone.objects.filter(slug="west").update(latitude="31.2", longitude="121.5")
    flow = see(busy.ana, "/figures/", **EAST).html.split('id="flow"')[1].split("</table>")[0]
    found = re.findall(r'<th scope="row" data-spot="([-\d]+),([-\d]+)">([^<]+)</th>', flow)
    spots = {name: (int(east), int(north)) for east, north, name in found}
    assert spots["西山高新区"][0] > spots["东方高新区"][0]
    assert spots["西山高新区"][1] < spots["东方高新区"][1]
    assert flow.count("data-around=") == 1
    assert "data-spot" not in see(None, "/figures/", **EAST).html


def test_who_reads_an_association_is_told_its_quarter_and_not_those_of_its_other_zones(see: See, busy: World) -> None:
    page = see(busy.ana, "/figures/", scope="association:alliance", year="2025", span="Q1")
    assert "2025年第一季度" in page.text
    rows = page.html.split("各园区与合计")[1].split("<tfoot>")[0]
    assert "东方" in rows
    assert "西山" not in rows
