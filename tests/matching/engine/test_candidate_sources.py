"""What every source of candidates promises: one suite for the text index, for postings in memory and for those mapped
from a folder."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from matching.engine.market_files import MarketFiles, write_market
from matching.engine.postings import MAX_BYTES, Postings, PostingsTooLarge
from matching.engine.records import (
    DEFAULT,
    ResourceFacts,
    TermStatistics,
    decode_resources,
    encode_resource,
    index_document,
)
from matching.engine.retrieval import CandidateQuery, CandidateSource, queries_of, score_pairs_of_text, text_queries
from tests.matching.engine.worlds import make_need, make_resource, needs_of
from zones.search.index import IndexedDocument, TextIndex

Build = Callable[[Sequence[ResourceFacts]], CandidateSource]

RESOURCES = (
    make_resource(id=3, title="外延", keywords=(), text="炉", see_scopes=("zone:1",), use_scopes=("zone:2",)),
    make_resource(id=5, title="化镓化镓", keywords=(), text="氮化", see_scopes=("zone:1",), use_scopes=("zone:1",)),
    make_resource(id=2**40 + 1, title="氮化镓外延", keywords=(), text="", items=("离心机",)),
    make_resource(id=9, title="无人机", keywords=(), text="试飞场"),
)


@pytest.fixture(params=["text index", "postings", "mapped postings"])
def build(request: pytest.FixtureRequest, tmp_path: Path) -> Build:
    ways: dict[str, Build] = {
        "text index": partial(text_index, folder=tmp_path),
        "postings": postings,
        "mapped postings": partial(mapped_postings, folder=tmp_path),
    }
    return ways[request.param]


def text_index(facts: Sequence[ResourceFacts], folder: Path) -> TextIndex:
    index = TextIndex(folder / "index")
    index.add(IndexedDocument(one.id, *index_document(one)) for one in facts)
    index.commit(1)
    return index


def postings(facts: Sequence[ResourceFacts], max_bytes: int = MAX_BYTES) -> Postings:
    blobs = [encode_resource(one) for one in facts]
    return Postings.of(blobs, TermStatistics.of(blobs), max_bytes=max_bytes)


def mapped_postings(facts: Sequence[ResourceFacts], folder: Path) -> Postings:
    blobs = [encode_resource(one) for one in sorted(facts, key=lambda one: one.id)]
    write_market(((1, blob) for blob in blobs), TermStatistics.of(blobs), folder)
    return MarketFiles.read(folder).postings


def found(
    source: CandidateSource, *words: str, scopes: tuple[str, ...] = (), use_scopes: tuple[str, ...] = ()
) -> list[int]:
    query = CandidateQuery(tuple((word, 1.0) for word in words), scopes, use_scopes)
    return [int(identifier) for identifier in source.candidates([query], 10)[0]]


def test_the_best_match_comes_first(build: Build) -> None:
    assert found(build(RESOURCES), "化镓") == [5, 2**40 + 1]


def test_weights_decide(build: Build) -> None:
    query = CandidateQuery((("化镓", 0.01), ("炉", 5.0)))
    assert build(RESOURCES).candidates([query], 1)[0].tolist() == [3]


def test_what_shares_no_word_is_not_proposed(build: Build) -> None:
    assert found(build(RESOURCES), "键合") == []


def test_the_limit_holds_and_ties_go_to_the_lower_id(build: Build) -> None:
    twins = [make_resource(id=number) for number in range(1, 8)]
    assert build(twins).candidates([CandidateQuery((("氮化", 1.0),))], 3)[0].tolist() == [1, 2, 3]


def test_words_of_items_find_their_laboratory(build: Build) -> None:
    assert found(build(RESOURCES), "离心") == [2**40 + 1]


def test_scopes_of_seeing_and_of_using_both_filter(build: Build) -> None:
    source = build(RESOURCES)
    assert found(source, "化镓", scopes=("public",)) == [2**40 + 1]
    assert found(source, "外延", scopes=("zone:1", "public"), use_scopes=("use:zone:2",)) == [3]
    assert found(source, "外延", scopes=("zone:9",)) == []


def test_nothing_asked_is_nothing_found(build: Build) -> None:
    source = build(RESOURCES)
    assert source.candidates([], 10) == []
    assert source.candidates([CandidateQuery(())], 10)[0].size == 0
    assert source.candidates([CandidateQuery((("氮化", 1.0),))], 0)[0].size == 0


def test_where_nothing_is_nothing_is_found(build: Build) -> None:
    assert found(build(()), "氮化") == []


def test_answers_do_not_depend_on_what_was_asked_before(build: Build) -> None:
    source = build(RESOURCES)
    first, other = CandidateQuery((("化镓", 1.0),)), CandidateQuery((("无人", 1.0),))
    assert [ids.tolist() for ids in source.candidates([first, other, first], 10)] == [
        [5, 2**40 + 1], [9], [5, 2**40 + 1],
    ]  # fmt: skip


def many() -> list[ResourceFacts]:
    """Two hundred resources of a few dozen words, short and long, some saying one word again and again."""
    random = np.random.default_rng(7)
    words = ["".join(chr(0x5000 + int(c)) for c in random.integers(0, 60, 3)) for _ in range(80)]
    return [
        make_resource(
            id=number,
            title="".join(random.choice(words, 2)),
            keywords=tuple(random.choice(words, int(random.integers(0, 3)))),
            text="，".join(random.choice(words, int(random.integers(1, 40)))),
        )
        for number in range(1, 201)
    ]


@pytest.mark.parametrize("length", [5, 60])
def test_postings_give_the_order_of_the_exact_score(length: int) -> None:
    facts = many()
    blobs = [encode_resource(one) for one in facts]
    statistics, table = TermStatistics.of(blobs), decode_resources(blobs)
    needs = needs_of(make_need(title=facts[3].title, keywords=(), text=facts[17].text[:length]))
    queries, rows = text_queries(needs, statistics), np.arange(len(facts))
    exact = score_pairs_of_text(
        needs, queries, table, np.zeros_like(rows), rows, statistics=statistics, config=DEFAULT
    ).score
    asked = queries_of(needs, statistics, DEFAULT, queries)[0]._replace(scopes=(), use_scopes=())
    proposed = Postings.of(blobs, statistics).candidates([asked], 20)[0]
    assert np.all(np.diff(exact[proposed - 1]) <= 1e-6)
    assert exact[proposed - 1].min() >= np.sort(exact)[-20] - 1e-6


def test_postings_that_would_not_fit_are_refused() -> None:
    with pytest.raises(PostingsTooLarge, match="more than 100 bytes"):
        postings(RESOURCES, max_bytes=100)
    assert 0 < postings(RESOURCES).nbytes < 10_000
