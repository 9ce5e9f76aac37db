"""From parts to one number: the weighted mean of what is known, how much is known, and the value by which pairs are
ranked."""

from dataclasses import dataclass

import numpy as np

from matching.engine.config import ScoringConfig
from matching.engine.packing import Flags, Floats, Integers
from matching.engine.parts import Parts


@dataclass(frozen=True, slots=True)
class Scores:
    """float64[pairs] each, in [0, 1]; contributions float64[pairs, components] sum to the score of their pair (±
    1e-9)."""

    score: Floats
    confidence: Floats
    rank_value: Floats
    contributions: Floats


@dataclass(frozen=True, slots=True)
class ScoredPairs:
    """Pairs with their scores. need_row int64[n] into the table of needs, resource_id int64[n]; parts float64[n,
    components] (NaN = unknown); known float64[n, components]; score, confidence, rank_value float64[n], and the same as
    told to those who may not read all that went in; items int64[n, 3]: evidence."""

    need_row: Integers
    resource_id: Integers
    parts: Floats
    known: Floats
    score: Floats
    confidence: Floats
    rank_value: Floats
    told_score: Floats
    told_confidence: Floats
    told_rank_value: Floats
    items: Integers

    def __len__(self) -> int:
        return int(self.need_row.size)

    def take(self, rows: Integers) -> "ScoredPairs":
        """Return the given pairs, in the given order."""
        return ScoredPairs(*(getattr(self, name)[rows] for name in self.__slots__))


def combine(parts: Parts, config: ScoringConfig) -> Scores:
    """Return score = Σ w·k·s / Σ w·k, confidence = Σ w·k / Σ w, rank = score · (α + (1 − α) · confidence).

    k is the known share of a component: 0, 1, or between for metrics and for text and semantic, which share one topic
    and count once in Σ w. Sums run component by component, so that a pair scores the same to the last bit whatever
    stands beside it.
    """
    weights = np.array(config.weights, dtype=np.float64)
    weighted = parts.known * weights
    value = np.where(parts.known > 0, np.nan_to_num(parts.value), 0.0) * weighted
    known = _sum_of_columns(weighted)
    contributions = np.divide(value, known[:, None], out=np.zeros_like(value), where=known[:, None] > 0)
    score = np.minimum(_sum_of_columns(contributions), 1.0)
    confidence = np.minimum(known / config.full_weight, 1.0)
    return Scores(score, confidence, score * (config.alpha + (1.0 - config.alpha) * confidence), contributions)


def combine_told(parts: Parts, config: ScoringConfig) -> Scores:
    """Return what everybody may be told: the same combination over all components but the hidden ones.

    A hidden component adds nothing to any sum, so that no number here is a function of it.
    """
    return combine(parts, config.told)


def order_of(pairs: ScoredPairs) -> Integers:
    """Return the order of the pairs by need, then best first: rank value, confidence, lower id."""
    return np.lexsort((pairs.resource_id, -pairs.confidence, -pairs.rank_value, pairs.need_row))


def told_order_of(pairs: ScoredPairs) -> Integers:
    """Return the order of the pairs by need, then best first, by what everybody may be told."""
    return np.lexsort((pairs.resource_id, -pairs.told_confidence, -pairs.told_rank_value, pairs.need_row))


def is_first(need_row: Integers, order: Integers, count: int) -> Flags:
    """Return which pairs are among the first ``count`` of their need in an order that goes by need: bool[n]."""
    ordered = need_row[order]
    flags = np.empty(order.size, dtype=np.bool_)
    flags[order] = np.arange(order.size) - np.searchsorted(ordered, ordered) < count
    return flags


def _sum_of_columns(values: Floats) -> Floats:
    total = np.zeros(values.shape[0])
    for column in range(values.shape[1]):
        total = total + values[:, column]
    return total
