"""Whom a broker would name comes first, whoever else shares the words: for needs of many fields in one market."""

import pytest

from matching.engine.pipeline import ChunkResult, explain_pair, match_chunk
from matching.engine.records import DEFAULT
from tests.matching.engine.cases import Case, read_cases
from tests.matching.engine.worlds import Shelf, market_of, needs_of, resources_of

MARKET = read_cases()
TITLES = [case.need.title for case in MARKET.cases]
REMOVED = [(case, decoy) for case in MARKET.cases for decoy, is_removed in case.decoys.items() if is_removed]


@pytest.fixture(scope="module")
def result() -> ChunkResult:
    around, shelf = market_of(MARKET.resources), Shelf(MARKET.resources)
    needs = needs_of(*(case.need for case in MARKET.cases))
    return match_chunk(
        needs, shelf, shelf.load, around.statistics, around.geography, around.codes, DEFAULT, around.today
    )


@pytest.mark.parametrize("case", MARKET.cases, ids=TITLES)
def test_the_one_that_fits_comes_first_and_its_decoys_behind(result: ChunkResult, case: Case) -> None:
    order = [int(identifier) for identifier in result.pairs.resource_id[result.rows_of(case.need.id - 1)]]
    assert order[0] == case.best
    assert [decoy for decoy, is_removed in case.decoys.items() if is_removed and decoy in order] == []


@pytest.mark.parametrize(("case", "decoy"), REMOVED)
def test_a_removed_decoy_is_removed_for_its_specification(case: Case, decoy: int) -> None:
    resource = next(one for one in MARKET.resources if one.id == decoy)
    facts = explain_pair(needs_of(case.need), resources_of(resource), market_of(MARKET.resources))
    assert facts == {"removed_by": "metric_impossible"}


def test_there_are_cases_enough() -> None:
    assert len(MARKET.cases) >= 20
    assert len(REMOVED) >= 20
