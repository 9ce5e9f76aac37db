"""How good the ranking is: public labelled collections against jieba + BM25, and what the demo's own needs expect.

Run ``python -m benchmarks.engine_quality [--data FOLDER] [--samples FOLDER] [--quick]`` from the repository. The
collections pass through the whole pipeline: queries as needs, documents as achievements, everything but the words equal
or unknown. A last table takes each component away in turn.
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

from benchmarks.demo_market import DemoMarket, Reference, load_demo, load_market, load_reference
from benchmarks.report import Measure, publish
from benchmarks.world import build, record_of
from matching.engine.config import COMPONENTS, VIEWS_OF_TEXT
from matching.engine.evaluation import Difference, ndcg_at, paired_bootstrap, recall_at
from matching.engine.pipeline import ChunkResult
from matching.engine.records import DEFAULT, CodeTree, Geography, NeedFacts, ResourceFacts, ScoringConfig

COLLECTIONS: Final = ("stard_dev", "csl_rel_dev")
BARS: Final = {"stard_dev": 0.48, "csl_rel_dev": 0.36}
ABLATED: Final = tuple(name for name in COMPONENTS if name not in VIEWS_OF_TEXT)
"""Meaning is unknown without models."""
EXPECTED_FIRST: Final = 0.95
DECOYS_BELOW: Final = 0.95
SEED: Final = 20261123
TODAY: Final = date(2026, 11, 23).toordinal()
RECALL_DEPTH: Final = 100
NDCG_DEPTH: Final = 10
QUICK_QUERIES: Final = 150
WORD: Final = re.compile(r"\w")


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
    resources, needs = facts_of(collection)
    with tempfile.TemporaryDirectory() as folder:
        world = build(map(record_of, resources), Path(folder), Geography.of([1]), CodeTree.of({}))
        return ranked_documents(collection, world.match(needs, replace(DEFAULT, keep=RECALL_DEPTH), TODAY))


def facts_of(collection: Collection) -> tuple[list[ResourceFacts], list[NeedFacts]]:
    """Return documents as achievements and queries as needs, numbered from 1."""
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
    return resources, [_need_of(place, query, number) for place, query in enumerate(collection.queries, start=1)]


def ranked_documents(collection: Collection, result: ChunkResult) -> list[list[str]]:
    """Return the document ids of each query in the order of a result."""
    ids = [document["id"] for document in collection.documents]
    return [
        [ids[identifier - 1] for identifier in result.pairs.resource_id[result.rows_of(row)]]
        for row in range(len(collection.queries))
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


def collection_row(collection: Collection) -> tuple[dict[str, Any], list[Measure]]:
    """Return one line of the table, engine against jieba BM25 with the interval of the difference, and what counts."""
    engine = measure(collection, rank_by_pipeline(collection))
    words = measure(collection, rank_by_jieba(collection, jieba.lcut))
    search = measure(collection, rank_by_jieba(collection, jieba.lcut_for_search))
    difference = paired_bootstrap(engine.ndcg, words.ndcg, seed=SEED)
    quality = float(np.mean(engine.ndcg))
    row = {
        "collection": collection.name,
        "queries": len(collection.queries),
        "nDCG@10": quality,
        "jieba BM25": float(np.mean(words.ndcg)),
        "difference": interval_text(difference),
        "jieba search mode": float(np.mean(search.ndcg)),
        "difference ": interval_text(paired_bootstrap(engine.ndcg, search.ndcg, seed=SEED)),
        "Recall@100": float(np.mean(engine.recall)),
        "jieba Recall@100": float(np.mean(words.recall)),
    }
    return row, [
        Measure(
            f"{collection.name}, {len(collection.queries)} queries, words only: nDCG@10", quality,
            at_least=BARS[collection.name], spread=f"against jieba {row['difference']}", required=True,
        )
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a need's expected resource stands (from 0), and which of its decoys stand above it."""

    need: int
    place: int
    above: tuple[int, ...]


def standings(market: DemoMarket, reference: Reference, configs: Sequence[ScoringConfig]) -> list[list[Standing]]:
    """Return where what a zone expects stands, for each configuration, of every need that expects something."""
    with tempfile.TemporaryDirectory() as folder:
        world = build(map(record_of, market.resources), Path(folder), reference.geography, reference.codes)
        results = [world.match(market.needs, config, TODAY) for config in configs]
    return [_standings(market, result) for result in results]


