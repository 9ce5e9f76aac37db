"""What a new user gets wrong at the back office's door, and what the door says."""

import re

import pytest

from matching.models import Need
from tests.builders import make_association, make_match, make_need, make_resource
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse, errors_of
from tests.edges.backoffice.test_writing import ADD_NEED, metric, need_form


def test_a_title_that_is_too_long_is_refused_and_never_cut(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    refused = client.post(ADD_NEED, need_form(world, title_zh="字" * 81))
    assert "80" in errors_of(refused)["title_zh"][0]
    assert "字" * 81 in refused.content.decode()
    assert not Need.plain.exists()
    page = client.get(ADD_NEED).content.decode()
    assert re.findall(r'<(?:input|textarea)[^>]*name="(?!username)[^"]*"[^>]*maxlength="\d+"', page) == []


def test_an_unknown_unit_is_refused_with_the_unit_and_the_remedy(world: World, browse: Browse) -> None:
    refused = browse(world.ana).post(ADD_NEED, need_form(world, metric(unit="米米米")))
    (told,) = refused.context["inline_admin_formsets"][0].formset.forms[0].errors["unit"]
    assert "单位“米米米”无法识别" in told
    assert not Need.plain.exists()


def test_a_need_offers_the_associations_of_its_zones_only(world: World, browse: Browse) -> None:
    foreign = make_association(world.far, name_zh="远海联盟")
    client = browse(world.ana)
    page = client.get(ADD_NEED).content.decode()
    assert world.alliance.name_zh in page
    assert foreign.name_zh not in page
    refused = client.post(ADD_NEED, need_form(world, association=foreign.public_id))
    assert list(errors_of(refused)) == ["association"]


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "地址中的条件无法识别"), ("en", "conditions in this address")]
)
def test_an_address_with_unknown_conditions_gets_a_page_that_helps(
    world: World, browse: Browse, language: str, words: str
) -> None:
    client = browse(world.ana)
    client.raise_request_exception = False
    answer = client.get("/office/matching/need/?colour=blue", headers={"accept-language": language})
    told = answer.content.decode()
    assert answer.status_code == 400
    assert words in told
    assert 'href="/office/matching/need/"' in told
    assert "message.css" in told
    assert "blue" not in told


def test_english_pages_show_english_names_where_there_are_some(world: World, browse: Browse) -> None:
    need = make_need(organization=world.enterprise, title_zh="晶圆检测", title_en="Wafer inspection")
    make_need(organization=world.enterprise, title_zh="只有中文标题")
    resource = make_resource(organization=world.laboratory, name_zh="检测平台", name_en="Inspection platform")
    make_match(need, resource)
    english = {"accept-language": "en"}
    client = browse(world.ana)
    listed = client.get("/office/matching/need/", headers=english).content.decode()
    assert "Wafer inspection" in listed
    assert "晶圆检测" not in listed
    assert "只有中文标题" in listed
    assert "East Zone" in listed
    for url in ("/office/", f"/office/matching/need/{need.public_id}/matches/"):
        told = client.get(url, headers=english).content.decode()
        assert "Inspection platform" in told, url
        assert "检测平台" not in told, url


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_dates_are_written_one_way(world: World, browse: Browse, language: str) -> None:
    need = make_need(organization=world.enterprise, deadline="2031-03-08")
    client = browse(world.ana)
    for url in ("/office/matching/need/", f"/office/matching/need/{need.public_id}/change/"):
        told = client.get(url, headers={"accept-language": language}).content.decode()
        assert "2031-03-08" in told, url
        assert not re.search(r"2031年|2031/|March 8", told), url


@pytest.mark.parametrize("typed", ["2031-03-08", "2031/03/08", "2031.3.8", "2031年3月8日"])
def test_a_date_is_read_as_people_type_it(world: World, browse: Browse, typed: str) -> None:
    browse(world.ana).post(ADD_NEED, need_form(world, deadline=typed))
    assert str(Need.plain.get().deadline) == "2031-03-08"


def test_the_first_page_lists_each_need_once_with_its_best_match(world: World, browse: Browse) -> None:
    need = make_need(organization=world.enterprise, title_zh="晶圆检测")
    best = make_match(need, make_resource(organization=world.laboratory), score=0.6)
    make_match(need, make_resource(organization=world.laboratory), run=best.run, rank=2, is_live=False, score=0.9)
    make_match(need, make_resource(organization=world.laboratory), run=best.run, rank=3, is_live=False, score=0.4)
    rows = browse(world.ana).get("/office/").context["best_matches"]
    assert [(row["need"], row["score"]) for row in rows] == [("晶圆检测", "0.90")]


def test_the_page_of_matches_says_what_ranks_and_what_is_recommended_first(world: World, browse: Browse) -> None:
    match = make_match(
        make_need(organization=world.enterprise), make_resource(organization=world.laboratory), is_assigned=True
    )
    told = browse(world.ana).get(f"/office/matching/need/{match.need.public_id}/matches/").content.decode()
    assert "得分 × (0.6 + 0.4 × 把握度)" in told
    assert "可承接的数量" in told
