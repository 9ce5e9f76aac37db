"""Stored candidates give their scores back, and under other weights what a run would have given."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.config import COMPONENTS
from matching.engine.parts import Parts
from matching.engine.records import DEFAULT, ScoringConfig
from matching.engine.replaying import (
    Stored,
    cause_of,
    known_shares,
    overlap_at,
    rank_correlation,
    replay,
    settings_beyond_weights,
)
from matching.engine.scoring import combine

WIDTH = len(COMPONENTS)
METRIC, TEXT, SEMANTIC, RERANK = (COMPONENTS.index(name) for name in ("metric", "text", "semantic", "rerank"))


def pairs(count: int, seed: int, *, has_model: bool = False) -> Parts:
    """Parts with unknowns, and metrics that are partly known; text is always known, and shares with meaning and with
    what was judged where these are known too.
    """
    rng = np.random.default_rng(seed)
    value = np.where(rng.random((count, WIDTH)) < 0.3, np.nan, rng.random((count, WIDTH)))
    value[:, TEXT] = rng.random(count)
    for view in (SEMANTIC, RERANK):
        value[:, view] = np.where(has_model, value[:, view], np.nan)
    known = (~np.isnan(value)).astype(np.float64)
    known[:, METRIC] *= rng.choice([0.25, 0.5, 2 / 3, 1.0], count)
    share = known[:, SEMANTIC] * rng.choice([0.25, 0.7, 1.0], count)
    known[:, RERANK] *= DEFAULT.rerank_share
    rest = 1.0 - known[:, RERANK]
    known[:, TEXT], known[:, SEMANTIC] = rest * (1.0 - share), rest * share
    return Parts(value, known)


def stored(parts: Parts, config: ScoringConfig) -> Stored:
    scores = combine(parts, config)
    return Stored(np.arange(parts.value.shape[0]), parts.value, scores.score, scores.confidence)


@given(st.integers(0, 10_000), st.booleans())
def test_a_replay_gives_what_the_run_would_have_given(seed: int, has_model: bool) -> None:
    rng = np.random.default_rng(seed)
    parts, other = pairs(20, seed, has_model=has_model), replace(DEFAULT, weights=tuple(rng.random(WIDTH)), alpha=0.3)
    result = replay(stored(parts, DEFAULT), DEFAULT, other)
    assert result.is_exact.all()
    expected = combine(parts, other)
    assert np.allclose(result.after.score, expected.score, atol=1e-9, rtol=0)
    assert np.allclose(result.after.rank_value, expected.rank_value, atol=1e-9, rtol=0)


@pytest.mark.parametrize("has_model", [False, True])
def test_fractions_of_knowledge_follow_from_score_and_confidence(has_model: bool) -> None:
    uneven = replace(
        DEFAULT, weights=tuple(0.2 if column == SEMANTIC else w for column, w in enumerate(DEFAULT.weights))
    )
    for config in (DEFAULT, uneven):
        parts = pairs(50, 1, has_model=has_model)
        assert np.allclose(known_shares(stored(parts, config), config), parts.known, atol=1e-6)


def test_equal_fits_do_not_tell_how_text_and_meaning_share_and_that_is_said_where_it_matters() -> None:
    parts = pairs(20, 5, has_model=True)
    parts.value[:, SEMANTIC] = np.where(np.isnan(parts.value[:, SEMANTIC]), np.nan, parts.value[:, TEXT])
    has_meaning = ~np.isnan(parts.value[:, SEMANTIC])
    other = replace(DEFAULT, weights=tuple(0.1 if column == TEXT else w for column, w in enumerate(DEFAULT.weights)))
    kept = stored(parts, DEFAULT)
    assert replay(kept, DEFAULT, replace(DEFAULT, alpha=0.2)).is_exact.all()
    assert (replay(kept, DEFAULT, other).is_exact == ~has_meaning).all()


def test_what_was_scored_without_metrics_cannot_be_replayed_with_them() -> None:
    """How much of the metrics was known is in no stored number then."""
    weights = tuple(0.0 if column == METRIC else 1.0 for column in range(WIDTH))
    parts, silent = pairs(30, 2), replace(DEFAULT, weights=weights)
    assert replay(stored(parts, silent), silent, silent).is_exact.all()
    has_metric = ~np.isnan(parts.value[:, METRIC])
    assert (replay(stored(parts, silent), silent, DEFAULT).is_exact == ~has_metric).all()


def test_a_pair_whose_score_does_not_come_back_is_told() -> None:
    kept = stored(pairs(3, 3), DEFAULT)
    kept.score[1] += 0.01
    assert replay(kept, DEFAULT, DEFAULT).is_exact.tolist() == [True, False, True]


def test_the_same_weights_keep_the_order() -> None:
    parts = pairs(30, 4)
    best_first = np.lexsort((np.arange(30), -combine(parts, DEFAULT).confidence, -combine(parts, DEFAULT).rank_value))
    ordered = Parts(parts.value[best_first], parts.known[best_first])
    assert replay(stored(ordered, DEFAULT), DEFAULT, DEFAULT).order.tolist() == list(range(30))


def test_settings_that_act_before_the_parts_are_named() -> None:
    other = replace(DEFAULT, alpha=0.1, trl_gap_max=2, cross_zone_bonus=0.0, keep=10)
    assert settings_beyond_weights(DEFAULT, other) == ["trl_gap_max", "cross_zone_bonus"]


@pytest.mark.parametrize(
    ("after", "tau"), [([1, 2, 3, 4], 1.0), ([4, 3, 2, 1], -1.0), ([2, 1, 3, 4], 4 / 6), ([1], 1.0)]
)
def test_rank_correlation_is_kendalls(after: list[int], tau: float) -> None:
    assert rank_correlation(sorted(after), after) == pytest.approx(tau)


def test_overlap_counts_what_both_lists_have() -> None:
    assert overlap_at([1, 2, 3, 4, 5, 6], [1, 2, 9, 8, 7, 6], 5) == pytest.approx(0.4)
    assert overlap_at([1, 2], [2, 1], 5) == 1.0
    assert overlap_at([], [], 5) == 1.0


def test_the_cause_is_the_component_that_moved_a_pair_in_its_direction() -> None:
    value = np.full((2, WIDTH), 0.5)
    value[0, METRIC], value[0, TEXT] = 1.0, 0.1
    parts = Parts(value, np.ones_like(value))
    weights = tuple(3 * weight if column == METRIC else weight for column, weight in enumerate(DEFAULT.weights))
    before, after = combine(parts, DEFAULT), combine(parts, replace(DEFAULT, weights=weights))
    assert cause_of(before.contributions, after.contributions, 0, [1])[0] == "metric"
    assert cause_of(before.contributions, after.contributions, 0, [1])[1] > 0
    name, change = cause_of(before.contributions, after.contributions, 1, [0])
    assert (name, change < 0) == ("metric", True)
