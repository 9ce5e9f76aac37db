"""The OpenAPI document is valid, complete, and readable without the internet."""

import json
import re
from typing import Any

from django.test import Client
from drf_spectacular import validation

from api.urls import RESOURCES
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
            assert set(operation["responses"]) == {"200", "400", "404", "406"}
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
    assert re.findall(r'(?:src|href)="(?:https?:)?//[^"]+"', page) == []
    assert "/api/v1/schema/" in page
