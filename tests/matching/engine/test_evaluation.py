"""Measures of rankings."""

from math import log2

import pytest

from matching.engine.evaluation import ndcg_at, paired_bootstrap, recall_at


def test_a_perfect_ranking_has_ndcg_one() -> None:
    assert ndcg_at(["a", "b", "c"], {"a": 2, "b": 1}, 10) == pytest.approx(1.0)


def test_ndcg_by_hand() -> None:
    ideal = 3 / log2(2) + 1 / log2(3)
    assert ndcg_at(["x", "b", "a"], {"a": 2, "b": 1}, 10) == pytest.approx((1 / log2(3) + 3 / log2(4)) / ideal)


def test_only_the_first_k_count() -> None:
    assert ndcg_at(["x", "a"], {"a": 1}, 1) == 0.0
    assert recall_at(["x", "a"], {"a": 1}, 1) == 0.0


def test_recall_counts_relevant_items() -> None:
    assert recall_at(["a", "x"], {"a": 1, "b": 1, "c": 0}, 2) == 0.5


def test_nothing_relevant_measures_zero() -> None:
    assert ndcg_at(["a"], {}, 10) == recall_at(["a"], {}, 10) == 0.0


def test_a_clear_difference_is_certain_and_repeatable() -> None:
    ours, theirs = [0.6, 0.7, 0.8] * 30, [0.5, 0.6, 0.7] * 30
    first = paired_bootstrap(ours, theirs, seed=1)
    assert first == paired_bootstrap(ours, theirs, seed=1)
    assert first.is_certain
    assert first.mean == pytest.approx(0.1)


def test_noise_is_not_certain() -> None:
    assert not paired_bootstrap([1.0, 0.0] * 20, [0.0, 1.0] * 20, seed=1).is_certain
    assert not paired_bootstrap([], [], seed=1).is_certain
