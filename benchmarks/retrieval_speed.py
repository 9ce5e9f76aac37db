"""How fast candidates of a need are found, against BM25 libraries, SQLite and PostgreSQL on the same tokens.

Run ``python -m benchmarks.retrieval_speed [--quick]`` from the repository. All ways take turns and are timed by the
wall clock. The two ways of the engine: the text index on disk, asked for candidates that are then scored exactly, and
postings in memory.
"""

import argparse
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks import peers
from benchmarks.database import database
from benchmarks.demo_market import load_demo, load_reference
from benchmarks.encoded import RECORDS_HELP, encoded, records_folder
from benchmarks.postgres_peer import PostgresSearch
from benchmarks.report import Measure, Timing, interleaved, publish
from benchmarks.synthetic import Writer
from benchmarks.world import World, build
from matching.engine import pipeline, retrieval
from matching.engine.packing import Integers
from matching.engine.postings import Postings
from matching.engine.postings_kernels import add_terms
from matching.engine.records import (
    DEFAULT,
    NeedTable,
    ResourceTable,
    decode_needs,
    decode_resources,
    encode_need,
)
from matching.engine.retrieval import CandidateQuery

SEED: Final = 20261123
TOP: Final = 50
LOOP_RESOURCES: Final = 10_000
"""Documents of rank_bm25, whose time grows with their number; the rest is reckoned."""
OURS: Final = "engine: postings in memory, top 50"
SCORED: Final = "engine: text index, 300 candidates, exact scores"
ONE_NUMBER: Final = "engine: the same, without the cosine"
ADDING: Final = "engine: the same, only adding up the terms"
BM25S: Final = "bm25s (numba)"
FTS5: Final = "SQLite FTS5, OR"
POSTGRES: Final = "PostgreSQL ts_rank, GIN, OR"
LOOP: Final = "rank_bm25"
GOALS: Final = {LOOP: 1_000.0, POSTGRES: 300.0, FTS5: 200.0, BM25S: 0.9}
AGREEMENT: Final = 0.99


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many resources, needs for the fast ways and needs for the slow ones."""

    resources: int
    needs: int
    slow: int
    rounds: int


FULL: Final = Sizes(100_000, 60, 3, 3)
QUICK: Final = Sizes(2_000, 20, 1, 2)


@dataclass(frozen=True, slots=True)
class Way:
    """A way to retrieve: the work, for how many needs it is done, and by how much its time falls short of the whole."""

    work: Callable[[], object]
    needs: int
    factor: float = 1.0


class Contest:
    """One synthetic world with the needs that are looked up in it."""

    def __init__(self, world: World, needs: NeedTable, documents: Sequence[str], sizes: Sizes) -> None:
        self.world, self.needs, self.documents, self.sizes = world, needs, documents, sizes
        queries = retrieval.queries_of(needs, world.statistics, DEFAULT)
        self.asked = [query._replace(scopes=(), use_scopes=()) for query in queries]
        self.words = [[token for token, _ in query.terms] for query in queries]

    def ways(self, postgres: PostgresSearch) -> dict[str, Way]:
        """Return all ways, each warmed up."""
        count, few = self.sizes.needs, self.words[: self.sizes.slow]
        held = Postings.of(self.world.blobs.values(), self.world.statistics)
        bm25s, matrix = peers.bm25s_index(self.documents), peers.sparse_index(self.documents)
        table, some = peers.fts5_index(self.documents), self.documents[:LOOP_RESOURCES]
        loop, loop_words = peers.rank_bm25_search(some, few)
        plain = self.without_cosine()
        found = {
            OURS: Way(lambda: held.candidates(self.asked, TOP), count),
            ONE_NUMBER: Way(lambda: held.candidates(plain, TOP), count),
            ADDING: Way(_adding(held, self.asked), count),
            SCORED: Way(lambda: top_of_candidates(self.world, self.needs), count),
            "engine: text index, 300 candidates": Way(
                lambda: self.world.index.candidates(self.asked, DEFAULT.depth), count
            ),
            BM25S: Way(lambda: peers.bm25s_search(bm25s, self.words, TOP), count),
            "scipy sparse": Way(lambda: peers.sparse_search(matrix, self.words, TOP), count),
            FTS5: Way(lambda: peers.fts5_search(table, few, TOP), len(few)),
            POSTGRES: Way(lambda: postgres.search(few, TOP), len(few)),
            LOOP: Way(
                lambda: [loop.get_scores(query) for query in loop_words],
                len(few),
                len(self.documents) / len(some),
            ),
        }
        for name in (OURS, ONE_NUMBER, ADDING, SCORED, BM25S):
            found[name].work()
        return found

    def without_cosine(self) -> list[CandidateQuery]:
        """Return the same queries, for which one number of each posting is read, as bm25s does."""
        return [query._replace(worth=tuple((bm25, 0.0) for bm25, _ in query.worth)) for query in self.asked]

    def agreement(self) -> float:
        """Return which share of the exact top 50 the index and its 300 candidates give."""
        everything = decode_resources(list(self.world.blobs.values()))
        exact, found = exact_top(self.world, self.needs, everything), top_of_candidates(self.world, self.needs)
        shares = [len(set(a.tolist()) & set(b.tolist())) / TOP for a, b in zip(exact, found, strict=True)]
        return float(np.mean(shares))


def _adding(held: Postings, queries: Sequence[CandidateQuery]) -> Callable[[], object]:
    """Return the innermost loop alone: terms were looked up before, and nothing is selected."""
    scores = np.zeros(len(held))
    columns = (held.starts, held.document, held.saturated, held.angular, scores)
    looked_up = [held.terms_of(query) for query in queries]

    def add() -> None:
        for term, worth in looked_up:
            add_terms(term, worth, *columns)

    return add


def measures_of(milliseconds: dict[str, Timing]) -> list[Measure]:
    """Return how many times faster our retrieval is than each peer with a goal."""
    ours = milliseconds[OURS]
    return [
        Measure(
            f"retrieval, times faster than {name}", milliseconds[name].median / ours.median, "×",
            at_least=goal, spread=milliseconds[name].spread + ours.spread,
        )
        for name, goal in GOALS.items()
    ]  # fmt: skip


def exact_top(world: World, needs: NeedTable, everything: ResourceTable) -> list[Integers]:
    """Return the ids of the exact best, from scores of every resource."""
    queries = retrieval.text_queries(needs, world.statistics)
    return [_best(world, needs, queries, row, everything) for row in range(len(needs))]


def top_of_candidates(world: World, needs: NeedTable) -> list[Integers]:
    """Return the ids of the best among the candidates of the text index."""
    queries = retrieval.text_queries(needs, world.statistics)
    asked = [
        query._replace(scopes=(), use_scopes=())
        for query in retrieval.queries_of(needs, world.statistics, DEFAULT, queries)
    ]
    found = world.index.candidates(asked, DEFAULT.depth)
    return [_best(world, needs, queries, row, world.load(np.sort(ids))) for row, ids in enumerate(found)]


def _best(world: World, needs: NeedTable, queries: retrieval.TextQueries, row: int, table: ResourceTable) -> Integers:
    rows = np.arange(len(table))
    scores = retrieval.score_pairs_of_text(
        needs, queries, table, np.full_like(rows, row), rows,
        statistics=world.statistics, config=replace(DEFAULT, item_gain=0.0),
    ).score  # fmt: skip
    best: Integers = table.id[np.lexsort((table.id, -scores))[:TOP]]
    return best


def race(ways: dict[str, Way], rounds: int) -> dict[str, Timing]:
    """Return milliseconds per need of each way."""
    taken = interleaved({name: way.work for name, way in ways.items()}, rounds=rounds)
    return {
        name: Timing(tuple(1e3 * run * way.factor / way.needs for run in taken[name].runs))
        for name, way in ways.items()
    }


def main() -> None:
    """Print and store the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, for a first look")
    parser.add_argument("--records", type=Path, help=RECORDS_HELP)
    options = parser.parse_args()
    sizes = QUICK if options.quick else FULL
    reference = load_reference()
    writer = Writer(load_demo(reference), SEED)
    needs = decode_needs([encode_need(need) for need in writer.needs(sizes.needs)])
    pipeline.warm_up()
    with (
        records_folder(options.records) as kept,
        tempfile.TemporaryDirectory() as folder,
        database() as environment,
    ):
        records = encoded(kept, SEED, sizes.resources)
        world = build(records.first(sizes.resources), Path(folder), reference.geography, reference.codes, print)
        documents = [record.document.tokens for record in records.first(sizes.resources)]
        contest = Contest(world, needs, documents, sizes)
        postgres = PostgresSearch(environment, contest.documents)
        milliseconds = race(contest.ways(postgres), sizes.rounds)
        postgres.close()
        agreement = contest.agreement()
    rows: list[dict[str, Any]] = [
        {"retrieval": name, "ms per need": took.median, "spread": took.spread} for name, took in milliseconds.items()
    ]
    measures = [*measures_of(milliseconds), Measure("agreement with the exact top 50", agreement, at_least=AGREEMENT)]
    title = f"Retrieval, {sizes.resources:,} resources"
    publish("retrieval", title, rows, measures=measures, seed=SEED, reckoned_from=LOOP_RESOURCES)


if __name__ == "__main__":
    main()
