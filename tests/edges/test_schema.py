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
            assert ("requestBody" in operation) == (what not in steps)
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
