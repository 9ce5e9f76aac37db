"""What Cy may not see changes nothing of what Cy's writing is answered (P10): the same writes in two worlds.

One world without East's hidden records, one with them. Answers are compared with statuses, bodies and headers; the
guard of keys in bodies is then taken away, and the comparison must go red.
"""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

import api.serializers.input
from api.views.kept import MECHANISMS
from config.routes import registry
from ledger.models import KeptAnswer
from tests.conftest import World
from tests.edges.asked_values import SHOWN
from tests.edges.test_api_writing import Writer, need_body, resource_body, writer
from tests.edges.test_two_worlds import HIDDEN, HIDDEN_WORD, OF_THE_MINUTE, fixed, hide_more, show
from tests.matching.search.looking import follow
from zones.models import Resource
from zones.scoping import today

Answers = dict[str, tuple[int, str, dict[str, str]]]
Wanted = Callable[[tuple[str, str, Any]], bool]
OF_THE_MOMENT = re.compile(
    r'"(updated_at|created_at|opened_at|looked_at|confirmed_at|at|asked_at|cancelled_at)":"[^"]*"'
)
NEW_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
"""Ids of new records are random; those of the two worlds are made of names (version 5)."""
TAG = re.compile(r'[-"][0-9a-f]{32}"')
"""Of records with a version and of those without: a hash of bytes that hold the new id."""

PARTS = 5
KEY = "<str:public_id>"
WRITING = [
    (line.method, line.pattern.removeprefix("api/v1/"))
    for line in registry()
    if line.route.startswith("api:") and line.method not in ("GET", "HEAD", "OPTIONS")
]
"""Everything that writes, as the registry has it."""
CHANGES: dict[str, dict[str, Any]] = {
    "organizations": {"city": "甲"}, "searches": {"name": "甲"}, "registrations": {"seats": 2},
    "endpoints": {"name": "甲"},
}  # fmt: skip
GATHERED = ("events", "agreements", "catalogues", "calls")
CHANGES |= {name: {"title_zh": "甲"} for name in ("cooperations", "contracts", *GATHERED, *MECHANISMS)}
DAY = today().isoformat()
SAID = {"text": "样品已备好。"}
STEPS: dict[str, dict[str, Any]] = {
    "accept": {"agreed_from": DAY, "agreed_to": DAY, "agreed_fee": "1"}, "decline": {"reason": "no_time"},
    "cancel": {"reason": "no_time"}, "record": {"started_on": DAY, "ended_on": DAY, "fee": "1"}, "rate": {"stars": 5},
    "question": SAID, "reply": SAID, "dispute": SAID, "message": SAID, "withdraw": {}, "confirm": {},
}  # fmt: skip
"""What the steps of requests are sent with; a step without a line here fails the test."""


