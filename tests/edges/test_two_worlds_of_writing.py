"""What Cy may not see changes nothing of what Cy's writing is answered (P10): the same writes in two worlds.

One world without East's hidden records, one with them. Answers are compared with statuses, bodies and headers; the
guard of keys in bodies is then taken away, and the comparison must go red.
"""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

import api.serializers.input
from api.views.requests import RequestViewSet
from ledger.models import KeptAnswer
from tests.conftest import World
from tests.edges.test_api_writing import Writer, need_body, resource_body, writer
from tests.edges.test_two_worlds import HIDDEN, fixed, hide_more, show
from zones.models import Resource
from zones.scoping import today

Answers = dict[str, tuple[int, str, dict[str, str]]]
OF_THE_MOMENT = re.compile(r'"(updated_at|created_at|opened_at)":"[^"]*"')
NEW_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
"""Ids of new records are random; those of the two worlds are made of names (version 5)."""
TAG = re.compile(r'-[0-9a-f]{32}"')


def writes(world: World) -> Iterator[tuple[str, str, Any]]:
    """Every route that writes, at records of every kind of visibility and with every kind of key in the body."""
    rows = {
        "resources": ["shown-resource", "public-resource", "far-resource-0", *HIDDEN["resources"]],
        "needs": ["shown-need", "own-need", "west-need-0", *HIDDEN["needs"]],
    }
    steps = {"resources": ("confirm", "retire"), "needs": ("submit", "recall", "open", "pause", "withdraw")}
    hidden = (*HIDDEN["organizations"], "zone-resource", "sealed-need")
    keys = [*(str(fixed(name)) for name in hidden), str(UUID(int=0))]
    for name, words in rows.items():
        for word in words:
            path = f"{name}/{fixed(word)}/"
            yield "PATCH", path, {"keywords": ["甲"]}
            yield from (("POST", f"{path}{step}/", {}) for step in steps[name])
            item = {"public_id": str(fixed(word)), "version": 1, "keywords": ["乙"]}
            yield "POST", f"{name}/bulk/", {"items": [item]}
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
    for number in ("HIDDEN-1", "FREE-1"):
        yield "POST", "resources/", resource | {"external_id": number}
        yield "POST", "needs/", need | {"external_id": number}
        yield "POST", "resources/bulk/", {"items": [resource | {"external_id": number, "zone": "east"}]}
    yield "POST", "resources/", resource
    yield from requests(world, keys)
    for word in HIDDEN["organizations"]:
        yield "PATCH", f"organizations/{fixed(word)}/", {"city": "甲"}


def requests(world: World, keys: list[str]) -> Iterator[tuple[str, str, Any]]:
    """Requests of Cy's own for what is hidden, and every step of other people's."""
    day = (today() + timedelta(3)).isoformat()
    wish = {"kind": "commissioned", "wished_from": day, "wished_to": day, "purpose": "检测外延片", "hours": "4"}
    own = {"organization": str(world.outside.public_id), **wish}
    for key in (*keys, str(fixed("shown-resource"))):
        yield "POST", "requests/", own | {"resource": key}
        yield "POST", "requests/", wish | {"resource": str(fixed("shown-resource")), "organization": key}
    for step in RequestViewSet.steps:
        yield "POST", f"requests/{fixed('hidden-request')}/{step}/", {}


def answers(client: Writer, world: World) -> Answers:
    """Each write from the same start: what it did is taken back."""
    told: Answers = {}
    for method, path, body in writes(world):
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
    """Without the hour, and without what is left of the minute's requests, which any request changes."""
    moving = {"Date", "Retry-After"}
    return {
        name: _plain(value) for name, value in answer.items() if name not in moving and not name.startswith("RateLimit")
    }


def worlds(world: World) -> tuple[Answers, Answers]:
    """Without East's hidden records, and with them."""
    show(world)
    client = writer(world.cy)
    before = answers(client, world)
    hide_more(world)
    Resource.plain.filter(public_id=fixed("zone-resource")).update(external_id="HIDDEN-1")
    return before, answers(client, world)


def test_hidden_records_change_no_answer_to_a_write(world: World) -> None:
    before, after = worlds(world)
    assert [name for name in before if before[name] != after[name]] == []
    assert {200, 201, 400, 404} <= {status for status, _body, _headers in before.values()}


def test_the_comparison_sees_keys_that_are_looked_up_among_all_rows(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api.serializers.input, "visible_rows", lambda model, reader: model._default_manager.all())
    before, after = worlds(world)
    assert [name for name in before if before[name] != after[name]] != []
