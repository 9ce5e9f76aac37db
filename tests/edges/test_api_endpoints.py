"""Robots and webhooks through the API: kept as in the portal; secrets are told once and kept nowhere in the open."""

from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from accounts.models import User
from accounts.sealing import opened, seal
from ledger.models import KeptAnswer, OutboxEvent
from notifications.endpoints import MOST, target_of
from notifications.models import Endpoint
from tests.builders import make_role, make_user
from tests.conftest import World
from tests.edges.test_api_writing import Writer, writer
from tests.egress.servers import says
from tests.notifications.messages import make_robot
from tests.notifications.receivers import receiving
from tests.notifications.test_endpoints import HOOK, ROBOT
from zones.choices import Role

SCOPE = "write:endpoints"
NEW = {"kind": "webhook", "name": "业务系统", "address": HOOK, "language": "en"}


@pytest.fixture
def eve(world: World) -> Writer:
    return writer(world.eve)


@pytest.fixture
def manager(world: World) -> User:
    user = make_user("manager")
    make_role(user, Role.ZONE_MANAGER, zone=world.east)
    return user


def made_by(one: Writer, world: World, **fields: Any) -> dict[str, Any]:
    answer = one.post("endpoints/", NEW | {"organization": str(world.enterprise.public_id)} | fields)
    assert answer.status_code == 201, answer.content
    told: dict[str, Any] = answer.json()
    return told


def test_a_webhook_is_made_with_a_secret_that_is_told_once(world: World, eve: Writer) -> None:
    body = NEW | {"organization": str(world.enterprise.public_id)}
    answer = eve.post("endpoints/", body, idempotency_key="k1")
    told, row = answer.json(), Endpoint.plain.get()
    assert answer["Cache-Control"] == "private, no-store"
    assert told["secret"].startswith("whsec_")
    assert told["secret"] == opened(row.sealed_secret)
    assert (told["shown_address"], told["organization"]) == (row.shown_address, str(world.enterprise.public_id))
    again = eve.post("endpoints/", body, idempotency_key="k1")
    assert (again["Idempotency-Replayed"], again.json()) == ("true", told | {"secret": None})
    assert Endpoint.plain.count() == 1
    assert told["secret"] not in KeptAnswer.objects.get().body
    listed = eve.client.get("/api/v1/endpoints/?kind=webhook&is_enabled=true").content.decode()
    assert str(row.public_id) in listed
    assert HOOK not in listed
    assert told["secret"] not in listed


def test_it_is_changed_switched_and_given_another_secret_by_who_has_read_it(world: World, eve: Writer) -> None:
    path = f"endpoints/{made_by(eve, world)['public_id']}/"
    assert eve.patch(path, {"name": "新名"}).status_code == 428
    tag = eve.tag(path)
    assert eve.patch(path, {"name": "新名"}, if_match=tag).json()["name"] == "新名"
    assert eve.post(f"{path}disable/", if_match=tag).status_code == 412
    assert eve.post(f"{path}disable/", if_match=eve.tag(path)).json()["is_enabled"] is False
    assert eve.post(f"{path}disable/", if_match=eve.tag(path)).status_code == 409
    assert eve.post(f"{path}enable/", if_match=eve.tag(path)).json()["is_enabled"] is True
    tag = eve.tag(path)
    told = eve.post(f"{path}rotate/", if_match=tag, idempotency_key="r").json()
    assert told["secret"] == opened(Endpoint.plain.get().sealed_secret)
    assert len(target_of(Endpoint.plain.get()).secret.split()) == 2
    assert eve.post(f"{path}rotate/", if_match=tag, idempotency_key="r").json()["secret"] is None
    assert eve.patch(path, {"address": "http://10.0.0.1/"}, if_match=eve.tag(path)).status_code == 400
    assert eve.client.delete(f"/api/v1/{path}").status_code == 405
    assert OutboxEvent.objects.filter(kind__startswith="endpoint.").count() == 5


def test_a_test_message_is_sent_and_its_end_told(world: World, eve: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    told = made_by(eve, world)
    with receiving(monkeypatch, says(200, b"")) as server:
        Endpoint.plain.update(sealed_address=seal(f"{server.url}/hook"))
        assert eve.post(f"endpoints/{told['public_id']}/test/").json() == {"result": "sent", "reason": ""}
        ((_path, headers, body),) = server.seen
    assert Webhook(told["secret"]).verify(body, {name.lower(): value for name, value in headers.items()})
    with receiving(monkeypatch, says(410, b"")) as server:
        Endpoint.plain.update(sealed_address=seal(f"{server.url}/hook"))
        answer = eve.post(f"endpoints/{told['public_id']}/test/").json()
    assert (answer["result"], answer["reason"][:9]) == ("dead", "对方表示不再接收：")
    assert eve.client.get(f"/api/v1/endpoints/{told['public_id']}/").json()["is_enabled"] is False


def test_only_keepers_write_and_nobody_learns_what_others_have(world: World, eve: Writer, manager: User) -> None:
    of_zone = made_by(writer(manager), world, organization=None, zone="east", kind="wecom", address=ROBOT)
    assert of_zone["secret"] is None
    path = f"endpoints/{of_zone['public_id']}/"
    ana, cy = writer(world.ana), writer(world.cy)
    assert ana.client.get(f"/api/v1/{path}").status_code == 200
    for step in ("test", "disable", "rotate"):
        assert ana.post(f"{path}{step}/", if_match=ana.tag(path)).status_code == 404
        assert cy.post(f"{path}{step}/", if_match='"1"').status_code == 404
    body = NEW | {"zone": "east"}
    for _number in range(MOST - 1):
        make_robot(world.east)
    refused = cy.post("endpoints/", body)
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:zonelink:not_permitted")
    assert writer(manager).post("endpoints/", body).status_code == 400
    for owners in ({}, {"zone": "east", "association": "alliance"}):
        assert eve.post("endpoints/", NEW | owners).status_code == 400
    assert writer(world.eve, "read").post("endpoints/", NEW).status_code == 403
    assert writer(world.eve, "read", SCOPE).post("endpoints/", NEW).status_code == 400
