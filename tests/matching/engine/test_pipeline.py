"""The whole run: what goes in, what comes out, and that nothing else matters."""

import json
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba.core.dispatcher import Dispatcher
from numpy.typing import NDArray

from matching.engine import metric_kernels, pair_kernels, pipeline, postings_kernels, text_kernels
from matching.engine.compiling import BARE
from matching.engine.explanation import sentence
from matching.engine.facts import OPERATORS, PRICE_UNITS
from matching.engine.pipeline import ChunkResult, explain_chunk, explain_pair, match_chunk, reverse
from matching.engine.records import DEFAULT, NeedFacts, Quantity, ResourceFacts, ScoringConfig
from matching.engine.retrieval import text_queries
from tests.matching.engine.worlds import (
    EAST,
    FAR,
    TODAY,
    WEST,
    Shelf,
    at_least,
    make_need,
    make_resource,
    market_of,
    needs_of,
    offers,
    resources_of,
)

WORDS = ("氮化镓", "外延片", "缺陷检测", "光致发光", "碳化硅", "键合", "中试", "无人机", "锂电池", "GaN", "wafer")


def some_resources(count: int) -> tuple[ResourceFacts, ...]:
    """Resources of every zone with words, sizes and readiness of their own."""
    return tuple(
        make_resource(
            id=number,
            zone=(EAST, WEST, FAR)[number % 3],
            organization=100 + number,
            legal_group=100 + number,
            title="".join(WORDS[(number + step) % len(WORDS)] for step in range(3)),
            text="，".join(WORDS[(number * 7 + step) % len(WORDS)] for step in range(5)),
            trl=1 + number % 9,
            quantities=(offers(100.0 + number * 10),),
            items=("外延炉", "显微镜")[: number % 3],
        )
        for number in range(1, count + 1)
    )


def some_needs(count: int) -> tuple[NeedFacts, ...]:
    return tuple(
        make_need(
            id=number,
            title="".join(WORDS[(number * 3 + step) % len(WORDS)] for step in range(2)),
            trl_need=1 + number % 9,
            quantities=(at_least(100.0 + number),),
        )
        for number in range(1, count + 1)
    )


def run(needs: Sequence[NeedFacts], shelf: Shelf, config: ScoringConfig = DEFAULT) -> ChunkResult:
    market = market_of(shelf.facts, config)
    return match_chunk(
        needs_of(*needs), shelf, shelf.load, market.statistics, market.geography, market.codes, config, market.today
    )


def of_need(result: ChunkResult, identifier: int) -> list[tuple[object, ...]]:
    """Everything a result says of one need, to the last bit."""
    row = result.need_ids.tolist().index(identifier)
    pairs = result.pairs.take(np.arange(len(result.pairs))[result.rows_of(row)])
    rows: list[tuple[object, ...]] = [
        (pairs.resource_id.tobytes(), pairs.parts.tobytes(), pairs.known.tobytes(), pairs.score.tobytes()),
        (pairs.confidence.tobytes(), pairs.rank_value.tobytes(), pairs.items.tobytes()),
        (tuple(result.reasons_of_need[row].items()), int(result.considered[row])),
    ]
    return rows


def test_the_fitting_resource_comes_first_and_the_decoy_is_ruled_out() -> None:
    fitting = make_resource(id=7, quantities=(offers(200),))
    decoy = make_resource(id=8, title="氮化镓外延片缺陷检测仪", quantities=(offers(100),))
    silent = make_resource(id=9, quantities=(offers(None),))
    result = run([make_need(quantities=(at_least(200),))], Shelf((decoy, silent, fitting)))
    assert result.pairs.resource_id.tolist() == [7, 9]
    assert result.reasons == {"metric_impossible": 1}
    assert result.considered.tolist() == [3]


