"""A site of national size: ranked search of a million resources against SQLite and PostgreSQL, and the memory that
matching 5,000 needs with them takes.

Run ``python -m benchmarks.national [--quick]`` from the repository. The million is 100,000 distinct resources ten times
(``benchmarks.repeated``). Each part works in a process of its own, whose largest memory is told.
"""

import argparse
import multiprocessing
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, islice, repeat
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

import bm25s
from bm25s.tokenization import Tokenized

from benchmarks import peers
from benchmarks.database import database
from benchmarks.demo_market import load_demo, load_reference
from benchmarks.encoded import RECORDS_HELP, encoded, records_folder
from benchmarks.postgres_peer import PostgresSearch
from benchmarks.repeated import INDEX, STATISTICS, RecordFile, Repeated, told, write_site
from benchmarks.report import Measure, Timing, interleaved, publish
from benchmarks.synthetic import Writer
from lexicon.tokenise import tokenise
from matching.engine import pipeline, retrieval
from matching.engine.records import DEFAULT, NeedFacts, NeedTable, TermStatistics, decode_needs, encode_need
from zones.search.index import TextIndex, TextQuery

SEED: Final = 20261123
TODAY: Final = 739_943
TOP: Final = 50
CHUNK: Final = 250
"""Needs of a step of a run."""
TYPED_CHARACTERS: Final = (2, 3, 4)
"""What people type of a title: 3, 5 or 7 tokens."""
SEARCH_TIMES: Final = 20.0
PEAK_MB: Final = 1_500.0
OURS: Final = "text index"
POSTGRES: Final = "PostgreSQL ts_rank, GIN, OR"
FTS5: Final = "SQLite FTS5, OR"
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many resources, repeated how often; needs that are matched; queries that are asked, as typed and whole."""

    distinct: int
    times: int
    needs: int
    typed: int
    whole: int


FULL: Final = Sizes(100_000, 10, 5_000, 15, 3)
QUICK: Final = Sizes(2_000, 10, 100, 5, 1)


class Told(NamedTuple):
    """What a process of its own returned, and the largest memory it had in MB."""

    answer: Any
    peak_mb: float


def apart(work: Callable[..., Any], *arguments: Any) -> Told:
    """Do something in a new process that ends with it."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_with_peak, work, *arguments).result()


def _with_peak(work: Callable[..., Any], *arguments: Any) -> Told:
    answer = work(*arguments)
    unit = 1 if sys.platform == "darwin" else 1024
    return Told(answer, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20)