def writes(world: World) -> Iterator[tuple[str, str, Any]]:
    """Every route that writes, at records of every kind of visibility and with every kind of key in the body."""
    rows = {
        "resources": ["shown-resource", "public-resource", "far-resource-0", *HIDDEN["resources"]],
        "needs": ["shown-need", "own-need", "west-need-0", *HIDDEN["needs"]],
        "organizations": HIDDEN["organizations"],
        "requests": ["own-request", *HIDDEN["requests"]],
        "searches": HIDDEN["searches"],
        "notices": HIDDEN["notices"],
        "endpoints": HIDDEN["endpoints"],
        "exchanges": ["shown-exchange", *HIDDEN["exchanges"]],
        "cooperations": ["shown-cooperation", "public-cooperation", *HIDDEN["cooperations"]],
        "contracts": ["shown-contract", *HIDDEN["contracts"]],
        "registrations": ["own-guest", "lin-guest", "far-guest", *HIDDEN["registrations"]],
        **{name: [*SHOWN[name], *HIDDEN.get(name, ())] for name in GATHERED},
        **{name: [f"shown-{view.kept.name}", *HIDDEN[name]] for name, view in MECHANISMS.items()},
    }
    hidden = (*HIDDEN["organizations"], "zone-resource", "sealed-need")
    keys = [*(str(fixed(name)) for name in hidden), str(UUID(int=0))]
    for name, words in rows.items():
        for word in words:
            path = f"{name}/{fixed(word)}/"
            yield from _at(name, path)
            item = {"public_id": str(fixed(word)), "version": 1, "keywords": ["乙"]}
            yield from [("POST", f"{name}/bulk/", {"items": [item]})] if ("POST", f"{name}/bulk/") in WRITING else ()
    own: dict[str, Any] = {
        "organization": str(world.outside.public_id),
        "grants": [],
        "exclusions": [],
        "association": None,
    }
    need = {name: value for name, value in (need_body(world) | own).items() if name != "grants"} | {
        "visibility": "zone"
    }
    resource = {name: value for name, value in (resource_body(world) | own).items() if name != "association"}
    for key in keys:
        for field in ("organization", "zone", "association", "review_zone"):
            yield "POST", "needs/", need | {field: key}
        yield "POST", "needs/", need | {"exclusions": [{"organization": key}]}
        yield "POST", "resources/", resource | {"organization": key}
        yield "POST", "resources/", resource | {"details": {"laboratory": key}}
        yield "POST", "resources/", resource | {"grants": [{"scope": "zone", "zone": key}]}
        yield "POST", "resources/bulk/", {"items": [resource | {"organization": key}, resource]}
    yield from exchange_writes(keys)
    yield from cooperation_writes(world, keys)
    yield from mechanism_writes(world, keys)
    yield from gathering_writes(world, keys)
    for key in (*keys, *(str(fixed(name)) for name in ("own-event", "shown-event", "hidden-event"))):
        guest = {"seats": 1, "text_version": 1, "organization": str(world.outside.public_id)}
        yield "POST", "registrations/", guest | {"event": key}
        yield "POST", "registrations/", guest | {"event": str(fixed("own-event")), "organization": key}
    for number in ("HIDDEN-1", "FREE-1"):
        yield "POST", "resources/", resource | {"external_id": number}
        yield "POST", "needs/", need | {"external_id": number}
        yield "POST", "resources/bulk/", {"items": [resource | {"external_id": number, "zone": "east"}]}
    yield "POST", "resources/", resource
    yield from requests(world, keys)
    yield from (("POST", "needs/", need | {"call": key}) for key in (str(fixed("hidden-call")), *keys))
    yield "POST", "searches/", {"search": f"q={HIDDEN_WORD}", "name": "检索"}
    yield "POST", "notices/read_all/", {}
    for key in (*keys, "east", str(world.enterprise.public_id)):
        robot = {"kind": "webhook", "name": "群", "address": "https://hooks.example.cn/t"}
        yield from (("POST", "endpoints/", robot | {owner: key}) for owner in ("zone", "association", "organization"))
    yield "PATCH", "subscriptions/", {"digest_hour": 8}


def _at(name: str, path: str) -> Iterator[tuple[str, str, Any]]:
    """Every change and every step of a record that the registry has."""
    for method, pattern in WRITING:
        if pattern.startswith(f"{name}/{KEY}/"):
            step = pattern.removeprefix(f"{name}/{KEY}/").rstrip("/")
            changed = CHANGES.get(name, {"keywords": ["甲"]}) if method == "PATCH" else {}
            yield method, pattern.replace(f"{name}/{KEY}/", path), STEPS[step] if name == "requests" else changed


def requests(world: World, keys: list[str]) -> Iterator[tuple[str, str, Any]]:
    """Requests of Cy's own for what is hidden, and every step of other people's."""
    day = (today() + timedelta(3)).isoformat()
    wish = {"kind": "commissioned", "wished_from": day, "wished_to": day, "purpose": "检测外延片", "hours": "4"}
    own = {"organization": str(world.outside.public_id), **wish}
    for key in (*keys, str(fixed("shown-resource"))):
        yield "POST", "requests/", own | {"resource": key}
        yield "POST", "requests/", wish | {"resource": str(fixed("shown-resource")), "organization": key}