def test_what_comes_first_without_the_budget_is_kept_beside_what_comes_first_with_it() -> None:
    dear = make_resource(id=7, price_from=1000.0, price_unit="project", confirmed_day=TODAY)
    cheap = make_resource(id=8, price_from=10.0, price_unit="project", confirmed_day=TODAY - 90)
    low, high = (
        run([make_need(budget_max=budget)], Shelf((dear, cheap)), replace(DEFAULT, keep=1, top=1))
        for budget in (100.0, 1e6)
    )
    assert (low.pairs.resource_id.tolist(), low.is_told.tolist()) == ([8, 7], [False, True])
    assert (high.pairs.resource_id.tolist(), high.is_told.tolist()) == ([7], [True])
    assert low.pairs.told_score[1] == high.pairs.told_score[0]
    assert low.bars.tolist() == low.pairs.rank_value[:1].tolist(), "a newcomer must reach the last of those kept anyway"


def test_results_do_not_depend_on_chunks_or_on_the_order_of_needs() -> None:
    shelf, needs = Shelf(some_resources(40)), some_needs(60)
    whole = run(needs, shelf)
    backwards = run(needs[::-1], shelf)
    single = {need.id: run([need], shelf) for need in needs[::17]}
    assert all(of_need(whole, need.id) == of_need(backwards, need.id) for need in needs)
    assert all(of_need(whole, identifier) == of_need(result, identifier) for identifier, result in single.items())


def test_results_do_not_depend_on_the_order_in_which_resources_come() -> None:
    resources, needs = some_resources(40), some_needs(5)
    a, b = run(needs, Shelf(resources)), run(needs, Shelf(resources[::-1]))
    assert all(of_need(a, need.id) == of_need(b, need.id) for need in needs)


def test_the_same_input_gives_the_same_bytes() -> None:
    shelf, needs = Shelf(some_resources(20)), some_needs(3)
    assert [of_need(run(needs, shelf), need.id) for need in needs] == [of_need(run(needs, shelf), n.id) for n in needs]


def test_no_more_than_keep_are_kept_best_first() -> None:
    result = run(some_needs(3), Shelf(some_resources(40)), replace(DEFAULT, keep=4))
    for row in range(3):
        ranks = result.pairs.rank_value[result.rows_of(row)]
        assert ranks.size <= 4
        assert (np.diff(ranks) <= 0).all()


def test_reverse_gives_the_rank_values_of_the_run() -> None:
    shelf, needs = Shelf(some_resources(12)), some_needs(8)
    market, result = market_of(shelf.facts), run(needs, shelf)
    changed = resources_of(*shelf.facts[3:6])
    table = needs_of(*needs)
    arguments = (market.statistics, market.geography, market.codes, market.config, market.today)
    ranks = reverse(changed, table, *arguments)
    kept = reverse(changed, table, *arguments, text_queries(table, market.statistics))
    assert ranks.tobytes() == kept.tobytes()
    for row in range(len(needs)):
        found = dict(
            zip(
                result.pairs.resource_id[result.rows_of(row)].tolist(),
                result.pairs.rank_value[result.rows_of(row)],
                strict=True,
            )
        )
        for column, identifier in enumerate(changed.id.tolist()):
            assert found.get(identifier) == (None if np.isnan(ranks[row, column]) else ranks[row, column])


def test_reverse_of_nothing_is_empty() -> None:
    market = market_of([])
    arguments = (market.statistics, market.geography, market.codes, market.config, market.today)
    assert reverse(resources_of(), needs_of(make_need()), *arguments).shape == (1, 0)
    assert reverse(resources_of(make_resource()), needs_of(), *arguments).shape == (0, 1)


def test_a_candidate_that_no_longer_exists_is_passed_over() -> None:
    class Stale(Shelf):
        def candidates(self, queries: Sequence[object], limit: int) -> list[NDArray[np.int64]]:
            return [np.array([99, 1, 1, 98]) for _ in queries]

    result = run([make_need()], Stale((make_resource(),)))
    assert result.pairs.resource_id.tolist() == [1]


@pytest.mark.parametrize("text", ["", "x", "镓", "氮化镓" * 30_000, "wafer " * 20_000, "ＧａＮ ガン محك 🙂"])
def test_odd_needs_and_resources_are_matched_without_complaint(text: str) -> None:
    need = make_need(title=text, text=text, keywords=(text,), wanted=50)
    shelf = Shelf((make_resource(title=text, text=text, keywords=(text,), items=(text,) * 3), make_resource(id=2)))
    result = run([need], shelf)
    assert np.isfinite(result.pairs.rank_value).all()


