"""Formats tell what JSON tells: the same rows in the same order, with the same fields for the same reader."""

import csv
import io
import json
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from rest_framework.serializers import ModelSerializer

from accounts.models import User
from api.base import Reader
from api.urls import RESOURCES
from tests.builders import make_capability, make_live, make_match, make_need, make_part, make_resource, make_run
from tests.conftest import World
from tests.matching.search.looking import follow
from zones.scoping import SYSTEM, today

ClientOf = Callable[[User | None], Client]
ROOT = "/api/v1/"
ATOM = "{http://www.w3.org/2005/Atom}"
FORMATS = {"csv": "text/csv", "geojson": "application/geo+json", "jsonld": "application/ld+json",
           "atom": "application/atom+xml"}  # fmt: skip


def read(client: Client, path: str, form: str, **parameters: Any) -> Any:
    return body_of(client.get(ROOT + path, {**parameters, "format": form}), form)


def body_of(answer: Any, form: str) -> Any:
    assert answer.status_code == 200, answer.content
    assert answer.headers["Content-Type"].partition(";")[0] == FORMATS.get(form, "application/json")
    match form:
        case "csv":
            return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
        case "atom":
            return ElementTree.fromstring(answer.content)
    return answer.json()


def names(answer: Any, form: str) -> list[str]:
    """The keys of the records, in order."""
    match form:
        case "csv":
            return [row["public_id"] for row in answer]
        case "geojson":
            return [feature["id"] for feature in answer["features"]]
        case "jsonld":
            return [thing["@id"].rstrip("/").rpartition("/")[2] for thing in answer["@graph"]]
        case "atom":
            return [str(entry.findtext(f"{ATOM}id")).rpartition("/")[2] for entry in answer.findall(f"{ATOM}entry")]
    return [row["public_id"] for row in answer["results"]]


@pytest.fixture
def filled(world: World) -> World:
    """Rows of every resource, of East, West and Far, some of them not for everybody."""
    for n, visibility in enumerate(("public", "national", "zone", "public")):
        resource = make_resource(organization=world.enterprise, visibility=visibility, name_zh=f"设备{n}")
        make_resource(organization=world.outside, visibility=visibility)
        make_need(organization=world.enterprise, visibility=visibility, metrics=2)
    make_part(resource)
    make_live(make_match(make_need(organization=world.enterprise), resource, run=make_run(), is_live=False))
    return world


@pytest.mark.parametrize("who", ["visitor", "cy", "ana", "ops"])
def test_every_list_has_the_rows_of_json_in_every_format(filled: World, client_of: ClientOf, who: str) -> None:
    client = client_of(filled.people().get(who))
    for name, view in RESOURCES.items():
        expected = names(read(client, f"{name}/", "json", page_size=3), "json")
        assert len(expected) >= (3 if name in ("zones", "resources") else 0)
        for form in view.format_names("list"):
            assert names(read(client, f"{name}/", form, page_size=3), form) == expected, (name, form)


def test_pages_lie_beside_each_other_by_the_link_header_in_every_format(filled: World, client_of: ClientOf) -> None:
    client = client_of(filled.ana)
    whole = names(read(client, "resources/", "json"), "json")
    for form in ("json", "csv", "geojson", "jsonld", "atom"):
        found, address = [], f"{ROOT}resources/?page_size=2&format={form}"
        while address:
            answer = client.get(address)
            found += names(body_of(answer, form), form)
            following = re.search(r'<http://testserver([^>]+)>; rel="next"', answer.headers.get("Link", ""))
            address = following[1] if following else ""
        assert found == whole, form


