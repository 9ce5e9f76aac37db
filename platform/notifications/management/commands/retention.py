"""`manage.py retention`: which personal data are over, by rule; with --commit they are forgotten now."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import get_language, override

from ledger.audit import acting
from notifications import retention


class Command(BaseCommand):
    help = (
        "个人信息的保存期限：列出到期的内容；加 --commit 才删除。 / "
        "How long personal data are kept: lists what is over; deletes it only with --commit."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--commit", action="store_true", help="forget what is over, now")
        parser.add_argument("--json", action="store_true", help="as JSON: name → days and count")

    def handle(self, *args: Any, **options: Any) -> None:
        with acting("manage.py retention"):
            found = retention.sweep() if options["commit"] else retention.preview()
        if options["json"]:
            told = {due.rule.name: {"days": due.rule.period.days, "count": due.rows} for due in found}
            self.stdout.write(json.dumps(told, indent=2))
            return
        with override(get_language() or "zh-hans"):
            for due in found:
                self.stdout.write(f"{due.rule.name:<18}{due.rule.period.days:>6} d{due.rows:>10}  {due.rule.what}")
        total = sum(due.rows for due in found)
        done = (
            "已删除 / forgotten"
            if options["commit"]
            else "到期，未删除：加 --commit 删除 / over; nothing was changed: add --commit"
        )
        self.stdout.write(f"{total} {done}")
