"""`manage.py check_invariants`: counts the violations of every invariant; exit code 1 when there is any."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ledger import invariants as ledger_invariants
from matching.services import invariants as matching_invariants
from notifications import invariants as notification_invariants
from zones.services import invariants as zones_invariants

ALL = (
    *ledger_invariants.INVARIANTS,
    *zones_invariants.INVARIANTS,
    *matching_invariants.INVARIANTS,
    *notification_invariants.INVARIANTS,
)


class Command(BaseCommand):
    help = (
        "逐项检查数据不变式，有违反时退出码为 1 / count violations of every invariant; exit code 1 when there are any"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="输出 JSON / print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        counts = {invariant.name: invariant.count() for invariant in ALL}
        if options["json"]:
            self.stdout.write(json.dumps(counts, indent=1))
        else:
            for invariant in ALL:
                self.stdout.write(f"{counts[invariant.name]:8}  {invariant.name:24}{invariant.sentence}")
        if any(counts.values()):
            sys.exit(1)
