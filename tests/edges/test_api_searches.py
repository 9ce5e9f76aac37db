"""Searches are kept, asked again, looked at, renamed and deleted through the API, by their own account only."""

import pytest

from matching.models import SavedSearch
from tests.builders import make_resource
from tests.conftest import World
from tests.edges.test_api_writing import Writer, writer
from tests.matching.search.looking import follow
from zones.scoping import SYSTEM


@pytest.fixture
def eve(world: World) -> Writer:
    make_resource(organization=world.laboratory, name_zh="扫描电镜", visibility="public")
    follow()
    return writer(world.eve)


def kept(eve: Writer) -> str:
    answer = eve.post("searches/", {"search": "q=电镜&kind=laboratory&kind=equipment", "name": "电镜"})
    assert answer.status_code == 201, answer.content
    return f"searches/{answer.json()['public_id']}/"


def test_a_search_tells_what_answers_and_what_is_new(world: World, eve: Writer) -> None:
    path = kept(eve)
    told = eve.client.get(f"/api/v1/{path}").json()
    assert (told["name"], told["total"], told["new"]) == ("电镜", 1, 0)
    found = eve.client.get(f"/api/v1/search/?{told['search']}")
    assert len(found.json()["hits"]) == 1, found.content.decode()
    make_resource(organization=world.laboratory, name_zh="透射电镜", visibility="public")
    make_resource(organization=world.laboratory, name_zh="隐藏电镜", visibility="zone")
    follow()
    (row,) = eve.client.get("/api/v1/searches/").json()["results"]
    assert (row["total"], row["new"]) == (2, 1)
    assert eve.post(f"{path}look/").json()["new"] == 0


def test_it_is_renamed_and_deleted(eve: Writer) -> None:
    path = kept(eve)
    assert eve.patch(path, {"name": "看电镜"}).json()["name"] == "看电镜"
    assert list(eve.patch(path, {"name": ""}).json()["errors"]) == ["name"]
    assert eve.send("DELETE", path).status_code == 204
    assert eve.client.get(f"/api/v1/{path}").status_code == 404


def test_nobody_else_reads_or_ends_it_not_even_the_system(world: World, eve: Writer) -> None:
    path = kept(eve)
    for other in (writer(world.cy), writer(world.ops)):
        assert other.client.get("/api/v1/searches/").json()["results"] == []
        assert other.client.get(f"/api/v1/{path}").status_code == 404
        assert other.send("DELETE", path).status_code == 404
        assert other.post(f"{path}look/").status_code == 404
    assert SavedSearch.objects.visible_to(SYSTEM).count() == 1


@pytest.mark.parametrize(
    ("search", "code"), [("", 400), ("sort=new", 400), ("q=a&q=b", 400), ("nothing=1", 400), ("kind=x", 400)]
)
def test_what_search_refuses_is_not_kept(eve: Writer, search: str, code: int) -> None:
    answer = eve.post("searches/", {"search": search})
    assert (answer.status_code, SavedSearch.plain.count()) == (code, 0), answer.content


def test_the_same_search_is_kept_once(eve: Writer) -> None:
    kept(eve)
    again = eve.post("searches/", {"search": "kind=equipment&kind=laboratory&q=电镜"})
    assert (again.status_code, again.json()["type"]) == (409, "urn:zonelink:already_saved")