def exchange_writes(keys: list[str]) -> Iterator[tuple[str, str, Any]]:
    """Interests in what may be seen and in what may not."""
    body = {"side": "need", "cooperation_zh": "检测", "offer_zh": "样品"}
    for key in keys:
        yield "POST", "exchanges/", body | {"need": str(fixed("own-need")), "resource": key}
        yield "POST", "exchanges/", body | {"need": key, "resource": str(fixed("far-resource-0"))}
    yield "POST", "exchanges/", body | {"need": str(fixed("own-need")), "resource": str(fixed("shown-resource"))}


def cooperation_writes(world: World, keys: list[str]) -> Iterator[tuple[str, str, Any]]:
    """Cooperations and contracts with what may be seen and what may not as their parties, their call, their whole."""
    own = {"organization": str(world.outside.public_id)}
    body = {"kind": "project", "title_zh": "联合攻关", "source": "direct", "signed_on": "2026-03-02"}
    contract = {"title_zh": "检测", "contract_type": "KF-WT", "total_amount": "2.00", "traded_amount": "1.00"}
    contract |= {"signed_on": "2026-03-02", "seller_organization": str(world.outside.public_id)}
    named = {"buyer_name_zh": "某公司", "buyer_region": "110000", "seller_region": "110000"}
    for key in (*keys, str(fixed("hidden-cooperation")), str(fixed("shown-cooperation"))):
        yield "POST", "cooperations/", body | {"parties": [own, {"organization": key}]}
        yield "POST", "cooperations/", body | {"call": key, "source": "call", "parties": [own, {"name_zh": "某公司"}]}
        yield "POST", "contracts/", contract | {"buyer_organization": key}
        yield "POST", "contracts/", contract | named | {"cooperation": key}


def mechanism_writes(world: World, keys: list[str]) -> Iterator[tuple[str, str, Any]]:
    """Records of Cy's zone that name what may be seen and what may not."""
    own = {"zone": str(world.far.public_id), "title_zh": "甲"}
    fund = own | {"size": "10.00", "established_on": "2024-01-01"}
    enclave = own | {"home_zone": str(world.far.public_id), "host_region": "110000", "opened_on": "2024-01-01"}
    converted = own | {"from_zone": str(world.far.public_id), "landing_region": "110000", "converted_on": "2024-01-01"}
    for key in (*keys, str(fixed("hidden-contract"))):
        yield "POST", "funds/", fund | {"manager": key}
        promised = {"organization": key, "amount": "1.00", "committed_on": "2024-01-01"}
        yield "POST", "funds/", fund | {"commitments": [promised]}
        yield "POST", "enclaves/", enclave | {"operator": key}
        yield "POST", "enclaves/", enclave | {"tenants": [{"organization": key, "entered_on": "2024-01-01"}]}
        yield "POST", "conversions/", converted | {"resource": key}
        yield "POST", "conversions/", converted | {"contract": key}
        place = {"organization": key, "valid_from": "2024-01-01"}
        node = {"chain_zh": "乙", "stage": "upstream", "valid_from": "2024-01-01", "places": [place]}
        yield "POST", "chains/", own | node
        yield "POST", "trials/", own | {"testbed": key, "track_code": "FI2", "started_on": "2024-01-01"}
        went = {"to_region": "110000", "role": "expert", "person_times": 1, "started_on": "2024-01-01"}
        yield "POST", "talent_exchanges/", own | went | {"from_region": "110000", "cooperation": key}
        yield "POST", "policies/", own | {"issued_on": "2024-01-01", "association": key}


