"""How long somebody waits who searches, facets and all, against PostgreSQL's full text on the same words.

Run ``python -m benchmarks.search [--resources N] [--quick]`` from the repository. Uses DATABASE_URL where it is set
(and fills it when it is empty), else a PostgreSQL of its own that goes away afterwards. Of the resources some are
distinct; the others are copies of their rows under other names.
"""

import argparse
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import cycle, islice
from typing import Any, Final

import numpy as np
import psycopg

from benchmarks.database import database, filled
from benchmarks.filling import set_up
from benchmarks.postgres_peer import PostgresSearch
from benchmarks.report import Measure, Timing, interleaved, publish

RESOURCES, TIMES, NEEDS, ROUNDS = 200_000, 10, 2_000, 100
QUICK: Final = (2_000, 2, 100, 10)
PEER_QUESTIONS: Final = 3
TOP: Final = 20
P50_MS, P99_MS, FASTER = 20.0, 100.0, 20.0
WORDS, TITLES, PARAGRAPHS, NARROWED = "a word or two", "whole titles", "paragraphs", "titles, narrowed and by distance"
COPY: Final = """
INSERT INTO {table} ({columns}) SELECT {values} FROM {table} CROSS JOIN generate_series(1, %(times)s - 1) AS copy
"""
CHANGED: Final = {
    "id": "id + copy * %(step)s",
    "resource_id": "resource_id + copy * %(step)s",
    "public_id": "gen_random_uuid()",
    "name_zh": "left(name_zh, 74) || ' ' || copy",
    "external_id": "''",
}
TABLES: Final = ("zones_resource", "matching_resourcedocument")


