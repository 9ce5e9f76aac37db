"""Open data: files at addresses that stay, and no number that gives a hidden one away."""

import csv
import io
import json
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.conftest import World
from tests.cooperations import make_cooperation
from tests.events import make_event
from zones.scoping import today

pytestmark = pytest.mark.django_db
ADDRESS = "/open-data/cooperations.projects"


@pytest.fixture
def counted(world: World) -> World:
    """In 2025 seven projects: six of East, one of Far; East and West are an alliance."""
    for _ in range(6):
        make_cooperation(world.enterprise, signed_on=date(2025, 3, 1))
    make_cooperation(world.outside, signed_on=date(2025, 4, 1))
    return world


def test_no_hidden_number_is_the_difference_of_told_ones(counted: World, client: Client) -> None:
    """Far's single project would be the nation's seven without East's six, did the file tell both."""
    told = client.get(f"{ADDRESS}.json").json()
    assert (told["licence"], told["definition"]["figure"]) == ("CC BY 4.0", "cooperations.projects")
    rows = [row for row in told["rows"] if (row["year"], row["milestone"]) == (2025, "signed")]
    values = {row["scope"]: row["value"] for row in rows}
    assert {"nation", "zone:east", "zone:west", "zone:far", "association:alliance"} <= set(values)
    assert values["zone:far"] is None
    assert values["zone:west"] is None
    assert None in (values["nation"], values["zone:east"])
    assert all(row["is_hidden"] == (row["value"] is None) for row in told["rows"])
    assert "6" not in {value for place, value in values.items() if place.startswith(("region", "group"))} or (
        values["nation"] is None
    )


def test_a_file_is_the_same_for_everybody_and_answers_304_until_it_changes(
    counted: World, client: Client, client_of: Any
) -> None:
    first = client.get(f"{ADDRESS}.csv")
    lines = list(csv.DictReader(io.StringIO(first.content.decode("utf-8-sig"))))
    assert lines[0]["scope"] == "nation"
    assert {line["as_of"] for line in lines} == {today().isoformat()}
    assert {line["year"] for line in lines if line["is_unfinished"] == "true"} == {str(today().year)}
    assert {line["has_samples"] for line in lines} == {"false"}
    assert client_of(counted.ana).get(f"{ADDRESS}.csv").content == first.content
    again = client.get(f"{ADDRESS}.csv", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for _ in range(6):
        make_cooperation(counted.enterprise, signed_on=date(2025, 3, 1))
    assert client.get(f"{ADDRESS}.csv", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_what_is_public_anyway_is_told_in_small_numbers_too(world: World, client: Client) -> None:
    rows = client.get("/open-data/members.all.json").json()["rows"]
    assert {row["scope_kind"] for row in rows} == {"association"}
    assert not any(row["is_hidden"] for row in rows)


def test_the_page_names_every_file_with_its_licence(world: World, client: Client) -> None:
    html = client.get("/open-data/").content.decode()
    assert 'rel="license"' in html
    assert html.count('<details class="open-figures"') == 8  # folded, so that a phone shows them all at once
    told = json.loads(client.get("/open-data/definitions.json").content)
    for one in told["definitions"]:
        assert f"/open-data/{one['figure']}.csv" in html
        assert one["rule_zh"]
        assert one["rule_en"]
    assert "contracts.flow" not in {one["figure"] for one in told["definitions"]}


@pytest.mark.parametrize("wrong", ["nothing.csv", "events.all.xml", "series.value.csv", "contracts.flow.csv"])
def test_what_is_not_open_is_not_there(world: World, client: Client, wrong: str) -> None:
    assert client.get(f"/open-data/{wrong}").status_code == 404


def test_a_file_takes_no_parameters(world: World, client: Client) -> None:
    make_event(state="held", zone=world.east)
    assert client.get("/open-data/events.all.csv?year=2025").status_code == 400