def gathering_writes(world: World, keys: list[str]) -> Iterator[tuple[str, str, Any]]:
    """Events, agreements and catalogues of Cy's zone that name what may be seen and what may not."""
    own = {"zone": str(world.far.public_id), "title_zh": "甲"}
    held = {"kind": "industry", "summary_zh": "乙", "place_zh": "丙", "is_held": True}
    held |= {"starts_at": "2025-03-02T09:00:00+08:00", "ends_at": "2025-03-02T17:00:00+08:00"}
    agreed = own | {"kind": "framework", "scopes": ["research"], "valid_from": "2025-01-01"}
    for key in (*keys, str(fixed("hidden-call")), str(fixed("shown-resource"))):
        yield "POST", "events/", own | held | {"call": key}
        yield "POST", "agreements/", agreed | {"parties": [{"zone": "far"}, {"organization": key}]}
        yield "POST", "catalogues/", own | {"published_on": "2025-01-01", "partner": key}
        yield "POST", "catalogues/", own | {"published_on": "2025-01-01", "resources": [key]}
    for zone in (*keys, "east"):
        yield "POST", f"associations/{world.alliance.public_id}/join/", {"zone": zone, "joined_on": DAY}
        yield "POST", f"associations/{world.alliance.public_id}/leave/", {"zone": zone, "left_on": DAY}
    asked = {"title_zh": "甲", "purpose_zh": "乙", "opens_on": DAY, "closes_on": DAY}
    yield from (("POST", "calls/", asked | {"association": key}) for key in (*keys, "alliance", "network"))


def answers(client: Writer, world: World, wanted: Wanted, part: int = 0, parts: int = 1) -> Answers:
    """Each wanted write, or each of one part, from the same start: what it did is taken back."""
    told: Answers = {}
    for method, path, body in islice(filter(wanted, writes(world)), part, None, parts):
        with transaction.atomic():
            tag = (
                client.client.get(f"/api/v1/{path}").headers.get("ETag", f'"1-{"0" * 32}"')
                if "bulk" not in path
                else ""
            )
            answer = client.send(method, path, body, if_match=tag, idempotency_key="k")
            key = f"{method} {path} {json.dumps(body, sort_keys=True)}"
            told[key] = (answer.status_code, _plain(answer.content.decode()), _headers(answer))
            transaction.set_rollback(True)
    assert not KeptAnswer.objects.exists()
    return told


def _plain(text: str) -> str:
    return TAG.sub('-hash"', NEW_ID.sub("new", OF_THE_MOMENT.sub("", text)))


def _headers(answer: Any) -> dict[str, str]:
    return {name: _plain(value) for name, value in answer.items() if name not in OF_THE_MINUTE}


def worlds(world: World, wanted: Wanted = bool, part: int = 0, parts: int = 1) -> tuple[Answers, Answers]:
    """Without East's hidden records, and with them."""
    show(world)
    follow()
    client = writer(world.cy)
    before = answers(client, world, wanted, part, parts)
    hide_more(world)
    follow()
    Resource.plain.filter(public_id=fixed("zone-resource")).update(external_id="HIDDEN-1")
    return before, answers(client, world, wanted, part, parts)


@pytest.mark.parametrize("part", range(PARTS))
def test_hidden_records_change_no_answer_to_a_write(world: World, part: int) -> None:
    """In parts that are dealt out in turn: all of it in one test would keep one process of a run busy alone."""
    before, after = worlds(world, part=part, parts=PARTS)
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == []


def test_what_is_compared_was_done_changed_refused_and_not_found(world: World) -> None:
    """Else the comparison would be blind."""
    show(world)
    follow()
    told = answers(writer(world.cy), world, lambda write: write[1].startswith(("resources/", "searches/", "notices/")))
    assert {200, 201, 400, 404} <= {status for status, _body, _headers in told.values()}


def test_every_route_that_writes_is_asked(world: World) -> None:
    asked = {(method, re.sub("[0-9a-f-]{36}", KEY, path)) for method, path, _body in writes(world)}
    assert set(WRITING) <= asked


def test_the_comparison_sees_keys_that_are_looked_up_among_all_rows(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.serializers.input, "visible_rows", lambda model, reader: model._default_manager.all())
    before, after = worlds(world, lambda write: write[:2] == ("POST", "resources/"))
    assert [name for name in before if before[name] != after[name]] != []
