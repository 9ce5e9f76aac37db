"""`manage.py lift_second_factors`: for whoever has lost phone, security keys and recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import User
from zones.management.telling import answered
from zones.scoping import SYSTEM
from zones.services.second_factors import lift_second_factors


class Command(BaseCommand):
    help = "解除一个账号的第二重验证，写入审计记录 / ask an account for its password only, from now on; audited"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="登录名 / log-in name")
        parser.add_argument(
            "--reason", required=True, help="原因，例如怎样核实了本人身份 / why, and how it is known who asks"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError("没有此登录名：请核对。 / No such log-in name: check it.")
        lifted = answered(lambda: lift_second_factors(SYSTEM, user=user, reason=options["reason"]))
        self.stdout.write(f"已解除 {lifted} 项，所有会话已结束 / factors lifted: {lifted}; every session ended")
