"""While a need is written: completeness, traces of identity, doubles and codes; nothing stored, nothing hidden told."""

import re
from typing import Any

import pytest

from matching.models import Need
from matching.services import intake
from matching.services.documents import caught_up_index, follow_resources
from tests.builders import make_code, make_need, make_resource
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from tests.edges.backoffice.test_writing import ADD_NEED, metric, need_form

pytestmark = pytest.mark.django_db(transaction=True)
URL = "/office/matching/need/intake/"


def told(browse: Browse, person: Any, form: dict[str, Any], query: str = "") -> Any:
    answer = browse(person).post(URL + query, form)
    assert answer.status_code == 200
    return answer.context


def test_quality_grows_with_what_is_said(world: World, browse: Browse) -> None:
    bare = told(browse, world.ana, need_form(world, metric(name_zh="", value="", unit="")))
    more = told(browse, world.ana, need_form(world))
    rows = [metric(name_zh=f"指标{n}", condition_zh="室温") for n in range(3)]
    full = {
        "title_zh": "晶圆微米级缺陷检测",
        "summary_zh": "需要检测晶圆缺陷，" * 5,
        "problem_zh": "漏检率过高，" * 6,
        "content_zh": "交付检测方案，" * 6,
        "keywords": "晶圆、缺陷、检测",
    }
    most = told(browse, world.ana, need_form(world, *rows, **full))
    assert 0 < bare["quality"] < more["quality"] < most["quality"] <= 100
    points = [row.points for row in bare["missing"]]
    assert points == sorted(points, reverse=True)
    assert most["quality"] == 100 - sum(row.points for row in most["missing"])
    assert not Need.plain.exists()


def test_names_and_phones_are_told_before_anything_is_saved(world: World, browse: Browse) -> None:
    form = need_form(world, summary_zh=f"{world.enterprise.name_zh}求检测，电１３８１２３４５６７８")
    page = browse(world.ana).post(URL, form).content.decode()
    assert "手机号码" in page
    assert "需求单位的名称" in page
    assert "138" not in page
    assert world.enterprise.name_zh not in page
    assert told(browse, world.ana, need_form(world))["leaks"] == []


def test_a_double_is_told_of_one_s_own_and_of_what_others_show(world: World, browse: Browse) -> None:
    text: dict[str, Any] = {"title_zh": "晶圆缺陷检测", "summary_zh": "需要检测晶圆缺陷。"}
    mine = make_need(organization=world.enterprise, state="draft", **text)
    shown = make_need(organization=world.laboratory, **text)
    make_need(organization=world.outside, visibility="zone", **text)
    make_need(organization=world.laboratory, title_zh="银膏低温烧结", summary_zh="求配方。")
    found = told(browse, world.ana, need_form(world))["alike"]
    assert {row["need"].pk for row in found} == {mine.pk, shown.pk}
    edited = told(browse, world.ana, need_form(world), f"?need={mine.public_id}")["alike"]
    assert {row["need"].pk for row in edited} == {shown.pk}


def test_codes_of_the_nearest_visible_resources_are_suggested(world: World, browse: Browse) -> None:
    for code in ("NW1", "NW9"):
        make_code("industry", code)
    for number in range(4):
        make_resource(
            organization=world.laboratory, name_zh=f"晶圆缺陷检测平台{number}", description_zh="检测晶圆缺陷。",
            industry_codes=["NW1"],
        )  # fmt: skip
        make_resource(
            organization=world.outside, name_zh=f"晶圆缺陷检测密室{number}", description_zh="检测晶圆缺陷。",
            industry_codes=["NW9"], visibility="zone",
        )  # fmt: skip
    follow_resources()
    caught_up_index()
    (row,) = told(browse, world.ana, need_form(world))["codes"]
    assert (row["field"], [code.code for code in row["codes"]]) == ("industry_codes", ["NW1"])
    assert told(browse, world.ana, need_form(world, industry_codes=["NW1"]))["codes"] == []


def test_nearer_hidden_resources_do_not_take_the_votes_of_visible_ones(
    world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Far's are nearer, as many as vote, and for Ana not there."""
    monkeypatch.setattr(intake, "NEIGHBORS", 3)
    make_code("industry", "NW1")
    for number in range(3):
        shown: dict[str, Any] = {"name_zh": f"检测平台{number}", "description_zh": "检测。", "industry_codes": ["NW1"]}
        make_resource(organization=world.laboratory, **shown)
        near: dict[str, Any] = {"name_zh": f"晶圆缺陷检测密室{number}", "description_zh": "晶圆缺陷检测。"}
        make_resource(organization=world.outside, visibility="zone", **near)
    follow_resources()
    caught_up_index()
    (row,) = told(browse, world.ana, need_form(world))["codes"]
    assert [code.code for code in row["codes"]] == ["NW1"]


@pytest.mark.parametrize("person", ["auditor", "secretariat"])
def test_who_may_not_write_gets_no_look(world: World, browse: Browse, person: str) -> None:
    assert browse(getattr(world, person)).post(URL, need_form(world)).status_code == 404


@pytest.mark.parametrize(
    "fields", [{"title_zh": "坏\x00字"}, {"deadline": "nie"}, {"summary_zh": "字" * 50_000}, {"budget_max": "NaN"}]
)
def test_what_cannot_be_read_yet_is_no_error(world: World, browse: Browse, fields: dict[str, Any]) -> None:
    told(browse, world.ana, need_form(world, metric(value="viel"), **fields))
    told(browse, world.ana, {})


def test_limits_are_counted_on_the_page(world: World, browse: Browse) -> None:
    page = browse(world.ana).get("/office/matching/need/add/").content.decode()
    assert 'data-limit="80"' in page
    assert 'data-limit="200"' in page
    assert 'data-limit="1000"' in page
    assert "maxlength" not in page
    assert not re.search(r"<select[^>]*data-limit|type=.hidden.[^>]*data-limit", page)


def test_what_a_need_still_lacks_stands_before_its_fields(world: World, browse: Browse) -> None:
    page = browse(world.ana).get(ADD_NEED).content.decode()
    assert page.index('id="need_form"') < page.index("office-intake") < page.index('id="id_title_zh"')