quantities = st.builds(
    Quantity,
    key=st.sampled_from(["", "a", "b"]),
    name=st.text(max_size=8),
    low=st.none() | st.floats(),
    high=st.none() | st.floats(),
    truth=st.none() | st.booleans(),
    choices=st.tuples() | st.tuples(st.floats(), st.floats()) | st.tuples(st.text(max_size=3), st.floats()),
    unit=st.sampled_from(["", "mm", "μm", "℃", "亿元", "?"]) | st.text(max_size=4),
    op=st.sampled_from(OPERATORS),
    is_must=st.booleans(),
    is_known=st.booleans(),
)
texts = st.text(max_size=30) | st.sampled_from(["氮化镓外延片", "GaN epi-wafer", ""])
shared = {
    "title": texts,
    "text": texts,
    "keywords": st.lists(texts, max_size=3).map(tuple),
    "quantities": st.lists(quantities, max_size=4).map(tuple),
    "industry_codes": st.lists(st.sampled_from(["A.1", "A.2", "B.1", "?"]), max_size=3).map(tuple),
    "modes": st.lists(st.sampled_from(["x", "y"]), max_size=2).map(tuple),
}
any_needs = st.fixed_dictionaries(
    shared | {"trl_need": st.none() | st.integers(0, 12), "budget_max": st.none() | st.floats(0, 1e12)}
).map(lambda changes: make_need(kind="consortium", **changes))
any_resources = st.fixed_dictionaries(
    shared
    | {
        "trl": st.none() | st.integers(0, 12),
        "price_from": st.none() | st.floats(0, 1e12),
        "price_unit": st.sampled_from(["", *PRICE_UNITS]),
        "lead_time_days": st.none() | st.integers(0, 10_000),
        "items": st.lists(texts, max_size=5).map(tuple),
        "confirmed_day": st.none() | st.integers(1, 800_000),
        "capacity": st.integers(-1, 9),
    }
).map(lambda changes: make_resource(**changes))


@settings(max_examples=150)
@given(any_needs, any_resources)
def test_whatever_the_facts_a_pair_is_ruled_out_or_scored_and_explained(
    need: NeedFacts, resource: ResourceFacts
) -> None:
    facts = explain_pair(needs_of(need), resources_of(resource), market_of([resource]))
    json.dumps(facts, allow_nan=False)
    if "removed_by" not in facts:
        assert 0 <= facts["rank_value"] <= facts["score"] <= 1
        assert sum(row["contribution"] for row in facts["contributions"]) == pytest.approx(facts["score"], abs=1e-9)
        assert sentence(facts, "zh").endswith("。")
        assert sentence(facts, "en").endswith(".")


def test_a_run_without_needs_or_resources_is_empty() -> None:
    assert len(run([], Shelf((make_resource(),))).pairs) == 0
    empty = run([make_need()], Shelf(()))
    assert len(empty.pairs) == 0
    assert empty.reasons_of_need == ({},)


def test_the_best_pairs_and_those_everybody_is_told_of_are_explained() -> None:
    shelf, needs = Shelf(some_resources(30)), some_needs(4)
    market, result = market_of(shelf.facts, replace(DEFAULT, top=2)), run(needs, shelf)
    arguments = (market.statistics, market.geography, market.codes, market.config, market.today)
    facts = explain_chunk(result, needs_of(*needs), shelf.load, *arguments)
    expected = [
        (need.id, int(result.pairs.resource_id[pair]))
        for row, need in enumerate(needs)
        for place, pair in enumerate(range(*result.rows_of(row).indices(len(result.pairs))))
        if place < 2 or result.is_told[pair]
    ]
    assert 2 * len(needs) < len(expected) < len(result.pairs)
    assert list(facts) == expected


def test_warming_up_needs_no_data_and_compiles_every_loop_of_a_run() -> None:
    pipeline.warm_up()
    for module in (metric_kernels, pair_kernels, postings_kernels, text_kernels):
        called = [
            one
            for one in vars(module).values()
            if isinstance(one, Dispatcher) and not BARE.items() <= one.targetoptions.items()
        ]
        assert [one.py_func.__name__ for one in called if not one.signatures] == [], module
