"""Arguments commands share: the zone, and for whom the command acts."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from accounts.models import User
from zones.models import Zone
from zones.scoping import SYSTEM, Principal, scope_of
from zones.services.base import clean_text

UNUSABLE = 2


def add_zone_and_user(parser: CommandParser) -> None:
    parser.add_argument("--zone", required=True, metavar="SLUG", help="高新区代号 / slug of the zone")
    parser.add_argument("--user", metavar="USERNAME", help="以此账号的权限执行 / act with the rights of this user")


def zone_of(options: dict[str, Any]) -> Zone:
    slug = clean_text("zone", options["zone"])
    zone = Zone.objects.filter(slug=slug).first()
    if zone is None:
        raise CommandError(f"没有高新区 {slug[:60]}：请核对代号。 / There is no zone {slug[:60]}.", returncode=UNUSABLE)
    return zone


def user_of(options: dict[str, Any]) -> User | None:
    if not options["user"]:
        return None
    user = User.objects.filter(username=clean_text("user", options["user"])).first()
    if user is None:
        raise CommandError("没有该账号：请核对登录名。 / There is no such user.", returncode=UNUSABLE)
    return user


def principal_of(user: User | None) -> Principal:
    """The rights of a user; without one, the operator's."""
    return scope_of(user) if user else SYSTEM
