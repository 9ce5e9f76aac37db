"""Tokens of the API in the portal: made, shown once, listed, ended."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Token, User
from ledger.models import OutboxEvent
from tests.conftest import World
from tests.tokens import make_token, with_token
from zones.services.tokens import MOST

ClientOf = Callable[[User | None], Client]
PATH = "/account/tokens/"
FORM = {"name": "设备管理系统", "scopes": ["read", "write:resources"], "days": "30"}


def test_a_token_is_shown_once_and_works(world: World, client_of: ClientOf) -> None:
    browser = client_of(world.eve)
    page = browser.post(PATH, FORM)
    text = re.findall(r"<code>(zl_[0-9a-f]{64})</code>", page.content.decode())[0]
    assert with_token(text).get("/api/v1/needs/").status_code == 200
    again = browser.get(PATH)
    assert text[15:] not in again.content.decode()
    assert again["Cache-Control"] == "private, no-store"
    for words in ("设备管理系统", "读取 · 填报与修改资源", "最近使用"):
        assert words in again.content.decode()
    row = Token.objects.get()
    assert (row.user, row.scopes) == (world.eve, ["read", "write:resources"])
    assert text not in str(OutboxEvent.objects.filter(kind="token.issued").values_list("payload", flat=True))


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"name": "x" * 61}, {"scopes": []}, {"scopes": ["write:everything"]}, {"days": "3650"}]
)
def test_what_will_not_do_makes_no_token(world: World, client_of: ClientOf, wrong: dict[str, object]) -> None:
    answer = client_of(world.eve).post(PATH, FORM | wrong)
    assert answer.status_code == 400
    assert "field-error" in answer.content.decode()
    assert not Token.objects.exists()


def test_an_account_has_so_many_tokens_and_no_more(world: World, client_of: ClientOf) -> None:
    for _ in range(MOST):
        make_token(world.eve)
    answer = client_of(world.eve).post(PATH, FORM)
    assert (answer.status_code, Token.objects.count()) == (400, MOST)
    assert "请先停用不再使用的令牌" in answer.content.decode()


def test_only_the_owner_ends_a_token(world: World, client_of: ClientOf) -> None:
    text = make_token(world.eve)
    end = f"{PATH}{Token.objects.get().public_id}/end/"
    assert client_of(world.lin).post(end).status_code == 404
    assert client_of(None).post(end).status_code == 302
    assert with_token(text).get("/api/v1/").status_code == 200
    assert client_of(world.eve).post(end).status_code == 302
    assert with_token(text).get("/api/v1/").status_code == 401
    assert client_of(world.eve).post(end).status_code == 404


def test_tokens_of_others_are_not_listed(world: World, client_of: ClientOf) -> None:
    make_token(world.lin, name="别人的程序")
    assert "别人的程序" not in client_of(world.eve).get(PATH).content.decode()
