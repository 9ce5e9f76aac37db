"""`manage.py erase_person`: a person is erased; what is evidence of others stays and tells nobody who it was."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zones.management.telling import answered
from zones.scoping import SYSTEM
from zones.services.erasing import Erased, erase_person, must_be_erasable
from zones.services.persons import account_named


class Command(BaseCommand):
    help = "删除一个人的个人信息，须加 --commit / erase a person's data; nothing is changed without --commit"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", help="登录名、邮箱或账号编号 / log-in name, mail address or public id")
        parser.add_argument("--commit", action="store_true", help="真正删除 / do it")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        user = answered(lambda: account_named(options["person"]))
        if not options["commit"]:
            answered(lambda: must_be_erasable(user))
            self.stdout.write(
                "可以删除，没有改动任何记录；请加 --commit。 / It can be done; nothing was changed: add --commit."
            )
            return
        self._say(answered(lambda: erase_person(SYSTEM, user=user)), as_json=options["json"])

    def _say(self, done: Erased, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"deleted": done.deleted, "changed": done.changed}))
            return
        deleted, changed = sum(done.deleted.values()), sum(done.changed.values())
        self.stdout.write(f"已删除 {deleted} 行，改写 {changed} 行。 / rows deleted: {deleted}, changed: {changed}.")
