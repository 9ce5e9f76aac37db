"""Invitations: given by those who may grant the role, taken once, and told without the token."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from ledger.models import OutboxEvent
from tests.builders import make_staff, plain_create
from tests.conftest import World, build_world, principal_of
from zones.choices import Role
from zones.errors import DomainError, IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.models import Invitation, StaffRole
from zones.scoping import Principal, today
from zones.services.invitations import (
    NewInvitation,
    accept_invitation,
    hash_of,
    invite,
    revoke_invitation,
    usable_invitation,
)
from zones.services.staff import end_role

PASSWORD = "correct horse battery"


def manager_of(world: World) -> Principal:
    return principal_of(make_staff(world.east, role=Role.ZONE_MANAGER, username="manager"))


def invited(world: World, giver: Principal | None = None, **fields: Any) -> NewInvitation:
    values: dict[str, Any] = {"display_name": "新经办人", "role": Role.ZONE_STAFF, "zone": world.east} | fields
    return invite(giver or manager_of(world), **values)


def accept(made: NewInvitation, username: str = "newcomer") -> User:
    return accept_invitation(hash_of(made.token), username=username, display_name="新", password=PASSWORD)


def test_an_accepted_invitation_is_an_account_with_the_role(world: World) -> None:
    made = invited(world, valid_to=today() + timedelta(days=90))
    user = accept(made)
    role = StaffRole.plain.get(user=user)
    assert (role.role, role.zone, role.valid_to) == (Role.ZONE_STAFF, world.east, today() + timedelta(days=90))
    made.invitation.refresh_from_db()
    assert (made.invitation.state, made.invitation.accepted_by) == ("accepted", user)


def test_the_token_is_long_stored_as_hash_only_and_told_nowhere(world: World) -> None:
    made = invited(world)
    assert len(made.token) * 6 >= 128
    accept(made)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(i)::text FROM zones_invitation i")
        stored = str(cursor.fetchall())
    told = json.dumps(list(OutboxEvent.objects.values_list("kind", "payload")))
    assert "invitation.created" in told
    assert hash_of(made.token) in stored
    assert made.token not in stored + told
    assert hash_of(made.token) not in told


PlaceOf = Callable[[World], dict[str, Any]]
OWN: dict[str, PlaceOf] = {
    Role.ZONE_STAFF: lambda world: {"zone": world.east},
    Role.ZONE_MANAGER: lambda world: {"zone": world.east},
    Role.AUDITOR: lambda world: {"zone": world.east},
    Role.ORGANIZATION_MEMBER: lambda world: {"organization": world.enterprise},
}
FOREIGN: dict[str, PlaceOf] = {
    Role.ZONE_STAFF: lambda world: {"zone": world.west},
    Role.ORGANIZATION_MEMBER: lambda world: {"organization": world.laboratory},
    Role.SECRETARIAT: lambda world: {"association": world.alliance},
    Role.SYSTEM: lambda world: {},
}


@pytest.mark.parametrize("role", OWN)
def test_a_manager_invites_to_roles_of_the_own_zone_and_its_organizations(world: World, role: str) -> None:
    made = invited(world, role=role, **({"zone": None} | OWN[role](world)))
    assert accept(made) == StaffRole.plain.get(role=role, user__username="newcomer").user


@pytest.mark.parametrize("role", FOREIGN)
def test_a_manager_invites_to_nothing_else(world: World, role: str) -> None:
    with pytest.raises(NotAllowed):
        invited(world, role=role, **({"zone": None} | FOREIGN[role](world)))


def test_a_secretariat_invites_to_its_own_secretariat_and_to_nothing_else(world: World) -> None:
    giver = principal_of(world.secretariat)
    invited(world, giver, role=Role.SECRETARIAT, zone=None, association=world.alliance)
    for role, place in OWN.items():
        with pytest.raises(NotAllowed):
            invited(world, giver, role=role, **({"zone": None} | place(world)))


@pytest.mark.parametrize("person", ["ana", "auditor", "eve", "bo", "cy"])
def test_others_invite_nobody(world: World, person: str) -> None:
    with pytest.raises(NotAllowed):
        invited(world, principal_of(getattr(world, person)))


def use_up(world: World, made: NewInvitation) -> None:
    accept(made)


def take_back(world: World, made: NewInvitation) -> None:
    revoke_invitation(principal_of(world.ops), invitation_id=made.invitation.pk)


def let_expire(world: World, made: NewInvitation) -> None:
    Invitation.plain.update(expires_at=timezone.now() - timedelta(seconds=1))


def let_the_role_end(world: World, made: NewInvitation) -> None:
    Invitation.plain.update(valid_to=today())


def take_the_giver_s_right(world: World, made: NewInvitation) -> None:
    role = StaffRole.plain.get(user__username="manager")
    end_role(principal_of(world.ops), role_id=role.pk, valid_to=today())


def shut_the_giver_out(world: World, made: NewInvitation) -> None:
    giver = made.invitation.invited_by
    assert giver is not None
    giver.is_active = False
    giver.save()


ENDS = (use_up, take_back, let_expire, let_the_role_end, take_the_giver_s_right, shut_the_giver_out)


@pytest.mark.parametrize("end", ENDS)
def test_a_link_that_has_ended_makes_nothing(world: World, end: Callable[[World, NewInvitation], None]) -> None:
    made = invited(world)
    end(world, made)
    roles = StaffRole.plain.count()
    assert usable_invitation(hash_of(made.token)) is None
    with pytest.raises(NotFound):
        accept(made, "second")
    assert StaffRole.plain.count() == roles


def test_a_weak_password_or_a_taken_name_uses_nothing_up(world: World) -> None:
    made = invited(world)
    for username, password in (("newcomer", "short"), ("newcomer", ""), ("ana", PASSWORD), ("a b", PASSWORD)):
        with pytest.raises(InvalidInput):
            accept_invitation(hash_of(made.token), username=username, display_name="新", password=password)
    assert usable_invitation(hash_of(made.token)) == made.invitation


def test_only_open_ones_of_one_s_own_are_taken_back(world: World) -> None:
    made = invited(world)
    for person in ("ana", "auditor", "bo", "cy", "secretariat"):
        with pytest.raises((NotAllowed, NotFound)):
            revoke_invitation(principal_of(getattr(world, person)), invitation_id=made.invitation.pk)
    take_back(world, made)
    with pytest.raises(IllegalTransition):
        take_back(world, made)


@pytest.mark.django_db(transaction=True)
def test_two_who_take_one_link_at_once_make_one_account() -> None:
    world = build_world()
    made = invited(world)

    def take(username: str) -> bool:
        try:
            accept(made, username)
        except DomainError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(take, ["one", "two", "three", "four"]))
    assert sum(taken) == 1
    assert StaffRole.plain.filter(user__username__in=["one", "two", "three", "four"]).count() == 1


def test_a_state_without_its_end_is_no_state(world: World) -> None:
    made = invited(world)
    with pytest.raises(Exception, match="invitation_state_tells_its_end"):
        plain_create(
            Invitation,
            {"display_name": "甲", "role": Role.ZONE_STAFF, "zone": world.east, "token_hash": "x"}
            | {"state": "revoked", "expires_at": made.invitation.expires_at},
        )
