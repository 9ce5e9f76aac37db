"""`manage.py routes`: the route registry, for people or programs."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from config.routes import RouteMethod, registry


class Command(BaseCommand):
    help = "列出每个路由与方法的访问规则、筛选参数与排序字段 / list every route × method with its rule"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="输出 JSON / print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        lines = list(registry())
        if options["json"]:
            self.stdout.write(json.dumps([line._asdict() for line in lines], ensure_ascii=False, indent=1))
            return
        for line in lines:
            self.stdout.write(_row(line))


def _row(line: RouteMethod) -> str:
    more = f"  ?{','.join(line.filters)}" if line.filters else ""
    order = f"  ordering={','.join(line.ordering)}" if line.ordering else ""
    return f"{line.method:8}{line.route:44}/{line.pattern:44}{line.rule or '— no rule —'}{more}{order}"
