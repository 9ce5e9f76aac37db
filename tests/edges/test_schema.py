"""The OpenAPI document is valid, complete, and readable without the internet."""

import json
import re
from datetime import date
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from drf_spectacular import validation

from api.deprecation import DEPRECATED, Deprecation
from api.urls import RESOURCES
from api.views.needs import NeedViewSet
from api.views.requests import RequestViewSet
from api.views.resources import ResourceViewSet
from config.routes import registry
from tests.builders import make_match, make_need, make_resource, make_run
from tests.conftest import World
from tests.exchanges import make_exchange
from tests.tokens import program_of

METHODS = ("get", "head", "post", "put", "patch", "delete", "options", "trace")
validate: Any = validation.validate_schema
JSON = "application/vnd.oai.openapi+json"


def test_the_schema_is_valid_and_has_every_route_with_its_parameters(db: None) -> None:
    document = json.loads(Client().get("/api/v1/schema/", headers={"accept": JSON}).content)
    validate(document)
    for line in registry():
        if line.route.endswith("-list") and line.route.startswith("api:"):
            operation = document["paths"][f"/{line.pattern}"]["get"]
            names = {parameter["name"] for parameter in operation["parameters"]}
            assert names == {*line.filters, "cursor", "page_size", "ordering", "fields", "format"}
            later = {"503"} if line.route == "api:searches-list" else set()
            assert set(operation["responses"]) == {"200", "400", "401", "403", "404", "406", "429"} | later
            assert len(operation["responses"]["200"]["content"]) == 1 + len(line.formats)
    for name in RESOURCES:
        assert f"/api/v1/{name}/{{public_id}}/" in document["paths"]


def test_a_scoped_field_may_be_null_in_the_schema(db: None) -> None:
    document = json.loads(Client().get("/api/v1/schema/", headers={"accept": JSON}).content)
    need = document["components"]["schemas"]["Need"]["properties"]
    assert need["organization"]["nullable"]
    assert need["budget_max"]["nullable"]
    assert "nullable" not in need["title_zh"]


def test_the_pages_of_the_schema_load_nothing_from_elsewhere(db: None) -> None:
    page = Client().get("/api/v1/docs/").content.decode()
    assert re.findall(r"""["'(](?:https?:)?//[^"')]+""", page) == []
    assert "/api/v1/schema/" in page
    files = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(files) >= 4
    for file in files:
        assert finders.find(file.removeprefix("/static/")), file


