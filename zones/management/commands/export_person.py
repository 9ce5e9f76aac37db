"""`manage.py export_person`: everything that is held of a person, as one JSON document, for whom it is about."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zones.management.telling import answered
from zones.scoping import SYSTEM
from zones.services.persons import account_named, export_person


class Command(BaseCommand):
    help = "导出平台所保存的一个人的全部个人信息（JSON） / export everything that is held of a person, as JSON"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", help="登录名、邮箱或账号编号 / log-in name, mail address or public id")
        parser.add_argument(
            "--output", metavar="FILE", help="写入文件，缺省为标准输出 / a file; standard output without"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        told = answered(lambda: export_person(SYSTEM, user=account_named(options["person"])))
        text = json.dumps(told, ensure_ascii=False, indent=2)
        if options["output"]:
            Path(options["output"]).write_text(text + "\n", encoding="utf-8")
        else:
            self.stdout.write(text)
