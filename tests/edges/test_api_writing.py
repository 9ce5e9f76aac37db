"""Needs and resources are written through the API by who may edit them, with the version they have read."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.scopes import Scope
from matching.models import Need
from tests.builders import make_need, make_organization, make_resource
from tests.conftest import World
from tests.tokens import program_of
from zones.models import Resource
from zones.scoping import today
from zones.services.resources import update_resource

ROOT = "/api/v1/"
NOWHERE = "00000000-0000-4000-8000-000000000000"


@dataclass
class Writer:
    """A program of somebody."""

    client: Client

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        raw = body if isinstance(body, bytes) else json.dumps(body if body is not None else {}).encode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(method, ROOT + path, raw, content_type="application/json", headers=named)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("PATCH", path, body, **headers)

    def tag(self, path: str) -> str:
        return str(self.client.get(ROOT + path)["ETag"])


def writer(user: User, *scopes: str) -> Writer:
    return Writer(program_of(user, *scopes))


def path_of(row: Need | Resource) -> str:
    return f"{'needs' if isinstance(row, Need) else 'resources'}/{row.public_id}/"


def need_body(world: World, **fields: Any) -> dict[str, Any]:
    deadline = (today() + timedelta(days=90)).isoformat()
    metric = {"name_zh": "检测限", "operator": "<=", "high": 5, "unit": "nm"}
    return {
        "kind": "commissioned_development",
        "title_zh": "氮化镓外延片缺陷检测",
        "summary_zh": "现有方法漏检，需要在线检测。",
        "organization": str(world.enterprise.public_id),
        "association": "alliance",
        "deadline": deadline,
        "budget_max": "800000.00",
        "consent_recorded_on": today().isoformat(),
        "metrics": [metric],
    } | fields


def resource_body(world: World, **fields: Any) -> dict[str, Any]:
    return {
        "kind": "equipment",
        "name_zh": "场发射扫描电镜",
        "organization": str(world.enterprise.public_id),
        "visibility": "national",
        "capacity": 3,
        "keywords": ["电镜"],
        "details": {"manufacturer": "示例", "quantity": 2},
        "capabilities": [{"name_zh": "分辨率", "low": 0.8, "high": 1.2, "unit": "nm"}],
        "parts": [{"name_zh": "能谱仪", "original_value": "120000.00"}],
        "grants": [{"scope": "zone", "zone": "west"}],
        "exclusions": [{"zone": "far"}],
    } | fields


def test_eve_posts_a_need_and_reads_it_as_she_wrote_it(world: World) -> None:
    eve = writer(world.eve)
    answer = eve.post("needs/", need_body(world))
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["state"], told["organization"], told["budget_max"]) == (
        "draft",
        str(world.enterprise.public_id),
        "800000.00",
    )
    assert told["zone"] == str(world.east.public_id)
    assert told["metrics"][0]["unit"] == "nm"
    read = eve.client.get(answer["Location"])
    assert (read.content, read["ETag"]) == (answer.content, answer["ETag"])
    assert Need.plain.get().author == world.eve


def test_ana_posts_a_resource_with_all_that_hangs_on_it(world: World) -> None:
    answer = writer(world.ana).post("resources/", resource_body(world, external_id="E-1"))
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["details"]["manufacturer"], told["details"]["quantity"]) == ("示例", 2)
    assert told["capabilities"][0] | {"key": ""} == {
        "position": 1, "key": "", "name_zh": "分辨率", "low": 0.8, "high": 1.2, "truth": None, "choices": [],
        "unit": "nm", "is_known": True, "note_zh": "",
    }  # fmt: skip
    assert told["parts"][0]["original_value"] == "120000.00"
    assert told["grants"][0]["zone"] == str(world.west.public_id)
    assert told["exclusions"] == [{"organization": None, "zone": str(world.far.public_id)}]
    assert told["external_id"] == "E-1"
    others = program_of(world.cy).get(answer["Location"]).json()
    assert (others["external_id"], others["exclusions"], others["grants"]) == (None, [], [])


def test_a_patch_changes_what_it_names_and_nothing_else(world: World) -> None:
    ana = writer(world.ana)
    path = "resources/" + ana.post("resources/", resource_body(world)).json()["public_id"] + "/"
    before = ana.client.get(ROOT + path).json()
    answer = ana.patch(path, {"name_en": "SEM", "details": {"quantity": 3}, "parts": []}, if_match=ana.tag(path))
    assert answer.status_code == 200, answer.content
    after = answer.json()
    expected = before | {"name_en": "SEM", "parts": [], "details": before["details"] | {"quantity": 3}}
    assert {**after, "updated_at": 0} == {**expected, "version": 2, "updated_at": 0}
    assert answer["ETag"] == ana.tag(path)


def test_a_need_goes_through_its_steps(world: World) -> None:
    eve = writer(world.eve)
    made = eve.post("needs/", need_body(world))
    path, tag, states = "needs/" + made.json()["public_id"] + "/", made["ETag"], []
    for step in ("submit", "recall", "withdraw"):
        answer = eve.post(f"{path}{step}/", if_match=tag)
        assert answer.status_code == 200, answer.content
        tag = answer["ETag"]
        states.append(answer.json()["state"])
    assert states == ["submitted", "draft", "withdrawn"]
    again = eve.post(f"{path}submit/", if_match=tag)
    assert (again.status_code, again.json()["type"]) == (409, "urn:zonelink:illegal_transition")


def test_a_draft_is_opened_by_its_review_alone(world: World) -> None:
    eve = writer(world.eve)
    made = eve.post("needs/", need_body(world))
    answer = eve.post(f"needs/{made.json()['public_id']}/open/", if_match=made["ETag"])
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:zonelink:not_permitted")
    assert "提交审核" in answer.json()["detail"]


def test_a_resource_is_confirmed_and_retired(world: World) -> None:
    row = make_resource(organization=world.laboratory)
    lin = writer(world.lin)
    answer = lin.post(f"{path_of(row)}confirm/", if_match=lin.tag(path_of(row)))
    assert answer.json()["confirmed_on"] == today().isoformat()
    answer = lin.post(f"{path_of(row)}retire/", if_match=answer["ETag"])
    assert answer.json()["status"] == "retired"
    assert program_of(world.eve).get(ROOT + path_of(row)).status_code == 404


@pytest.mark.parametrize("method", ["PATCH", "POST"])
def test_who_changes_says_what_was_read(world: World, method: str) -> None:
    row = make_resource(organization=world.enterprise)
    ana, path = writer(world.ana), path_of(row)
    target = path if method == "PATCH" else f"{path}retire/"
    tag = ana.tag(path)
    for header in ({}, {"if_match": "*"}, {"if_match": ""}):
        answer = ana.send(method, target, {}, **header)
        assert (answer.status_code, answer.json()["type"]) == (428, "urn:zonelink:precondition_required")
    assert writer(world.bo).patch(path, {}, if_match=tag).status_code == 404
    ana.patch(path, {"capacity": 7}, if_match=tag)
    for stale in (tag, f"W/{ana.tag(path)}", '"x"', "nonsense", '"0-' + "0" * 32 + '"', '"' + "9" * 5000 + '"'):
        answer = ana.send(method, target, {}, if_match=stale)
        assert (answer.status_code, answer.json()["type"]) == (412, "urn:zonelink:precondition_failed"), stale
    assert ana.send(method, target, {}, if_match=f'"x", {ana.tag(path)}').status_code == 200
    assert Resource.plain.get().version == 3


def test_what_somebody_changed_in_between_is_not_overwritten(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The service asks again under its lock."""
    row = make_resource(organization=world.enterprise)
    ana = writer(world.ana)
    tag = ana.tag(path_of(row))

    def overtaken(*arguments: Any, **values: Any) -> Any:
        Resource.plain.filter(pk=row.pk).update(version=2)
        return update_resource(*arguments, **values)

    monkeypatch.setattr("api.views.resources.update_resource", overtaken)
    answer = ana.patch(path_of(row), {"capacity": 7}, if_match=tag)
    assert answer.status_code == 412
    assert Resource.plain.get().capacity == row.capacity


