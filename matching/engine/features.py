"""How well need and resource fit, one component at a time: each in [0, 1], or NaN where nothing can be said.

Unknown is not zero: an unknown component takes no part in the score and lowers the confidence instead.
"""

from typing import Final, NamedTuple

import numpy as np

from lexicon.hashing import token_hash
from matching.engine.config import COMPONENTS, ScoringConfig
from matching.engine.encoding import UNKNOWN, NeedTable, ResourceTable
from matching.engine.facts import PRICE_UNITS
from matching.engine.metric_kernels import metric_fit, metric_verdicts
from matching.engine.packing import Floats, Integers, Ragged, Words, flat_index
from matching.engine.pair_kernels import best_similarity, shared_count
from matching.engine.parts import Parts
from matching.engine.quantities import QuantityTable
from matching.engine.surroundings import CodeTree, Geography

DAYS_PER_MONTH: Final = 365.25 / 12
TRACK_STEPS: Final = 20
CODE_GROUPS: Final = ("industries", "disciplines", "equipment")
PER_PROJECT: Final = PRICE_UNITS.index("project")
"""The one unit of prices that a budget can be compared with: of an hour, a piece or a day nobody knows how many a
project takes."""


class Metrics(NamedTuple):
    """fit float64[pairs] (NaN: nothing known), known_share float64[pairs], impossible int64[pairs]: must-metrics
    contradicted."""

    fit: Floats
    known_share: Floats
    impossible: Integers


def metrics_of(needs: NeedTable, resources: ResourceTable, need_rows: Integers, resource_rows: Integers) -> Metrics:
    """Judge the metrics of each pair against the capabilities; units are canonical already."""
    return Metrics(*metric_fit(need_rows, resource_rows, _view(needs.quantities), _view(resources.quantities)))


def verdicts_of(needs: NeedTable, resources: ResourceTable, need_row: int, resource_row: int) -> Floats:
    """Return verdict, fit, capability position (-1: none) and relation for each metric of one pair; float64[metrics,
    4]."""
    verdicts: Floats = metric_verdicts(need_row, resource_row, _view(needs.quantities), _view(resources.quantities))
    return verdicts


def parts_of(
    needs: NeedTable,
    resources: ResourceTable,
    need_rows: Integers,
    resource_rows: Integers,
    *,
    text: Floats,
    semantic: Floats,
    semantic_share: Floats,
    metrics: Metrics,
    geography: Geography,
    codes: CodeTree,
    config: ScoringConfig,
    today: int,
) -> Parts:
    """Return all components of each pair, in the order of ``COMPONENTS``; text and semantic float64[pairs] are those
    components, scored before, semantic_share float64[pairs] what the second is trusted with; rerank is laid over the
    best afterwards; ``today`` is a proleptic ordinal."""
    values = {
        "text": text,
        "semantic": semantic,
        "rerank": np.full(need_rows.shape, np.nan),
        "class": class_fit(needs, resources, need_rows, resource_rows, codes),
        "metric": metrics.fit,
        "trl": trl_fit(needs.trl_have[need_rows], needs.trl_need[need_rows], resources.trl[resource_rows]),
        "budget": budget_fit(
            needs.budget_max[need_rows], resources.price_from[resource_rows], resources.price_unit[resource_rows]
        ),
        "time": time_fit(
            needs.deadline_day[need_rows],
            needs.duration_months[need_rows],
            resources.lead_time_days[resource_rows],
            today,
        ),
        "mode": mode_fit(needs.modes, resources.modes, need_rows, resource_rows),
        "proximity": proximity_fit(needs.zone[need_rows], resources.zone[resource_rows], geography, config),
        "availability": availability_fit(resources.capacity[resource_rows]),
        "track": track_fit(resources.accepted[resource_rows], resources.decided[resource_rows], config),
        "freshness": freshness_fit(resources.confirmed_day[resource_rows], today, config),
    }
    value = np.column_stack([values[name] for name in COMPONENTS]) if need_rows.size else np.empty((0, len(COMPONENTS)))
    known = (~np.isnan(value)).astype(np.float64)
    known[:, COMPONENTS.index("metric")] = metrics.known_share
    known[:, COMPONENTS.index("text")] *= 1.0 - semantic_share
    known[:, COMPONENTS.index("semantic")] *= semantic_share
    return Parts(value, known)


def class_fit(
    needs: NeedTable, resources: ResourceTable, need_rows: Integers, resource_rows: Integers, codes: CodeTree
) -> Floats:
    """Mean over the classifications that both sides use (industry, discipline, equipment class) of the mean best
    similarity."""
    total, used = np.zeros(need_rows.shape), np.zeros(need_rows.shape)
    for name in CODE_GROUPS:
        left, left_ends = _code_positions(getattr(needs, name), codes)
        right, right_ends = _code_positions(getattr(resources, name), codes)
        fit = best_similarity(need_rows, resource_rows, left, left_ends, right, right_ends, codes.similarity)
        known = ~np.isnan(fit)
        total += np.where(known, fit, 0.0)
        used += known
    return np.where(used > 0, total / np.maximum(used, 1.0), np.nan)


