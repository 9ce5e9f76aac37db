"""Stored candidates scored again under other weights, and what that changes.

The parts of a run are stored value by value. Known shares that can be fractions are not: what was judged has the share
its configuration names; that of metrics, and how text and meaning share the rest of their topic, follow from the stored
confidence and score. Each pair is first scored under its own
weights; one that does not give its stored score back is not replayed exactly, and is counted.
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
METRIC, TEXT, SEMANTIC, RERANK = (COMPONENTS.index(name) for name in ("metric", "text", "semantic", "rerank"))
TOLD: Final = 1e-7
"""A smaller difference of fits tells nothing of the share of meaning."""
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


def known_shares(stored: Stored, config: ScoringConfig) -> Floats:
    """Return the known share of each part, float64[n, components]: 1 or 0, and for metrics (m) and for meaning (a, of
    which text has the rest) what score and confidence say.

    Without the two, let K₀ = Σ w·k and V₀ = Σ w·k·s, text known by all that was not judged, r. Then K = confidence ·
    Σ w gives w_m·m + r·(w_a − w_t)·a = K − K₀, and the score w_m·s_m·m + r·(w_a·s_a − w_t·s_t)·a = score·K − V₀: two
    unknowns, two equations. Without a weight of metrics m cannot be told and is taken as 1; where a can be any number,
    as with equal fits and weights, it is taken as 0.
    """
    weights, value = np.array(config.weights, dtype=np.float64), np.nan_to_num(stored.value)
    known = (~np.isnan(stored.value)).astype(np.float64)
    has_metric, has_meaning = known[:, METRIC] > 0, known[:, SEMANTIC] > 0
    known[:, RERANK] *= config.rerank_share
    rest = 1.0 - known[:, RERANK]
    known[:, TEXT] *= rest
    whole = known.copy()
    whole[:, [METRIC, SEMANTIC]] = 0.0
    total = stored.confidence * config.full_weight
    more_known = total - whole @ weights
    more_value = stored.score * total - (whole * value) @ weights
    moved = np.where(has_meaning, rest * (weights[SEMANTIC] - weights[TEXT]), 0.0)
    gained = np.where(
        has_meaning, rest * (weights[SEMANTIC] * value[:, SEMANTIC] - weights[TEXT] * value[:, TEXT]), 0.0
    )
    fit = np.where(has_metric, value[:, METRIC], 0.0)
    scale = gained - fit * moved
    meaning = np.divide(more_value - fit * more_known, scale, out=np.zeros_like(scale), where=np.abs(scale) > TOLD)
    meaning = np.where(has_meaning, np.clip(meaning, 0.0, 1.0), 0.0)
    if weights[METRIC] > 0:
        known[:, METRIC] *= np.clip((more_known - moved * meaning) / weights[METRIC], 0.0, 1.0)
    known[:, TEXT] *= 1.0 - meaning
    known[:, SEMANTIC] = rest * meaning
    return known


def replay(stored: Stored, old: ScoringConfig, new: ScoringConfig) -> Replayed:
    """Score stored candidates under both configurations."""
    parts = Parts(stored.value, known_shares(stored, old))
    before, after = combine(parts, old), combine(parts, new)
    order = np.lexsort((stored.ids, -after.confidence, -after.rank_value))
    gives_back = np.abs(before.score - stored.score) <= EXACT
    return Replayed(order, gives_back & ~_is_guessed(parts, old, new), before, after)


def _is_guessed(parts: Parts, old: ScoringConfig, new: ScoringConfig) -> Flags:
    """Return where the new score depends on a known share that the old numbers do not tell, bool[n]."""
    no_metric = (parts.known[:, METRIC] > 0) & (old.weights[METRIC] == 0 < new.weights[METRIC])
    has_meaning = ~np.isnan(parts.value[:, SEMANTIC])
    is_silent = np.abs(parts.value[:, SEMANTIC] - parts.value[:, TEXT]) <= TOLD
    return no_metric | (has_meaning & is_silent & (new.weights[TEXT] != new.weights[SEMANTIC]))


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