def match_all(folder: Path, count: int) -> int:
    """Match needs with the whole site as a run without room for postings does; returns how many pairs were kept."""
    index, records = TextIndex(folder / INDEX), RecordFile.open(folder)
    statistics = TermStatistics.from_bytes((folder / STATISTICS).read_bytes())
    reference = load_reference()
    around = (statistics, reference.geography, reference.codes, DEFAULT, TODAY)
    chunks = told(_chunks(needs_of(count)), -(-count // CHUNK), f"times {CHUNK} needs matched")
    return sum(len(pipeline.match_chunk(needs, index, records.load, *around).pairs) for needs in chunks)


def needs_of(count: int) -> Iterator[NeedFacts]:
    """Write the first needs."""
    return Writer(load_demo(load_reference()), SEED).needs(count)


def _chunks(needs: Iterator[NeedFacts]) -> Iterator[NeedTable]:
    while chunk := list(islice(needs, CHUNK)):
        yield decode_needs([encode_need(facts) for facts in chunk])


def retrieve_with_bm25s(site: Repeated, folder: Path, count: int) -> int:
    """Index the site with bm25s and retrieve the candidates of as many needs; returns how many were asked.

    Tokens are numbers from the start and copies share one list of them, which favours it: what is left is its index.
    """
    vocabulary: dict[str, int] = {}
    distinct = [[vocabulary.setdefault(token, len(vocabulary)) for token in line.split()] for line in site.tokens()]
    index = bm25s.BM25(k1=1.2, b=0.75, backend="numba")
    everything = list(chain.from_iterable(repeat(distinct, site.times)))
    index.index(Tokenized(ids=everything, vocab=vocabulary), show_progress=False)
    statistics = TermStatistics.from_bytes((folder / STATISTICS).read_bytes())
    asked = 0
    for needs in told(_chunks(needs_of(count)), -(-count // CHUNK), f"times {CHUNK} needs asked of bm25s"):
        queries = retrieval.queries_of(needs, statistics, DEFAULT)
        peers.bm25s_search(index, [[token for token, _ in query.terms] for query in queries], DEFAULT.depth)
        asked += len(queries)
    return asked


def search(site: Repeated, folder: Path, sizes: Sizes) -> list[dict[str, Any]]:
    """Ask all ways the same queries; one row per way with its median, for what is typed and for whole needs."""
    index = TextIndex(folder / INDEX)
    typed, whole = typed_queries(sizes.typed), whole_queries(folder, sizes.whole)
    documents = site.tokens()
    with database() as environment:
        print("PostgreSQL is indexing …", flush=True)
        postgres = PostgresSearch(environment, documents, site.times)
        print("SQLite is indexing …", flush=True)
        fts5 = peers.fts5_index(documents, folder / "fts5.sqlite", site.times)
        ways: dict[str, Callable[[TextQuery], object]] = {
            OURS: lambda query: index.candidates([query], TOP),
            FTS5: lambda query: peers.fts5_search(fts5, [_words(query)], TOP),
            POSTGRES: lambda query: postgres.search([_words(query)], TOP),
        }
        took = {"typed": _race(ways, typed), "whole needs": _race(ways, whole)}
        postgres.close()
        fts5.close()
    return [
        {"search": name, "queries": what, "p50 ms": 1e3 * times.median, "slowest ms": 1e3 * max(times.runs)}
        for what, of_way in took.items()
        for name, times in of_way.items()
    ]


def typed_queries(count: int) -> list[TextQuery]:
    """Return the first characters of titles as a search box gets them."""
    titles = [need.title[: TYPED_CHARACTERS[need.id % len(TYPED_CHARACTERS)]] for need in needs_of(count)]
    return [TextQuery(tuple(tokenise(title))) for title in titles]


def whole_queries(folder: Path, count: int) -> list[TextQuery]:
    """Return whole needs as a run asks for them: up to 192 terms."""
    statistics = TermStatistics.from_bytes((folder / STATISTICS).read_bytes())
    needs = decode_needs([encode_need(facts) for facts in needs_of(count)])
    return [TextQuery(query.terms) for query in retrieval.queries_of(needs, statistics, DEFAULT)]


def _race(ways: dict[str, Callable[[TextQuery], object]], queries: Sequence[TextQuery]) -> dict[str, Timing]:
    """Return, per way, the seconds of every query; all ways take turns with each query."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for query in told(queries, len(queries), "queries asked"):
        for name, timing in interleaved({name: partial(way, query) for name, way in ways.items()}, rounds=1).items():
            taken[name].append(timing.median)
    return {name: Timing(tuple(seconds)) for name, seconds in taken.items()}


def _words(query: TextQuery) -> list[str]:
    return [token for token, _ in query.terms]


def search_measures(rows: Sequence[dict[str, Any]]) -> list[Measure]:
    """Return how many times faster the text index is than each peer."""
    p50 = {(row["queries"], row["search"]): float(row["p50 ms"]) for row in rows}
    return [
        Measure(
            f"ranked search, {what}: times faster than {peer}", p50[what, peer] / p50[what, OURS], "×",
            at_least=SEARCH_TIMES,
        )
        for what in dict.fromkeys(row["queries"] for row in rows)
        for peer in (POSTGRES, FTS5)
    ]  # fmt: skip


def main() -> None:
    """Print and store the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, for a first look")
    parser.add_argument("--records", type=Path, help=RECORDS_HELP)
    options = parser.parse_args()
    sizes = QUICK if options.quick else FULL
    with records_folder(options.records) as kept, tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        site = Repeated(encoded(kept, SEED, sizes.distinct), sizes.distinct, sizes.times)
        written = apart(write_site, site, folder)
        matched = apart(match_all, folder, sizes.needs)
        rows = apart(search, site, folder, sizes).answer
        few, more = (apart(retrieve_with_bm25s, replace(site, times=times), folder, sizes.needs) for times in (1, 2))
    what = f"{sizes.needs:,} needs × {len(site):,} resources"
    measures = [
        *search_measures(rows),
        Measure(f"peak memory of matching {what}", matched.peak_mb, "MB", at_most=PEAK_MB),
        Measure(f"peak memory of bm25s, indexing and retrieving {2 * sizes.distinct:,} resources", more.peak_mb, "MB"),
        Measure(
            "… reckoned for all, as it grows from half of that",
            more.peak_mb + (sizes.times - 2) * (more.peak_mb - few.peak_mb),
            "MB",
        ),
        Measure("peak memory of writing records and text index", written.peak_mb, "MB"),
    ]
    publish(
        "national",
        f"National size, {len(site):,} resources",
        rows,
        measures=measures,
        seed=SEED,
        distinct=sizes.distinct,
    )


if __name__ == "__main__":
    main()