def _standings(market: DemoMarket, result: ChunkResult) -> list[Standing]:
    found = []
    for row, need in enumerate(market.needs):
        if not market.expected[need.id]:
            continue
        ranked = [int(identifier) for identifier in result.pairs.resource_id[result.rows_of(row)]]
        places = [ranked.index(wanted) for wanted in market.expected[need.id] if wanted in ranked]
        place = min(places, default=len(ranked))
        above = tuple(decoy for decoy in market.decoys[need.id] if decoy in ranked[:place])
        found.append(Standing(need.id, place, above))
    return found


def expectation_row(name: str, market: DemoMarket, found: Sequence[Standing]) -> dict[str, Any]:
    """Return how often what a zone expects stands first and its decoys below."""
    decoys, total = sum(len(market.decoys[standing.need]) for standing in found), max(len(found), 1)
    return {
        "set": name,
        "needs": len(found),
        "resources": len(market.resources),
        "expected first": sum(standing.place == 0 for standing in found) / total,
        "expected in top 3": sum(standing.place < 3 for standing in found) / total,
        "decoys": decoys,
        "decoys below": 1.0 - sum(len(standing.above) for standing in found) / max(decoys, 1),
    }


def misses_of(market: DemoMarket, found: Sequence[Standing]) -> list[str]:
    """Return every case where something stands above what is expected."""
    return [
        f"{market.need_names[standing.need]}: expected at {standing.place + 1}, "
        f"decoys above {[market.names[decoy] for decoy in standing.above]}"
        for standing in found
        if standing.place or standing.above
    ]


def without(component: str) -> ScoringConfig:
    """Return the default without one component."""
    weights = [0.0 if name == component else weight for name, weight in zip(COMPONENTS, DEFAULT.weights, strict=True)]
    return replace(DEFAULT, weights=tuple(weights))


def ablation_rows(name: str, market: DemoMarket, reference: Reference) -> list[dict[str, Any]]:
    """Return the expectations with everything, and with each component taken away."""
    ways = {"everything": DEFAULT} | {f"without {component}": without(component) for component in ABLATED}
    found = standings(market, reference, list(ways.values()))
    kept = ("expected first", "expected in top 3", "decoys below")
    rows = [expectation_row(name, market, standing) for standing in found]
    return [
        {"ablation": way, "set": name, **{key: row[key] for key in kept}} for way, row in zip(ways, rows, strict=True)
    ]


def main() -> None:
    """Print and store all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of the labelled collections")
    parser.add_argument("--samples", type=Path, help="folder with needs.jsonl and resources.jsonl")
    parser.add_argument("--quick", action="store_true", help="fewer queries")
    options = parser.parse_args()
    jieba.setLogLevel("ERROR")
    if options.data is not None:
        _publish_collections(options.data, QUICK_QUERIES if options.quick else None)
    _publish_expectations(options.samples)


def _publish_collections(data: Path, limit: int | None) -> None:
    present = [name for name in COLLECTIONS if (data / name).is_dir()]
    if not present:
        raise SystemExit(f"{data} holds none of {', '.join(COLLECTIONS)}")
    found = [collection_row(read_collection(data, name, limit)) for name in present]
    measures = [measure for _, told in found for measure in told]
    title = "Ranking quality, words only, whole pipeline"
    publish("engine_quality", title, [row for row, _ in found], measures=measures, seed=SEED)


def _publish_expectations(samples: Path | None) -> None:
    reference = load_reference()
    markets = {"demo": load_demo(reference)}
    if samples is not None:
        files = [samples / "resources.jsonl"], [samples / "needs.jsonl"]
        markets = {"samples": load_market(reference, *files)} | markets
    found = {name: standings(market, reference, [DEFAULT])[0] for name, market in markets.items()}
    rows = [expectation_row(name, markets[name], standing) for name, standing in found.items()]
    misses = [miss for name, standing in found.items() for miss in misses_of(markets[name], standing)]
    measures = [measure for row in rows for measure in _expectations(row)]
    publish("engine_expectations", "What zones expect of the ranking", rows, measures=measures, misses=misses)
    print("\n".join(misses))
    ablation = [row for name, market in markets.items() for row in ablation_rows(name, market, reference)]
    publish("engine_ablation", "What each component adds", ablation)


def _expectations(row: dict[str, Any]) -> list[Measure]:
    what = f"{row['set']}, {row['needs']} needs × {row['resources']} resources"
    return [
        Measure(f"{what}: expected first", row["expected first"], at_least=EXPECTED_FIRST, required=True),
        Measure(f"{what}: decoys below", row["decoys below"], at_least=DECOYS_BELOW, required=True),
    ]


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


def interval_text(difference: Difference) -> str:
    return f"{difference.mean:+.3f} [{difference.low:+.3f}, {difference.high:+.3f}]"


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
