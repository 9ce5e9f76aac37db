"""Log-in by a zone's own identity provider: a real one, and one that answers as badly as one can."""

import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.test import Client
from oidc_provider_mock import User as ProvidersUser
from oidc_provider_mock import run_server_in_thread

from accounts.identity_providers import IdentityProvider
from accounts.models import ExternalIdentity, User
from ledger.models import OutboxEvent
from tests.builders import make_role, make_user
from tests.conftest import World
from tests.factors import code_of, give_app
from tests.identity import SECRET, WRONG, Told, running
from zones.choices import Role
from zones.errors import Conflict, NotAllowed
from zones.services.identities import Vouched, link_identity, zone_door

PASSWORD = "correct horse battery staple"
START, ANSWER = "/account/log-in/zones/east/", "/account/log-in/zones/east/answer/"
LINK, SECURITY = "/account/security/zones/east/", "/account/security/"
NOT_VOUCHED, SILENT = "没有确认您的身份", "暂时没有回应"


@pytest.fixture
def real(settings: Any) -> Iterator[str]:
    """A provider that is no code of ours; knows this site by its secret and its one address to come back to."""
    people = [ProvidersUser(sub="east-1", claims={"preferred_username": "zhang.san", "email": "eve@example.cn"})]
    with run_server_in_thread(require_client_registration=True, require_nonce=True, user_claims=people) as server:
        issuer = f"http://localhost:{server.server_port}"
        told = {"redirect_uris": [f"http://testserver{ANSWER}"], "token_endpoint_auth_method": "client_secret_basic"}
        known = httpx.post(f"{issuer}/oauth2/clients", json=told).json()
        provider = IdentityProvider("east", issuer, known["client_id"], known["client_secret"])
        settings.IDENTITY_PROVIDERS = {"east": provider}
        yield issuer


@pytest.fixture
def told(settings: Any, world: World) -> Iterator[Told]:
    """A provider that answers as it is told to; Ana is linked with its `east-1`."""
    with running() as provider:
        settings.IDENTITY_PROVIDERS = {"east": provider.provider()}
        link(world.ana)
        yield provider


def browser() -> Client:
    return Client(headers={"accept-language": "zh-hans"})


def link(user: User, subject: str = "east-1") -> None:
    link_identity(user, zone_door("east"), Vouched(subject, "zhang.san"))


def confirmed(user: User) -> Client:
    client = browser()
    user.set_password(PASSWORD)
    user.save()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.post(f"{SECURITY}confirm/", {"password": PASSWORD})
    return client


def sent_to_the_provider(client: Client, start: str = START) -> str:
    answer = client.get(start)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def back_from(address: str, subject: str = "east-1") -> str:
    """Somebody logs in at the real provider; where the browser is sent to."""
    answer = httpx.post(address, data={"sub": subject})
    assert answer.status_code == 302, answer.text
    return answer.headers["location"].removeprefix("http://testserver")


def through(client: Client, told: Told, **more: str) -> Any:
    """There and back, at the provider that answers as it is told to."""
    state = told.heard(sent_to_the_provider(client))["state"]
    return client.get(ANSWER, {"code": "c", "state": state, **more})


def is_in(client: Client) -> bool:
    return client.session.get("_auth_user_id") is not None


def test_an_account_is_linked_and_logs_in_at_the_real_provider(world: World, real: str) -> None:
    client = confirmed(world.eve)
    assert "关联东方高新区的账号" in client.get(SECURITY).content.decode()
    back = back_from(sent_to_the_provider(client, LINK))
    assert client.get(back)["Location"] == LINK
    assert "zhang.san" in client.get(LINK).content.decode()
    assert not ExternalIdentity.objects.exists()
    assert client.post(LINK)["Location"] == SECURITY
    row = ExternalIdentity.objects.get()
    assert (row.user, row.issuer, row.subject) == (world.eve, real, "east-1")
    assert OutboxEvent.objects.get(kind="account.identity_linked").payload["zone"] == "east"

    guest = browser()
    assert f'href="{START}"' in guest.get("/account/log-in/").content.decode()
    answer = guest.get(back_from(sent_to_the_provider(guest)))
    assert (answer.status_code, answer["Location"]) == (302, "/my/")
    assert guest.get("/my/").status_code == 200
    row.refresh_from_db()
    assert row.used_at is not None


