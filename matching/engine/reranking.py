"""The second look: what a model that reads both texts of a pair together says, laid over the best pairs of each need.

It comes after all other parts and changes no other: who is among the best is decided before, so that the watch can tell
without the model whether a changed resource would enter.
"""

import numpy as np

from matching.engine.config import COMPONENTS, RERANK, SEMANTIC, ScoringConfig
from matching.engine.packing import Floats
from matching.engine.parts import Parts
from matching.engine.scoring import ScoredPairs, combine, combine_told

TEXT_COLUMN, SEMANTIC_COLUMN, RERANK_COLUMN = (COMPONENTS.index(name) for name in ("text", SEMANTIC, RERANK))


def laid_over(pairs: ScoredPairs, judgments: Floats, config: ScoringConfig) -> ScoredPairs:
    """Return the pairs in the same order, scored with what was judged: float64[pairs] in [0, 1], NaN where nothing was.

    A pair that was not judged keeps its numbers to the last bit.
    """
    value, known = pairs.parts.copy(), pairs.known.copy()
    share = np.where(np.isnan(judgments), 0.0, config.rerank_share)
    value[:, RERANK_COLUMN], known[:, RERANK_COLUMN] = judgments, share
    known[:, TEXT_COLUMN] *= 1.0 - share
    known[:, SEMANTIC_COLUMN] *= 1.0 - share
    scores, told = combine(Parts(value, known), config), combine_told(Parts(value, known), config)
    return ScoredPairs(
        pairs.need_row, pairs.resource_id, value, known, scores.score, scores.confidence, scores.rank_value, told.score,
        told.confidence, told.rank_value, pairs.items,
    )  # fmt: skip


def judgments_of(pairs: ScoredPairs) -> Floats:
    """Return what was judged of the pairs: float64[pairs], NaN where nothing was."""
    judged: Floats = pairs.parts[:, RERANK_COLUMN]
    return judged
