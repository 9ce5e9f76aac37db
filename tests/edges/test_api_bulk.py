"""Many needs and resources at once: each with its own verdict, all of them in one transaction."""

import json
from typing import Any

import pytest
from django.db import OperationalError

from accounts.scopes import Scope
from ledger.models import KeptAnswer, OutboxEvent
from matching.models import Need
from tests.builders import make_need, make_organization, make_resource
from tests.conftest import World, build_world
from tests.edges.test_api_idempotency import at_once
from tests.edges.test_api_writing import NOWHERE, Writer, need_body, resource_body, writer
from zones.models import Resource, StaffRole
from zones.services.resources import publish_resource


def sent(client: Writer, name: str, *items: Any, **headers: str) -> Any:
    answer = client.post(f"{name}/bulk/", {"items": list(items)}, **headers)
    assert answer.status_code == 200, answer.content
    return answer.json()


def verdicts(told: Any) -> list[str]:
    return [result["verdict"] for result in told["results"]]


def test_what_is_new_is_made_and_what_is_there_is_changed_or_left(world: World) -> None:
    ana = writer(world.ana)
    bodies = [resource_body(world, name_zh=f"设备{n}", external_id=f"E-{n}") for n in range(3)]
    told = sent(ana, "resources", *bodies)
    assert (verdicts(told), told["counts"]["created"]) == (["created"] * 3, 3)
    told_of = OutboxEvent.objects.count()
    again = sent(ana, "resources", bodies[0], bodies[1] | {"capacity": 9}, {"external_id": "E-2", "zone": "east"})
    assert verdicts(again) == ["unchanged", "updated", "unchanged"]
    assert [row["public_id"] for row in again["results"]] == [row["public_id"] for row in told["results"]]
    assert [row["version"] for row in again["results"]] == [1, 2, 1]
    assert OutboxEvent.objects.count() == told_of + 1
    assert Resource.plain.count() == 3


def test_one_that_is_wrong_leaves_the_others_alone(world: World) -> None:
    told = sent(
        writer(world.ana),
        "resources",
        resource_body(world, name_zh="甲"),
        resource_body(world, name_zh="乙", industry_codes=["nothing"]),
        "rubbish",
        {"colour": "red"},
        resource_body(world, name_zh="甲"),
        resource_body(world, name_zh="丙", organization=NOWHERE),
        resource_body(world, name_zh="丁", organization=str(world.outside.public_id), zone="far"),
    )
    assert verdicts(told) == ["created", *["error"] * 6]
    assert told["counts"] == {"created": 1, "updated": 0, "unchanged": 0, "error": 6}
    problems = [row["problem"] for row in told["results"]]
    assert [problem and problem["status"] for problem in problems] == [None, 400, 400, 400, 400, 400, 403]
    assert list(problems[1]["errors"]) == ["industry_codes"]
    assert list(problems[5]["errors"]) == ["organization"]
    assert Resource.plain.get().name_zh == "甲"


def test_a_member_s_resource_is_known_by_its_owner_kind_and_name(world: World) -> None:
    eve = writer(world.eve)
    body = resource_body(world)
    assert verdicts(sent(eve, "resources", body)) == ["created"]
    assert verdicts(sent(eve, "resources", body)) == ["unchanged"]
    assert verdicts(sent(eve, "resources", body | {"capacity": 1})) == ["updated"]


def test_a_record_named_by_its_id_says_what_was_read_of_it(world: World) -> None:
    row = make_need(organization=world.enterprise, state="draft")
    eve, name = writer(world.eve), {"public_id": str(row.public_id)}
    told = sent(eve, "needs", name | {"wanted_partners": 7})
    assert told["results"][0]["problem"]["status"] == 428
    for stale in (2, 0, "1", None, True, 1.5):
        told = sent(eve, "needs", name | {"version": stale, "wanted_partners": 7})
        assert told["results"][0]["problem"]["status"] == 412, stale
    assert verdicts(sent(eve, "needs", name | {"version": 1, "wanted_partners": 7})) == ["updated"]
    assert Need.plain.get().wanted_partners == 7


