"""A request for service is sent, answered, recorded, confirmed and rated through the API, each step by its side."""

from datetime import timedelta
from typing import Any

import pytest

from tests.conftest import World
from tests.edges.test_api_writing import NOWHERE, Writer, writer
from tests.requests import PURPOSE, make_request, offered
from zones.models import Resource, ServiceRequest
from zones.scoping import today
from zones.services.service_requests import MOST_OF_ONE


@pytest.fixture
def instrument(world: World) -> Resource:
    return offered(world)


@pytest.fixture
def eve(world: World) -> Writer:
    return writer(world.eve)


@pytest.fixture
def lin(world: World) -> Writer:
    return writer(world.lin)


def wish(world: World, resource: Resource, **fields: Any) -> dict[str, Any]:
    return {
        "resource": str(resource.public_id),
        "organization": str(world.enterprise.public_id),
        "kind": "commissioned",
        "wished_from": str(today() + timedelta(3)),
        "wished_to": str(today() + timedelta(4)),
        "hours": "4.00",
        "purpose": PURPOSE,
    } | fields


def take(who: Writer, path: str, step: str, **body: Any) -> Any:
    return who.post(f"{path}{step}/", body, if_match=who.tag(path))


def test_a_request_goes_its_way_from_both_sides(world: World, instrument: Resource, eve: Writer, lin: Writer) -> None:
    sent = eve.post("requests/", wish(world, instrument))
    assert sent.status_code == 201, sent.content
    told = sent.json()
    assert (told["state"], told["waits_for"], told["estimate_from"]) == ("sent", "provider", "1600.00")
    path = f"requests/{told['public_id']}/"
    agreed = {"agreed_from": str(today()), "agreed_to": str(today()), "agreed_fee": "800.00"}
    assert take(lin, path, "question", text="请说明样品尺寸。").json()["state"] == "questioned"
    assert take(eve, path, "reply", text="6 英寸。", hours="2").json()["estimate_from"] == "800.00"
    assert take(lin, path, "accept", **agreed).json()["agreed_fee"] == "800.00"
    assert lin.post(f"{path}message/", {"text": "请提前一天送样。"}).status_code == 200
    record = {"started_on": str(today()), "ended_on": str(today()), "fee": "800.00", "result": "已完成。"}
    assert take(lin, path, "record", **record).json()["record"]["fee"] == "800.00"
    assert take(eve, path, "confirm").json()["state"] == "confirmed"
    assert eve.post(f"{path}rate/", {"stars": 5}).json()["ratings"] == [
        {"side": "requester", "stars": 5, "comment": "", "created_at": eve.client.get(f"/api/v1/{path}").json()
         ["ratings"][0]["created_at"]}
    ]  # fmt: skip
    assert lin.client.get(f"/api/v1/{path}").json()["ratings"] == [], "blind until both have rated"
    assert [entry["kind"] for entry in lin.client.get(f"/api/v1/{path}").json()["entries"]][:3] == [
        "sent", "question", "reply"
    ]  # fmt: skip


def test_the_other_side_s_step_and_a_stale_one_are_refused(
    world: World, instrument: Resource, eve: Writer, lin: Writer
) -> None:
    path = f"requests/{eve.post('requests/', wish(world, instrument)).json()['public_id']}/"
    old = lin.tag(path)
    refused = take(eve, path, "decline", reason="no_time")
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:zonelink:not_permitted")
    assert take(lin, path, "question", text="请说明样品尺寸。").status_code == 200
    assert lin.post(f"{path}decline/", {"reason": "no_time"}, if_match=old).status_code == 412
    assert lin.post(f"{path}decline/", {"reason": "no_time"}).status_code == 428
    assert take(lin, path, "record", started_on="2026-01-01", ended_on="2026-01-01", fee="1").status_code == 409
    bad = take(lin, path, "decline", reason="because")
    assert (bad.status_code, list(bad.json()["errors"])) == (400, ["reason"])
    assert list(take(lin, path, "accept").json()["errors"]) == ["agreed_from", "agreed_to", "agreed_fee"]


def test_nobody_else_finds_a_request_or_asks_in_another_s_name(world: World, instrument: Resource) -> None:
    row = make_request(resource=instrument, organization=world.enterprise)
    cy = writer(world.cy)
    assert cy.client.get("/api/v1/requests/").json()["results"] == []
    hidden, missing = (cy.post(f"requests/{key}/decline/", {"reason": "price"}) for key in (row.public_id, NOWHERE))
    assert hidden.status_code == 404
    assert hidden.content == missing.content
    assert cy.post("requests/", wish(world, instrument)).status_code == 403
    auditor = writer(world.auditor)
    assert len(auditor.client.get("/api/v1/requests/").json()["results"]) == 1
    assert auditor.post(f"requests/{row.public_id}/withdraw/", {}, if_match='"1-x"').status_code == 404


def test_nobody_learns_from_a_refusal_how_much_another_has_asked_for(world: World, instrument: Resource) -> None:
    cy, answers = writer(world.cy), []
    for _ in range(MOST_OF_ONE + 1):
        answers.append(cy.post("requests/", wish(world, instrument)))
        make_request(resource=instrument, organization=world.enterprise)
    assert {(answer.status_code, answer.content) for answer in answers} == {(403, answers[0].content)}
    assert writer(world.eve).post("requests/", wish(world, instrument)).status_code == 409


def test_lists_are_told_by_side_and_state(world: World, instrument: Resource, eve: Writer, lin: Writer) -> None:
    make_request(resource=instrument, organization=world.enterprise)
    make_request(resource=instrument, organization=world.enterprise, state="declined")

    def count(who: Writer, query: str) -> int:
        return len(who.client.get(f"/api/v1/requests/?{query}").json()["results"])

    assert [count(who, f"side={side}") for who in (eve, lin) for side in ("requester", "provider")] == [2, 0, 0, 2]
    assert (count(eve, "state=declined"), count(eve, f"resource={instrument.public_id}")) == (1, 2)
    assert eve.client.get("/api/v1/requests/?side=both").status_code == 400
    assert eve.client.get("/api/v1/requests/?requested_by=1").status_code == 400


def test_a_request_sent_twice_with_one_key_is_one(world: World, instrument: Resource, eve: Writer) -> None:
    first, second = (eve.post("requests/", wish(world, instrument), idempotency_key="r") for _ in range(2))
    assert (first.status_code, second.content) == (201, first.content)
    assert ServiceRequest.plain.count() == 1


def test_a_program_needs_the_scope(world: World, instrument: Resource) -> None:
    narrow = writer(world.eve, "read", "write:needs")
    answer = narrow.post("requests/", wish(world, instrument))
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:zonelink:insufficient_scope")
