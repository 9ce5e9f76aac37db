"""How good the ranking is: public labelled collections against jieba + BM25, and what the demo's own needs expect.

Run ``python -m benchmarks.engine_quality [--data FOLDER] [--quick]`` from the repository. The collections pass through
the whole pipeline: queries as needs, documents as achievements, everything but the words equal or unknown.
"""

import argparse
import json
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import bm25s
import jieba
import numpy as np

from benchmarks.demo_market import DemoMarket, load_demo, load_market, load_reference
from benchmarks.report import publish
from benchmarks.world import build
from matching.engine.evaluation import Difference, ndcg_at, paired_bootstrap, recall_at
from matching.engine.records import DEFAULT, CodeTree, Geography, NeedFacts, ResourceFacts

COLLECTIONS: Final = ("stard_dev", "csl_rel_dev")
BARS: Final = {"stard_dev": 0.48, "csl_rel_dev": 0.36}
SEED: Final = 20261123
TODAY: Final = date(2026, 11, 23).toordinal()
RECALL_DEPTH: Final = 100
NDCG_DEPTH: Final = 10
QUICK_QUERIES: Final = 150
WORD: Final = re.compile(r"\w")
EVAL: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "eval"
SAMPLES: Final = Path(__file__).resolve().parents[2] / "shared" / "data" / "samples"


@dataclass(frozen=True)
class Collection:
    """Documents, queries and graded judgments of one set; the texts as published."""

    name: str
    documents: list[dict[str, Any]]
    queries: list[dict[str, Any]]
    grades: dict[str, dict[str, float]]


@dataclass(frozen=True)
class Measures:
    """nDCG@10 and Recall@100 per query, in the order of the queries."""

    ndcg: list[float]
    recall: list[float]


