"""What would have to change for a pair to fit better: each possibility is scored again with the run's own formulas."""

from typing import Any, Final, NamedTuple

import numpy as np

from matching.engine import features
from matching.engine.config import COMPONENTS
from matching.engine.encoding import UNKNOWN, NeedTable, ResourceTable
from matching.engine.features import Parts
from matching.engine.metric_kernels import MUST_WEIGHT, NICE_WEIGHT
from matching.engine.scoring import combine
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


def best_counterfactual(
    needs: NeedTable,
    need_row: int,
    resources: ResourceTable,
    resource_row: int,
    parts: Parts,
    metrics: list[dict[str, Any]],
    market: Market,
) -> dict[str, Any] | None:
    """Return the single change that raises the rank value most, with the scores before and after; None where nothing
    helps."""
    changes = [
        *_metric_changes(metrics),
        *_other_changes(needs.take(np.array([need_row])), resources.take(np.array([resource_row])), market),
    ]
    if not changes:
        return None
    scores = combine(_variants(parts, changes), market.config)
    best = 1 + int(np.argmax(scores.rank_value[1:]))
    if scores.rank_value[best] - scores.rank_value[0] < MINIMUM_GAIN:
        return None
    change = changes[best - 1]
    return {
        "kind": change.kind,
        "subject": change.subject,
        "value": change.value,
        "score": [float(scores.score[0]), float(scores.score[best])],
        "confidence": [float(scores.confidence[0]), float(scores.confidence[best])],
        "rank_value": [float(scores.rank_value[0]), float(scores.rank_value[best])],
    }


def _variants(parts: Parts, changes: list[Change]) -> Parts:
    """Return the pair as it is in row 0 and once per change below it."""
    value, known = (np.repeat(column, 1 + len(changes), axis=0) for column in (parts.value, parts.known))
    for row, change in enumerate(changes, start=1):
        column = COMPONENTS.index(change.component)
        value[row, column], known[row, column] = change.fit, change.known
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


def _other_changes(need: NeedTable, resource: ResourceTable, market: Market) -> list[Change]:
    """Changes of single columns: an accepted TRL, a confirmed record, a wider budget, a later deadline."""
    changes = [Change("reconfirm", "", "", "freshness", 1.0, 1.0)]
    offered, wanted = int(resource.trl[0]), int(need.trl_need[0])
    if UNKNOWN not in (offered, wanted) and offered < wanted:
        fit = float(features.trl_fit(need.trl_have, resource.trl, resource.trl)[0])
        changes.append(Change("relax_trl", "", str(offered), "trl", fit, 1.0))
    budget = float(features.budget_fit(need.budget_max, resource.price_from, resource.kind)[0])
    if budget < 1.0:
        changes.append(Change("raise_budget", "", f"{float(resource.price_from[0]):.0f}", "budget", 1.0, 1.0))
    time = float(features.time_fit(need.deadline_day, need.duration_months, resource.lead_time_days, market.today)[0])
    if time < 1.0:
        changes.append(Change("extend_deadline", "", "", "time", 1.0, 1.0))
    return changes
