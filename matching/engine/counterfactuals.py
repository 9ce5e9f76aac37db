"""What would have to change for a pair to fit better: each possibility is scored again with the run's own formulas."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from matching.engine import features
from matching.engine.config import COMPONENTS, HIDDEN, ScoringConfig
from matching.engine.encoding import UNKNOWN, NeedTable, ResourceTable
from matching.engine.metric_kernels import MUST_WEIGHT, NICE_WEIGHT
from matching.engine.packing import Floats, Integers
from matching.engine.parts import Parts
from matching.engine.scoring import Scores, combine
from matching.engine.surroundings import Market

MINIMUM_GAIN: Final = 0.005


class Change(NamedTuple):
    """One thing that could be different: what, of which subject, and the component's new fit and known share."""

    kind: str
    subject: str
    value: str
    component: str
    fit: float
    known: float


class _Fits(NamedTuple):
    """What the single columns of each pair say: float64[pairs] each, NaN where unknown."""

    accepted_trl: Floats
    budget: Floats
    time: Floats


class Best(NamedTuple):
    """The change that helps most, and the one among those that everybody may be told of, by told numbers."""

    of_all: dict[str, Any] | None
    told: dict[str, Any] | None


def best_counterfactuals(
    needs: NeedTable,
    need_rows: Integers,
    resources: ResourceTable,
    resource_rows: Integers,
    parts: Parts,
    metrics: Sequence[list[dict[str, Any]]],
    market: Market,
) -> list[Best]:
    """Return, per pair, the single change that raises the rank value most, with the scores before and after; None where
    nothing helps. need_rows, resource_rows int64[pairs]; parts and metrics: one row per pair.

    What is told is chosen apart: were it the best of all with what is hidden left out, its absence would tell.
    """
    fits = _fits(needs, need_rows, resources, resource_rows, market)
    trl = zip(needs.trl_need[need_rows].tolist(), resources.trl[resource_rows].tolist(), strict=True)
    changes = [
        [*_metric_changes(metrics[pair]), *_other_changes(wanted, offered, fits, pair, resources, resource_rows[pair])]
        for pair, (wanted, offered) in enumerate(trl)
    ]
    tellable = [[change for change in some if change.component not in HIDDEN] for some in changes]
    best, told = _best_of(changes, parts, market.config), _best_of(tellable, parts, market.config.told)
    return [Best(*both) for both in zip(best, told, strict=True)]


def _best_of(changes: Sequence[list[Change]], parts: Parts, config: ScoringConfig) -> Iterator[dict[str, Any] | None]:
    """Yield the best change of each pair under one configuration."""
    sizes = np.array([1 + len(some) for some in changes], dtype=np.int64)
    scores = combine(_variants(parts, changes, sizes), config)
    for some, end in zip(changes, np.cumsum(sizes).tolist(), strict=True):
        yield _best(some, scores, end - len(some) - 1)


def _best(changes: list[Change], scores: Scores, now: int) -> dict[str, Any] | None:
    """Return the best of the changes whose scores stand in the rows after ``now``, the pair as it is."""
    best = now + 1 + int(np.argmax(scores.rank_value[now + 1 : now + 1 + len(changes)]))
    if scores.rank_value[best] - scores.rank_value[now] < MINIMUM_GAIN:
        return None
    change = changes[best - now - 1]
    return {
        "kind": change.kind,
        "subject": change.subject,
        "value": change.value,
        "score": [float(scores.score[now]), float(scores.score[best])],
        "confidence": [float(scores.confidence[now]), float(scores.confidence[best])],
        "rank_value": [float(scores.rank_value[now]), float(scores.rank_value[best])],
    }


def _variants(parts: Parts, changes: Sequence[Sequence[Change]], sizes: Integers) -> Parts:
    """Return each pair as it is, followed by one row per change of it."""
    pairs = np.repeat(np.arange(sizes.size), sizes)
    value, known = parts.value[pairs], parts.known[pairs]
    is_change = np.ones(pairs.size, dtype=np.bool_)
    is_change[np.cumsum(sizes) - sizes] = False
    rows, flat = np.flatnonzero(is_change), [change for some in changes for change in some]
    columns = [COMPONENTS.index(change.component) for change in flat]
    value[rows, columns] = [change.fit for change in flat]
    known[rows, columns] = [change.known for change in flat]
    return Parts(value, known)


def _metric_changes(metrics: list[dict[str, Any]]) -> list[Change]:
    """A metric that is unknown could be confirmed by the partner; one that is missed could be relaxed to what is
    offered."""
    changes = []
    for place, metric in enumerate(metrics):
        if metric["verdict"] != "ok":
            fit, known = _metric_component(metrics, met=place)
            kind = "confirm_metric" if metric["verdict"] == "unknown" else "relax_metric"
            changes.append(Change(kind, metric["name"], metric["offer"] or metric["need"], "metric", fit, known))
    return changes


def _metric_component(metrics: list[dict[str, Any]], *, met: int) -> tuple[float, float]:
    """Return fit and known share if metric ``met`` were satisfied; the formula of ``metric_kernels.metric_fit``."""
    weights = [MUST_WEIGHT if metric["is_must"] else NICE_WEIGHT for metric in metrics]
    fits = [1.0 if place == met else metric["fit"] for place, metric in enumerate(metrics)]
    known = [(weight, fit) for weight, fit in zip(weights, fits, strict=True) if fit is not None]
    total = sum(weight for weight, _ in known)
    return sum(weight * fit for weight, fit in known) / total, total / sum(weights)


def _fits(
    needs: NeedTable, need_rows: Integers, resources: ResourceTable, resource_rows: Integers, market: Market
) -> _Fits:
    offered, lead_time = resources.trl[resource_rows], resources.lead_time_days[resource_rows]
    deadline, duration = needs.deadline_day[need_rows], needs.duration_months[need_rows]
    price, unit = resources.price_from[resource_rows], resources.price_unit[resource_rows]
    return _Fits(
        features.trl_fit(needs.trl_have[need_rows], offered, offered),
        features.budget_fit(needs.budget_max[need_rows], price, unit),
        features.time_fit(deadline, duration, lead_time, market.today),
    )


def _other_changes(
    wanted: int, offered: int, fits: _Fits, pair: int, resources: ResourceTable, resource_row: int
) -> list[Change]:
    """Changes of single columns: an accepted TRL, a confirmed record, a wider budget, a later deadline."""
    changes = [Change("reconfirm", "", "", "freshness", 1.0, 1.0)]
    if UNKNOWN not in (offered, wanted) and offered < wanted:
        changes.append(Change("relax_trl", "", str(offered), "trl", float(fits.accepted_trl[pair]), 1.0))
    if fits.budget[pair] < 1.0:
        changes.append(
            Change("raise_budget", "", f"{float(resources.price_from[resource_row]):.0f}", "budget", 1.0, 1.0)
        )
    if fits.time[pair] < 1.0:
        changes.append(Change("extend_deadline", "", "", "time", 1.0, 1.0))
    return changes
