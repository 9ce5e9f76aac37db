"""`manage.py seed --scale N --seed S`: a large synthetic site."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ledger.audit import acting
from matching.importing.synthetic import seed_site
from matching.services.documents import refresh_stale_documents
from zones.importing.reference import load_reference
from zones.management.telling import answered
from zones.scoping import SYSTEM


class Command(BaseCommand):
    help = (
        "生成大规模合成站点：N×1000 项资源、N×50 项需求，同一种子结果相同。 / "
        "Make a large synthetic site: N×1,000 resources and N×50 needs; the same seed gives the same site."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--scale", type=int, required=True, metavar="N", help="thousands of resources (100 = 100,000)"
        )
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="seed of the generator (default 1)")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["scale"] < 1:
            raise CommandError("--scale 须为正整数。 / --scale must be a positive number.")
        started = time.monotonic()
        answered(lambda: load_reference(settings.REFERENCE_DIR))
        with acting("manage.py seed"):
            resources, needs = answered(lambda: seed_site(SYSTEM, scale=options["scale"], seed=options["seed"]))
        made = time.monotonic()
        documents = refresh_stale_documents()
        ended = time.monotonic()
        self.stdout.write(f"资源 resources {resources} · 需求 needs {needs} · {made - started:.1f} s")
        self.stdout.write(f"检索文档 documents {documents} · {ended - made:.1f} s")