def code_similarity(codes: CodeTree, left: str, right: str) -> float:
    """Similarity of two codes in [0, 1]; a code outside the tree is similar to itself only."""
    if left == right:
        return 1.0
    a, b = codes.positions(np.array([token_hash(left), token_hash(right)], dtype=np.uint64))
    return float(codes.similarity[a, b]) if a >= 0 and b >= 0 else 0.0


def trl_fit(have: Integers, wanted: Integers, offered: Integers) -> Floats:
    """1 where the resource has reached the wanted level; below it 1 − gap / (span + 1), span being the way from have to
    wanted (≥ 3)."""
    span = np.where(have == UNKNOWN, 3, np.maximum(wanted - have, 3))
    gap = np.maximum(wanted - offered, 0)
    fit = np.maximum(0.0, 1.0 - gap / (span + 1.0))
    return np.where((wanted == UNKNOWN) | (offered == UNKNOWN), np.nan, fit)


def budget_fit(budget_max: Floats, price_from: Floats, price_unit: Integers) -> Floats:
    """Fall linearly to 0 at twice the budget; a price within the budget says something only where it is the price of a
    project."""
    known = ~np.isnan(budget_max) & ~np.isnan(price_from) & (budget_max > 0)
    most = np.minimum(price_from - budget_max, budget_max)  # a budget near zero would overflow the quotient
    excess = np.divide(most, budget_max, out=np.full_like(price_from, np.nan), where=known)
    within = np.where(price_unit == PER_PROJECT, 1.0, np.nan)
    return np.where(excess <= 0, within, np.maximum(0.0, 1.0 - excess))


def time_fit(deadline_day: Integers, duration_months: Integers, lead_time_days: Integers, today: int) -> Floats:
    """1 while lead time and duration end before the deadline, then falling to 0 as the delay reaches the time there
    was."""
    known = (deadline_day != UNKNOWN) & (lead_time_days != UNKNOWN)
    available = np.maximum(deadline_day - today, 1.0)
    work = np.where(duration_months == UNKNOWN, 0.0, duration_months * DAYS_PER_MONTH)
    delay = np.maximum(lead_time_days + work - available, 0.0)
    return np.where(known, np.maximum(0.0, 1.0 - delay / available), np.nan)


def mode_fit(need_modes: Ragged, resource_modes: Ragged, need_rows: Integers, resource_rows: Integers) -> Floats:
    """Shared cooperation modes over the smaller of the two sets (overlap coefficient); unknown where a side names
    none."""
    shared = shared_count(
        need_rows, resource_rows, need_modes.words, need_modes.start, need_modes.length,
        resource_modes.words, resource_modes.start, resource_modes.length,
    )  # fmt: skip
    smaller = np.minimum(need_modes.length[need_rows], resource_modes.length[resource_rows])
    return np.where(smaller > 0, shared / np.maximum(smaller, 1), np.nan)


def proximity_fit(need_zone: Integers, resource_zone: Integers, geography: Geography, config: ScoringConfig) -> Floats:
    """Closeness of the zones, scaled to leave room for the cross-zone bonus that every pair of different zones
    receives."""
    rows, columns = geography.positions(need_zone), geography.positions(resource_zone)
    listed = (rows >= 0) & (columns >= 0)
    level = np.full(need_zone.shape, config.other_zone)
    for relation, value in (
        (geography.same_region_group, config.same_region_group),
        (geography.same_alliance, config.same_alliance),
        (geography.same_network, config.same_network),
    ):
        if relation.size:
            level = np.where(listed & relation[rows, columns], value, level)
    crossing = level * (1.0 - config.cross_zone_bonus) + config.cross_zone_bonus
    return np.where(need_zone == resource_zone, config.same_zone, crossing)


def availability_fit(capacity: Integers) -> Floats:
    """capacity / (capacity + 1): a second free place is worth more than a tenth."""
    free = np.maximum(capacity, 0)
    return free / (free + 1.0)


def track_fit(accepted: Integers, decided: Integers, config: ScoringConfig) -> Floats:
    """Posterior mean of the acceptance rate under a Beta prior, to twentieths; unknown before the first decision.

    The fit is told to everybody, the counts are not: unrounded, a rate of few decisions gives both away.
    """
    prior = config.track_prior_accepted + config.track_prior_declined
    rate = (accepted + config.track_prior_accepted) / (decided + prior)
    return np.where(decided > 0, np.rint(rate * TRACK_STEPS) / TRACK_STEPS, np.nan)


def freshness_fit(confirmed_day: Integers, today: int, config: ScoringConfig) -> Floats:
    """½ per half-life since the owner last confirmed the data."""
    age = np.maximum(today - confirmed_day, 0)
    return np.where(confirmed_day == UNKNOWN, np.nan, np.exp2(-age / config.freshness_half_life_days))


def _code_positions(rows: Ragged, codes: CodeTree) -> tuple[Integers, Integers]:
    """Return the positions of all codes of a table in the tree, and the end of each row; unknown codes become distinct
    negatives."""
    index, ends = flat_index(rows.start, rows.length)
    words = rows.words[index]
    positions = codes.positions(words)
    outside = -2 - (words >> np.uint64(2)).astype(np.int64)
    return np.where(positions >= 0, positions, outside), ends


def _view(table: QuantityTable) -> tuple[Words, Floats, Integers, Integers, Integers, Integers]:
    words = table.rows.words
    return words, words.view(np.float64), table.rows.start, table.rows.length, table.choices.start, table.names.start
