"""The second step of a log-in at both doors: asked for, no right before it, each code once, and so many tries."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as site
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.models import Session, User
from config.routes import routes_of
from ledger.models import OutboxEvent
from tests.builders import make_user
from tests.conftest import World
from tests.factors import code_of, give_app, give_codes
from zones.errors import InvalidInput
from zones.services.second_factors import take_code

DOORS = ("/account/log-in/", "/office/login/")
STEP = "/account/log-in/second-step/"
PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def everybody_has_a_password(world: World, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # many log-ins, no other difference
    for user in (world.ana, world.eve):
        user.set_password(PASSWORD)
        user.save()


@pytest.fixture
def secret(world: World) -> str:
    give_codes(world.ana)
    return give_app(world.ana)


def browser() -> Client:
    return Client(headers={"accept-language": "zh-hans"})


def waiting(door: str = DOORS[0], username: str = "ana", **more: str) -> Client:
    """A browser that has told the right password."""
    client = browser()
    answer = client.post(door, {"username": username, "password": PASSWORD, **more})
    assert (answer.status_code, answer["Location"]) == (302, STEP)
    return client


def step(client: Client, code: str) -> Any:
    return client.post(STEP, {"code": code})


@pytest.mark.parametrize("door", DOORS)
def test_whoever_has_a_factor_is_asked_at_either_door(world: World, secret: str, door: str) -> None:
    client = waiting(door, next="/office/matching/need/")
    assert "第二重验证" in client.get(STEP).content.decode()
    answer = step(client, code_of(secret))
    assert (answer.status_code, answer["Location"]) == (302, "/office/matching/need/")
    assert client.get("/office/").status_code == 200


def test_who_has_none_is_not_asked(world: World) -> None:
    for door in DOORS:
        answer = browser().post(door, {"username": "ana", "password": PASSWORD})
        assert answer["Location"] == "/office/"


@pytest.mark.parametrize("door", DOORS)
def test_half_a_log_in_gives_no_right(world: World, secret: str, door: str) -> None:
    client = waiting(door)
    for page in ("/account/", "/account/security/", "/office/", "/office/matching/need/"):
        assert client.get(page).status_code == 302
    assert client.get("/api/v1/runs/").json()["results"] == []
    assert not Session.objects.filter(user=world.ana).exists()
    assert client.session.get("_auth_user_id") is None


def test_the_session_gets_another_key_at_both_steps(world: World, secret: str) -> None:
    client, keys = browser(), []
    client.session.save()  # somebody has put it into this browser
    keys.append(client.session.session_key)
    client.post(DOORS[0], {"username": "ana", "password": PASSWORD})
    keys.append(client.session.session_key)
    step(client, code_of(secret))
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3
    assert list(Session.objects.values_list("session_key", flat=True)) == keys[2:]


def test_a_step_without_a_log_in_leads_to_the_log_in(world: World, secret: str) -> None:
    for client in (browser(), waiting()):
        client.get("/account/log-in/")
    assert browser().get(STEP)["Location"] == DOORS[0]
    assert browser().post(STEP, {"code": code_of(secret)})["Location"] == DOORS[0]


def test_a_step_is_not_waited_for_long(world: World, secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    client, now = waiting(), time.time()
    monkeypatch.setattr("accounts.entering.time.time", lambda: now + 601)
    answer = step(client, code_of(secret))
    assert answer["Location"] == DOORS[0]
    assert "登录已过期" in client.get(DOORS[0]).content.decode()


def test_a_new_password_and_a_shut_account_end_the_waiting(world: World, secret: str) -> None:
    first, second = waiting(), waiting()
    User.objects.filter(pk=world.ana.pk).update(is_active=False)
    assert step(first, code_of(secret))["Location"] == DOORS[0]
    User.objects.filter(pk=world.ana.pk).update(is_active=True)
    world.ana.set_password("another horse battery staple")
    world.ana.save()
    assert step(second, code_of(secret))["Location"] == DOORS[0]


def test_a_code_is_taken_once_in_whatever_browser(world: World, secret: str) -> None:
    code, first, second = code_of(secret), waiting(), waiting()
    assert step(first, code).status_code == 302
    answer = step(second, code)
    assert answer.status_code == 400
    assert "已经用过" in answer.content.decode()
    assert step(second, code_of(secret, later=1)).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_gets_in(settings: Any) -> None:
    settings.AXES_FAILURE_LIMIT = 20
    user = make_user("at-once")
    code, (recovery, *_others) = code_of(give_app(user)), give_codes(user)

    def take(told: str) -> bool:
        try:
            take_code(user, code=told)
        except InvalidInput:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(take, [code] * 6)) == 1
        assert sum(pool.map(take, [recovery] * 6)) == 1


def test_an_older_code_is_not_taken_after_a_newer_one(world: World, secret: str) -> None:
    assert step(waiting(), code_of(secret, later=1)).status_code == 302
    assert step(waiting(), code_of(secret)).status_code == 400


@pytest.mark.parametrize("later", [-2, 2, 20])
def test_a_code_of_another_time_is_wrong(world: World, secret: str, later: int) -> None:
    assert step(waiting(), code_of(secret, later=later)).status_code == 400


@pytest.mark.parametrize("code", ["", "1", "٠" * 6, "x" * 21, "\x00" * 6, "0" * 20])
def test_what_is_no_code_is_wrong(world: World, secret: str, code: str) -> None:
    assert step(waiting(), code).status_code == 400


def test_a_recovery_code_is_taken_once_and_leads_to_the_page_of_factors(world: World, secret: str) -> None:
    code, *others = give_codes(world.ana)
    client = waiting(next="/office/")
    assert step(client, code)["Location"] == "/account/security/"
    page = client.get("/account/security/").content.decode()
    assert "已用掉一个恢复码" in page
    assert "还有 9 个未用的恢复码" in page
    assert step(waiting(), code).status_code == 400
    for used in others[:6]:
        assert step(waiting(), used).status_code == 302
    assert "只剩 3 个未用的恢复码" in client.get("/account/security/").content.decode()
    assert OutboxEvent.objects.filter(kind="account.recovery_code_used").count() == 7


def test_what_is_said_of_it_is_in_the_language_of_the_account(world: World, secret: str) -> None:
    client = Client(headers={"accept-language": "en"})
    client.post(DOORS[0], {"username": "ana", "password": PASSWORD})
    assert "Second factor" in client.get(STEP).content.decode()
    step(client, give_codes(world.ana)[0])
    assert "已用掉一个恢复码" in client.get("/account/security/").content.decode()


def test_too_many_codes_are_told_to_wait_whatever_the_browser_and_the_address(world: World, secret: str) -> None:
    for number in range(site.AXES_FAILURE_LIMIT):
        client = waiting()
        answer = client.post(STEP, {"code": "000000"}, REMOTE_ADDR=f"192.0.2.{number}")
        assert answer.status_code == 400
    answer = step(waiting(), code_of(secret))
    assert answer.status_code == 429
    assert "请 15 分钟后再试" in answer.content.decode()


def test_a_right_code_begins_the_count_anew(world: World, secret: str) -> None:
    codes = give_codes(world.ana)
    for number in range(3):
        client = waiting()
        for _wrong in range(site.AXES_FAILURE_LIMIT - 1):
            assert step(client, "000000").status_code == 400
        assert step(client, codes[number]).status_code == 302


def test_wrong_codes_of_one_account_lock_no_other(world: World, secret: str) -> None:
    for _number in range(site.AXES_FAILURE_LIMIT + 1):
        step(waiting(), "000000")
    other = give_app(world.eve)
    assert step(waiting(username="eve"), code_of(other)).status_code == 302


def test_nothing_in_the_database_tells_a_code(world: World, secret: str) -> None:
    codes = give_codes(world.ana)
    waiting()
    kept = str([row.data for row in Authenticator.objects.all()]) + str(list(Session.objects.values()))
    assert secret not in kept
    assert not any(code in kept for code in codes)


def test_another_secret_key_opens_nothing_and_breaks_nothing(world: World, secret: str, settings: Any) -> None:
    settings.SECRET_KEY = "another"
    assert step(waiting(), code_of(secret)).status_code == 400
    settings.SECRET_KEY_FALLBACKS = ["one more"]
    client = waiting()
    assert client.get(STEP).status_code == 200


def test_a_former_secret_key_goes_on_opening(world: World, secret: str, settings: Any) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert step(waiting(), code_of(secret)).status_code == 302


@pytest.mark.parametrize(
    "told", ["{}", "[]", "null", "x", '{"id": 1}', "[" * 9000, '{"id":"YQ","rawId":"YQ","response":{}}']
)
def test_what_is_no_answer_of_a_key_is_refused(world: World, secret: str, told: str) -> None:
    answer = waiting().post(STEP, {"credential": told})
    assert answer.status_code == 400
    assert "安全密钥未通过验证" in answer.content.decode()


def test_no_page_of_the_library_is_mounted() -> None:
    assert [route.name for route in routes_of() if route.view.__module__.startswith("allauth")] == []
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_an_operator_lifts_what_somebody_has_lost(world: World, secret: str) -> None:
    client = waiting()
    step(client, code_of(secret))
    with pytest.raises(CommandError, match="原因"):
        call_command("lift_second_factors", "ana", reason="  ")
    with pytest.raises(CommandError, match="没有此登录名"):
        call_command("lift_second_factors", "nobody", reason="x")
    call_command("lift_second_factors", "ana", reason="本人持工作证到场")
    assert not Authenticator.objects.exists()
    assert client.get("/account/").status_code == 302
    told = OutboxEvent.objects.get(kind="account.second_factors_lifted")
    assert (told.payload["reason"], told.payload["by"]) == ("本人持工作证到场", "command")
    assert browser().post(DOORS[0], {"username": "ana", "password": PASSWORD})["Location"] == "/office/"


def test_the_system_lifts_it_in_the_back_office_and_nobody_else(world: World, secret: str, client_of: Any) -> None:
    path = f"/office/accounts/user/{world.ana.public_id}/change/"
    assert "解除第二重验证" in client_of(world.ops).get(path).content.decode()
    assert "解除第二重验证" not in client_of(world.ana).get(path).content.decode()
    lift = f"/office/accounts/user/{world.ana.public_id}/panels/lift/"
    assert client_of(world.ana).post(lift, {"reason": "x"}).status_code == 404
    assert Authenticator.objects.exists()
    assert client_of(world.ops).post(lift, {"reason": "本人到场"}).status_code == 302
    assert not Authenticator.objects.exists()
