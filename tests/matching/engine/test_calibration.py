"""Scores become likelihoods that come true, the same way every time."""

import numpy as np
import pytest

from matching.engine.calibration import (
    Calibration,
    band_of,
    calibration_error,
    cross_fitted,
    fit_platt,
    log_loss,
    newton,
    sigmoid,
)
from matching.engine.packing import Flags, Floats

SEED = 7


def decided(count: int, slope: float, intercept: float) -> tuple[Floats, Flags]:
    """Scores and decisions of somebody who says yes with a known likelihood."""
    rng = np.random.default_rng(SEED)
    score = rng.random(count)
    return score, rng.random(count) < sigmoid(slope * score + intercept)


def test_platt_finds_the_likelihood_decisions_were_drawn_from() -> None:
    fitted = fit_platt(*decided(20_000, 8.0, -4.0))
    assert fitted.slope == pytest.approx(8.0, rel=0.05)
    assert fitted.intercept == pytest.approx(-4.0, rel=0.05)


def test_platt_agrees_with_a_search_on_its_own_targets() -> None:
    """The minimum of the smoothed log-loss, found without derivatives."""
    score, is_positive = decided(60, 5.0, -2.0)
    positives = is_positive.sum()
    negatives = is_positive.size - positives
    target = np.where(is_positive, (positives + 1) / (positives + 2), 1 / (negatives + 2))
    fitted = fit_platt(score, is_positive)

    def loss(slope: float, intercept: float) -> float:
        value = slope * score + intercept
        return float((np.logaddexp(0, value) - target * value).sum())

    best = loss(fitted.slope, fitted.intercept)
    for slope in np.linspace(-0.5, 0.5, 11):
        for intercept in np.linspace(-0.5, 0.5, 11):
            assert loss(fitted.slope + slope, fitted.intercept + intercept) >= best - 1e-9


def test_three_decisions_do_not_make_certainty() -> None:
    fitted = fit_platt(np.array([0.2, 0.8, 0.9]), np.array([False, True, True]))
    told = fitted.likelihood(np.array([0.0, 1.0]))
    assert 0.05 < told[0] < 0.5 < told[1] < 0.95


def test_only_favourable_decisions_are_no_certainty_either() -> None:
    told = fit_platt(np.array([0.4, 0.6]), np.array([True, True])).likelihood(np.array([0.5]))
    assert told[0] == pytest.approx(0.75, abs=0.01)


def test_the_same_decisions_give_the_same_bits_in_the_same_order() -> None:
    score, is_positive = decided(300, 6.0, -3.0)
    assert fit_platt(score, is_positive) == fit_platt(score.copy(), is_positive.copy())


def test_a_strong_prior_keeps_the_coefficients_at_zero() -> None:
    score, is_positive = decided(200, 6.0, -3.0)
    column = score[:, None]
    target = is_positive.astype(np.float64)
    free = newton(column, target, np.full(200, -3.0), np.zeros(1), np.full(1, 1e-6))
    held = newton(column, target, np.full(200, -3.0), np.zeros(1), np.full(1, 1e6))
    assert free[0] > 4
    assert abs(held[0]) < 1e-3


def test_the_error_is_the_gap_between_what_is_told_and_what_came_true() -> None:
    told = np.array([0.1, 0.1, 0.9, 0.9])
    came = np.array([False, True, True, True])
    assert calibration_error(told, came, bins=2) == pytest.approx((0.4 + 0.1) / 2)
    assert calibration_error(np.empty(0), np.empty(0, dtype=np.bool_)) == 0.0


def test_calibration_lowers_the_error_of_a_score_that_is_no_likelihood() -> None:
    score, is_positive = decided(2_000, 10.0, -7.0)
    need = np.arange(2_000) // 10
    assert calibration_error(score, is_positive) > 0.15
    assert calibration_error(cross_fitted(score, is_positive, need), is_positive) < 0.04


def test_a_need_is_told_by_a_calibration_that_has_not_seen_it() -> None:
    """Two kinds of needs whose decisions contradict each other: seeing oneself would look right."""
    score = np.tile([0.2, 0.8], 5)
    need = np.repeat(np.arange(5), 2)
    came = np.tile([False, True], 5)
    came[need == 0] = [True, False]
    told = cross_fitted(score, came, need)
    assert told[0] < 0.3
    assert told[1] > 0.7


def test_the_loss_of_a_sure_and_wrong_statement_is_large_and_finite() -> None:
    losses = log_loss(np.array([1.0, 0.5]), np.array([False, True]))
    assert 20 < losses[0] < 30
    assert losses[1] == pytest.approx(np.log(2))


def test_extreme_values_do_not_overflow() -> None:
    with np.errstate(over="raise"):
        told = Calibration(1.0, 0.0).likelihood(np.array([-1e4, 0.0, 1e4]))
    assert told.tolist() == [0.0, 0.5, 1.0]


@pytest.mark.parametrize(("likelihood", "band"), [(0.9, 0), (0.6, 0), (0.5, 1), (0.1, 2)])
def test_bands_begin_at_their_bar(likelihood: float, band: int) -> None:
    assert band_of(likelihood, (0.6, 0.3)) == band