def test_a_detail_that_was_read_is_not_sent_again(world: World) -> None:
    row = make_resource(organization=world.enterprise, visibility="public")
    client = Client()
    for path in (path_of(row), f"zones/{world.east.public_id}/"):
        first = client.get(ROOT + path)
        assert first["ETag"].startswith('"')
        for sent in (first["ETag"], f"W/{first['ETag']}", f'"x", {first["ETag"]}', "*"):
            again = client.get(ROOT + path, headers={"if-none-match": sent})
            assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
            assert "Authorization" in again["Vary"]
        assert client.get(ROOT + path, headers={"if-none-match": '"x", ""'}).status_code == 200
    Resource.plain.filter(pk=row.pk).update(version=2)
    assert client.get(ROOT + path_of(row))["ETag"] != first["ETag"]


def test_visitors_write_nothing(world: World) -> None:
    row = make_resource(organization=world.enterprise, visibility="zone")
    visitor = Writer(Client())
    for path in ("needs/", "resources/", path_of(row), f"resources/{NOWHERE}/", f"{path_of(row)}retire/"):
        method = "PATCH" if path.count("/") == 2 else "POST"
        answer = visitor.send(method, path, {})
        assert (answer.status_code, answer.json()["type"]) == (401, "urn:zonelink:not_authenticated"), path
        assert answer["WWW-Authenticate"] == 'Bearer realm="ZoneLink"'


