"""Search through the API: both languages, facets, pages, what else to try, and nothing of what one may not see."""

from uuid import uuid4

import pytest
from django.test import Client

import api.views.search
from matching.services.search_copies import SearchNotReady
from tests.builders import make_resource
from tests.conftest import World
from tests.edges.conftest import Ask
from tests.matching.search.looking import follow
from zones.models import Resource

NAME, ENGLISH = "氮化镓外延片缺陷检测系统", "GaN epi-wafer defect inspection system"


@pytest.fixture
def inspection(world: World) -> Resource:
    """An instrument of West that everybody may see, and one of East that only East does."""
    make_resource(name_zh="氮化镓外延片暗场检测仪", zone=world.east, visibility="zone", kind="equipment")
    made = make_resource(
        name_zh=NAME, name_en=ENGLISH, zone=world.west, visibility="public", kind="equipment", keywords=["外延片"]
    )
    follow()
    return made


@pytest.mark.parametrize("words", ["氮化镓外延片缺陷检测", "GaN epi-wafer defect inspection", "waiyanpian"])
def test_words_of_both_languages_find_the_same_instrument(ask: Ask, inspection: Resource, words: str) -> None:
    answer = ask(None, "search/", q=words)
    assert (answer.status, [hit["id"] for hit in answer.body["hits"]]) == (200, [str(inspection.public_id)])
    assert answer.body["total"] == 1
    assert [value["value"] for value in answer.body["facets"]["kind"]] == ["equipment"]


def test_a_title_is_told_in_pieces_with_the_words_that_were_asked_for(ask: Ask, inspection: Resource) -> None:
    hit = ask(None, "search/", q="缺陷检测").body["hits"][0]
    assert "".join(piece["text"] for piece in hit["title"]) == NAME
    assert [piece["text"] for piece in hit["title"] if piece["is_hit"]] == ["缺陷检测"]


def test_a_zone_finds_its_own_hidden_records_and_others_do_not(ask: Ask, world: World, inspection: Resource) -> None:
    assert ask(world.ana, "search/", q="外延片").body["total"] == 2
    assert ask(world.cy, "search/", q="外延片").body["total"] == 1
    assert ask(world.cy, "search/", q="暗场").body["total"] == 0
    assert ask(world.ana, "suggestions/", q="氮化镓").body["results"]
    assert "暗场" not in str(ask(world.cy, "suggestions/", q="氮化镓").body)


def test_a_facet_may_be_given_several_times(ask: Ask, world: World, inspection: Resource) -> None:
    make_resource(name_zh="外延片实验室", zone=world.west, visibility="public")
    follow()
    both = ask(None, "search/", q="外延片", kind=["equipment", "laboratory"]).body
    assert both["total"] == 2
    one = ask(None, "search/", q="外延片", kind="laboratory").body
    assert (one["total"], [hit["name"] for hit in one["hits"]]) == (1, ["外延片实验室"])
    assert {value["value"]: value["count"] for value in one["facets"]["kind"]} == {"equipment": 1, "laboratory": 1}


@pytest.mark.parametrize(
    ("given", "at_fault"),
    [
        ({"colour": "red"}, "colour"),
        ({"kind": "rocket"}, "kind"),
        ({"sort": "price"}, "sort"),
        ({"page": "0"}, "page"),
        ({"within": "50"}, "near"),
        ({"q": ["a", "b"]}, "q"),
    ],
)
def test_what_cannot_be_asked_is_a_400_that_says_why(
    ask: Ask, world: World, given: dict[str, object], at_fault: str
) -> None:
    answer = ask(world.cy, "search/", **given)
    assert (answer.status, list(answer.body["errors"])) == (400, [at_fault])
    english = ask(world.cy, "search/", language="en", **given)
    assert english.body["errors"][at_fault][0].isascii() or "rocket" in str(given)


def test_similar_resources_are_those_one_may_see_and_a_hidden_one_has_none(
    ask: Ask, world: World, inspection: Resource
) -> None:
    near = make_resource(name_zh="外延片缺陷复检台", zone=world.far, visibility="public")
    follow()
    answer = ask(None, f"resources/{inspection.public_id}/similar/")
    assert [hit["id"] for hit in answer.body["results"]] == [str(near.public_id)]
    hidden = Resource.plain.get(name_zh="氮化镓外延片暗场检测仪")
    refused = ask(None, f"resources/{hidden.public_id}/similar/")
    assert (refused.status, refused.body) == (404, ask(None, f"resources/{uuid4()}/similar/").body)
    assert ask(None, f"resources/{inspection.public_id}/similar/", limit=3).status == 400


def test_the_root_leads_to_search(ask: Ask, db: None) -> None:
    assert ask(None, "").body["search"].endswith("/api/v1/search/")


def test_what_is_not_ready_says_when_to_ask_again(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def not_ready(*_asked: object) -> None:
        raise SearchNotReady("检索文件正在生成，请稍后再试。")

    monkeypatch.setattr(api.views.search, "search", not_ready)
    response = Client().get("/api/v1/search/")
    assert (response.status_code, response["Retry-After"]) == (503, "20")
    assert response.json()["detail"] == "检索文件正在生成，请稍后再试。"
