"""Leaving and coming back by buttons; one's own account."""

from typing import Any

import pytest

from accounts.models import Session, User
from tests.builders import make_role, make_staff
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from zones.choices import Role
from zones.models import StaffRole
from zones.scoping import today

OWN = "/office/account/"


@pytest.fixture
def manager(world: World) -> User:
    return make_staff(world.east, role=Role.ZONE_MANAGER, username="manager")


def step(user: User, name: str) -> str:
    return f"/office/accounts/user/{user.public_id}/steps/{name}/"


def test_a_manager_lets_somebody_go_and_come_back(world: World, browse: Browse, manager: User) -> None:
    client = browse(manager)
    told = client.post(step(world.ana, "leave"), {"version": 0}, follow=True).content.decode()
    assert "已离开" in told
    assert not User.objects.get(pk=world.ana.pk).is_active
    assert StaffRole.plain.get(user=world.ana).valid_to == today()
    assert client.post(step(world.ana, "leave"), {"version": 0}).status_code == 404
    client.post(step(world.ana, "return"), {"version": 0})
    assert User.objects.get(pk=world.ana.pk).is_active


@pytest.mark.parametrize("person", ["ana", "auditor", "bo", "secretariat"])
def test_others_get_no_such_button(world: World, browse: Browse, person: str) -> None:
    for name in ("leave", "return"):
        assert browse(getattr(world, person)).post(step(world.eve, name), {"version": 0}).status_code == 404
    assert User.objects.get(pk=world.eve.pk).is_active


def test_the_page_does_not_tell_of_roles_elsewhere(world: World, browse: Browse, manager: User) -> None:
    make_role(world.bo, Role.AUDITOR, zone=world.east)
    answers = []
    for user in (world.bo, world.auditor):
        client = browse(manager)
        client.post(step(user, "leave"), {"version": 0}, follow=True)
        told = client.get("/office/accounts/user/").content.decode()
        page = client.get(f"/office/accounts/user/{user.public_id}/change/").content.decode()
        answers.append(("已离开" in told, "恢复账号" in page, "上次登录" in page))
    assert [User.objects.get(pk=user.pk).is_active for user in (world.bo, world.auditor)] == [True, False]
    assert answers[0] == answers[1] == (True, True, False)


def test_one_s_own_name_and_language(world: World, browse: Browse) -> None:
    client = browse(world.ana)
    assert 'value="Ana"' in client.get(OWN).content.decode()
    saved = client.post(OWN, {"display_name": "安娜", "language": "en"}, follow=True).content.decode()
    assert 'lang="en"' in saved
    assert (user := User.objects.get(pk=world.ana.pk)).display_name == "安娜"
    assert user.language == "en"
    assert client.post(OWN, {"display_name": "", "language": "xx"}).status_code == 200
    assert User.objects.get(pk=world.ana.pk).display_name == "安娜"


def test_the_password_is_changed_in_the_look_of_the_back_office(world: World, browse: Browse) -> None:
    old, new = "correct horse battery", "another horse battery"
    world.ana.set_password(old)
    world.ana.save()
    client = browse(world.ana)
    assert "office.css" in client.get("/office/password_change/").content.decode()
    client.post("/office/password_change/", {"old_password": old, "new_password1": new, "new_password2": new})
    assert User.objects.get(pk=world.ana.pk).check_password(new)


@pytest.mark.parametrize("person", ["eve", None])
def test_those_outside_are_sent_to_the_log_in(world: World, browse: Browse, person: str | None) -> None:
    assert browse(getattr(world, person) if person else None).get(OWN).status_code == 302


@pytest.mark.parametrize(("chosen", "shown"), [(None, "en"), ("zh-hans", "zh-hans")])
def test_who_logs_in_reads_the_language_of_the_account(
    world: World, browse: Browse, settings: Any, chosen: str | None, shown: str
) -> None:
    """A language chosen in this browser goes before it: the log-in page has the same choice."""
    world.ana.set_password("a-long-password-9")
    world.ana.language = "en"
    world.ana.save()
    client = browse(None)
    if chosen:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = chosen
    form = {"username": world.ana.username, "password": "a-long-password-9"}
    entered = client.post("/office/login/?next=/office/", form, follow=True).content.decode()
    assert f'lang="{shown}"' in entered


def enter(client: Any, user: User) -> str:
    form = {"username": user.username, "password": "a-long-password-9"}
    return str(client.post("/office/login/?next=/office/", form, follow=True).content.decode())


def choose(client: Any, language: str, page: str) -> None:
    client.post("/i18n/setlang/", {"language": language, "next": page})


@pytest.mark.parametrize("leaves", ["by the button", "by time"])
@pytest.mark.parametrize("chosen_on", [None, "/office/login/", "/office/"])
def test_the_language_of_one_person_is_not_the_next_one_s(
    world: World, browse: Browse, leaves: str, chosen_on: str | None
) -> None:
    """Whether it was Ana's account, or she chose it on the log-in page, or later."""
    for user, language in ((world.ana, "zh-hans" if chosen_on else "en"), (world.bo, "zh-hans")):
        user.set_password("a-long-password-9")
        user.language = language
        user.save()
    client = browse(None)
    if chosen_on == "/office/login/":
        choose(client, "en", chosen_on)
    enter(client, world.ana)
    if chosen_on == "/office/":
        choose(client, "en", chosen_on)
    assert 'lang="en"' in client.get("/office/").content.decode()
    if leaves == "by the button":
        client.post("/office/logout/")
    else:
        Session.objects.all().delete()
    assert 'lang="zh-hans"' in client.get("/office/login/").content.decode()
    assert 'lang="zh-hans"' in enter(client, world.bo)


def test_a_language_chosen_on_the_log_in_page_after_somebody_left_holds(world: World, browse: Browse) -> None:
    for user in (world.ana, world.bo):
        user.set_password("a-long-password-9")
        user.save()
    client = browse(None)
    enter(client, world.ana)
    client.post("/office/logout/")
    client.get("/office/login/")
    choose(client, "en", "/office/login/")
    assert 'lang="en"' in client.get("/office/login/").content.decode()
    assert 'lang="en"' in enter(client, world.bo)