def test_what_one_may_not_see_or_change_is_not_there(world: World) -> None:
    hidden = make_resource(organization=world.enterprise, visibility="zone")
    shown = make_resource(organization=world.enterprise, visibility="national")
    keys = (str(hidden.public_id), str(shown.public_id), NOWHERE, "x", 5, None)
    told = sent(writer(world.cy), "resources", *({"public_id": key, "version": 1, "capacity": 1} for key in keys))
    problems = {json.dumps(row["problem"]) for row in told["results"]}
    assert len(problems) == 1
    assert told["results"][0]["problem"]["status"] == 404


def test_that_a_number_is_taken_is_told_to_those_who_see_whose_it_is(world: World) -> None:
    """Numbers are the zone's: a member who could use them would learn which ones its neighbors have."""
    neighbor = make_organization(zone=world.east, is_listed=False)
    make_resource(organization=neighbor, visibility="zone", external_id="TAKEN")
    make_need(organization=neighbor, visibility="zone", external_id="TAKEN")
    eve = writer(world.eve)
    for name, body in (("resources", resource_body(world)), ("needs", need_body(world))):
        answers = [eve.post(f"{name}/", body | {"external_id": number}) for number in ("TAKEN", "FREE")]
        assert {answer.status_code for answer in answers} == {400}
        assert answers[0].content == answers[1].content
        told = sent(eve, name, *(body | {"external_id": number} for number in ("TAKEN", "FREE")))
        problems = [row["problem"] for row in told["results"]]
        assert problems[0] == problems[1]
        assert list(problems[0]["errors"]) == ["external_id"]
    own = make_resource(organization=world.enterprise)
    for number in ("TAKEN", "FREE"):
        tag = eve.tag(f"resources/{own.public_id}/")
        assert eve.patch(f"resources/{own.public_id}/", {"external_id": number}, if_match=tag).status_code == 400
    told = sent(writer(world.ana), "resources", resource_body(world, external_id="TAKEN"))
    assert verdicts(told) == ["error"]  # of another kind and owner: Ana sees which


def test_two_items_that_mean_one_record_are_told(world: World) -> None:
    body = resource_body(world)
    ana = writer(world.ana)
    sent(ana, "resources", body)
    told = sent(ana, "resources", body | {"capacity": 1}, body | {"capacity": 2})
    assert verdicts(told) == ["updated", "error"]
    assert "第 1 项" in str(told["results"][1]["problem"])


@pytest.mark.parametrize(
    "change",
    [
        {"name_en": "x"}, {"capacity": 4}, {"keywords": []}, {"price_from": "1.00", "price_unit": "hour"},
        {"details": {"quantity": 3}}, {"parts": []}, {"grants": [{"scope": "zone", "zone": "far"}]},
        {"parts": [{"name_zh": "能谱仪", "original_value": "120000.01"}]}, {"exclusions": [{"zone": "west"}]},
        {"capabilities": [{"name_zh": "分辨率", "low": 0.8, "high": 1.3, "unit": "nm"}]},
    ],
)  # fmt: skip
def test_whatever_differs_is_a_change(world: World, change: dict[str, Any]) -> None:
    ana, body = writer(world.ana), resource_body(world, external_id="E-1")
    assert verdicts(sent(ana, "resources", body)) == ["created"]
    assert verdicts(sent(ana, "resources", body | change)) == ["updated"]
    assert verdicts(sent(ana, "resources", body | change)) == ["unchanged"]


def test_many_cost_few_statements_where_nothing_changes(world: World, django_assert_max_num_queries: Any) -> None:
    ana = writer(world.ana)
    bodies = [resource_body(world, name_zh=f"设备{n}", external_id=f"E-{n}") for n in range(20)]
    sent(ana, "resources", *bodies)
    with django_assert_max_num_queries(30 + 3 * len(bodies)):  # each is looked for, in a savepoint
        assert verdicts(sent(ana, "resources", *bodies)) == ["unchanged"] * 20


