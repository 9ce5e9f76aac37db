"""`manage.py create_user`: a log-in with a role in one place; a generated password is printed once."""

import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from zones.choices import Role
from zones.management.arguments import no_such_zone
from zones.management.telling import answered
from zones.models import Association, Organization, Zone
from zones.scoping import SYSTEM
from zones.services.base import clean_text
from zones.services.staff import NewAccount, create_account, grant_role

PLACE_OF = {
    Role.ZONE_STAFF: "zone",
    Role.ZONE_MANAGER: "zone",
    Role.AUDITOR: "zone",
    Role.SECRETARIAT: "association",
    Role.ORGANIZATION_MEMBER: "organization",
}
PLACES = ("zone", "association", "organization")


class Command(BaseCommand):
    help = "新建账号并授予角色；未给密码时生成一个并只显示一次 / create a log-in with a role"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", required=True, help="登录名 / log-in name")
        parser.add_argument("--role", required=True, choices=Role.values, help="角色 / role")
        parser.add_argument("--zone", help="高新区代号（园区角色） / slug of the zone")
        parser.add_argument("--association", help="联盟或网络代号（秘书处） / slug of the association")
        parser.add_argument("--organization", help="单位公开编号或统一社会信用代码 / public id or credit code")
        parser.add_argument("--display-name", default="", help="显示名称 / name colleagues read")
        parser.add_argument("--password-stdin", action="store_true", help="从标准输入读取密码 / read the password")

    def handle(self, *args: Any, **options: Any) -> None:
        password = sys.stdin.readline().rstrip("\r\n") if options["password_stdin"] else ""
        if options["password_stdin"] and not password:
            raise CommandError("标准输入中没有密码。 / No password on standard input.")
        account = answered(lambda: _create(options, _place(options), password))
        self.stdout.write(f"已创建账号 / created: {account.user.username}")
        if not password:
            self.stdout.write(f"密码（只显示这一次） / password (shown once): {account.password}")


@transaction.atomic
def _create(options: dict[str, Any], place: dict[str, Any], password: str) -> NewAccount:
    name = options["display_name"] or options["username"]
    account = create_account(username=options["username"], display_name=name, password=password)
    grant_role(SYSTEM, user=account.user, role=options["role"], **place)
    return account


def _place(options: dict[str, Any]) -> dict[str, Any]:
    """The one place the role is held in. Raises CommandError where it is missing, unknown or one too many."""
    role, wanted = options["role"], PLACE_OF.get(options["role"])
    for place in PLACES:
        if options[place] and place != wanted:
            raise CommandError(f"角色 {role} 不需要 --{place}：请删去。 / The role {role} takes no --{place}.")
    if wanted is None:
        return {}
    if not options[wanted]:
        raise CommandError(f"角色 {role} 须指明 --{wanted}。 / The role {role} needs --{wanted}.")
    text = clean_text(wanted, options[wanted])
    row = FINDERS[wanted](text)
    if row is None and wanted == "zone":
        raise CommandError(no_such_zone(text))
    if row is None:
        raise CommandError(f"没有找到 --{wanted} {text[:60]}：请核对代号。 / --{wanted} {text[:60]} not found.")
    return {wanted: row}


def _zone(text: str) -> Zone | None:
    return Zone.objects.filter(slug=text).first()


def _association(text: str) -> Association | None:
    return Association.objects.filter(slug=text).first()


def _organization(text: str) -> Organization | None:
    column = "credit_code" if len(text) == 18 and "-" not in text else "public_id"
    try:
        found: Organization | None = Organization.objects.visible_to(SYSTEM).filter(**{column: text}).first()
    except ValidationError:
        return None
    return found


FINDERS = {"zone": _zone, "association": _association, "organization": _organization}