def test_staff_come_in_from_the_door_of_the_office_to_the_page_they_wanted(world: World, real: str) -> None:
    link(world.ana)
    client = browser()
    page = client.get("/office/login/?next=/office/matching/need/").content.decode()
    assert f'href="{START}?next=%2Foffice%2Fmatching%2Fneed%2F"' in page
    back = back_from(sent_to_the_provider(client, f"{START}?next=/office/matching/need/"))
    assert client.get(back)["Location"] == "/office/matching/need/"
    assert client.get("/office/").status_code == 200


def test_a_code_is_worth_something_once_and_in_its_browser(world: World, real: str) -> None:
    link(world.ana)
    client, thief = browser(), browser()
    back = back_from(sent_to_the_provider(client))
    assert thief.get(back).status_code == 400
    sent_to_the_provider(thief)
    assert thief.get(back).status_code == 400
    assert client.get(back).status_code == 302
    client.post("/account/log-out/")
    answer = client.get(back)
    assert "不是从本浏览器开始的" in answer.content.decode()
    assert not is_in(thief)
    assert not is_in(client)


def test_the_real_provider_refuses_a_code_that_was_used(world: World, real: str) -> None:
    link(world.ana)
    client, again = browser(), browser()
    back = back_from(sent_to_the_provider(client))
    client.get(back)
    state = parse_qs(urlsplit(sent_to_the_provider(again)).query)["state"][0]
    answer = again.get(ANSWER, {"code": parse_qs(urlsplit(back).query)["code"][0], "state": state})
    assert (answer.status_code, NOT_VOUCHED in answer.content.decode()) == (400, True)
    assert not is_in(again)


def test_another_secret_is_refused_by_the_real_provider(world: World, real: str, settings: Any) -> None:
    link(world.ana)
    known = settings.IDENTITY_PROVIDERS["east"]
    settings.IDENTITY_PROVIDERS = {"east": IdentityProvider("east", real, known.client_id, "another")}
    client = browser()
    answer = client.get(back_from(sent_to_the_provider(client)))
    assert answer.status_code in (400, 502)
    assert not is_in(client)


def test_who_says_no_at_the_provider_reads_the_way_on(world: World, real: str) -> None:
    client = browser()
    denied = httpx.post(sent_to_the_provider(client), data={"action": "deny"})
    answer = client.get(denied.headers["location"].removeprefix("http://testserver"))
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "登录没有完成" in page
    assert 'href="/account/log-in/"' in page


def test_a_refusal_of_the_provider_s_lets_nobody_in(world: World, told: Told) -> None:
    client = browser()
    state = told.heard(sent_to_the_provider(client))["state"]
    answer = client.get(ANSWER, {"error": "access_denied", "state": state})
    assert (answer.status_code, NOT_VOUCHED in answer.content.decode()) == (400, True)


def test_who_is_not_linked_is_told_how_and_takes_nobody_s_place_by_an_address(world: World, real: str) -> None:
    User.objects.filter(pk=world.eve.pk).update(email="eve@example.cn", username="zhang.san")
    client = browser()
    answer = client.get(back_from(sent_to_the_provider(client)))
    assert answer.status_code == 400
    assert "请先用密码登录" in answer.content.decode()
    assert not is_in(client)
    assert User.objects.count() == 8


def test_the_second_factor_is_asked_for_after_the_provider_too(world: World, told: Told) -> None:
    secret, client = give_app(world.ana), browser()
    assert through(client, told)["Location"] == "/account/log-in/second-step/"
    assert not is_in(client)
    client.post("/account/log-in/second-step/", {"code": code_of(secret)})
    assert client.get("/office/").status_code == 200


