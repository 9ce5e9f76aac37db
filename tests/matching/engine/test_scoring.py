"""From parts to one number."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.config import COMPONENTS
from matching.engine.parts import Parts
from matching.engine.records import DEFAULT, ScoringConfig
from matching.engine.scoring import ScoredPairs, Scores, combine, combine_told, is_first, order_of, told_order_of

WIDTH = len(COMPONENTS)
TOPICS = WIDTH - 2
"""Text, semantic and rerank share one topic: models add nothing to what could be known."""
EQUAL = replace(DEFAULT, weights=(1.0,) * WIDTH, alpha=0.5)


def parts(*rows: dict[str, float]) -> Parts:
    """Parts of pairs of which only the named components are known."""
    value = np.full((len(rows), WIDTH), np.nan)
    for number, row in enumerate(rows):
        for name, fit in row.items():
            value[number, COMPONENTS.index(name)] = fit
    return Parts(value, (~np.isnan(value)).astype(np.float64))


def test_the_score_is_the_mean_of_what_is_known() -> None:
    scores = combine(parts({"text": 0.8, "class": 0.4}), EQUAL)
    assert scores.score[0] == pytest.approx(0.6)
    assert scores.confidence[0] == pytest.approx(2 / TOPICS)
    assert scores.rank_value[0] == pytest.approx(0.6 * (0.5 + 0.5 * 2 / TOPICS))


def test_unknown_is_not_zero_but_lowers_the_confidence() -> None:
    scores = combine(parts({"text": 0.8}, {"text": 0.8, "trl": 0.8}, {"text": 0.8, "trl": 0.0}), EQUAL)
    assert scores.score[0] == pytest.approx(scores.score[1])
    assert scores.rank_value[0] < scores.rank_value[1]
    assert scores.score[2] == pytest.approx(0.4)


def test_a_partly_known_component_counts_by_its_known_share() -> None:
    some = parts({"text": 0.0, "metric": 1.0})
    some.known[0, COMPONENTS.index("metric")] = 0.25
    scores = combine(some, EQUAL)
    assert scores.score[0] == pytest.approx(0.25 / 1.25)
    assert scores.confidence[0] == pytest.approx(1.25 / TOPICS)


def test_nothing_known_scores_zero() -> None:
    scores = combine(parts({}), DEFAULT)
    assert (scores.score[0], scores.confidence[0], scores.rank_value[0]) == (0.0, 0.0, 0.0)


fits = st.one_of(st.none(), st.floats(0, 1))
rows_of_fits = st.lists(st.lists(fits, min_size=WIDTH, max_size=WIDTH), min_size=1, max_size=5)
configs = st.lists(st.floats(0.001, 10), min_size=WIDTH, max_size=WIDTH).map(lambda w: ScoringConfig(weights=tuple(w)))


def scores_of(rows: list[list[float | None]], config: ScoringConfig) -> Scores:
    return combine(parts_of_rows(rows), config)


def parts_of_rows(rows: list[list[float | None]]) -> Parts:
    value = np.array([[np.nan if fit is None else fit for fit in row] for row in rows])
    return Parts(value, (~np.isnan(value)).astype(np.float64))


@given(rows_of_fits, configs)
def test_contributions_sum_to_the_score_and_all_lies_between_zero_and_one(
    rows: list[list[float | None]], config: ScoringConfig
) -> None:
    scores = scores_of(rows, config)
    assert np.abs(scores.contributions.sum(axis=1) - scores.score).max() <= 1e-9
    for column in (scores.score, scores.confidence, scores.rank_value):
        assert ((column >= 0) & (column <= 1)).all()


@given(rows_of_fits, configs)
def test_a_pair_scores_the_same_bits_whatever_stands_beside_it(
    rows: list[list[float | None]], config: ScoringConfig
) -> None:
    together = scores_of(rows, config).rank_value.tolist()
    alone = [scores_of([row], config).rank_value[0] for row in rows]
    assert together == alone


def test_ties_end_with_the_lower_id() -> None:
    equal, none = np.array([0.5, 0.5, 0.5, 0.9]), np.zeros((4, WIDTH))
    confidence = np.array([0.5, 0.9, 0.5, 0.1])
    pairs = ScoredPairs(
        np.array([0, 0, 0, 1]), np.array([9, 8, 7, 1]), none, none, equal, confidence, equal, equal, confidence[::-1],
        equal, np.zeros((4, 3), np.int64),
    )  # fmt: skip
    assert pairs.resource_id[order_of(pairs)].tolist() == [8, 7, 9, 1]
    assert pairs.resource_id[told_order_of(pairs)].tolist() == [7, 8, 9, 1]
    assert is_first(pairs.need_row, order_of(pairs), 2).tolist() == [False, True, True, True]


@given(rows_of_fits, configs, fits)
def test_what_is_told_is_the_same_bits_whatever_the_budget_fits(
    rows: list[list[float | None]], config: ScoringConfig, other: float | None
) -> None:
    budget = COMPONENTS.index("budget")
    told = [
        combine_told(parts_of_rows(some), config) for some in (rows, [with_fit(row, budget, other) for row in rows])
    ]
    for name in Scores.__slots__:
        assert getattr(told[0], name).tolist() == getattr(told[1], name).tolist()
    assert np.abs(told[0].contributions.sum(axis=1) - told[0].score).max() <= 1e-9
    assert not told[0].contributions[:, budget].any()


@given(rows_of_fits, configs)
def test_where_no_budget_is_known_the_told_score_is_the_score(
    rows: list[list[float | None]], config: ScoringConfig
) -> None:
    unknown = parts_of_rows([with_fit(row, COMPONENTS.index("budget"), None) for row in rows])
    assert combine_told(unknown, config).score.tolist() == combine(unknown, config).score.tolist()


def test_a_configuration_weighs_something_besides_the_budget() -> None:
    with pytest.raises(ValueError, match="one_besides"):
        replace(DEFAULT, weights=tuple(float(name == "budget") for name in COMPONENTS))


def with_fit(row: list[float | None], column: int, fit: float | None) -> list[float | None]:
    return [*row[:column], fit, *row[column + 1 :]]
