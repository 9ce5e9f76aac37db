"""Robots and webhooks: who keeps them, what is shown of them, and what becomes of a test message."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from standardwebhooks.webhooks import Webhook

from accounts.models import User
from accounts.sealing import opened
from ledger.models import OutboxEvent
from notifications.channels.base import Outcome, Result
from notifications.endpoints import (
    MOST,
    audience_of,
    create_endpoint,
    deliver,
    disable_endpoint,
    ping_endpoint,
    rotate_secret,
    target_of,
    update_endpoint,
)
from notifications.models import Endpoint
from tests.builders import make_role, make_user, principal_of
from tests.conftest import World
from tests.egress.servers import says
from tests.notifications.receivers import outgoing, receiving
from zones.choices import Role
from zones.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.models import Organization
from zones.scoping import VISITOR, members_of

ROBOT = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7777-4bc4-97a0-0ec2sifa5aaa"
HOOK = "https://hooks.example.cn/zonelink/t0ken"


def make_endpoint(user: User, owner: Any, **fields: Any) -> Any:
    values = {"kind": "webhook", "name": "对接系统", "address": HOOK, "language": "zh-hans"} | fields
    return create_endpoint(principal_of(user), owner=owner, **values)


@pytest.fixture
def manager(world: World) -> User:
    user = make_user("manager")
    make_role(user, Role.ZONE_MANAGER, zone=world.east)
    return user


def test_each_owner_s_keepers_keep_theirs_and_nobody_else(world: World, manager: User) -> None:
    of_zone = make_endpoint(manager, world.east).endpoint
    of_alliance = make_endpoint(world.secretariat, world.alliance).endpoint
    of_enterprise = make_endpoint(world.eve, world.enterprise).endpoint
    people = world.people() | {"manager": manager}
    edits = {name: set(Endpoint.objects.editable_by(principal_of(user))) for name, user in people.items()}
    sees = {name: set(Endpoint.objects.visible_to(principal_of(user))) for name, user in people.items()}
    everything = {of_zone, of_alliance, of_enterprise}
    kept = {"manager": {of_zone}, "secretariat": {of_alliance}, "eve": {of_enterprise}, "ops": everything}
    assert edits == {name: kept.get(name, set()) for name in people}
    assert sees == {name: kept.get(name, set()) for name in people} | {"ana": {of_zone}, "auditor": {of_zone}}
    with pytest.raises(NotAllowed):
        make_endpoint(world.ana, world.east)
    with pytest.raises(NotAllowed):
        make_endpoint(world.eve, world.laboratory)
    with pytest.raises(NotFound):
        disable_endpoint(principal_of(world.cy), endpoint_id=of_zone.pk, version=1)


def test_address_and_secret_stand_nowhere_in_the_clear(world: World) -> None:
    made = make_endpoint(
        world.eve, world.enterprise, kind="dingtalk", secret="SECabc", address=f"{HOOK}?access_token=x"
    )
    row = Endpoint.plain.get()
    stored = {field.name: str(getattr(row, field.name)) for field in row._meta.fields}
    history = [str(vars(event)) for event in apps.get_model("notifications", "EndpointEvent").objects.all()]
    told = [str(event.payload) for event in OutboxEvent.objects.filter(kind__startswith="endpoint.")]
    assert made.secret == ""
    for text in (*stored.values(), *history, *told):
        assert "t0ken" not in text
        assert "SECabc" not in text
    assert (row.shown_address, opened(row.sealed_secret)) == ("https://hooks.example.cn/…en=x", "SECabc")
    assert told


@pytest.mark.parametrize(("kind", "address"), [
    ("webhook", "http://hooks.example.cn/"), ("webhook", "https://hooks.example.cn:22/"), ("webhook", "hooks"),
    ("webhook", "https://user:pass@hooks.example.cn/"), ("wecom", "https://qyapi.weixin.qq.com/send"),
    ("dingtalk", "https://oapi.dingtalk.com/robot/send"), ("feishu", ROBOT), ("pager", HOOK),
])  # fmt: skip
def test_what_is_no_address_of_that_kind_is_refused(world: World, kind: str, address: str) -> None:
    with pytest.raises(InvalidInput):
        make_endpoint(world.eve, world.enterprise, kind=kind, address=address)


def test_one_owner_has_so_many_and_no_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST == 20
    monkeypatch.setattr("notifications.endpoints.MOST", 1)
    make_endpoint(world.eve, world.enterprise)
    with pytest.raises(InvalidInput):
        make_endpoint(world.eve, world.enterprise)


def test_a_new_secret_signs_beside_the_former_one_for_a_day(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made, eve = make_endpoint(world.eve, world.enterprise), principal_of(world.eve)
    with pytest.raises(Conflict):
        rotate_secret(eve, endpoint_id=made.endpoint.pk, version=7)
    new = rotate_secret(eve, endpoint_id=made.endpoint.pk, version=1)
    secrets = (new.secret, made.secret)
    assert target_of(new.endpoint).secret.split() == list(secrets)
    with receiving(monkeypatch, says(204)) as server:
        update_address(new.endpoint, server.url)
        assert ping_endpoint(eve, endpoint_id=new.endpoint.pk) == Outcome.sent()
    ((_path, headers, body),) = server.seen
    for secret in secrets:
        assert Webhook(secret).verify(body, {name.lower(): value for name, value in headers.items()})["type"] == "ping"
    Endpoint.plain.update(former_until=timezone.now() - timedelta(seconds=1))
    assert target_of(Endpoint.plain.get()).secret == new.secret
    robot = make_endpoint(world.eve, world.enterprise, kind="wecom", address=ROBOT).endpoint
    with pytest.raises(IllegalTransition):
        rotate_secret(eve, endpoint_id=robot.pk, version=1)


def update_address(row: Endpoint, address: str) -> None:
    """An address of this host, which no form takes."""
    from accounts.sealing import seal

    Endpoint.plain.filter(pk=row.pk).update(sealed_address=seal(address))


def test_an_endpoint_that_says_gone_is_switched_off_and_told_nothing_more(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = make_endpoint(world.eve, world.enterprise).endpoint
    with receiving(monkeypatch, says(410)) as server:
        update_address(row, server.url)
        assert deliver(Endpoint.plain.get(), outgoing()).is_gone
        row = Endpoint.plain.get()
        assert (row.is_enabled, row.off_reason, row.seen_result, row.version) == (False, "gone 410", Result.DEAD, 2)
        assert deliver(row, outgoing()) == Outcome.dead("off")
    assert len(server.seen) == 1
    assert OutboxEvent.objects.filter(kind="endpoint.disabled").count() == 1


def test_an_address_that_leads_inside_by_now_is_not_asked(world: World) -> None:
    row = make_endpoint(world.eve, world.enterprise).endpoint
    update_address(row, "https://127.0.0.1/")
    outcome = ping_endpoint(principal_of(world.eve), endpoint_id=row.pk)
    assert (outcome.result, outcome.reason) == (Result.DEAD, "address")


def test_it_is_told_what_its_owner_s_people_may_read(world: World, manager: User) -> None:
    of_zone, of_alliance = make_endpoint(manager, world.east), make_endpoint(world.secretariat, world.alliance)
    of_enterprise = make_endpoint(world.eve, world.enterprise).endpoint
    assert audience_of(of_zone.endpoint).staff_zones == principal_of(world.ana).staff_zones
    assert audience_of(of_alliance.endpoint).secretariats == principal_of(world.secretariat).secretariats
    eve = principal_of(world.eve)
    told = audience_of(of_enterprise)
    assert (told.organizations, told.zones, told.associations) == (eve.organizations, eve.zones, eve.associations)
    kept = Organization.plain.get(pk=world.laboratory.pk)
    Organization.plain.filter(pk=world.enterprise.pk).update(merged_into=kept)
    assert audience_of(Endpoint.plain.get(pk=of_enterprise.pk)) == members_of(kept.pk) != VISITOR
    assert Endpoint.objects.editable_by(principal_of(world.lin)).filter(pk=of_enterprise.pk).exists()


def test_what_is_not_given_again_stays(world: World) -> None:
    row, eve = make_endpoint(world.eve, world.enterprise).endpoint, principal_of(world.eve)
    before = (row.sealed_address, row.sealed_secret)
    row = update_endpoint(eve, endpoint_id=row.pk, version=1, name="新名", language="en")
    assert (row.sealed_address, row.sealed_secret) == before
    row = update_endpoint(eve, endpoint_id=row.pk, version=2, name="新名", language="en", address=f"{HOOK}-2")
    assert opened(row.sealed_address) == f"{HOOK}-2"


def test_the_portal_shows_a_secret_once_and_an_address_never(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(world.eve)
    sent = {"kind": "webhook", "owner": f"organization:{world.enterprise.public_id}", "name": "对接系统"}
    page = client.post("/account/endpoints/", sent | {"address": HOOK, "language": "zh-hans"}).content.decode()
    assert "whsec_" in page
    row = Endpoint.plain.get()
    address = f"/account/endpoints/{row.public_id}/"
    for again in ("/account/endpoints/", address):
        shown = client.get(again).content.decode()
        assert "whsec_" not in shown
        assert "t0ken" not in shown
    with receiving(monkeypatch, says(500)) as server:
        update_address(row, server.url)
        page = client.post(address, {"step": "test"}, follow=True).content.decode()
    assert "对方服务器答复有误：请检查接收端的日志。（500）" in page
    client.post(address, {"step": "switch", "version": "1"})
    assert Endpoint.plain.get().is_enabled is False
    page = client.post(address, {"step": "rotate", "version": "1"}, follow=True).content.decode()
    assert "记录已被他人修改" in page
    assert "whsec_" in client.post(address, {"step": "rotate", "version": "2"}).content.decode()


def test_the_portal_refuses_whoever_keeps_none(world: World) -> None:
    row = make_endpoint(world.eve, world.enterprise).endpoint
    for user in (world.ana, world.cy, world.lin):
        client = Client()
        client.force_login(user)
        assert client.get(f"/account/endpoints/{row.public_id}/").status_code == 404
        assert client.post(f"/account/endpoints/{row.public_id}/", {"step": "test"}).status_code == 404
    assert Client().get("/account/endpoints/").status_code == 302
