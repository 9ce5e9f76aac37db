"""Tokens at the API: what they open, what ends them, and that a refusal says nothing of why."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from accounts.models import Token, User
from accounts.scopes import Scope
from config.routes import registry
from tests.builders import make_need, make_resource
from tests.conftest import World, principal_of
from tests.edges.test_two_worlds import plain, read_all, show
from tests.tokens import make_token, program_of, with_token
from zones.models import StaffRole
from zones.services.accounts import change_own_password, deactivate_account, reactivate_account
from zones.services.tokens import drop_expired_tokens, revoke_token

ROOT = "/api/v1/"
PASSWORD = "correct horse battery staple"
NEVER_A_TOKEN = ("", "x", "zl_", "zl_" + "0" * 64, "zl_" + "0" * 63, "\x00", "zl_" + "g" * 64, "a b", "é" * 67)


def told(answer: Any) -> tuple[int, bytes, str]:
    return answer.status_code, answer.content, answer["WWW-Authenticate"]


def test_a_token_reads_what_its_owner_reads(world: World) -> None:
    own = make_need(organization=world.enterprise, visibility="zone")
    make_need(organization=world.outside, visibility="zone")
    found = program_of(world.eve, Scope.READ).get(ROOT + "needs/").json()["results"]
    assert [row["public_id"] for row in found] == [str(own.public_id)]
    assert found[0]["organization"] == str(world.enterprise.public_id)


def test_every_worthless_token_gets_one_answer(world: World) -> None:
    changed, gone, past, foreign = (make_token(world.eve, name=name) for name in ("a", "b", "c", "d"))
    Token.objects.filter(name="a").update(password_mark="0" * 64)
    revoke_token(world.eve, public_id=Token.objects.get(name="b").public_id)
    Token.objects.filter(name="c").update(expiry=timezone.now() - timedelta(seconds=1))
    shut = make_token(world.lin)
    User.objects.filter(pk=world.lin.pk).update(is_active=False)
    altered = foreign[:-1] + ("0" if foreign[-1] != "0" else "1")
    answers = {
        told(with_token(text).get(ROOT + "zones/")) for text in (changed, gone, past, shut, altered, *NEVER_A_TOKEN)
    }
    assert len(answers) == 1
    status, _body, challenge = answers.pop()
    assert (status, challenge) == (401, 'Bearer realm="ZoneLink", error="invalid_token"')
    problem = with_token("x").get(ROOT + "zones/")
    assert problem["Content-Type"] == "application/problem+json"
    assert problem.json()["type"] == "urn:zonelink:invalid_token"


def test_a_worthless_token_is_refused_at_every_address_of_the_api(world: World) -> None:
    client = with_token("zl_" + "0" * 64)
    for line in registry():
        if line.route.startswith("api:") and line.method == "GET":
            path = "/" + line.pattern.replace("<str:public_id>", str(world.east.public_id)).replace("<path:rest>", "x")
            assert client.get(path).status_code == 401, path
    assert client.get(ROOT + "zones/?colour=red").status_code == 401


def test_another_scheme_is_a_visitor_s(world: World) -> None:
    client = Client(headers={"authorization": "Basic ZXZlOng="})
    assert client.get(ROOT + "zones/").status_code == 200


def test_a_token_of_a_browser_s_request_goes_before_the_session(world: World) -> None:
    own = make_need(organization=world.enterprise, visibility="zone")
    browser = Client(headers={"authorization": f"Bearer {make_token(world.cy)}"})
    browser.force_login(world.eve)
    assert browser.get(f"{ROOT}needs/{own.public_id}/").status_code == 404


def test_without_the_scope_nothing_is_read(world: World) -> None:
    answer = program_of(world.eve, Scope.WRITE_NEEDS).get(ROOT + "needs/")
    assert (answer.status_code, answer.json()["type"]) == (403, "urn:zonelink:insufficient_scope")
    assert answer["WWW-Authenticate"] == 'Bearer realm="ZoneLink", error="insufficient_scope", scope="read"'
    hidden = make_resource(organization=world.outside, visibility="zone")
    client = program_of(world.eve, Scope.WRITE_NEEDS)
    answers = {client.get(f"{ROOT}resources/{row.public_id}/").content for row in (hidden, world.east)}
    assert len(answers) == 1


def test_a_new_password_ends_every_token_whichever_door_changes_it(world: World) -> None:
    world.eve.set_password(PASSWORD)
    world.eve.save()
    client, other = program_of(world.eve), program_of(world.lin)
    change_own_password(world.eve, old=PASSWORD, password=PASSWORD + "!")
    assert client.get(ROOT).status_code == 401
    assert not Token.objects.filter(user=world.eve).exists()
    User.objects.filter(pk=world.lin.pk).update(password=make_password("set by a command of the operator"))
    assert other.get(ROOT).status_code == 401


def test_a_shut_account_has_no_token_also_after_it_is_opened_again(world: World) -> None:
    client = program_of(world.eve)
    system = principal_of(world.ops)
    deactivate_account(system, user=world.eve)
    assert client.get(ROOT).status_code == 401
    reactivate_account(system, user=world.eve)
    assert client.get(ROOT).status_code == 401


def test_a_role_that_ends_ends_in_its_tokens_too(world: World) -> None:
    own = make_need(organization=world.enterprise, visibility="zone")
    client = program_of(world.eve)
    assert client.get(f"{ROOT}needs/{own.public_id}/").status_code == 200
    StaffRole.plain.filter(user=world.eve).delete()
    assert client.get(f"{ROOT}needs/{own.public_id}/").status_code == 404


def test_use_is_noted_once_an_hour(world: World, django_assert_num_queries: Any) -> None:
    client = program_of(world.eve)
    client.get(ROOT)
    first = Token.objects.get().used_at
    client.get(ROOT)
    assert first is not None
    assert Token.objects.get().used_at == first
    with django_assert_num_queries(1):
        client.get(ROOT)
    Token.objects.update(used_at=timezone.now() - timedelta(hours=2))
    client.get(ROOT)
    assert Token.objects.get().used_at > first


def test_a_token_is_kept_as_a_hash_and_stands_in_no_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    text = make_token(world.eve)
    for path in ("zones/", "zones/?colour=red", "nothing/", "needs/x/"):
        with_token(text).get(ROOT + path)
        with_token(text + "0").get(ROOT + path)
    assert text[15:] not in caplog.text
    assert text[15:] not in str(list(Token.objects.values()))


def test_tokens_that_are_over_are_tidied_away(world: World) -> None:
    make_token(world.eve)
    make_token(world.eve, days=-1)
    assert (drop_expired_tokens(), Token.objects.count()) == (1, 1)


def test_a_token_sees_exactly_what_its_owner_sees(world: World, client_of: Any) -> None:
    show(world)
    names = ("needs", "resources", "organizations", "matches", "consortia", "runs")
    for user in (world.cy, world.eve):
        by_token = read_all(program_of(user, Scope.READ), world, plain(*names))
        by_session = read_all(client_of(user), world, plain(*names))
        assert {address: answer[:2] for address, answer in by_token.items()} == {
            address: answer[:2] for address, answer in by_session.items()
        }


def test_the_schema_tells_of_both_ways_in(db: None) -> None:
    accept = {"accept": "application/vnd.oai.openapi+json"}
    document = Client().get(ROOT + "schema/", headers=accept).json()
    assert document["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    assert {"token": []} in document["paths"]["/api/v1/needs/"]["get"]["security"]
    assert {"cookieAuth": []} in document["paths"]["/api/v1/needs/"]["get"]["security"]
