"""People who leave: their roles end, their account stays and is shut where it holds no other; they can come back."""

import pytest

from accounts.models import User
from ledger.models import OutboxEvent
from tests.builders import make_role, make_staff
from tests.conftest import World, principal_of
from zones.choices import Role
from zones.errors import NotAllowed
from zones.models import StaffRole
from zones.scoping import Principal, today
from zones.services.accounts import deactivate_account, reactivate_account, standing_roles, update_own_account


def manager_in(world: World, name: str = "mae") -> Principal:
    return principal_of(make_staff(world.east, role=Role.ZONE_MANAGER, username=name))


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def standing(user: User) -> list[StaffRole]:
    return list(StaffRole.plain.filter(standing_roles(), user=user))


def test_who_leaves_loses_every_role_and_the_account_is_shut_and_kept(world: World) -> None:
    make_role(world.ana, Role.AUDITOR, zone=world.east)
    deactivate_account(manager_in(world), user=world.ana)
    assert standing(world.ana) == []
    assert not fresh(world.ana).is_active
    assert StaffRole.plain.filter(user=world.ana, valid_to=today()).count() == 2
    assert OutboxEvent.objects.filter(kind="account.deactivated").count() == 1


def test_a_role_in_another_zone_stays_and_keeps_the_account_open(world: World) -> None:
    make_role(world.ana, Role.ZONE_STAFF, zone=world.west)
    deactivate_account(manager_in(world), user=world.ana)
    assert [role.zone for role in standing(world.ana)] == [world.west]
    assert fresh(world.ana).is_active


@pytest.mark.parametrize("person", ["bo", "cy", "auditor", "secretariat", "eve"])
def test_others_shut_nobody_out_and_let_nobody_in(world: World, person: str) -> None:
    other = principal_of(getattr(world, person))
    deactivate_account(other, user=world.ana)
    assert fresh(world.ana).is_active
    assert standing(world.ana)
    with pytest.raises(NotAllowed):
        reactivate_account(other, user=world.ana)


def test_nobody_shuts_themselves_out(world: World) -> None:
    mae = manager_in(world)
    with pytest.raises(NotAllowed):
        deactivate_account(mae, user=User.objects.get(username="mae"))


def test_who_comes_back_has_an_account_and_no_role(world: World) -> None:
    mae = manager_in(world)
    deactivate_account(mae, user=world.ana)
    reactivate_account(mae, user=fresh(world.ana))
    assert fresh(world.ana).is_active
    assert standing(world.ana) == []


def test_what_the_system_has_shut_the_system_opens(world: World) -> None:
    deactivate_account(principal_of(world.ops), user=world.ana)
    with pytest.raises(NotAllowed, match="系统管理员"):
        reactivate_account(manager_in(world), user=fresh(world.ana))
    reactivate_account(principal_of(world.ops), user=fresh(world.ana))
    assert fresh(world.ana).is_active


def test_everybody_sets_their_own_name_and_language(world: World) -> None:
    update_own_account(world.ana, display_name=" 安娜 ", language="en")
    assert (fresh(world.ana).display_name, fresh(world.ana).language) == ("安娜", "en")
