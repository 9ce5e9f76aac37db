"""`manage.py fields`: the class of every field of our models, for people or programs."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ledger.classification import all_fields


class Command(BaseCommand):
    help = "列出每个模型字段的分级（public、scoped、pii、secret） / list every model field with its class"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="输出 JSON / print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = [{"model": row.model, "field": row.field, "class": row.field_class} for row in all_fields()]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            self.stdout.write(f"{row['class'] or '— no class —':10}{row['model']:32}{row['field']}")