def test_the_kind_of_a_resource_stays(world: World) -> None:
    ana = writer(world.ana)
    sent(ana, "resources", resource_body(world, external_id="E-1"))
    told = sent(ana, "resources", resource_body(world, external_id="E-1", kind="laboratory"))
    assert list(told["results"][0]["problem"]["errors"]) == ["kind"]


@pytest.mark.parametrize(
    "body", [{}, [], {"items": []}, {"items": {}}, {"items": [{}] * 51}, {"items": [{}], "more": 1}, {"items": None}]
)
def test_what_is_no_list_of_up_to_fifty_is_a_400(world: World, body: Any) -> None:
    answer = writer(world.ana).post("resources/bulk/", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["items"])


def test_too_many_bytes_are_a_413(world: World, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    body = {"items": [resource_body(world, name_zh=f"设备{n}", description_zh="长" * 900) for n in range(9)]}
    assert writer(world.ana).post("resources/bulk/", body).status_code == 413
    assert not Resource.plain.exists()


def test_visitors_readers_and_get_are_refused(world: World) -> None:
    assert writer(world.eve, Scope.READ, Scope.WRITE_NEEDS).post("resources/bulk/", {"items": [{}]}).status_code == 403
    answer = writer(world.eve).client.get("/api/v1/resources/bulk/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST, OPTIONS")


def test_the_whole_is_done_once_per_key(world: World) -> None:
    eve, body = writer(world.eve), need_body(world)
    first = sent(eve, "needs", body, body | {"title_zh": "另一项需求的标题"}, idempotency_key="k")
    assert sent(eve, "needs", body, body | {"title_zh": "另一项需求的标题"}, idempotency_key="k") == first
    assert Need.plain.count() == 2


def test_who_may_change_one_of_them_no_more_is_not_told_again(world: World) -> None:
    eve, item = writer(world.eve), resource_body(world, visibility="public")
    sent(eve, "resources", item, idempotency_key="k-1")
    StaffRole.plain.filter(user=world.eve).delete()
    again = eve.post("resources/bulk/", {"items": [item]}, idempotency_key="k-1")
    assert again.status_code == 404
    assert b"results" not in again.content


def test_a_fault_of_ours_leaves_nothing_of_the_request(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[Any] = []

    def failing(*arguments: Any, **values: Any) -> Any:
        calls.append(values)
        if len(calls) == 2:
            raise OperationalError("the connection is gone")
        return publish_resource(*arguments, **values)

    monkeypatch.setattr("api.views.resources.publish_resource", failing)
    with pytest.raises(OperationalError):
        sent(writer(world.ana), "resources", *(resource_body(world, name_zh=f"设备{n}") for n in range(3)),
             idempotency_key="k")  # fmt: skip
    assert (Resource.plain.count(), KeptAnswer.objects.count(), OutboxEvent.objects.count()) == (0, 0, 0)


@pytest.mark.django_db(transaction=True)
def test_requests_that_meet_in_the_same_records_do_not_lock_each_other_out() -> None:
    world = build_world()
    bodies = [resource_body(world, name_zh=f"设备{n}", external_id=f"E-{n}") for n in range(8)]
    old = bodies[:4]
    sent(writer(world.ana), "resources", *old)
    clients = [writer(world.ana) for _ in range(4)]
    orders = {id(client): (bodies if n % 2 else bodies[::-1]) for n, client in enumerate(clients)}
    capacities = {id(client): n + 10 for n, client in enumerate(clients)}

    def ask(client: Writer) -> Any:
        changed = [body | {"capacity": capacities[id(client)]} for body in orders[id(client)]]
        return client.post("resources/bulk/", {"items": changed})

    answers = at_once(clients, ask)
    assert {answer.status_code for answer in answers} == {200}
    told = [result for answer in answers for result in answer.json()["results"]]
    assert sum(result["verdict"] == "created" for result in told) == 4
    assert len(set(Resource.plain.values_list("capacity", flat=True))) == 1 or any(
        result["verdict"] == "error" for result in told
    )
    assert Resource.plain.count() == 8
