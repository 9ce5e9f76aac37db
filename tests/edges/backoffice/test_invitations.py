"""Invitations in the back office: a link shown once, a page for the invited, one page for links that do not work."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.builders import make_staff
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse, body_of, errors_of
from zones.choices import Role
from zones.models import Invitation, StaffRole

LIST = "/office/zones/invitation/"
PAGE = "/invitation/"
LINK = re.compile(r"http://testserver/invitation/([\w-]+)/")
CHOSEN = {"username": "newcomer", "display_name": "新经办人"} | dict.fromkeys(
    ("password", "password_again"), "correct horse battery"
)


def chinese() -> Client:
    return Client(headers={"accept-language": "zh-hans"})


def manager_of(world: World) -> User:
    return make_staff(world.east, role=Role.ZONE_MANAGER, username="manager")


def offered(world: World, **fields: Any) -> dict[str, Any]:
    return {"display_name": "新经办人", "role": "zone_staff", "zone": world.east.public_id} | fields


def link_of(client: Client, values: dict[str, Any]) -> str:
    """The address in the answer to the form."""
    answer = client.post(f"{LIST}add/", values)
    found = LINK.search(answer.content.decode())
    assert found is not None, errors_of(answer)
    assert "no-store" in answer["Cache-Control"]
    return f"/invitation/{found[1]}/"


def test_the_invited_sees_the_role_sets_a_password_and_is_on_the_first_page(world: World, browse: Browse) -> None:
    link, guest = link_of(browse(manager_of(world)), offered(world)), chinese()
    opened = guest.get(link)
    assert (opened.status_code, opened["Location"]) == (302, PAGE)
    shown = guest.get(PAGE).content.decode()
    assert "园区经办人" in shown
    assert "东方高新区" in shown
    entered = guest.post(PAGE, CHOSEN, follow=True)
    assert entered.redirect_chain[-1][0] == "/office/"
    assert "待办" in entered.content.decode()
    assert StaffRole.plain.get(user__username="newcomer").zone == world.east


def test_a_member_of_an_organization_goes_on_to_its_own_page(world: World, browse: Browse) -> None:
    values = offered(world, role="organization_member", organization=world.enterprise.public_id)
    link, guest = link_of(browse(manager_of(world)), values), chinese()
    guest.get(link)
    answer = guest.post(PAGE, CHOSEN)
    assert answer["Location"] == "/my/"
    assert guest.get(answer["Location"]).status_code == 200
    assert StaffRole.plain.get(user__username="newcomer").organization == world.enterprise


def test_the_link_is_in_no_other_page_and_no_message(world: World, browse: Browse) -> None:
    client = browse(manager_of(world))
    token = link_of(client, offered(world)).split("/")[2]
    row = Invitation.plain.get()
    for url in (LIST, f"{LIST}{row.public_id}/change/", "/office/"):
        assert token not in client.get(url).content.decode()
    assert not any(token in str(morsel) for morsel in client.cookies.values())


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"password_again": "another horse battery"}, "password_again"),
        ({"password": "short", "password_again": "short"}, "password"),
        ({"username": "ana"}, "username"),
        ({"username": ""}, "username"),
    ],
)
def test_a_wrong_choice_is_told_on_its_field(world: World, browse: Browse, wrong: dict[str, str], field: str) -> None:
    link, guest = link_of(browse(manager_of(world)), offered(world)), chinese()
    guest.get(link)
    answer = guest.post(PAGE, CHOSEN | wrong)
    assert list(answer.context["form"].errors) == [field]
    assert not User.objects.filter(username="newcomer").exists()
    assert guest.post(PAGE, CHOSEN).status_code == 302


def test_every_link_that_does_not_work_gets_one_and_the_same_page(world: World, browse: Browse) -> None:
    client = browse(manager_of(world))
    used, revoked, expired = (link_of(client, offered(world)) for _ in range(3))
    guest = chinese()
    guest.get(used)
    guest.post(PAGE, CHOSEN)
    newest, second = Invitation.plain.order_by("-pk")[:2]
    client.post(f"{LIST}{second.public_id}/steps/revoke/", {"version": 0})
    Invitation.plain.filter(pk=newest.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert sorted(Invitation.plain.values_list("state", flat=True)) == ["accepted", "open", "revoked"]
    answers = set()
    for link in (
        used,
        revoked,
        expired,
        "/invitation/nothing/",
        "/invitation/%F0%9F%98%80/",
        f"/invitation/{'x' * 3000}/",
    ):
        stranger = chinese()
        opened = stranger.get(link)
        assert (opened.status_code, opened["Location"]) == (302, PAGE)
        for answer in (stranger.get(PAGE), stranger.post(PAGE, CHOSEN | {"username": "late"})):
            answers.add((answer.status_code, body_of(answer)))
    answers.add((chinese().get(PAGE).status_code, body_of(chinese().get(PAGE))))
    assert len(answers) == 1
    ((status, body),) = answers
    assert status == 404
    assert "所在园区负责人" in body.decode()


def test_a_forged_cookie_is_no_token(world: World, browse: Browse) -> None:
    link_of(browse(manager_of(world)), offered(world))
    guest = chinese()
    guest.cookies["invitation"] = Invitation.plain.get().token_hash
    assert guest.get(PAGE).status_code == 404


@pytest.mark.parametrize("person", ["ana", "auditor", "bo"])
def test_staff_and_auditors_invite_nobody(world: World, browse: Browse, person: str) -> None:
    client = browse(getattr(world, person))
    assert client.get(f"{LIST}add/").status_code == 404
    assert client.post(f"{LIST}add/", offered(world)).status_code == 404


def test_a_manager_offers_own_places_and_no_higher_role(world: World, browse: Browse) -> None:
    client = browse(manager_of(world))
    for wrong, field in (
        ({"zone": world.west.public_id}, "zone"),
        ({"role": "system"}, "role"),
        ({"role": "organization_member", "organization": world.laboratory.public_id}, "organization"),
    ):
        assert list(errors_of(client.post(f"{LIST}add/", offered(world, **wrong)))) == [field]
    assert not Invitation.plain.exists()


def test_a_secretariat_offers_its_own_secretariat(world: World, browse: Browse) -> None:
    client = browse(world.secretariat)
    link_of(client, {"display_name": "新秘书", "role": "secretariat", "association": world.alliance.public_id})
    refused = client.post(f"{LIST}add/", offered(world))
    assert list(errors_of(refused)) == ["role"]


def test_states_are_listed_and_filtered(world: World, browse: Browse) -> None:
    client = browse(manager_of(world))
    for name in ("甲方", "乙方"):
        link_of(client, offered(world, display_name=name))
    Invitation.plain.filter(display_name="甲方").update(expires_at=timezone.now() - timedelta(days=1))
    expired = client.get(f"{LIST}?state=expired").content.decode()
    assert ("甲方" in expired, "乙方" in expired, "已过期" in expired) == (True, False, True)
    waiting = client.get(f"{LIST}?state=open").content.decode()
    assert ("甲方" in waiting, "乙方" in waiting) == (False, True)
