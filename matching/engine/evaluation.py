"""How good a ranking is: nDCG and recall against graded judgments, and whether a difference between two systems is
real."""

from collections.abc import Mapping, Sequence
from math import log2
from typing import NamedTuple, TypeVar

import numpy as np

Item = TypeVar("Item")
BOOTSTRAP_ROUNDS = 2_000
INTERVAL = (2.5, 97.5)


class Difference(NamedTuple):
    """Mean difference a − b over the queries with its 95 % interval."""

    mean: float
    low: float
    high: float

    @property
    def is_certain(self) -> bool:
        """Whether the interval excludes zero."""
        return self.low > 0 or self.high < 0


def ndcg_at(ranking: Sequence[Item], grades: Mapping[Item, float], k: int) -> float:
    """Return the normalised discounted cumulative gain of the first k (Burges et al. 2005: gain 2^grade − 1, discount
    log2(rank + 1)).

    0 where nothing is relevant.
    """
    ideal = _discounted(sorted(grades.values(), reverse=True)[:k])
    return _discounted([grades.get(item, 0.0) for item in ranking[:k]]) / ideal if ideal > 0 else 0.0


def recall_at(ranking: Sequence[Item], grades: Mapping[Item, float], k: int) -> float:
    """Return the share of relevant items (grade > 0) among the first k; 0 where nothing is relevant."""
    relevant = {item for item, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ranking[:k])) / len(relevant) if relevant else 0.0


def paired_bootstrap(
    a: Sequence[float], b: Sequence[float], *, seed: int, rounds: int = BOOTSTRAP_ROUNDS
) -> Difference:
    """Return the mean difference of two systems' scores on the same queries, with the percentile interval of resampled
    queries."""
    differences = np.asarray(a, dtype=np.float64) - np.asarray(b, dtype=np.float64)
    if differences.size == 0:
        return Difference(0.0, 0.0, 0.0)
    draws = np.random.default_rng(seed).integers(0, differences.size, size=(rounds, differences.size))
    low, high = np.percentile(differences[draws].mean(axis=1), INTERVAL)
    return Difference(float(differences.mean()), float(low), float(high))


def _discounted(grades: Sequence[float]) -> float:
    return sum(((2.0**grade - 1.0) / log2(position + 2) for position, grade in enumerate(grades)), 0.0)
