"""Too many wrong passwords: both doors say so alike, account or none, and an operator unlocks by a command."""

import re
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from tests.conftest import World

DOORS = ("/account/log-in/", "/office/login/")
PASSWORD = "correct horse battery staple"
LOCKED = "登录失败次数过多：请 15 分钟后再试"


def try_in(door: str, username: str, password: str = "wrong", address: str = "192.0.2.1") -> Any:
    client = Client(headers={"accept-language": "zh-hans"}, REMOTE_ADDR=address)
    return client.post(door, {"username": username, "password": password})


def lock(door: str, username: str) -> Any:
    for _number in range(settings.AXES_FAILURE_LIMIT):
        answer = try_in(door, username)
    return answer


def body(answer: Any) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+"|value="(ana|nobody)"', "", answer.content.decode())


@pytest.fixture(autouse=True)
def ana_has_a_password(world: World) -> None:
    world.ana.set_password(PASSWORD)
    world.ana.save()


@pytest.mark.parametrize("door", DOORS)
def test_a_name_longer_than_any_is_nobody_s(door: str) -> None:
    answer = try_in(door, "9" * 5000)
    assert answer.status_code == 200
    assert "请输入" in answer.content.decode()
    assert not AccessAttempt.objects.exists()


@pytest.mark.parametrize("door", DOORS)
def test_after_so_many_the_right_one_does_not_help_at_either_door(world: World, door: str) -> None:
    assert LOCKED in lock(door, "ana").content.decode()
    for other in DOORS:
        answer = try_in(other, "ana", PASSWORD)
        assert answer.status_code == 429
        assert LOCKED in answer.content.decode()


@pytest.mark.parametrize("door", DOORS)
def test_the_answer_does_not_tell_whether_there_is_such_an_account(world: World, door: str) -> None:
    for _number in range(settings.AXES_FAILURE_LIMIT + 1):
        known, unknown = try_in(door, "ana"), try_in(door, "nobody")
        assert (known.status_code, body(known)) == (unknown.status_code, body(unknown))
    assert known.status_code == 429


def test_another_address_and_another_name_are_not_locked(world: World) -> None:
    lock(DOORS[0], "ana")
    world.bo.set_password(PASSWORD)
    world.bo.save()
    assert try_in(DOORS[0], "bo", PASSWORD).status_code == 302
    assert try_in(DOORS[0], "ana", PASSWORD, address="192.0.2.2").status_code == 302


def test_a_log_in_begins_the_count_anew(world: World) -> None:
    for _number in range(3):
        for _wrong in range(settings.AXES_FAILURE_LIMIT - 1):
            assert try_in(DOORS[0], "ana").status_code == 200
        assert try_in(DOORS[0], "ana", PASSWORD).status_code == 302


def test_an_operator_unlocks_by_a_command(world: World) -> None:
    lock(DOORS[0], "ana")
    call_command("axes_reset_username", "ana")
    assert try_in(DOORS[0], "ana", PASSWORD).status_code == 302


def test_no_password_is_kept(world: World) -> None:
    lock(DOORS[0], "ana")
    try_in(DOORS[0], "ana", "secret words of ana")
    kept = list(AccessAttempt.objects.values())
    assert kept
    assert "secret words" not in str(kept)
    assert "wrong" not in str([row["post_data"] for row in kept])
