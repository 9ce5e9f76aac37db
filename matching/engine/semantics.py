"""How close two texts are in meaning: cosines of vectors, put on one scale per need by statistics frozen with the run.

A cosine says little by itself: models put all texts into a narrow cone, and every need has its own middle. So the
cosine of a pair is compared with those of the need with a fixed sample of the documents, z = (cosine − mean) / spread,
and z is laid on the scale of the text component. The sample is frozen with the run: a pair's number depends on the
pair and the run only, never on the candidates beside it.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from matching.engine.config import ScoringConfig
from matching.engine.encoding import LIGHT_TOKEN, NeedTable, ResourceTable
from matching.engine.packing import Flags, Floats, Integers, flat_index
from matching.engine.retrieval import LONG_NEED_CHARACTERS, CandidateQuery
from matching.engine.scales import Scales, cosines_of
from matching.engine.vector_statistics import Semantics
from matching.engine.vectors import Whole

CJK_SHARE: Final = 0.15
LATIN_SHARE: Final = 0.02
"""Share of single Chinese characters among a text's tokens: above the first it is Chinese, below the second it is
not; between them it is both."""


class Meaning(NamedTuple):
    """z float64[pairs]: the cosine in spreads above the need's mean, NaN where a vector is missing; share
    float64[pairs]: how much of the topic meaning decides, in [0, 1], 0 where z is NaN."""

    z: Floats
    share: Floats


class Scale(NamedTuple):
    """Needs ready to be compared. queries int16[needs, d]; known bool[needs]: has a vector, the other numbers of a need
    without are 0; mean, spread float64[needs]: of the cosines with the sample."""

    queries: Whole
    known: Flags
    mean: Floats
    spread: Floats


def meaning_of(
    needs: NeedTable,
    resources: ResourceTable,
    need_rows: Integers,
    resource_rows: Integers,
    semantics: Semantics,
    config: ScoringConfig,
) -> Meaning:
    """Return how close each pair is in meaning, and how much that counts."""
    scale = scale_of(needs.id, semantics)
    vectors = semantics.load(resources.id)
    places, has_vector = vectors.rows_of(resources.id)
    known = scale.known[need_rows] & has_vector[resource_rows] & (scale.spread[need_rows] > 0)
    z = np.full(need_rows.shape, np.nan)
    if known.any():
        rows = need_rows[known]
        cosines = cosines_of(scale.queries, vectors.vectors, semantics.statistics.resource_center)
        z[known] = (cosines[rows, places[resource_rows[known]]] - scale.mean[rows]) / scale.spread[rows]
    return Meaning(z, np.where(known, _shares(needs, resources, need_rows, resource_rows, config), 0.0))


def nearest_of(needs: NeedTable, filters: Sequence[CandidateQuery], semantics: Semantics, limit: int) -> list[Integers]:
    """Return, per need, the ids of the visible documents closest in meaning; none for a need without a vector."""
    none = np.empty(0, dtype=np.int64)
    scale = scale_of(needs.id, semantics)
    rows = np.flatnonzero(scale.known)
    if semantics.source is None or rows.size == 0:
        return [none] * len(needs)
    found = semantics.source.nearest(
        scale.queries[rows], semantics.statistics.resource_center, [filters[row] for row in rows.tolist()], limit
    )
    by_row = dict(zip(rows.tolist(), found, strict=True))
    return [by_row.get(row, none) for row in range(len(needs))]


def fit_of(z: Floats, config: ScoringConfig) -> Floats:
    """Return z on the scale of the text component, in [0, 1]; NaN stays NaN."""
    fit: Floats = np.clip((z - config.semantic_floor) / (config.semantic_ceiling - config.semantic_floor), 0.0, 1.0)
    return fit


def scale_of(need_ids: Integers, semantics: Semantics) -> Scale:
    """Return how the needs compare with the sample; what ``semantics.scales`` keeps is not computed again."""
    frozen, size = semantics.statistics, need_ids.size
    places, known = semantics.needs.rows_of(need_ids)
    known &= frozen.is_usable
    queries, mean, spread = np.zeros((size, frozen.sample.shape[1]), dtype=np.int16), np.zeros(size), np.zeros(size)
    if known.any():
        scales = semantics.scales if semantics.scales is not None else Scales(frozen)
        found = scales.of(need_ids[known], semantics.needs.vectors[places[known]])
        queries[known], mean[known], spread[known] = found
    return Scale(queries, known, mean, spread)


def _shares(
    needs: NeedTable, resources: ResourceTable, need_rows: Integers, resource_rows: Integers, config: ScoringConfig
) -> Floats:
    """Return the weight of meaning: less for long needs, whose words say more, and all of it where the two sides write
    in different scripts and no word can be shared."""
    by_length = np.where(needs.characters > LONG_NEED_CHARACTERS, config.semantic_long, config.semantic_short)
    asked, offered = (_cjk_share(table)[rows] for table, rows in ((needs, need_rows), (resources, resource_rows)))
    crossing = ((asked > CJK_SHARE) & (offered < LATIN_SHARE)) | ((asked < LATIN_SHARE) & (offered > CJK_SHARE))
    return np.where(crossing, 1.0, by_length[need_rows])


def _cjk_share(table: NeedTable | ResourceTable) -> Floats:
    """Return the share of single Chinese characters among the tokens of each row."""
    index, ends = flat_index(2 * table.counts.start, table.tokens.length)
    is_light = (table.counts.words.view(np.uint32)[index] & np.uint32(LIGHT_TOKEN)) > 0
    total = np.concatenate([[0], np.cumsum(is_light)])
    share: Floats = (total[ends[1:]] - total[ends[:-1]]) / np.maximum(table.tokens.length, 1)
    return share
