"""`manage.py load_collection DIR`: a labelled collection through the normal services."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from ledger.audit import acting
from matching.importing.collections import Collection, load_collection
from zones.importing.reference import load_reference
from zones.management.telling import answered
from zones.scoping import SYSTEM


class Command(BaseCommand):
    help = (
        "载入标注集合：文献登记为成果，查询登记为需求；随后 match --full --keep 101（Recall@100 需要）。 / Load a "
        "labelled collection: documents as achievements, queries as needs; then match --full --keep 101 (for "
        "Recall@100)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder", type=Path, metavar="DIR", help="folder with corpus.jsonl, queries.jsonl, qrels.tsv"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with acting("manage.py load_collection"):
            answered(lambda: load_reference(settings.REFERENCE_DIR))
            documents, queries = answered(lambda: load_collection(SYSTEM, Collection(options["folder"].resolve())))
        self.stdout.write(f"成果 documents {documents} · 需求 queries {queries}")