def test_a_table_neutralizes_formulas_and_keeps_parts_in_columns_of_their_own(world: World) -> None:
    resource = make_resource(visibility="public", name_zh="=HYPERLINK(1)", keywords=["甲", "乙"])
    make_part(resource, name_zh="泵", position=1)
    make_part(resource, name_zh="阀", position=2)
    answer = Client().get(f"{ROOT}resources/?format=csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="resources.csv"'
    (row,) = read(Client(), "resources/", "csv")
    assert (row["name_zh"], row["keywords"]) == ("'=HYPERLINK(1)", "甲、乙")
    assert (row["parts.name_zh"], row["parts.position"]) == ("泵 | 阀", "1 | 2")
    assert (row["is_sample"], row["trl"]) == ("false", "")


def test_a_table_has_the_same_columns_whatever_is_in_it(world: World) -> None:
    before = Client().get(f"{ROOT}resources/?format=csv").content
    make_capability(make_resource(visibility="public"))
    after = Client().get(f"{ROOT}resources/?format=csv").content
    assert before.splitlines()[0] == after.splitlines()[0]


def test_a_map_tells_longitude_first_and_whose_place_it_is(world: World) -> None:
    make_resource(organization=world.enterprise, visibility="public", latitude="31.5", longitude="120.25", name_zh="甲")
    make_resource(organization=world.enterprise, visibility="public", name_zh="乙")
    found = {one["properties"]["name_zh"]: one for one in read(Client(), "resources/", "geojson")["features"]}
    assert found["甲"]["geometry"] == {"type": "Point", "coordinates": [120.25, 31.5]}
    assert found["甲"]["properties"]["located_by"] == "record"
    zone = world.east
    assert found["乙"]["geometry"]["coordinates"] == [float(zone.longitude), float(zone.latitude)]
    assert found["乙"]["properties"]["located_by"] == "zone"


def test_an_organization_without_a_zone_has_no_geometry(world: World) -> None:
    type(world.outside).plain.filter(pk=world.outside.pk).update(zone=None)
    found = {one["id"]: one for one in read(Client(), "organizations/", "geojson")["features"]}
    assert found[str(world.outside.public_id)]["geometry"] is None
    assert found[str(world.enterprise.public_id)]["geometry"] is not None


def test_one_record_is_a_feature_or_a_thing(world: World) -> None:
    resource = make_resource(organization=world.enterprise, visibility="public", price_from="100", price_unit="hour")
    path = f"resources/{resource.public_id}/"
    assert read(Client(), path, "geojson")["type"] == "Feature"
    thing = read(Client(), path, "jsonld")
    assert (thing["@context"], thing["@type"]) == ("https://schema.org", "Offer")
    assert thing["@id"] == f"http://testserver{ROOT}{path}"
    assert thing["offeredBy"]["@id"].endswith(f"/organizations/{world.enterprise.public_id}/")
    assert thing["priceSpecification"]["minPrice"] == "100.00"


def test_linked_data_says_a_budget_to_its_own_side_only(world: World, client_of: ClientOf) -> None:
    need = make_need(organization=world.enterprise, visibility="public", budget_max="900000")
    for who, is_told in ((world.ana, True), (world.cy, False), (None, False)):
        thing = read(client_of(who), f"needs/{need.public_id}/", "jsonld")
        assert thing["@type"] == "Demand"
        assert ("priceSpecification" in thing) is is_told


def test_a_feed_has_stable_ids_and_plain_summaries(world: World) -> None:
    resource = make_resource(visibility="public", description_zh="<b>x</b> & y", name_en="Probe")
    feed = read(Client(), "resources/", "atom")
    entry = feed.find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"tag:zonelink.invalid,2026:resource/{resource.public_id}"
    summary = entry.find(f"{ATOM}summary")
    assert (summary.text, summary.get("type")) == ("<b>x</b> & y", "text")
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"http://testserver{ROOT}resources/?format=atom"
    assert links["alternate"] == "http://testserver/search/?subject=resource"
    assert Client().get(links["alternate"]).status_code == 200
    assert Client().get(entry.find(f"{ATOM}link").get("href")).status_code == 200
    assert feed.findtext(f"{ATOM}updated") == entry.findtext(f"{ATOM}updated")


def test_a_feed_of_a_search_takes_any_text(world: World) -> None:
    make_resource(visibility="public", name_zh="场发射扫描电镜")
    follow()
    feed = read(Client(), "search/", "atom", q="场发射\x01\ufffe扫描电镜")
    assert len(feed.findall(f"{ATOM}entry")) == 1
    assert "�" in feed.findtext(f"{ATOM}title")


def test_an_empty_feed_is_as_old_as_can_be(db: None) -> None:
    assert read(Client(), "needs/", "atom").findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+00:00"


def test_search_has_its_hits_in_every_format(filled: World, client_of: ClientOf) -> None:
    follow()
    client = client_of(filled.ana)
    hits = [hit["id"] for hit in read(client, "search/", "json", size=3)["hits"]]
    assert len(hits) == 3
    assert [row["id"] for row in read(client, "search/", "csv", size=3)] == hits
    assert names(read(client, "search/", "geojson", size=3), "geojson") == hits
    assert names(read(client, "search/", "atom", size=3), "atom") == hits
    assert 'page=2&size=3>; rel="next"' in client.get(f"{ROOT}search/?size=3").headers["Link"]


@pytest.mark.parametrize("accept", [*FORMATS.values(), "application/json", "*/*", "text/html, */*;q=0.8"])
def test_the_header_chooses_too(db: None, accept: str) -> None:
    answer = Client().get(f"{ROOT}resources/", headers={"accept": accept})
    expected = accept if accept in FORMATS.values() else "application/json"
    assert answer.headers["Content-Type"].partition(";")[0] == expected
    assert "Accept" in answer.headers["Vary"].split(", ")


@pytest.mark.parametrize(("path", "accept"), [("resources/?format=xml", ""), ("zones/?format=atom", ""),
                                              ("resources/", "text/html")])  # fmt: skip
def test_a_format_there_is_not_is_a_406_that_names_those_there_are(db: None, path: str, accept: str) -> None:
    answer = Client().get(ROOT + path, headers={"accept": accept or "*/*", "accept-language": "en"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (406, "application/problem+json")
    assert "json, csv, geojson, jsonld" in answer.json()["detail"]


def test_an_error_is_a_problem_in_whatever_format_was_asked_for(db: None) -> None:
    answer = Client().get(f"{ROOT}resources/?format=csv&kind=nothing")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    hidden = Client().get(f"{ROOT}resources/0b8e7a52-0f0b-4f6e-9c55-0d3c5a1b2c3d/?format=geojson")
    assert (hidden.status_code, hidden.headers["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("form", ["json", *FORMATS])
def test_head_has_the_headers_of_get_and_no_body(filled: World, form: str) -> None:
    address = f"{ROOT}resources/?page_size=1&format={form}"
    got, headed = Client().get(address), Client().head(address)
    assert (headed.status_code, headed.content) == (200, b"")
    assert headed.headers.items() >= {name: got.headers[name] for name in ("Content-Type", "Link", "Vary")}.items()


# fields=


def test_only_the_fields_asked_for_are_told_and_what_the_record_is_called_by(world: World) -> None:
    resource = make_resource(visibility="public", name_zh="甲")
    key = str(resource.public_id)
    for path in ("resources/", f"resources/{key}/"):
        body = json.loads(Client().get(f"{ROOT}{path}?fields=name_zh,trl").content)
        assert body.get("results", [body]) == [{"public_id": key, "name_zh": "甲", "trl": None}]
    (row,) = read(Client(), "resources/", "csv", fields="name_zh")
    assert row == {"public_id": key, "name_zh": "甲"}
    (feature,) = read(Client(), "resources/", "geojson", fields="name_zh")["features"]
    assert feature["geometry"] is not None
    assert feature["properties"] == {"public_id": key, "name_zh": "甲", "located_by": "zone"}
    assert read(Client(), "resources/", "atom", fields="trl").find(f"{ATOM}entry") is not None


def test_a_field_that_does_not_leave_is_refused_like_one_that_is_not_there(world: World, client_of: ClientOf) -> None:
    told = {
        str(client_of(world.ana).get(f"{ROOT}resources/?fields=name_zh,{name}").json())
        for name in ("colour", "external_id", "accepted_count", "id", "parts.name_zh")
    }
    assert len(told) == 1
    assert "'status': 400" in next(iter(told))


def test_a_scoped_field_asked_for_alone_is_null_for_others(world: World, client_of: ClientOf) -> None:
    make_need(organization=world.enterprise, visibility="public", budget_max="900000")
    for who, budget in ((world.ana, "900000.00"), (world.cy, None)):
        (row,) = client_of(who).get(f"{ROOT}needs/?fields=budget_max").json()["results"]
        assert row["budget_max"] == budget


def test_what_is_not_asked_for_is_not_read(world: World, client_of: ClientOf, django_assert_num_queries: Any) -> None:
    make_part(make_resource(visibility="public"))
    client = Client()
    with django_assert_num_queries(1):
        client.get(f"{ROOT}resources/?fields=name_zh,zone")
    with django_assert_num_queries(2):
        client.get(f"{ROOT}resources/?fields=name_zh,parts")


def test_a_computed_field_reads_what_it_builds_on(world: World) -> None:
    alone = Client().get(f"{ROOT}associations/?fields=is_member_list_published").json()["results"]
    whole = Client().get(f"{ROOT}associations/").json()["results"]
    assert [row["is_member_list_published"] for row in whole] == [row["is_member_list_published"] for row in alone]


def test_every_field_can_be_asked_for_alone(filled: World, client_of: ClientOf) -> None:
    client = client_of(filled.ana)
    for name, view in RESOURCES.items():
        whole = client.get(f"{ROOT}{name}/").json()["results"]
        for field in view.vocabulary("list").fields:
            alone = client.get(f"{ROOT}{name}/?fields={field}").json()["results"]
            assert alone == [{"public_id": row["public_id"], field: row[field]} for row in whole], (name, field)


def test_rows_are_told_as_the_framework_tells_them(filled: World) -> None:
    """Our serializers read columns without asking every field of every row."""
    reader = Reader(SYSTEM, on=today())
    for view in RESOURCES.values():
        for action in ("list", "retrieve"):
            serializer = view.serializer_of(action)(context={"reader": reader})
            for row in serializer.rows(reader):
                told = ModelSerializer.to_representation(serializer, row)
                assert json.dumps(serializer.to_representation(row), default=str) == json.dumps(told, default=str)