def test_all_is_well_with_the_provider_that_is_told(world: World, told: Told) -> None:
    client = browser()
    assert through(client, told, session_state="x", iss=told.issuer)["Location"] == "/office/"
    assert is_in(client)


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_token_that_is_not_to_be_believed_lets_nobody_in(world: World, told: Told, wrong: dict[str, Any]) -> None:
    for name, value in wrong.items():
        setattr(told, name, value)
    client = browser()
    answer = through(client, told)
    assert answer.status_code == 400
    assert NOT_VOUCHED in answer.content.decode()
    assert not is_in(client)


def test_a_key_without_a_name_is_the_only_one(world: World, told: Told) -> None:
    told.key_name = None
    assert through(browser(), told)["Location"] == "/office/"


@pytest.mark.parametrize("ways", [5, [], None, "client_secret_post", ["client_secret_post"]])
def test_however_it_tells_how_the_secret_is_sent(world: World, told: Told, ways: Any) -> None:
    told.configuration = {"token_endpoint_auth_methods_supported": ways}
    assert through(browser(), told)["Location"] == "/office/"


def test_a_wrong_verifier_is_worth_nothing(world: World, told: Told) -> None:
    client = browser()
    state = told.heard(sent_to_the_provider(client))["state"]
    told.challenge = "another"
    assert client.get(ANSWER, {"code": "c", "state": state}).status_code == 400


@pytest.mark.parametrize("state", ["", "wrong", "ü"])
def test_a_wrong_state_is_worth_nothing_and_ends_the_errand(world: World, told: Told, state: str) -> None:
    client = browser()
    right = told.heard(sent_to_the_provider(client))["state"]
    assert client.get(ANSWER, {"code": "c", "state": state}).status_code == 400
    assert client.get(ANSWER, {"code": "c", "state": right}).status_code == 400


def test_another_provider_s_answer_is_not_taken(world: World, told: Told) -> None:
    assert NOT_VOUCHED in through(browser(), told, iss="https://evil.example.cn").content.decode()


