"""Arguments commands share: the zone, and for whom the command acts."""

from difflib import get_close_matches
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
        raise CommandError(no_such_zone(slug), returncode=UNUSABLE)
    return zone


def no_such_zone(slug: str) -> str:
    """What to do about an unknown slug: those that look like it, and where all are listed."""
    near = get_close_matches(slug, Zone.objects.values_list("slug", flat=True))
    hint_zh, hint_en = (f"是否指 {', '.join(near)}？", f"Did you mean {', '.join(near)}? ") if near else ("", "")
    return (
        f"没有高新区 {slug[:60]}：{hint_zh}全部代号见 data/reference/zones.csv 或 /api/v1/zones/。 / There is no zone "
        f"{slug[:60]}. {hint_en}All slugs are in data/reference/zones.csv and at /api/v1/zones/."
    )


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
