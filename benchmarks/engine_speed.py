"""How fast the engine is, against what else could be used, in the same run on the same data.

Run ``python -m benchmarks.engine_speed [--quick]`` from the repository. Times are processor seconds of one thread.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import jieba
import numpy as np

from benchmarks import peers
from benchmarks.assignment_speed import assignment_rows, growth_of_assignment
from benchmarks.demo_market import DemoMarket, Reference, load_demo, load_parents, load_reference
from benchmarks.report import publish
from benchmarks.synthetic import Writer
from benchmarks.world import World, build
from lexicon.tokenise import tokens_of
from matching.engine import features, pipeline, retrieval
from matching.engine.packing import Integers
from matching.engine.postings import Postings
from matching.engine.records import (
    DEFAULT,
    NeedFacts,
    NeedTable,
    ResourceFacts,
    ResourceTable,
    decode_needs,
    decode_resources,
    encode_need,
    index_document,
)

SEED: Final = 20261123
TODAY: Final = 739_943
TOP: Final = 50
LOOP_RESOURCES: Final = 10_000


@dataclass(frozen=True)
class Sizes:
    """How much work each part does."""

    resources: int
    needs: int
    peer_needs: int
    slow_needs: int
    reverse_needs: int
    pairs: int
    growth: tuple[int, ...]
    assigned: tuple[int, ...]


FULL: Final = Sizes(100_000, 500, 60, 3, 20_000, 200_000, (25_000, 50_000, 100_000), (2_000, 20_000, 200_000))
QUICK: Final = Sizes(5_000, 100, 30, 3, 2_000, 20_000, (), (500, 2_000))


@dataclass(frozen=True)
class Setting:
    """One synthetic world and its needs."""

    world: World
    writer: Writer
    facts: list[NeedFacts]
    needs: NeedTable
    sizes: Sizes


def seconds(work: Callable[[], Any], *, runs: int = 3) -> float:
    """Return the median processor time of several runs."""
    taken = []
    for _ in range(runs):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return sorted(taken)[len(taken) // 2]


def retrieval_rows(setting: Setting, documents: Sequence[str], everything: ResourceTable) -> list[dict[str, Any]]:
    """Candidates and exact scores of needs, against BM25 libraries on the same tokens."""
    count = setting.sizes.peer_needs
    needs = setting.needs.take(np.arange(count))
    queries = retrieval.queries_of(needs, setting.world.statistics, DEFAULT)
    words = [[token for token, _ in query.terms] for query in queries]
    ours = seconds(lambda: _top_of_candidates(setting.world, needs))
    rows = [{"retrieval": "engine: index + exact scores", "ms per need": 1e3 * ours / count, "times": 1.0}]
    index = peers.bm25s_index(documents)
    peers.bm25s_search(index, words[:2], TOP)
    rows.append(_row("bm25s (numba)", seconds(lambda: peers.bm25s_search(index, words, TOP)) / count, ours / count))
    held = Postings.of(setting.world.blobs.values(), setting.world.statistics)
    asked = [query._replace(scopes=(), use_scopes=()) for query in queries]
    matrix, table = peers.sparse_index(documents), peers.fts5_index(documents)
    held.candidates(asked[:2], TOP)
    few = words[: setting.sizes.slow_needs]
    ways: list[tuple[str, Callable[[], object], int]] = [
        ("postings in memory, top 50", lambda: held.candidates(asked, TOP), count),
        ("text index, 300 candidates", lambda: setting.world.index.candidates(asked, DEFAULT.depth), count),
        ("scipy sparse", lambda: peers.sparse_search(matrix, words, TOP), count),
        ("SQLite FTS5, OR", lambda: peers.fts5_search(table, few, TOP), len(few)),
    ]
    rows += [_row(name, seconds(work) / needed, ours / count) for name, work, needed in ways]
    some = documents[:LOOP_RESOURCES]
    slow, slow_words = peers.rank_bm25_search(some, words[: setting.sizes.slow_needs])
    loop = seconds(lambda: [slow.get_scores(query) for query in slow_words], runs=1) / len(slow_words)
    scale = len(documents) / len(some)
    rows.append(_row(f"rank_bm25 loop (measured on {len(some)}, × {scale:g})", loop * scale, ours / count))
    exact = seconds(lambda: _exact_top(setting.world, needs.take(np.arange(3)), everything), runs=1) / 3
    rows.append(_row("exact scores of everything", exact, ours / count))
    return rows


def agreement(setting: Setting, everything: ResourceTable) -> float:
    """Return which share of the exact top 50 the index and its 300 candidates give."""
    needs = setting.needs.take(np.arange(setting.sizes.peer_needs))
    exact, found = _exact_top(setting.world, needs, everything), _top_of_candidates(setting.world, needs)
    return float(np.mean([len(set(a.tolist()) & set(b.tolist())) / TOP for a, b in zip(exact, found, strict=True)]))


def _row(name: str, theirs: float, ours: float) -> dict[str, Any]:
    return {"retrieval": name, "ms per need": 1e3 * theirs, "times": theirs / ours}


def _exact_top(world: World, needs: NeedTable, everything: ResourceTable) -> list[Integers]:
    queries, tops = retrieval.text_queries(needs, world.statistics), []
    for row in range(len(needs)):
        rows = np.arange(len(everything))
        scores = _text_scores(world, needs, queries, everything, np.full_like(rows, row), rows)
        tops.append(everything.id[np.lexsort((everything.id, -scores))[:TOP]])
    return tops


def _top_of_candidates(world: World, needs: NeedTable) -> list[Integers]:
    queries, tops = retrieval.text_queries(needs, world.statistics), []
    asked = [
        query._replace(scopes=(), use_scopes=())
        for query in retrieval.queries_of(needs, world.statistics, DEFAULT, queries)
    ]
    for row, ids in enumerate(world.index.candidates(asked, DEFAULT.depth)):
        table = world.load(np.sort(ids))
        rows = np.arange(len(table))
        scores = _text_scores(world, needs, queries, table, np.full_like(rows, row), rows)
        tops.append(table.id[np.lexsort((table.id, -scores))[:TOP]])
    return tops


def _text_scores(
    world: World,
    needs: NeedTable,
    queries: retrieval.TextQueries,
    table: ResourceTable,
    rows: Integers,
    others: Integers,
) -> Any:
    config = replace(DEFAULT, item_gain=0.0)
    return retrieval.score_pairs_of_text(
        needs, queries, table, rows, others, statistics=world.statistics, config=config
    ).score


def pipeline_rows(setting: Setting) -> list[dict[str, Any]]:
    """Everything a run does per need, and one changed resource against all open needs."""
    world, needs = setting.world, setting.needs
    arguments = (world.statistics, world.geography, world.codes, DEFAULT, TODAY)
    chunk = seconds(lambda: pipeline.match_chunk(needs, world.index, world.load, *arguments)) / len(needs)
    many = decode_needs([encode_need(need) for need in setting.writer.needs(setting.sizes.reverse_needs)])
    queries = retrieval.text_queries(many, world.statistics)
    changed = [world.load(np.array([identifier])) for identifier in range(1, 10)]
    back = [seconds(partial(pipeline.reverse, one, many, *arguments, queries), runs=1) for one in changed]
    blobs = [blob for _, blob in zip(range(20_000), world.blobs.values(), strict=False)]
    decode = seconds(lambda: decode_resources(blobs)) * 20_000 / len(blobs)
    return [
        {"pipeline": "match one need, all in", "ms": 1e3 * chunk, "goal": "≤ 20"},
        {
            "pipeline": f"one changed resource × {len(many)} needs (median)",
            "ms": 1e3 * float(np.median(back)),
            "goal": "< 100",
        },
        {"pipeline": "decode 20,000 records", "ms": 1e3 * decode, "goal": "≤ 300"},
    ]


def feature_rows(setting: Setting, reference: Reference, resources: Sequence[ResourceFacts]) -> list[dict[str, Any]]:
    """The vectorised components against the same in plain Python."""
    random = np.random.default_rng(SEED)
    count = setting.sizes.pairs
    need_rows = np.sort(random.integers(0, len(setting.facts), count))
    resource_rows = random.integers(0, len(resources), count)
    table = setting.world.load(np.array([facts.id for facts in resources]))
    metrics = features.Metrics(np.zeros(count), np.ones(count), np.zeros(count, dtype=np.int64))

    def vectorised() -> None:
        features.parts_of(
            setting.needs, table, need_rows, resource_rows, text=np.zeros(count), semantic=np.full(count, np.nan),
            semantic_share=np.zeros(count), metrics=metrics, geography=reference.geography, codes=reference.codes,
            config=DEFAULT, today=TODAY,
        )  # fmt: skip

    parents, some = load_parents(), range(0, count, 20)
    plain = seconds(
        lambda: [
            peers.plain_features(
                setting.facts[need_rows[pair]], resources[resource_rows[pair]], parents, DEFAULT, TODAY
            )
            for pair in some
        ],
        runs=1,
    ) / len(some)
    ours = seconds(vectorised) / count
    return [
        {"pair features": "engine", "million pairs per second": 1e-6 / ours, "times": 1.0},
        {"pair features": "Python loop", "million pairs per second": 1e-6 / plain, "times": plain / ours},
    ]


def word_rows(market: DemoMarket) -> list[dict[str, Any]]:
    """Tokens of the demo's texts against jieba's words."""
    texts = [facts.text for facts in market.resources] + [facts.text for facts in market.needs]
    seconds(lambda: list(map(tokens_of, texts)), runs=1)
    jieba.lcut("先加载词典")
    characters = sum(map(len, texts))
    ours = min(seconds(partial(_tokens_afresh, texts, mark), runs=1) for mark in " \n\t")
    theirs = min(seconds(lambda: list(map(jieba.lcut, texts)), runs=1) for _ in range(3))
    return [
        {"segmentation": "engine", "million characters per second": 1e-6 * characters / ours, "times": 1.0},
        {"segmentation": "jieba", "million characters per second": 1e-6 * characters / theirs, "times": theirs / ours},
    ]


def _tokens_afresh(texts: Sequence[str], mark: str) -> None:
    """Tokenise texts that were not seen before: short ones are remembered."""
    for text in texts:
        tokens_of(text + mark)


def growth_rows(writer: Writer, reference: Reference, sizes: Sizes, needs: NeedTable) -> list[dict[str, Any]]:
    """Milliseconds per need as the number of resources grows, and the exponent between neighbours."""
    rows: list[dict[str, Any]] = []
    for count in sizes.growth:
        row: dict[str, Any] = {"resources": count, "ms per need": _time_of_size(count, writer, reference, needs)}
        if rows:
            ratio, size = row["ms per need"] / rows[-1]["ms per need"], count / rows[-1]["resources"]
            row["exponent"] = float(np.log(ratio) / np.log(size))
        rows.append(row)
    return rows


def _time_of_size(count: int, writer: Writer, reference: Reference, needs: NeedTable) -> float:
    with tempfile.TemporaryDirectory() as folder:
        world = build(list(writer.resources(count)), Path(folder), reference.geography, reference.codes)
        arguments = (world.statistics, world.geography, world.codes, DEFAULT, TODAY)
        work = partial(pipeline.match_chunk, needs, world.index, world.load, *arguments)
        return 1e3 * seconds(work) / len(needs)


def main() -> None:
    """Print and store all tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, for a first look")
    sizes = QUICK if parser.parse_args().quick else FULL
    jieba.setLogLevel("ERROR")
    reference = load_reference()
    market = load_demo(reference)
    writer = Writer(market, SEED)
    resources = list(writer.resources(sizes.resources))
    facts = list(writer.needs(sizes.needs))
    needs = decode_needs([encode_need(need) for need in facts])
    pipeline.warm_up()
    with tempfile.TemporaryDirectory() as folder:
        world = build(resources, Path(folder), reference.geography, reference.codes, print)
        setting = Setting(world, writer, facts, needs, sizes)
        everything = decode_resources(list(world.blobs.values()))
        publish(
            "engine_retrieval", f"Retrieval, {sizes.resources} resources",
            retrieval_rows(setting, [index_document(facts)[0] for facts in resources], everything),
            agreement_with_exact_top_50=agreement(setting, everything), seed=SEED,
        )  # fmt: skip
        publish("engine_pipeline", f"Pipeline, {sizes.resources} resources", pipeline_rows(setting), seed=SEED)
        publish("engine_features", "Pair features", feature_rows(setting, reference, resources[:5_000]), seed=SEED)
    publish("engine_assignment", "Assignment", assignment_rows(SEED), seed=SEED)
    publish(
        "engine_assignment_growth", "Assignment of many needs",
        growth_of_assignment(sizes.assigned, SEED), seed=SEED,
    )  # fmt: skip
    publish("engine_words", "Segmentation", word_rows(market), seed=SEED)
    if sizes.growth:
        publish("engine_growth", "Growth", growth_rows(writer, reference, sizes, needs.take(np.arange(100))), seed=SEED)


if __name__ == "__main__":
    main()