def test_an_errand_is_not_waited_for_long(world: World, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    client = browser()
    state = told.heard(sent_to_the_provider(client))["state"]
    monkeypatch.setattr("portal.views.zone_log_in.ERRAND_SECONDS", -1)
    told.heard(sent_to_the_provider(client))
    state = client.session["zone_errand"][4][0]
    assert "请求已过期" in client.get(ANSWER, {"code": "c", "state": state}).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"configuration": {"issuer": "https://evil.example.cn"}},
        {"configuration": {"token_endpoint": "http://10.0.0.1/token"}, "status": 500},
        {"configuration": {"jwks_uri": None}},
        {"configuration": {"authorization_endpoint": "javascript:alert(1)"}},
        {"status": 500},
        {"status": 404},
        {"slow_seconds": 1.0},
    ],
)
def test_a_provider_that_does_not_answer_as_one_is_a_sentence_and_a_way_on(
    world: World, told: Told, wrong: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.openid.SECONDS", 0.5)
    for name, value in wrong.items():
        setattr(told, name, value)
    answer = browser().get(START)
    page = answer.content.decode()
    assert answer.status_code == 502
    assert SILENT in page
    assert 'href="/account/log-in/"' in page


def test_a_provider_that_is_down_or_falls_silent_midway(world: World, told: Told, settings: Any) -> None:
    client = browser()
    state = told.heard(sent_to_the_provider(client))["state"]
    told.status = 503
    answer = client.get(ANSWER, {"code": "c", "state": state})
    assert (answer.status_code, SILENT in answer.content.decode()) == (502, True)
    settings.IDENTITY_PROVIDERS = {"east": IdentityProvider("east", "http://localhost:9", "x", "x")}
    assert browser().get(START).status_code == 502


def test_a_provider_may_lead_nobody_to_another_site(world: World, told: Told) -> None:
    client = browser()
    state = told.heard(sent_to_the_provider(client, f"{START}?next=https://evil.example.cn/"))["state"]
    assert client.get(ANSWER, {"code": "c", "state": state})["Location"] == "/office/"


@pytest.mark.parametrize("elsewhere", ["west", "alliance", "system", "nowhere"])
def test_a_zone_s_provider_opens_no_account_that_is_more_than_its_zone_s(
    world: World, told: Told, elsewhere: str
) -> None:
    user = make_user("both")
    if elsewhere != "nowhere":
        make_role(user, Role.ZONE_STAFF, zone=world.east)
        link(user, "east-2")
    roles: dict[str, tuple[Role, dict[str, Any]]] = {
        "west": (Role.ZONE_STAFF, {"zone": world.west}),
        "alliance": (Role.SECRETARIAT, {"association": world.alliance}),
        "system": (Role.SYSTEM, {}),
    }
    if elsewhere in roles:
        role, place = roles[elsewhere]
        make_role(user, role, **place)
    with pytest.raises(NotAllowed):
        link(user, "east-3")
    told.claims = {"sub": "east-2"}
    client = browser()
    assert through(client, told).status_code == 400
    assert not is_in(client)
    assert "用于本园区人员" in confirmed(user).get(LINK).content.decode()


def test_a_shut_account_is_not_opened(world: World, told: Told) -> None:
    User.objects.filter(pk=world.ana.pk).update(is_active=False)
    client = browser()
    assert through(client, told).status_code == 400
    assert not is_in(client)


def test_another_issuer_of_the_same_zone_is_another_provider(world: World, told: Told) -> None:
    ExternalIdentity.objects.update(issuer="https://former.example.cn")
    assert through(browser(), told).status_code == 400


def test_one_account_of_the_provider_opens_one_account_here(world: World, told: Told) -> None:
    for user, subject in ((world.eve, "east-1"), (world.ana, "east-9")):
        with pytest.raises(Conflict):
            link(user, subject)


def test_a_link_needs_the_password_and_a_press_of_its_own(world: World, told: Told) -> None:
    ExternalIdentity.objects.all().delete()
    plain = browser()
    plain.force_login(world.ana, backend="django.contrib.auth.backends.ModelBackend")
    for answer in (plain.get(LINK), plain.post(LINK)):
        assert answer["Location"].startswith(f"{SECURITY}confirm/")
    client = confirmed(world.ana)
    assert client.post(LINK)["Location"] == LINK
    state = told.heard(sent_to_the_provider(client, LINK))["state"]
    client.get(ANSWER, {"code": "c", "state": state})
    client.force_login(world.eve, backend="django.contrib.auth.backends.ModelBackend")
    assert not ExternalIdentity.objects.exists()


def test_a_link_is_ended_by_its_own_account(world: World, told: Told) -> None:
    end = f"{SECURITY}identities/{ExternalIdentity.objects.get().public_id}/end/"
    confirmed(world.eve).post(end)
    assert ExternalIdentity.objects.exists()
    confirmed(world.ana).post(end)
    assert not ExternalIdentity.objects.exists()
    assert OutboxEvent.objects.filter(kind="account.identity_unlinked").count() == 1


def test_zones_without_a_provider_have_no_such_page(world: World, told: Told) -> None:
    for slug in ("west", "nothing"):
        for path in (f"/account/log-in/zones/{slug}/", f"/account/log-in/zones/{slug}/answer/"):
            assert browser().get(path).status_code == 404
        assert confirmed(world.bo).get(f"/account/security/zones/{slug}/").status_code == 404


def test_too_many_starts_from_one_address_are_told_to_wait(
    world: World, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.views.zone_log_in.is_within", lambda pace, subject: False)
    assert browser().get(START).status_code == 429


def test_no_secret_stands_in_log_page_or_row(world: World, told: Told, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    told.claims = {"nonce": "another"}
    client = browser()
    page = through(client, told).content.decode()
    token = told.made()
    assert SECRET not in caplog.text + page + repr(told.provider()) + str(client.session.items())
    assert token.rpartition(".")[2] not in caplog.text
    assert "the token is of another log-in" in caplog.text