def test_what_will_go_says_so_with_every_answer(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Deprecation(date(2026, 12, 1), date(2027, 12, 1), "https://match.example.cn/docs/api")
    monkeypatch.setitem(DEPRECATED, "api:resources-list?status", told)
    answer = Client().get("/api/v1/resources/?status=active")
    assert answer.headers["Deprecation"] == "@1796083200"
    assert answer.headers["Sunset"] == "Wed, 01 Dec 2027 00:00:00 GMT"
    assert answer.headers["Link"] == '<https://match.example.cn/docs/api>; rel="deprecation"'
    assert "Deprecation" not in Client().get("/api/v1/resources/").headers
    monkeypatch.setitem(DEPRECATED, "api:resources-list", told)
    assert Client().get("/api/v1/resources/?kind=nothing").headers["Deprecation"] == "@1796083200"


def test_the_schema_tells_what_will_go(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    told = Deprecation(date(2026, 12, 1), date(2027, 12, 1), "https://match.example.cn/docs/api")
    monkeypatch.setitem(DEPRECATED, "api:resources-list?status", told)
    monkeypatch.setitem(DEPRECATED, "api:needs-recall", told)
    paths = json.loads(Client().get("/api/v1/schema/", headers={"accept": JSON}).content)["paths"]
    parameters = paths["/api/v1/resources/"]["get"]["parameters"]
    assert [one["name"] for one in parameters if one.get("deprecated")] == ["status"]
    gone = {path for path, methods in paths.items() if any(one.get("deprecated") for one in methods.values())}
    assert gone == {"/api/v1/needs/{public_id}/recall/"}


def test_what_is_sent_has_no_other_fields_and_an_end(db: None) -> None:
    schemas = json.loads(Client().get("/api/v1/schema/", headers={"accept": JSON}).content)["components"]["schemas"]
    sent = [
        name for name in schemas if re.search(r"(Input|[a-z]Change|Items?)$", name) and "properties" in schemas[name]
    ]
    assert len(sent) > 20
    assert [name for name in sent if schemas[name].get("additionalProperties") is not False] == []
    assert "additionalProperties" not in schemas["Need"]
    items = schemas["NeedItems"]["properties"]["items"]
    assert (items["minItems"], items["maxItems"]) == (1, 50)
    assert schemas["NeedInput"]["properties"]["metrics"]["maxItems"] == 200
    assert "anyOf" in schemas["ResourceDetailsInput"]  # of no fields there could be several


@pytest.mark.parametrize("who", ["visitor", "ana"])
def test_every_other_method_of_every_path_is_a_405_that_names_those_there_are(world: World, who: str) -> None:
    """At records that there are; for others 404 goes before it (`must_be_visible`)."""
    client = program_of(world.ana) if who == "ana" else Client()
    run = make_run(need_total=1, need_done=1)
    need, resource = make_need(organization=world.enterprise, visibility="public"), make_resource(visibility="public")
    rows: dict[str, Any] = {"zones": world.east, "associations": world.alliance, "organizations": world.enterprise}
    rows |= {"needs": need, "resources": resource}
    if who == "ana":
        pair = make_exchange(need, resource)
        rows |= {"runs": run, "matches": make_match(need, resource), "exchanges": pair}
    asked = 0
    for path, methods in json.loads(client.get("/api/v1/schema/", headers={"accept": JSON}).content)["paths"].items():
        row = rows.get(path.split("/")[3])
        if "{" in path and row is None:
            continue
        there = {name.upper() for name in methods if name in METHODS} | ({"HEAD"} if "get" in methods else set())
        for method in sorted({name.upper() for name in METHODS} - there - {"OPTIONS"}):
            answer = client.generic(method, path.replace("{public_id}", str(row and row.public_id)))
            asked += 1
            assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json"), (method, path)
            assert set(answer["Allow"].split(", ")) == there | {"OPTIONS"}, (method, path)
    assert asked > 80


def test_what_will_go_is_a_route_or_a_parameter_that_there_is() -> None:
    known = {line.route for line in registry()} | {f"{line.route}?{one}" for line in registry() for one in line.filters}
    assert DEPRECATED.keys() <= known


def test_the_schema_tells_what_is_written_and_what_can_go_wrong(db: None) -> None:
    paths = json.loads(Client().get("/api/v1/schema/", headers={"accept": JSON}).content)["paths"]
    both = {"400", "401", "403", "404", "406", "409", "413", "415", "429"}
    for name, steps in (("needs", NeedViewSet.steps), ("resources", ResourceViewSet.steps)):
        row = f"/api/v1/{name}/{{public_id}}/"
        told = {
            "create": paths[f"/api/v1/{name}/"]["post"],
            "change": paths[row]["patch"],
            "bulk": paths[f"/api/v1/{name}/bulk/"]["post"],
            **{step: paths[f"{row}{step}/"]["post"] for step in steps},
        }
        for what, operation in told.items():
            answers, headers = set(operation["responses"]), _headers(operation)
            ok = "201" if what == "create" else "200"
            tags = {"412", "428"} if what not in ("create", "bulk") else set()
            keys = {"422"} if what != "change" else set()
            assert answers == both | tags | keys | {ok}, what
            assert headers == ({"If-Match"} if tags else set()) | ({"Idempotency-Key"} if keys else set()), what
            assert ("requestBody" in operation) == (what not in steps or what == "submit")
            assert list(operation["responses"][ok]["content"]) == ["application/json"], what
        assert set(told["create"]["responses"]["201"]["headers"]) == {"ETag", "Location"}
        assert {"200", "304"} < set(paths[row]["get"]["responses"])
        assert _headers(paths[row]["get"]) == {"If-None-Match"}


def test_the_schema_tells_what_each_step_of_a_request_takes(db: None) -> None:
    paths = json.loads(Client().get("/api/v1/schema/", headers={"accept": JSON}).content)["paths"]
    row = "/api/v1/requests/{public_id}/"
    told = {step: paths[f"{row}{step}/"]["post"] for step in RequestViewSet.steps}
    assert {step for step, operation in told.items() if "requestBody" not in operation} == {"confirm"}
    assert {step for step, operation in told.items() if "If-Match" not in _headers(operation)} == {"rate", "message"}
    assert "patch" not in paths[row]
    assert {"get", "patch", "delete"} <= set(paths["/api/v1/searches/{public_id}/"])
    assert _headers(paths["/api/v1/searches/{public_id}/"]["patch"]) == set()
    assert "post" not in paths["/api/v1/organizations/"]


def _headers(operation: dict[str, Any]) -> set[str]:
    return {one["name"] for one in operation.get("parameters", ()) if one["in"] == "header"}
