"""Weights learned from decisions: logistic regression with the default score as offset, and the guard before promotion.

What is learned can only become other weights. The score stays a weighted mean of the same components: its parts still
sum to it, a replay of old parts is exact, and any version can be undone by activating another. What the guard judges
is the promoted weights themselves, not the regression they came from.
"""

from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np

from matching.engine.calibration import fit_platt, log_loss, newton
from matching.engine.config import ScoringConfig
from matching.engine.evaluation import Difference, ndcg_at, paired_bootstrap
from matching.engine.packing import Flags, Floats, Integers
from matching.engine.parts import Parts
from matching.engine.scoring import combine

PRIOR_DEVIATION: Final = 0.5
"""Standard deviation of the prior of a weight's relative change."""
LARGEST_FACTOR: Final = 3.0
"""A learned weight lies between 0 and this many times the old one."""
MINIMUM_NEEDS: Final = 20
"""Below so many reviewed needs a learner is worse than the default: nothing is fitted."""
MINIMUM_TEST_NEEDS: Final = 10
TRAIN_SHARE: Final = 0.7
SUITABLE: Final = 1.0
"""Grades from here on are favourable."""
DEPTH: Final = 5


@dataclass(frozen=True, slots=True)
class Decisions:
    """Explicit decisions about pairs, oldest first. need int64[n]; parts of the n pairs as they were when decided;
    grade float64[n], 0 (no) to 4 (contract)."""

    need: Integers
    parts: Parts
    grade: Floats

    def __len__(self) -> int:
        return int(self.need.size)

    @property
    def is_positive(self) -> Flags:
        """bool[n]."""
        return self.grade >= SUITABLE

    @property
    def needs(self) -> int:
        """How many needs were reviewed."""
        return int(np.unique(self.need).size)

    def take(self, rows: Integers) -> "Decisions":
        """Return the given decisions, in the given order."""
        return Decisions(self.need[rows], Parts(self.parts.value[rows], self.parts.known[rows]), self.grade[rows])


class Split(NamedTuple):
    """Decisions about needs first reviewed earlier and later; no need is on both sides."""

    train: Decisions
    test: Decisions


class Verdict(NamedTuple):
    """The learned against the default weights on the test needs. ``gain`` in nDCG@5 and ``loss_saved`` in log-loss are
    better when positive; ``is_promoted``: one is certainly better and neither certainly worse."""

    needs: int
    gain: Difference
    loss_saved: Difference

    @property
    def is_promoted(self) -> bool:
        """Whether the guard lets the learned weights pass."""
        is_better = self.gain.low > 0 or self.loss_saved.low > 0
        is_worse = self.gain.high < 0 or self.loss_saved.high < 0
        return self.needs >= MINIMUM_TEST_NEEDS and is_better and not is_worse


def split_by_time(decisions: Decisions, share: float = TRAIN_SHARE) -> Split:
    """Split by the time at which each need was first decided on: the earliest ``share`` of the needs train."""
    _, first, place = np.unique(decisions.need, return_index=True, return_inverse=True)
    turn = np.argsort(np.argsort(first, kind="stable"), kind="stable")[place]
    is_train = turn < round(share * first.size)
    return Split(decisions.take(np.flatnonzero(is_train)), decisions.take(np.flatnonzero(~is_train)))


def learn_weights(decisions: Decisions, config: ScoringConfig) -> ScoringConfig | None:
    """Return the configuration with learned weights, or None where the decisions teach nothing.

    logit p = a·s + b + Σ βⱼ·qⱼ, where s is the default score, (a, b) its Platt calibration and qⱼ the contributions
    that sum to s; βⱼ/a has a Gaussian prior N(0, ``PRIOR_DEVIATION``²). Since a·s = Σ a·qⱼ, component j weighs
    1 + βⱼ/a times as much as before: that factor, cut to [0, ``LARGEST_FACTOR``], is applied to the weights, whose sum
    is kept.
    """
    if decisions.needs < MINIMUM_NEEDS or decisions.is_positive.all() or not decisions.is_positive.any():
        return None
    scores = combine(decisions.parts, config)
    platt = fit_platt(scores.score, decisions.is_positive)
    if platt.slope <= 0:
        return None
    columns = scores.contributions
    precision = np.full(columns.shape[1], (platt.slope * PRIOR_DEVIATION) ** -2.0)
    offset = platt.slope * scores.score + platt.intercept
    beta = newton(columns, decisions.is_positive.astype(np.float64), offset, np.zeros(columns.shape[1]), precision)
    factor = np.clip(1.0 + beta / platt.slope, 0.0, LARGEST_FACTOR)
    weights = np.array(config.weights) * factor
    total = float(weights.sum())
    if total <= 0:
        return None
    return replace(config, weights=tuple((weights * (sum(config.weights) / total)).tolist()))


def judge_weights(split: Split, default: ScoringConfig, learned: ScoringConfig, *, seed: int) -> Verdict:
    """Compare two configurations on the test needs: paired per need, each calibrated on the training needs."""
    gains = ndcg_of_needs(split.test, learned), ndcg_of_needs(split.test, default)
    losses = _loss_of_needs(split, default), _loss_of_needs(split, learned)
    return Verdict(split.test.needs, paired_bootstrap(*gains, seed=seed), paired_bootstrap(*losses, seed=seed))


def ndcg_of_needs(decisions: Decisions, config: ScoringConfig) -> list[float]:
    """Return nDCG@5 of each need that has a favourable decision, by ascending id.

    Only decided pairs are ranked (condensed lists, Sakai 2007): what nobody judged is missing, not irrelevant.
    """
    scores = combine(decisions.parts, config)
    order = np.lexsort((np.arange(len(decisions)), -scores.rank_value))
    grades = decisions.grade.tolist()
    found = []
    for need in np.unique(decisions.need[decisions.is_positive]):
        rows = order[decisions.need[order] == need].tolist()
        found.append(ndcg_at(rows, {row: grades[row] for row in rows}, DEPTH))
    return found


def _loss_of_needs(split: Split, config: ScoringConfig) -> list[float]:
    """Return the mean log-loss of each test need, by ascending id."""
    platt = fit_platt(combine(split.train.parts, config).score, split.train.is_positive)
    losses = log_loss(platt.likelihood(combine(split.test.parts, config).score), split.test.is_positive)
    return [float(losses[split.test.need == need].mean()) for need in np.unique(split.test.need)]
