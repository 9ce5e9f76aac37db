"""Second factors on the page of an account: added and removed after the password, recovery codes shown once."""

import json
import re
import time
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as site
from django.test import Client

from accounts.models import Session, User
from ledger.models import OutboxEvent
from tests.builders import make_role, make_user
from tests.conftest import World
from tests.factors import code_of, give_app, give_codes
from tests.tokens import program_of
from zones.choices import Role
from zones.services.second_factors import add_key, remove_factor

PASSWORD = "correct horse battery staple"
SECURITY, CONFIRM = "/account/security/", "/account/security/confirm/"
APP, KEY, CODES = f"{SECURITY}authenticator/", f"{SECURITY}key/", f"{SECURITY}recovery-codes/"


@pytest.fixture(autouse=True)
def eve_has_a_password(world: World, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    world.eve.set_password(PASSWORD)
    world.eve.save()


def entered(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-hans"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def confirmed(user: User) -> Client:
    client = entered(user)
    assert client.post(CONFIRM, {"password": PASSWORD}).status_code == 302
    return client


def secret_on(page: str) -> str:
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert found is not None
    return found[1].replace(" ", "")


def codes_on(page: str) -> list[str]:
    return re.findall(r"<li><code>(\d+)</code>", page)


def removal_of(row: Any) -> str:
    return f"{SECURITY}factors/{row.data['public_id']}/remove/"


@pytest.mark.parametrize("page", ["", "confirm/", "authenticator/", "key/"])
def test_visitors_log_in_first(world: World, page: str) -> None:
    answer = Client().get(SECURITY + page)
    assert (answer.status_code, answer["Location"]) == (302, f"/account/log-in/?next={SECURITY}{page}")


@pytest.mark.parametrize(("page", "way"), [(APP, "?next=authenticator"), (KEY, "?next=security_key")])
def test_the_password_is_asked_for_again(world: World, page: str, way: str) -> None:
    client = entered(world.eve)
    for answer in (client.get(page), client.post(page, {"code": "000000", "name": "x"})):
        assert (answer.status_code, answer["Location"]) == (302, CONFIRM + way)
    assert client.post(CONFIRM + way, {"password": "wrong"}).status_code == 400
    assert client.post(CONFIRM + way, {"password": PASSWORD})["Location"] == page
    assert client.get(page).status_code == 200


def test_it_is_asked_for_again_after_a_while(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client, now = confirmed(world.eve), time.time()
    monkeypatch.setattr("accounts.entering.time.time", lambda: now + 601)
    assert client.get(APP).status_code == 302


def test_who_confirmed_has_not_confirmed_for_the_next_account(world: World) -> None:
    client = confirmed(world.eve)
    client.force_login(world.lin, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(APP).status_code == 302


def test_the_password_leads_to_no_other_page(world: World) -> None:
    client = entered(world.eve)
    for chosen in ("https://example.cn/", "remove_factor", "log_out"):
        assert client.post(f"{CONFIRM}?next={chosen}", {"password": PASSWORD})["Location"] == SECURITY


def test_wrong_passwords_count_as_at_the_log_in(world: World) -> None:
    client = entered(world.eve)
    for _number in range(site.AXES_FAILURE_LIMIT):
        answer = client.post(CONFIRM, {"password": "wrong"})
    assert answer.status_code == 429
    assert "登录失败次数过多" in client.post(CONFIRM, {"password": PASSWORD}).content.decode()
    assert client.get(APP).status_code == 302


def test_an_app_is_added_by_its_first_code_and_brings_recovery_codes(world: World) -> None:
    client = confirmed(world.eve)
    page = client.get(APP).content.decode()
    secret = secret_on(page)
    assert "<svg" in page
    assert "<?xml" not in page
    assert secret_on(client.post(APP, {"code": "000000"}).content.decode()) == secret
    answer = client.post(APP, {"code": code_of(secret)})
    codes = codes_on(answer.content.decode())
    assert len(codes) == 10
    assert "no-store" in answer["Cache-Control"]
    shown = client.get(SECURITY).content.decode()
    assert "验证器应用" in shown
    assert "还有 10 个未用的恢复码" in shown
    assert not any(code in shown for code in [*codes, secret])
    told = OutboxEvent.objects.get(kind="account.second_factor_added")
    assert told.payload == {"user": str(world.eve.public_id), "factor": "totp"}


def test_the_code_that_added_the_app_does_not_log_in(world: World) -> None:
    client = confirmed(world.eve)
    secret = secret_on(client.get(APP).content.decode())
    code = code_of(secret)
    client.post(APP, {"code": code})
    other = Client()
    other.post("/account/log-in/", {"username": "eve", "password": PASSWORD})
    assert other.post("/account/log-in/second-step/", {"code": code}).status_code == 400


def test_a_secret_that_waits_is_sealed_in_the_session(world: World) -> None:
    client = confirmed(world.eve)
    secret = secret_on(client.get(APP).content.decode())
    assert secret not in json.dumps([row.get_decoded() for row in Session.objects.all()])


def test_there_is_one_app(world: World) -> None:
    give_app(world.eve)
    client = confirmed(world.eve)
    answer = client.post(APP, {"code": code_of(secret_on(client.get(APP).content.decode()))})
    assert answer.status_code == 400
    assert "请先移除原来的" in answer.content.decode()


def test_the_last_factor_takes_the_recovery_codes_with_it(world: World) -> None:
    give_app(world.eve)
    give_codes(world.eve)
    client, row = confirmed(world.eve), Authenticator.objects.get(type="totp")
    assert client.post(removal_of(row), follow=True).redirect_chain == [(SECURITY, 302)]
    assert not Authenticator.objects.exists()
    assert OutboxEvent.objects.filter(kind="account.second_factor_removed").count() == 1


def test_a_factor_is_removed_by_its_own_account_after_the_password(world: World) -> None:
    give_app(world.eve)
    row = Authenticator.objects.get()
    world.lin.set_password(PASSWORD)
    world.lin.save()
    assert entered(world.eve).post(removal_of(row))["Location"] == CONFIRM
    assert "没有找到" in confirmed(world.lin).post(removal_of(row), follow=True).content.decode()
    assert Authenticator.objects.filter(pk=row.pk).exists()


def test_fresh_recovery_codes_end_those_before(world: World) -> None:
    give_app(world.eve)
    before = give_codes(world.eve)
    assert entered(world.eve).post(CODES)["Location"] == CONFIRM
    answer = confirmed(world.eve).post(CODES)
    after = codes_on(answer.content.decode())
    assert len(after) == 10
    assert not set(after) & set(before)
    client = Client()
    client.post("/account/log-in/", {"username": "eve", "password": PASSWORD})
    assert client.post("/account/log-in/second-step/", {"code": before[0]}).status_code == 400
    assert client.post("/account/log-in/second-step/", {"code": after[0]}).status_code == 302


def test_recovery_codes_need_a_factor_they_stand_in_for(world: World) -> None:
    assert "请先添加" in confirmed(world.eve).post(CODES, follow=True).content.decode()
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("told", ["", "{}", "[1]", "x", '{"id":"YQ","rawId":"YQ","type":"public-key","response":{}}'])
def test_what_is_no_key_is_not_added(world: World, told: str) -> None:
    client = confirmed(world.eve)
    client.get(KEY)
    answer = client.post(KEY, {"name": "钥匙", "credential": told})
    assert answer.status_code == 400
    assert "请改用验证器应用" in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_a_key_has_a_name_that_is_shown_as_text(world: World) -> None:
    add_key(world.eve, name="<b>钥匙</b>", credential={"id": "x"})
    assert "&lt;b&gt;钥匙" in entered(world.eve).get(SECURITY).content.decode()


class TestWhereARoleAsksForIt:
    """`MFA_REQUIRED_ROLES`."""

    @pytest.fixture
    def manager(self, world: World, settings: Any) -> User:
        settings.MFA_REQUIRED_ROLES = ["zone_manager", "system"]
        user = make_user("manager")
        make_role(user, Role.ZONE_MANAGER, zone=world.east)
        user.set_password(PASSWORD)
        user.save()
        return user

    @pytest.mark.parametrize("page", ["/", "/office/", "/office/accounts/user/", "/account/", "/my/", "/search/"])
    def test_who_has_none_sets_one_up_first(self, manager: User, page: str) -> None:
        answer = entered(manager).get(page)
        assert (answer.status_code, answer["Location"]) == (302, SECURITY)

    def test_the_api_says_so(self, manager: User) -> None:
        answer = entered(manager).get("/api/v1/needs/")
        assert answer.status_code == 403
        assert answer.json()["type"] == "urn:zonelink:second_factor_missing"

    def test_a_token_made_before_it_was_asked_for_does_nothing_until_there_is_one(self, manager: User) -> None:
        program, other = program_of(manager), program_of(make_user("without a role"))
        for answer in (program.get("/api/v1/"), program.post("/api/v1/needs/", {}, content_type="application/json")):
            assert (answer.status_code, answer.json()["type"]) == (403, "urn:zonelink:second_factor_missing")
            assert "登录安全" in answer.json()["detail"]
        assert other.get("/api/v1/").status_code == 200
        give_app(manager)
        assert program.get("/api/v1/").status_code == 200

    def test_the_way_is_open_and_leads_out(self, manager: User) -> None:
        client = confirmed(manager)
        assert "您的角色须有第二重验证" in client.get(SECURITY).content.decode()
        client.post(APP, {"code": code_of(secret_on(client.get(APP).content.decode()))})
        assert client.get("/office/").status_code == 200
        row = Authenticator.objects.get(type="totp")
        assert "请先添加另一种" in client.post(removal_of(row), follow=True).content.decode()
        assert client.get("/office/").status_code == 200

    def test_one_of_two_may_go(self, manager: User) -> None:
        give_app(manager)
        add_key(manager, name="钥匙", credential={"id": "x"})
        remove_factor(manager, public_id=Authenticator.objects.get(type="totp").data["public_id"])
        assert entered(manager).get("/office/").status_code == 200

    def test_who_may_leave_leaves(self, manager: User) -> None:
        assert entered(manager).post("/account/log-out/")["Location"] == "/"

    def test_others_are_not_asked(self, world: World, manager: User) -> None:
        for user in (world.ana, world.eve, None):
            client = entered(user) if user else Client()
            assert client.get("/").status_code == 200