def main() -> None:
    """Print and store the table."""
    options = _options()
    resources, times, needs, rounds = QUICK if options.quick else (options.resources, TIMES, NEEDS, ROUNDS)
    with database() as environment:
        filled(environment, resources=resources // times, needs=needs)
        documents = _multiplied(environment["DATABASE_URL"], resources, times)
        os.environ.update(environment)
        set_up()
        made = _seconds(_write_files)
        took = _measured(rounds)
        print(f"asked {sum(map(len, took.values())):,} times; PostgreSQL is indexing …", flush=True)
        peers = _against_postgres(environment, documents, resources // len(documents))
    rows = [_row(name, taken) for name, taken in took.items()] + [
        {"what": f"{what}: {way}", "p50 ms": 1e3 * timing.median} for what, way, timing in peers
    ]
    title = f"Search with facets, {resources:,} resources"
    publish("search", title, rows, measures=measures_of(took, peers), rounds=rounds, seconds_to_make_the_files=made)


def measures_of(took: Mapping[str, Sequence[float]], peers: Sequence[tuple[str, str, Timing]]) -> list[Measure]:
    """Return what half of all searches and the slowest of a hundred take, and how much faster that is than the peer."""
    everything = [seconds for taken in took.values() for seconds in taken]
    ways = {(what, way): timing.median for what, way, timing in peers}
    return [
        Measure("search with facets, p50", _ms(everything, 50), "ms", at_most=P50_MS),
        Measure("search with facets, p99", _ms(everything, 99), "ms", at_most=P99_MS),
        *(
            Measure(f"{what}: times faster than {POSTGRES}", ways[what, POSTGRES] / ways[what, OURS], "×",
                    at_least=FASTER)
            for what in dict.fromkeys(what for what, _way in ways)
        ),
    ]  # fmt: skip


OURS: Final = "search with facets and rows"
POSTGRES: Final = "PostgreSQL ts_rank, GIN, OR"


def _multiplied(address: str, resources: int, times: int) -> list[str]:
    """Copy the rows until there are as many resources as wanted; return the documents of the distinct ones."""
    with psycopg.connect(address, autocommit=True) as connection:
        distinct = f"SELECT tokens FROM matching_resourcedocument ORDER BY resource_id LIMIT {resources // times}"
        documents = [row[0] for row in connection.execute(distinct)]
        found = connection.execute("SELECT count(*), max(id) FROM zones_resource").fetchone() or (0, 0)
        if found[0] < resources:
            for table in TABLES:
                _copy_rows(connection, table, times, found[1])
            connection.execute("ANALYZE")
    return documents


def _copy_rows(connection: psycopg.Connection[Any], table: str, times: int, step: int) -> None:
    query = "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position"
    columns = [row[0] for row in connection.execute(query, (table,))]
    values = ", ".join(CHANGED.get(column, column) for column in columns)
    text = COPY.format(table=table, columns=", ".join(columns), values=values)
    connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
    connection.execute(text.encode(), {"times": times, "step": step})
    connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER".encode())


def _write_files() -> None:
    from matching.services.search_copies import write_search_files

    write_search_files()


def _measured(rounds: int) -> dict[str, list[float]]:
    """Return the seconds of every search; kinds of questions take turns."""
    from matching.services.search import search
    from zones.search.requests import SearchRequest

    reader, near = _reader()
    asked = {name: islice(texts, rounds) for name, texts in _questions().items()}
    took: dict[str, list[float]] = {name: [] for name in asked}
    narrowed = SearchRequest(
        chosen={"kind": ("equipment", "laboratory"), "within": ("1000",)}, near=near, sort="distance"
    )
    search(reader, SearchRequest(words="准备"))
    for texts in zip(*asked.values(), strict=True):
        for name, text in zip(asked, texts, strict=True):
            request = replace(narrowed if name == NARROWED else SearchRequest(), words=text)
            took[name].append(_seconds(partial(search, reader, request)))
    return took


def _reader() -> tuple[Any, str]:
    """A member of staff of the first zone, and its slug."""
    from zones.models import Zone
    from zones.scoping import staff_of

    zone = Zone.objects.order_by("pk")[0]
    return staff_of(zone.pk), zone.slug


def _questions() -> dict[str, Iterator[str]]:
    """Titles and paragraphs of needs, and what people type of a title, over and over."""
    from matching.models import Need

    needs = Need.objects.unscoped(reason="questions of a benchmark").order_by("pk")
    texts = list(needs.values_list("title_zh", "title_en", "summary_zh", "problem_zh")[:200])
    titles = [
        english if number % 4 == 3 and english else chinese for number, (chinese, english, *_) in enumerate(texts)
    ]
    return {
        WORDS: cycle([_beginning(title, number) for number, title in enumerate(titles)]),
        TITLES: cycle(titles),
        PARAGRAPHS: cycle([" ".join(parts) for parts in texts]),
        NARROWED: cycle(titles[::-1]),
    }


def _beginning(title: str, number: int) -> str:
    return " ".join(title.split()[:2]) if title.isascii() else title[: 2 + number % 3]


def _against_postgres(
    environment: Mapping[str, str], documents: Sequence[str], times: int
) -> list[tuple[str, str, Timing]]:
    """Time both on the same questions; PostgreSQL is given the tokens, and finds rows only."""
    from lexicon.tokenise import tokens_of
    from matching.services.search import search
    from zones.search.requests import SearchRequest

    postgres, (reader, _near) = PostgresSearch(environment, documents, times), _reader()
    found = []
    for name, texts in _questions().items():
        if name == NARROWED:
            continue
        asked = list(islice(texts, PEER_QUESTIONS))
        ways: dict[str, Callable[[], object]] = {
            OURS: partial(_each, lambda text: search(reader, SearchRequest(words=text)), asked),
            POSTGRES: partial(_each, lambda text: postgres.search([sorted(set(tokens_of(text)))], TOP), asked),
        }
        print(f"both are asked: {name} …", flush=True)
        timings = interleaved(ways, rounds=2)
        found += [
            (name, way, Timing(tuple(run / len(asked) for run in timing.runs))) for way, timing in timings.items()
        ]
    postgres.close()
    return found


def _each(work: Callable[[str], object], texts: Sequence[str]) -> None:
    for text in texts:
        work(text)


def _row(name: str, taken: Sequence[float]) -> dict[str, Any]:
    return {"what": name, "p50 ms": _ms(taken, 50), "p90 ms": _ms(taken, 90), "p99 ms": _ms(taken, 99)}


def _ms(taken: Sequence[float], percentile: int) -> float:
    return 1e3 * float(np.percentile(list(taken), percentile))


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--resources", type=int, default=RESOURCES)
    parser.add_argument("--quick", action="store_true", help="a small site, to see that it works")
    return parser.parse_args()


if __name__ == "__main__":
    main()
