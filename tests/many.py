"""What nearly every test begins with, in few statements: zones, organizations, people with their roles."""

from datetime import date
from typing import Any

from accounts.models import User
from tests.builders import make_region, unsaved_organization, unsaved_user, unsaved_zone
from zones.choices import ZoneLevelKind
from zones.models import Organization, StaffRole, Zone, ZoneLevel


def make_zones(*named: dict[str, Any]) -> list[Zone]:
    """National zones of one region, in two statements: what nearly every test begins with."""
    region = make_region()
    zones = Zone.objects.bulk_create([unsaved_zone(**fields, region=region) for fields in named])
    ZoneLevel.objects.bulk_create([ZoneLevel(zone=zone, level=ZoneLevelKind.NATIONAL) for zone in zones])
    return zones


def make_organizations(*named: dict[str, Any]) -> list[Organization]:
    """In one statement."""
    return Organization.plain.bulk_create([unsaved_organization(**fields) for fields in named])


def make_people(**roles: dict[str, Any]) -> list[User]:
    """Log-ins by their names, each with its role since 2020, in two statements."""
    users = User.objects.bulk_create([unsaved_user(name) for name in roles])
    named = zip(users, roles.values(), strict=True)
    StaffRole.plain.bulk_create([StaffRole(user=user, valid_from=date(2020, 1, 1), **fields) for user, fields in named])
    return users
