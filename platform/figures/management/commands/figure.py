"""One figure on the command line, with its evidence; or all of them, in the table of a page."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from figures.definitions.table import remade
from figures.questions import FILTERS, question
from figures.telling import Told, told, told_json
from zones.management.telling import answered
from zones.scoping import SYSTEM


class Command(BaseCommand):
    help = "计算一个统计指标，给出表述与依据。 / Compute one figure, with its sentence and its evidence."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("figure", nargs="?", metavar="ID", help="e.g. events.exchange or contracts.flow:yoy")
        parser.add_argument("--scope", default="nation", metavar="S", help="nation, zone:zgc, association:dongbei …")
        parser.add_argument("--period", default="", metavar="P", help="2024, 2024-Q3, 2013..2024, 2025-ytd")
        parser.add_argument("--as-of", type=date.fromisoformat, metavar="D", help="YYYY-MM-DD; today without")
        parser.add_argument("--milestone", default="", metavar="M", help="signed or completed, where there are several")
        parser.add_argument("--contract-type", default="", metavar="T", help="only contracts of a type: KF, KF-WT")
        parser.add_argument("--field", default="", metavar="F", help="only contracts in a field of industry: SEI1")
        parser.add_argument("--samples", action="store_true", help="count the rows of the demonstration too")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--table", type=Path, metavar="FILE", help="instead: remake the table of all figures in it")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["table"] is not None:
            options["table"].write_text(remade(options["table"].read_text("utf-8")), "utf-8")
            return
        if options["figure"] is None:
            raise CommandError("请写指标编号，例如 events.exchange。 / Name a figure, for example events.exchange.")
        given = answered(lambda: self._told(options))
        if options["json"]:
            self.stdout.write(json.dumps(told_json(given), ensure_ascii=False))
            return
        definition = given.answer.definition
        self.stdout.write(given.sentence())
        self.stdout.write(f"{definition.id} v{definition.version} · {len(given.answer.facts)} rows")

    def _told(self, options: Any) -> Told:
        asked = question(
            options["figure"], scope=options["scope"], period=options["period"], as_of=options["as_of"],
            milestone=options["milestone"], samples=options["samples"], reader=SYSTEM,
            **{name: options[name] for name in FILTERS},
        )  # fmt: skip
        return told(asked, SYSTEM)
