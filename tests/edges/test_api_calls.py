"""Calls for needs through the API: drafted, changed, opened and closed by the secretariat of their association."""

from datetime import timedelta
from typing import Any

from matching.models import NeedCall
from tests.conftest import World
from tests.edges.test_api_writing import ROOT, need_body, writer
from zones.scoping import today


def call_body(**fields: Any) -> dict[str, Any]:
    days = {"opens_on": today().isoformat(), "closes_on": (today() + timedelta(30)).isoformat()}
    told = {"association": "alliance", "title_zh": "产学研需求征集", "purpose_zh": "面向成员园区征集技术需求。"}
    return told | days | {"kinds": ["commissioned_development"], "required_fields": ["budget_max"]} | fields


def test_a_call_is_drafted_changed_opened_answered_and_closed(world: World) -> None:
    secretary, eve = writer(world.secretariat), writer(world.eve)
    made = secretary.post("calls/", call_body(), idempotency_key="once")
    assert (made.status_code, made.json()["state"]) == (201, "draft"), made.content.decode()
    assert secretary.post("calls/", call_body(), idempotency_key="once").json() == made.json()
    path = f"calls/{made.json()['public_id']}/"
    assert eve.client.get(ROOT + path).status_code == 404
    old = secretary.tag(path)
    changed = secretary.patch(path, {"guidance_zh": "请写明样品。", "required_fields": []}, if_match=old).json()
    assert (changed["guidance_zh"], changed["required_fields"], changed["version"]) == ("请写明样品。", [], 2)
    assert secretary.post(f"{path}open/", if_match=old).status_code == 412
    assert secretary.post(f"{path}close/", if_match=secretary.tag(path)).status_code == 409
    assert secretary.post(f"{path}open/", if_match=secretary.tag(path)).json()["state"] == "open"
    assert eve.post("needs/", need_body(world, call=made.json()["public_id"])).status_code == 201
    assert eve.patch(path, {"title_zh": "别的"}, if_match=eve.tag(path)).status_code == 404
    assert eve.post(f"{path}close/", if_match=eve.tag(path)).status_code == 404
    assert secretary.post(f"{path}close/", if_match=secretary.tag(path)).json()["state"] == "closed"


def test_what_a_call_may_not_be_is_told_by_field_and_nobody_else_calls(world: World) -> None:
    secretary = writer(world.secretariat)
    wrong: list[dict[str, Any]] = [
        {"closes_on": "2020-01-01"}, {"kinds": ["x"]}, {"required_fields": ["title_zh"]}, {"state": "open"},
        {"association": "none"},
    ]  # fmt: skip
    for fields in wrong:
        assert secretary.post("calls/", call_body(**fields)).status_code == 400, fields
    for person in (world.ana, world.cy, world.eve):
        assert writer(person).post("calls/", call_body()).status_code == 403, person
    assert not NeedCall.plain.exists()
