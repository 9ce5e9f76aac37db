"""From a score to a likelihood: Platt scaling of explicit decisions, and how far a likelihood is from what came true.

Only decisions somebody made are data. What nobody answered is missing and never a "no".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from matching.engine.packing import Flags, Floats, Integers

MAX_STEPS: Final = 100
MIN_GRADIENT: Final = 1e-9
RIDGE: Final = 1e-12
MIN_STEP: Final = 1e-10
BINS: Final = 10
FOLDS: Final = 5


@dataclass(frozen=True, slots=True)
class Calibration:
    """likelihood = 1 / (1 + exp(−(slope · score + intercept)))."""

    slope: float
    intercept: float

    def likelihood(self, score: Floats) -> Floats:
        """Return float64 of the shape of ``score``, in (0, 1)."""
        return sigmoid(self.slope * score + self.intercept)


def sigmoid(value: Floats) -> Floats:
    """Return 1 / (1 + e^−value) without overflow."""
    small = np.exp(-np.abs(value))
    return np.where(value >= 0, 1.0, small) / (1.0 + small)


def fit_platt(score: Floats, is_positive: Flags) -> Calibration:
    """Fit slope and intercept by maximum likelihood against smoothed targets.

    Targets are (N₊ + 1) / (N₊ + 2) and 1 / (N₋ + 2) instead of 1 and 0, so that few decisions do not make certainties
    (Platt 1999). Newton steps with backtracking from slope 0 (Lin, Lin and Weng 2007): the same data give the same
    bits.

    Parameters
    ----------
    score
        float64[n].
    is_positive
        bool[n]: whether the decision was favourable.
    """
    positives = float(np.count_nonzero(is_positive))
    negatives = float(is_positive.size) - positives
    target = np.where(is_positive, (positives + 1.0) / (positives + 2.0), 1.0 / (negatives + 2.0))
    design = np.column_stack([score, np.ones_like(score)])
    start = np.array([0.0, np.log((positives + 1.0) / (negatives + 1.0))])
    slope, intercept = newton(design, target, np.zeros_like(score), start, np.full(2, RIDGE))
    return Calibration(float(slope), float(intercept))


def newton(design: Floats, target: Floats, offset: Floats, start: Floats, precision: Floats) -> Floats:
    """Minimise the penalised log-loss of σ(offset + design·x) against targets: Newton with backtracking.

    Parameters
    ----------
    design
        float64[n, k].
    target, offset
        float64[n]; targets in [0, 1].
    start
        float64[k]: where to begin.
    precision
        float64[k]: of the Gaussian prior around 0, > 0.
    """
    point = start
    loss = _penalised_loss(point, design, target, offset, precision)
    for _ in range(MAX_STEPS):
        likelihood = sigmoid(offset + design @ point)
        gradient = design.T @ (likelihood - target) + precision * point
        if np.max(np.abs(gradient)) < MIN_GRADIENT:
            break
        curvature = (design * (likelihood * (1.0 - likelihood))[:, None]).T @ design + np.diag(precision + RIDGE)
        direction = np.linalg.solve(curvature, gradient)
        step = 1.0
        while step > MIN_STEP:
            trial = point - step * direction
            trial_loss = _penalised_loss(trial, design, target, offset, precision)
            if trial_loss < loss:
                point, loss = trial, trial_loss
                break
            step /= 2.0
        else:
            break
    return point


def _penalised_loss(point: Floats, design: Floats, target: Floats, offset: Floats, precision: Floats) -> float:
    value = offset + design @ point
    fit = np.logaddexp(0.0, value) - target * value
    return float(fit.sum() + 0.5 * (precision * point * point).sum())


def log_loss(likelihood: Floats, is_positive: Flags) -> Floats:
    """Return −ln of the likelihood of what came true, per decision, float64[n]; capped at likelihoods of 1e-12."""
    told = np.where(is_positive, likelihood, 1.0 - likelihood)
    losses: Floats = -np.log(np.maximum(told, 1e-12))
    return losses


def calibration_error(likelihood: Floats, is_positive: Flags, bins: int = BINS) -> float:
    """Return the expected calibration error: the mean over bins of equal size of |mean likelihood − share that came
    true| (Naeini et al. 2015, with bins of equal mass); 0 for no decisions."""
    if likelihood.size == 0:
        return 0.0
    order = np.argsort(likelihood, kind="stable")
    groups = np.array_split(order, min(bins, likelihood.size))
    gaps = [abs(likelihood[group].mean() - is_positive[group].mean()) * group.size for group in groups]
    return float(sum(gaps) / likelihood.size)


def cross_fitted(score: Floats, is_positive: Flags, need: Integers, folds: int = FOLDS) -> Floats:
    """Return the likelihood of each decision by a calibration that has not seen its need, float64[n].

    Needs go to folds in turn, in the order of their ids.
    """
    _, place = np.unique(need, return_inverse=True)
    fold = place % folds
    likelihood = np.empty_like(score)
    for number in np.unique(fold):
        held_out = fold == number
        fitted = fit_platt(score[~held_out], is_positive[~held_out])
        likelihood[held_out] = fitted.likelihood(score[held_out])
    return likelihood


def band_of(likelihood: float, bars: Sequence[float]) -> int:
    """Return in which band a likelihood lies: 0 for the first bar reached (highest first), ``len(bars)`` below all."""
    return next((place for place, bar in enumerate(bars) if likelihood >= bar), len(bars))
