"""Stored candidates scored again under other weights, and what that changes.

The parts of a run are stored value by value. The known share of metrics, the only one that can be a fraction, is not:
it follows from the stored confidence. Each pair is first scored under its own weights; one that does not give its
stored score back is not replayed exactly, and is counted.
"""

from collections.abc import Sequence
from dataclasses import fields
from typing import Final, NamedTuple

import numpy as np

from matching.engine.config import COMPONENTS, ScoringConfig
from matching.engine.packing import Flags, Floats, Integers
from matching.engine.parts import Parts
from matching.engine.scoring import Scores, combine

EXACT: Final = 1e-9
METRIC: Final = COMPONENTS.index("metric")
AFTER_PARTS: Final = frozenset({"weights", "alpha"})
"""Settings that act on stored parts; every other one acts before, on the documents of the day of the run."""
NOT_ABOUT_RANKING: Final = frozenset({"keep", "top", "assign_threshold", "exploration_slots"})


class Stored(NamedTuple):
    """Candidates of one need, best first. ids int64[n]; value float64[n, components] (NaN unknown); score and
    confidence float64[n]."""

    ids: Integers
    value: Floats
    score: Floats
    confidence: Floats


class Replayed(NamedTuple):
    """The same candidates under both configurations. order int64[n]: positions in the stored list, best first;
    is_exact bool[n]: the old weights give the stored score back; before and after hold their scores."""

    order: Integers
    is_exact: Flags
    before: Scores
    after: Scores


def known_shares(value: Floats, confidence: Floats, config: ScoringConfig) -> Floats:
    """Return the known share of each part, float64[n, components]: 1 or 0, and for metrics what the confidence says.

    confidence = Σ w·k / Σ w, so k of the metrics = (confidence·Σ w − Σ of the others w·k) / w. Without a weight of
    metrics the share cannot be told and is taken as 1.
    """
    weights = np.array(config.weights, dtype=np.float64)
    known = (~np.isnan(value)).astype(np.float64)
    if weights[METRIC] > 0:
        others = np.delete(known, METRIC, axis=1) @ np.delete(weights, METRIC)
        share = np.clip((confidence * config.full_weight - others) / weights[METRIC], 0.0, 1.0)
        known[:, METRIC] = np.where(known[:, METRIC] > 0, share, 0.0)
    return known


def replay(stored: Stored, old: ScoringConfig, new: ScoringConfig) -> Replayed:
    """Score stored candidates under both configurations."""
    parts = Parts(stored.value, known_shares(stored.value, stored.confidence, old))
    before, after = combine(parts, old), combine(parts, new)
    order = np.lexsort((stored.ids, -after.confidence, -after.rank_value))
    gives_back = np.abs(before.score - stored.score) <= EXACT
    return Replayed(order, gives_back & ~_is_guessed(parts, old, new), before, after)


def _is_guessed(parts: Parts, old: ScoringConfig, new: ScoringConfig) -> Flags:
    """Return where the new score depends on a known share that the old confidence does not tell, bool[n]."""
    return (parts.known[:, METRIC] > 0) & (old.weights[METRIC] == 0 < new.weights[METRIC])


def settings_beyond_weights(old: ScoringConfig, new: ScoringConfig) -> list[str]:
    """Return the settings that differ and that no replay of stored parts can show."""
    names = [field.name for field in fields(ScoringConfig) if field.name not in AFTER_PARTS | NOT_ABOUT_RANKING]
    return [name for name in names if getattr(old, name) != getattr(new, name)]


def rank_correlation(before: Sequence[int], after: Sequence[int]) -> float:
    """Return Kendall's τ-a of two orders of the same items, in [−1, 1]; 1 for fewer than two."""
    if len(before) < 2:
        return 1.0
    place = {item: number for number, item in enumerate(after)}
    ranks = np.array([place[item] for item in before])
    later = np.sign(ranks[None, :] - ranks[:, None])
    pairs = len(before) * (len(before) - 1) / 2
    return float(np.triu(later, 1).sum() / pairs)


def overlap_at(before: Sequence[int], after: Sequence[int], k: int) -> float:
    """Return the share of the first k that both orders have."""
    size = min(k, max(len(before), len(after)))
    return len(set(before[:k]) & set(after[:k])) / size if size else 1.0


def cause_of(before: Floats, after: Floats, row: int, rivals: Sequence[int]) -> tuple[str, float]:
    """Return the component that moved a row most in the direction it moved, and by how much, against its rivals' mean.

    Parameters
    ----------
    before, after
        float64[n, components]: contributions to the score under both configurations.
    row, rivals
        The pair in question, and those it overtook or was overtaken by.
    """
    change = after - before
    shift = change[row] - (change[list(rivals)].mean(axis=0) if rivals else 0.0)
    direction = 1.0 if shift.sum() >= 0 else -1.0
    column = int(np.argmax(shift * direction))
    return COMPONENTS[column], float(shift[column])
