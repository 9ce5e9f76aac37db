"""Dated roles: nothing changes in the past, nobody grants what they lack, and no zone is left without a manager."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from accounts.models import User
from tests.builders import make_association, make_role, make_staff, make_user, make_zone
from tests.conftest import World, build_world, principal_of
from zones.choices import Role
from zones.errors import InvalidInput, NotAllowed
from zones.models import StaffRole, Zone
from zones.principals import scopes_of
from zones.scoping import SYSTEM, Principal, today
from zones.services.staff import end_role, grant_role

DAY = timedelta(days=1)


def manager_in(zone: Zone, name: str) -> User:
    return make_staff(zone, role=Role.ZONE_MANAGER, username=name)


def role_of(user: User) -> StaffRole:
    return StaffRole.plain.get(user=user)


def end(giver: Principal, user: User, day: Any = None) -> StaffRole:
    return end_role(giver, role_id=role_of(user).pk, valid_to=day or today())


def days(start: int, stop: int | None) -> dict[str, Any]:
    """From so many days after today to so many."""
    return {"valid_from": today() + start * DAY, "valid_to": None if stop is None else today() + stop * DAY}


def test_a_role_is_granted_for_days_to_come(world: World) -> None:
    giver, user = principal_of(manager_in(world.east, "mae")), make_user()
    grant_role(giver, user=user, role=Role.AUDITOR, zone=world.east, **days(1, 9))
    assert not principal_of(user).has_back_office
    assert (role_of(user).valid_from, role_of(user).valid_to) == tuple(days(1, 9).values())


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_principal_has_the_zones_and_associations_of_its_own_roles_on_that_day(world: World, count: int) -> None:
    """The question is written out once and asked of many: everybody gets what they would get if asked for alone."""
    people = [make_user() for _ in range(2)]
    zones = [[make_zone() for _ in range(count)] for _ in people]
    mine = [[make_association(zone).pk for zone in own] for own in zones]
    for user, own in zip(people, zones, strict=True):
        for zone in own:
            make_role(user, Role.ZONE_STAFF, zone=zone)
        make_role(user, Role.AUDITOR, zone=world.east, valid_to=today() + DAY)
    told = [(principal_of(user), scopes_of([user.pk])[user.pk]) for user in people]
    for (alone, among), own, associations in zip(told, zones, mine, strict=True):
        assert alone == among
        assert alone.staff_zones == {zone.pk for zone in own}
        assert alone.associations == {*associations, world.alliance.pk}
    with time_machine.travel(timezone.now() + DAY):
        assert {principal_of(user).auditor_zones for user in people} == {frozenset()}


@pytest.mark.parametrize(
    ("start", "stop", "field"),
    [(-1, None, "valid_from"), (0, 0, "valid_to"), (3, 2, "valid_to"), (-9, -2, "valid_from")],
)
def test_nothing_is_granted_in_the_past_or_for_no_day(world: World, start: int, stop: int | None, field: str) -> None:
    with pytest.raises(InvalidInput) as error:
        grant_role(SYSTEM, user=make_user(), role=Role.AUDITOR, zone=world.east, **days(start, stop))
    assert list(error.value.errors) == [field]


def test_the_same_role_is_not_granted_twice_at_a_time(world: World) -> None:
    user = make_user()
    grant_role(SYSTEM, user=user, role=Role.AUDITOR, zone=world.east, valid_to=today() + 5 * DAY)
    for start, stop in ((0, None), (4, 9), (1, 2)):
        with pytest.raises(InvalidInput, match="同一角色"):
            grant_role(SYSTEM, user=user, role=Role.AUDITOR, zone=world.east, **days(start, stop))
    grant_role(SYSTEM, user=user, role=Role.AUDITOR, zone=world.east, valid_from=today() + 5 * DAY)
    grant_role(SYSTEM, user=user, role=Role.AUDITOR, zone=world.west)


@pytest.mark.parametrize("day", [-1, -100])
def test_no_role_ends_in_the_past(world: World, day: int) -> None:
    with pytest.raises(InvalidInput, match="今天"):
        end(SYSTEM, world.ana, today() + day * DAY)


def test_an_ended_role_stays_as_it_is(world: World) -> None:
    end(SYSTEM, world.ana)
    for day in (0, 30):
        with pytest.raises(InvalidInput, match="已经结束"):
            end(SYSTEM, world.ana, today() + day * DAY)


def test_a_role_yet_to_begin_is_called_off(world: World) -> None:
    user = make_user()
    grant_role(SYSTEM, user=user, role=Role.AUDITOR, zone=world.east, valid_from=today() + 7 * DAY)
    called_off = end(SYSTEM, user)
    assert called_off.valid_from == called_off.valid_to
    grant_role(SYSTEM, user=user, role=Role.AUDITOR, zone=world.east, valid_from=today() + 7 * DAY)


def test_a_secretariat_grants_and_ends_its_own_secretariat_only(world: World) -> None:
    giver, user = principal_of(world.secretariat), make_user()
    grant_role(giver, user=user, role=Role.SECRETARIAT, association=world.alliance)
    end(giver, user)
    for role, place in (
        (Role.ZONE_STAFF, {"zone": world.east}),
        (Role.ORGANIZATION_MEMBER, {"organization": world.enterprise}),
        (Role.SYSTEM, {}),
    ):
        with pytest.raises(NotAllowed):
            grant_role(giver, user=make_user(), role=role, **place)
    with pytest.raises(InvalidInput):
        end(giver, world.ana)


def test_the_last_manager_stays_until_there_is_another(world: World) -> None:
    mae = manager_in(world.east, "mae")
    giver = principal_of(mae)
    with pytest.raises(NotAllowed, match="请先授予另一人"):
        end(giver, mae)
    next_one = make_user()
    make_role(next_one, Role.ZONE_MANAGER, zone=world.east, valid_from=today() + 10 * DAY)
    with pytest.raises(NotAllowed):
        end(giver, mae, today() + 9 * DAY)
    end(giver, mae, today() + 10 * DAY)
    assert role_of(mae).valid_to == today() + 10 * DAY


@pytest.mark.parametrize("other", ["of another zone", "ended by then", "shut out"])
def test_another_manager_must_be_one_by_then(world: World, other: str) -> None:
    mae = manager_in(world.east, "mae")
    second = manager_in(world.west if other == "of another zone" else world.east, "second")
    if other == "ended by then":
        end(SYSTEM, second, today() + DAY)
    if other == "shut out":
        User.objects.filter(pk=second.pk).update(is_active=False)
    with pytest.raises(NotAllowed):
        end(principal_of(mae), mae, today() + 2 * DAY)


def test_the_system_may_end_the_last_manager(world: World) -> None:
    assert end(SYSTEM, manager_in(world.east, "mae")).valid_to == today()


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_end_each_other_at_once_leave_one() -> None:
    world = build_world()
    pair = [manager_in(world.east, "mae"), manager_in(world.east, "mia")]
    principals = [principal_of(user) for user in pair]

    def take(number: int) -> bool:
        try:
            end(principals[number], pair[1 - number])
        except NotAllowed:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, [0, 1])) == [False, True]
