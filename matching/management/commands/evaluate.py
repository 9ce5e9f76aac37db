"""`manage.py evaluate DIR`: quality of the stored results against the collection's judgments."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.importing.collections import Collection
from matching.services.evaluation import (
    Quality,
    difference,
    has_words_baseline,
    measure,
    stored_rankings,
    words_rankings,
)
from zones.management.telling import answered


class Command(BaseCommand):
    help = "评测已存结果：nDCG@10、Recall@100 与分词基线。 / Measure stored results, with the words baseline."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="folder of the collection that was loaded")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        collection = Collection(options["folder"].resolve())
        report = answered(lambda: _report(collection))
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for name, row in report["systems"].items():
            self.stdout.write(
                f"{collection.name:14} {name:24} nDCG@10 {row['ndcg@10']:.4f}  Recall@100 {row['recall@100']:.4f}"
            )
        self.stdout.write(report["note"])


def _report(collection: Collection) -> dict[str, Any]:
    name = collection.external_id
    grades = {
        name(query): {name(pk): grade for pk, grade in row.items()} for query, row in collection.judgments().items()
    }
    queries = {name(row["id"]): row for row in collection.queries()}
    own = {query: name(row["self"]) for query, row in queries.items() if row.get("self")}
    rankings = stored_rankings(name(""))
    if not rankings:
        raise CommandError(
            "尚无结果：请先执行 load_collection 与 match --full --keep 101。 / No results: load_collection and "
            "match --full --keep 101 first."
        )
    ours = measure(rankings, grades, own=own)
    systems, note = (
        {"zonelink": _row(ours)},
        "分词基线需开发依赖：./run setup / the words baseline needs what ./run setup installs",
    )
    if has_words_baseline():
        documents = {name(row["id"]): f"{row.get('title', '')} {row.get('text', '')}" for row in collection.documents()}
        texts = {query: row.get("text") or row["title"] for query, row in queries.items()}
        words = measure(words_rankings(documents, texts), grades, own=own)
        gap = difference(ours, words)
        systems["words (jieba BM25)"] = _row(words)
        note = f"Δ nDCG@10 {gap.mean:+.4f} [{gap.low:+.4f}, {gap.high:+.4f}] · {ours.queries} queries"
    return {"collection": collection.name, "systems": systems, "note": note}


def _row(quality: Quality) -> dict[str, float]:
    return {"queries": quality.queries, "ndcg@10": quality.ndcg_at_10, "recall@100": quality.recall_at_100}