def test_a_token_writes_within_its_scopes(world: World) -> None:
    need, resource = make_need(organization=world.enterprise), make_resource(organization=world.enterprise)
    writing_needs = writer(world.eve, Scope.READ, Scope.WRITE_NEEDS)
    assert writing_needs.post("needs/", need_body(world)).status_code == 201
    for row in (resource,):
        answer = writing_needs.patch(path_of(row), {}, if_match=writing_needs.tag(path_of(row)))
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:zonelink:insufficient_scope")
    reading = writer(world.eve, Scope.READ)
    assert reading.patch(path_of(need), {}, if_match=reading.tag(path_of(need))).status_code == 403
    assert 'scope="write:resources"' in reading.post("resources/", {})["WWW-Authenticate"]


def test_a_browser_writes_with_the_token_of_its_page(world: World) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.eve)
    body = json.dumps(need_body(world))
    answer = browser.post(ROOT + "needs/", body, content_type="application/json")
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:zonelink:csrf_failed")
    browser.get("/account/")
    headers = {"x-csrftoken": browser.cookies["csrftoken"].value}
    assert browser.post(ROOT + "needs/", body, content_type="application/json", headers=headers).status_code == 201


def test_who_may_not_edit_gets_what_they_get_for_nothing(world: World) -> None:
    hidden = make_resource(organization=world.enterprise, visibility="zone")
    shown = make_resource(organization=world.enterprise, visibility="national")
    cy = writer(world.cy)
    answers = {
        (answer.status_code, answer.content)
        for path in (path_of(hidden), path_of(shown), f"resources/{NOWHERE}/", "resources/x/")
        for answer in (cy.patch(path, {"capacity": 1}, if_match='"1-x"'), cy.post(f"{path}retire/", {}))
    }
    assert len(answers) == 1
    assert answers.pop()[0] == 404
    for user in (world.auditor, world.secretariat, world.bo):
        assert writer(user).patch(path_of(shown), {"capacity": 1}).status_code == 404


@pytest.mark.parametrize("field", ["organization", "zone", "association", "review_zone"])
def test_a_row_one_may_not_see_is_as_good_as_none(world: World, field: str) -> None:
    make_organization(zone=world.far, is_listed=False, public_id=NOWHERE[:-1] + "1")
    eve = writer(world.eve)
    keys: tuple[Any, ...] = (
        NOWHERE,
        NOWHERE[:-1] + "1",
        str(world.outside.pk),
        "nothing",
        "x" * 900,
        5,
        [],
        {},
        "",
        True,
    )
    told = [eve.post("needs/", need_body(world, **{field: key})) for key in keys]
    assert {answer.status_code for answer in told} == {400}
    assert len({json.dumps(answer.json()["errors"]) for answer in told}) == 1
    assert list(told[0].json()["errors"]) == [field]


def test_nobody_writes_into_another_s_zone(world: World) -> None:
    eve, ana = writer(world.eve), writer(world.ana)
    for foreign in (world.outside, world.laboratory):
        answer = eve.post("needs/", need_body(world, organization=str(foreign.public_id), association=None,
                                              visibility="zone"))  # fmt: skip
        assert (answer.status_code, answer.json()["type"]) == (403, "urn:zonelink:not_permitted"), answer.content
        assert "所属的园区或单位" in answer.json()["detail"]
    row = make_resource(organization=world.enterprise)
    moved = {"organization": str(world.outside.public_id), "zone": "far"}
    assert ana.patch(path_of(row), moved, if_match=ana.tag(path_of(row))).status_code == 403
    assert (Need.plain.count(), Resource.plain.get().zone) == (0, world.east)
    assert writer(world.auditor).post("resources/", resource_body(world)).status_code == 403


def test_a_change_names_its_user_in_the_history(world: World) -> None:
    writer(world.eve).post("needs/", need_body(world))
    event = Need.pgh_event_model.objects.get()  # type: ignore[attr-defined]
    assert event.pgh_context.metadata["user"] == world.eve.pk
    assert event.pgh_context.metadata["door"] == "/api/v1/needs/"
    assert event.pgh_context.metadata["token"]
