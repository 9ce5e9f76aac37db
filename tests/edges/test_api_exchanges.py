"""Exchanges through the API: the same steps as in the portal, by version and once; contacts by looks alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from ledger.models import KeptAnswer
from matching.choices import ExchangeState as State
from matching.choices import Side
from matching.models import Disclosure, Exchange
from tests.builders import make_contact, make_need, make_resource, make_run
from tests.conftest import World
from tests.edges.test_api_writing import ROOT, Writer, writer
from tests.exchanges import make_consent, make_exchange
from zones.scoping import today

PHONES = {Side.NEED: "13800000001", Side.RESOURCE: "13800000002"}


def pair_body(world: World, **changed: Any) -> dict[str, Any]:
    need = make_need(zone=world.east, organization=world.enterprise)
    resource = make_resource(organization=world.laboratory)
    return {
        "need": str(need.public_id), "resource": str(resource.public_id), "side": "need",
        "cooperation_zh": "委托检测", "offer_zh": "样品", **changed,
    }  # fmt: skip


def exchange_of(world: World, **fields: Any) -> Exchange:
    need = make_need(zone=world.east, organization=world.enterprise)
    return make_exchange(need, make_resource(organization=world.laboratory), **fields)


def disclosed(world: World) -> Exchange:
    row = exchange_of(world, state=State.DISCLOSED)
    for side, owner in ((Side.NEED, world.enterprise), (Side.RESOURCE, world.laboratory)):
        make_consent(row, side, contact=make_contact(owner, phone=PHONES[side]).public_id)
    return row


def path_of(row: Exchange) -> str:
    return f"exchanges/{row.public_id}/"


def take(person: Writer, row: Exchange, step: str, body: Any = None, **headers: str) -> Any:
    path = path_of(row)
    return person.post(f"{path}{step}/", body, **({"if_match": person.tag(path)} | headers))


def consent_body(owner: Any, **changed: Any) -> dict[str, Any]:
    side = Side.NEED if owner.kind == "enterprise" else Side.RESOURCE
    return {
        "contact": str(make_contact(owner, phone=PHONES[side]).public_id), "fields": ["phone"], "text_version": 1,
        "purpose": "商谈检测委托", "valid_until": (today() + timedelta(60)).isoformat(), **changed,
    }  # fmt: skip


def test_two_programs_go_from_interest_to_contacts_and_back(world: World) -> None:
    make_run()
    eve, lin = writer(world.eve), writer(world.lin)
    made = eve.post("exchanges/", pair_body(world))
    assert made.status_code == 201, made.content
    row = Exchange.plain.get()
    assert made["Location"].endswith(ROOT + path_of(row))
    told = lin.client.get(ROOT + path_of(row)).json()
    assert (told["state"], told["asked_by_side"], told["offer_zh"]) == ("interest_sent", "need", "样品")
    need_side = {"side": "need", "is_own": False, "organization": None, "name_zh": None}
    assert told["parties"][0] == need_side
    assert take(lin, row, "accept", {"words": "可以"}).json()["state"] == "consent_pending"
    assert take(eve, row, "consent", consent_body(world.enterprise)).status_code == 200
    assert eve.post(f"{path_of(row)}look/").status_code == 409
    answer = take(lin, row, "consent", consent_body(world.laboratory, fields=["phone", "email"]))
    assert (answer.json()["state"], answer.json()["is_contact_open"]) == ("disclosed", True)
    assert answer.json()["parties"][0]["name_zh"] == world.enterprise.name_zh
    assert not any(phone in answer.content.decode() for phone in PHONES.values())
    seen = lin.post(f"{path_of(row)}look/")
    assert (seen.status_code, seen.json()["phone"], seen.json()["email"]) == (200, PHONES[Side.NEED], "")
    assert seen["Cache-Control"] == "private, no-store"
    assert Disclosure.plain.get().user == world.lin
    assert eve.post(f"{path_of(row)}withdraw_consent/").json()["state"] == "consent_pending"
    assert lin.post(f"{path_of(row)}look/").status_code == 409
    ended = take(eve, row, "give_up", {"reason": "price", "words": "费用偏高"})
    assert (ended.json()["state"], ended.json()["exit_reason"]) == ("failed", "price")
    assert [step["to_state"] for step in ended.json()["steps"]][-2:] == ["consent_pending", "failed"]


def test_a_look_is_never_kept_for_a_key(world: World) -> None:
    row, lin = disclosed(world), writer(world.lin)
    for _number in range(2):
        assert lin.post(f"{path_of(row)}look/", idempotency_key="k").json()["phone"] == PHONES[Side.NEED]
    assert Disclosure.plain.count() == 2
    assert not KeptAnswer.objects.exists()
    writer(world.eve).post(f"{path_of(row)}withdraw_consent/")
    assert lin.post(f"{path_of(row)}look/", idempotency_key="k").status_code == 409


def test_a_step_is_taken_once_and_only_by_who_has_read_what_stands(world: World) -> None:
    make_run()
    row, lin = exchange_of(world), writer(world.lin)
    tag = lin.tag(path_of(row))
    assert lin.post(f"{path_of(row)}accept/").status_code == 428
    first = lin.post(f"{path_of(row)}accept/", if_match=tag, idempotency_key="k")
    again = lin.post(f"{path_of(row)}accept/", if_match=tag, idempotency_key="k")
    assert (first.status_code, again.content, again["Idempotency-Replayed"]) == (200, first.content, "true")
    assert lin.post(f"{path_of(row)}decline/", {"reason": "price"}, if_match=tag).status_code == 412
    assert take(lin, row, "decline", {"reason": "price"}).status_code == 409


def test_what_stands_in_the_way_is_told_apart_from_what_was_read_too_early(world: World) -> None:
    make_run()
    row = exchange_of(world)
    type(row.resource).plain.update(capacity=0)
    full = take(writer(world.lin), row, "accept")
    assert (full.status_code, "排满" in full.json()["detail"]) == (409, True)
    row = exchange_of(world, state=State.CONSENT_PENDING)
    assert take(writer(world.eve), row, "consent", consent_body(world.enterprise, text_version=2)).status_code == 409
    assert writer(world.eve).post(f"{path_of(row)}withdraw_consent/").status_code == 409


@pytest.mark.parametrize(
    ("step", "body", "field"),
    [
        ("decline", {"reason": "dislike"}, "reason"),
        ("decline", {"words": "无"}, "reason"),
        ("decline", {"reason": "price", "words": "电话 13812345678"}, "words"),
        ("accept", {"colour": "red"}, "colour"),
        ("accept", {"words": "长" * 501}, "words"),
        ("recall", {"side": "need"}, "side"),
    ],
)
def test_a_body_that_will_not_do_names_its_field(world: World, step: str, body: Any, field: str) -> None:
    row = exchange_of(world)
    answer = take(writer(world.eve if step == "recall" else world.lin), row, step, body)
    assert (answer.status_code, field in answer.json()["errors"]) == (400, True), answer.content
    assert Exchange.plain.get().state == State.INTEREST_SENT


def test_staff_say_for_whom_and_by_what_they_may(world: World) -> None:
    row, ana = exchange_of(world, state=State.CONSENT_PENDING), writer(world.ana)
    refused = take(ana, row, "consent", consent_body(world.enterprise))
    assert "basis" in refused.json()["errors"]
    assert take(ana, row, "consent", consent_body(world.enterprise, side="resource")).status_code == 403
    assert take(ana, row, "consent", consent_body(world.enterprise, basis="授权书 2026-11-20")).status_code == 200
    told = ana.client.get(ROOT + path_of(row)).json()
    assert {one["side"] for one in told["own_contacts"]} == {"need"}
    assert all("****" in one["phone"] for one in told["own_contacts"])


def test_nobody_asks_or_answers_for_others_and_strangers_find_nothing(world: World) -> None:
    row = exchange_of(world)
    assert take(writer(world.eve), row, "accept").status_code == 403
    body = pair_body(world, side="resource")
    assert writer(world.eve).post("exchanges/", body).status_code == 403
    cy, auditor = writer(world.cy), writer(world.auditor)
    assert cy.client.get(ROOT + path_of(row)).status_code == 404
    assert cy.client.get(f"{ROOT}exchanges/").json()["results"] == []
    assert auditor.client.get(ROOT + path_of(row)).status_code == 200
    for step in ("accept", "decline", "recall", "consent", "withdraw_consent", "give_up", "look"):
        for person in (cy, auditor):
            assert person.post(f"{path_of(row)}{step}/", {}, if_match=f'"1-{"0" * 32}"').status_code == 404
    weak = writer(world.lin, "read", "write:needs")
    assert weak.post(f"{path_of(row)}look/").status_code == 403


def test_two_programs_talk_meet_and_say_what_comes_next(world: World) -> None:
    row, eve, lin = disclosed(world), writer(world.eve), writer(world.lin)
    path, starts = path_of(row), timezone.now() + timedelta(days=2)
    told = eve.post(f"{path}write/", {"text": "您好"}, idempotency_key="k").json()
    assert eve.post(f"{path}write/", {"text": "您好"}, idempotency_key="k").json() == told
    assert (told["state"], [one["text"] for one in told["messages"]]) == ("negotiating", ["您好"])
    held = {
        "topic_zh": "样品方案", "place_zh": "西山", "starts_at": starts.isoformat(),
        "ends_at": (starts + timedelta(hours=1)).isoformat(),
    }  # fmt: skip
    meeting = eve.post(f"{path}propose_meeting/", held).json()["meetings"][0]
    named = {"meeting": meeting["public_id"], "meeting_version": 1}
    assert eve.post(f"{path}confirm_meeting/", named).status_code == 403
    assert lin.post(f"{path}confirm_meeting/", named).json()["meetings"][0]["state"] == "confirmed"
    assert lin.post(f"{path}cancel_meeting/", named).status_code == 409
    moved = lin.post(f"{path}move_meeting/", {**named, "meeting_version": 2, **held, "link": "https://a.cn/1"}).json()
    assert [moved["meetings"][0][name] for name in ("state", "side", "sequence")] == ["proposed", "resource", 2]
    other = path_of(disclosed(world))
    assert lin.post(f"{other}cancel_meeting/", {**named, "meeting_version": 3}).status_code == 404
    step = {"what": "寄样", "by": "need", "due_on": today().isoformat()}
    assert lin.post(f"{path}set_next_step/", step).json()["next_steps"][0]["what_zh"] == "寄样"
    assert eve.post(f"{path}finish_next_step/").json()["next_steps"][0]["is_done"]
    assert eve.post(f"{path}finish_next_step/").status_code == 409
    assert writer(world.cy).post(f"{path}write/", {"text": "您好"}).status_code == 404