def read_collection(folder: Path, name: str, limit: int | None) -> Collection:
    """Read one folder of the labelled collections; queries without judgments are left out."""
    grades: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for line in (folder / name / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, document, grade = line.split("\t")
        grades[query][document] = float(grade)
    queries = [query for query in _lines(folder / name / "queries.jsonl") if query["id"] in grades]
    return Collection(name, _lines(folder / name / "corpus.jsonl"), queries[:limit], dict(grades))


def rank_by_pipeline(collection: Collection) -> list[list[str]]:
    """Return document ids per query, best first, as the matching engine ranks them."""
    number = {document["id"]: place for place, document in enumerate(collection.documents, start=1)}
    resources = [
        ResourceFacts(
            id=number[document["id"]],
            zone=1,
            region="",
            organization=1,
            legal_group=1,
            kind="achievement",
            title=document.get("title", ""),
            text=document["text"],
        )
        for document in collection.documents
    ]
    needs = [_need_of(place, query, number) for place, query in enumerate(collection.queries, start=1)]
    with tempfile.TemporaryDirectory() as folder:
        world = build(resources, Path(folder), Geography.of([1]), CodeTree.of({}))
        result = world.match(needs, replace(DEFAULT, keep=RECALL_DEPTH), TODAY)
    ids = [document["id"] for document in collection.documents]
    return [
        [ids[identifier - 1] for identifier in result.pairs.resource_id[result.rows_of(row)]]
        for row in range(len(needs))
    ]


def rank_by_jieba(collection: Collection, cut: Callable[[str], list[str]]) -> list[list[str]]:
    """Return the ranking of the usual baseline: jieba words (no punctuation) and BM25 over title and text."""
    words = [_words(document, cut) for document in collection.documents]
    retriever = bm25s.BM25()
    retriever.index(words, show_progress=False)
    rankings = []
    for query in collection.queries:
        scores = retriever.get_scores(_words(query, cut))
        order = np.argsort(-scores, kind="stable")[: RECALL_DEPTH + 1]
        ranked = [collection.documents[int(place)]["id"] for place in order]
        rankings.append([document for document in ranked if document != query.get("self")][:RECALL_DEPTH])
    return rankings


def measure(collection: Collection, rankings: Sequence[Sequence[str]]) -> Measures:
    """Return the measures of each query."""
    grades = [collection.grades[query["id"]] for query in collection.queries]
    pairs = list(zip(rankings, grades, strict=True))
    return Measures(
        [ndcg_at(ranking, wanted, NDCG_DEPTH) for ranking, wanted in pairs],
        [recall_at(ranking, wanted, RECALL_DEPTH) for ranking, wanted in pairs],
    )


def collection_row(collection: Collection) -> dict[str, Any]:
    """Return one line of the table: engine against jieba BM25 with the interval of the difference."""
    engine = measure(collection, rank_by_pipeline(collection))
    words = measure(collection, rank_by_jieba(collection, jieba.lcut))
    search = measure(collection, rank_by_jieba(collection, jieba.lcut_for_search))
    difference = paired_bootstrap(engine.ndcg, words.ndcg, seed=SEED)
    search_difference = paired_bootstrap(engine.ndcg, search.ndcg, seed=SEED)
    return {
        "collection": collection.name,
        "queries": len(collection.queries),
        "bar": BARS[collection.name],
        "nDCG@10": float(np.mean(engine.ndcg)),
        "jieba BM25": float(np.mean(words.ndcg)),
        "difference": _interval(difference),
        "jieba search mode": float(np.mean(search.ndcg)),
        "difference ": _interval(search_difference),
        "Recall@100": float(np.mean(engine.recall)),
        "jieba Recall@100": float(np.mean(words.recall)),
    }


def expectation_row(name: str, market: DemoMarket, reference: Any) -> tuple[dict[str, Any], list[str]]:
    """Return how often what a zone expects stands first and its decoys below, and every case where it does not."""
    with tempfile.TemporaryDirectory() as folder:
        world = build(market.resources, Path(folder), reference.geography, reference.codes)
        result = world.match(market.needs, DEFAULT, TODAY)
    first, top3, decoys, below, misses = 0, 0, 0, 0, []
    judged = [need.id for need in market.needs if market.expected[need.id]]
    for row, need in enumerate(market.needs):
        if need.id not in judged:
            continue
        ranked = [int(identifier) for identifier in result.pairs.resource_id[result.rows_of(row)]]
        best = min(
            (ranked.index(wanted) for wanted in market.expected[need.id] if wanted in ranked), default=len(ranked)
        )
        above = [decoy for decoy in market.decoys[need.id] if decoy in ranked[:best]]
        first, top3 = first + (best == 0), top3 + (best < 3)
        decoys, below = decoys + len(market.decoys[need.id]), below + len(market.decoys[need.id]) - len(above)
        if best > 0 or above:
            names = [market.names[decoy] for decoy in above]
            misses.append(f"{market.need_names[need.id]}: expected at {best + 1}, decoys above {names}")
    total = max(len(judged), 1)
    row_of_table = {
        "set": name,
        "needs": len(judged),
        "resources": len(market.resources),
        "expected first": first / total,
        "expected in top 3": top3 / total,
        "decoys": decoys,
        "decoys below": below / max(decoys, 1),
    }
    return row_of_table, misses


def main() -> None:
    """Print and store both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=EVAL, help="folder of the labelled collections")
    parser.add_argument("--samples", type=Path, default=SAMPLES, help="folder with needs.jsonl and resources.jsonl")
    parser.add_argument("--quick", action="store_true", help="fewer queries")
    options = parser.parse_args()
    jieba.setLogLevel("ERROR")
    limit = QUICK_QUERIES if options.quick else None
    present = [name for name in COLLECTIONS if (options.data / name).is_dir()]
    rows = [collection_row(read_collection(options.data, name, limit)) for name in present]
    publish("engine_quality", "Ranking quality, words only, whole pipeline", rows, seed=SEED)
    _publish_expectations(options.samples)


def _publish_expectations(samples: Path) -> None:
    reference = load_reference()
    markets = {"demo": load_demo(reference)}
    if samples.is_dir():
        markets = {
            "samples": load_market(reference, [samples / "resources.jsonl"], [samples / "needs.jsonl"])
        } | markets
    results = [expectation_row(name, market, reference) for name, market in markets.items() if market.needs]
    misses = [miss for _, found in results for miss in found]
    publish("engine_expectations", "What zones expect of the ranking", [row for row, _ in results], misses=misses)
    print("\n".join(misses))


def _need_of(place: int, query: dict[str, Any], number: dict[str, int]) -> NeedFacts:
    """A query as a need of nobody in particular; the document it was made from counts as dismissed."""
    own = number.get(query.get("self", ""))
    return NeedFacts(
        id=place,
        zone=1,
        region="",
        organization=0,
        legal_group=0,
        kind="technology_acquisition",
        title=query.get("title", ""),
        text=_text_of(query),
        dismissed=() if own is None else (own,),
    )


def _text_of(query: dict[str, Any]) -> str:
    """The text without the title where the collection repeats it at the beginning."""
    title, text = query.get("title", ""), str(query["text"])
    return text.removeprefix(title).lstrip("。") if title else text


def _words(entry: dict[str, Any], cut: Callable[[str], list[str]]) -> list[str]:
    return [word for word in cut(f"{entry.get('title', '')} {entry['text']}".lower()) if WORD.search(word)]


def _interval(difference: Difference) -> str:
    return f"{difference.mean:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}]"


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
