"""`manage.py activate_config N`: make a stored scoring configuration the active one; the way back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ledger.audit import acting
from matching.services.configs import activate_config
from zones.management.telling import answered
from zones.scoping import SYSTEM


class Command(BaseCommand):
    help = "启用已有的评分配置版本（回滚）。 / Activate a stored scoring configuration (roll back)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, metavar="N", help="number of the configuration")

    def handle(self, *args: Any, **options: Any) -> None:
        with acting("manage.py activate_config"):
            config = answered(lambda: activate_config(SYSTEM, number=options["number"]))
        self.stdout.write(f"已启用 {config}，下次匹配起生效。 / {config} is active; the next run uses it.")
