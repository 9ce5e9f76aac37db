"""Why a pair scores what it scores: facts taken from the parts only, and one plain sentence made from the facts
only."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from matching.engine import features, wording
from matching.engine.config import COMPONENTS
from matching.engine.counterfactuals import best_counterfactual
from matching.engine.encoding import UNKNOWN, NeedTable, ResourceTable
from matching.engine.metric_kernels import BY_KEY, BY_NAME, MET, MISSED
from matching.engine.scoring import ScoredPairs, combine
from matching.engine.shared_terms import shared_terms
from matching.engine.surroundings import Market
from matching.engine.wording import REASON_LABELS, sentence

__all__ = ["REASON_LABELS", "Case", "facts_of", "sentence"]

MAX_TERMS: Final = 6
SIMILAR_CODE: Final = 0.5
VERDICT_NAMES: Final = {MET: "ok", MISSED: "no"}
RELATION_NAMES: Final = {BY_KEY: "key", BY_NAME: "name"}


@dataclass(frozen=True, slots=True)
class Case:
    """One scored pair with everything its score was made from; ``pairs`` row ``pair`` belongs to the two table rows."""

    needs: NeedTable
    need_row: int
    resources: ResourceTable
    resource_row: int
    pairs: ScoredPairs
    pair: int
    market: Market


def facts_of(case: Case) -> dict[str, Any]:
    """Return what can be said about a pair, JSON-able: scores, contributions that sum to the score (± 1e-9), shared
    terms with their share of the text score, matched codes, metric verdicts, evidence items, TRL, zones, and the best
    counterfactual."""
    need, resource = case.needs.details_of(case.need_row), case.resources.details_of(case.resource_row)
    metrics = _metrics(case, need["quantities"], resource["quantities"])
    return {
        "score": float(case.pairs.score[case.pair]),
        "confidence": float(case.pairs.confidence[case.pair]),
        "rank_value": float(case.pairs.rank_value[case.pair]),
        "contributions": _contributions(case),
        "terms": shared_terms(
            case.needs, case.need_row, case.resources, case.resource_row, case.market.statistics, MAX_TERMS
        ),
        "codes": _codes(case, need, resource),
        "modes": sorted(set(need["modes"]) & set(resource["modes"])),
        "metrics": metrics,
        "items": [
            resource["items"][item] for item in case.pairs.items[case.pair] if 0 <= item < len(resource["items"])
        ],
        "trl": _trl(case),
        "zones": _zones(case),
        "counterfactual": best_counterfactual(
            case.needs, case.need_row, case.resources, case.resource_row, _parts(case), metrics, case.market
        ),
    }


def _parts(case: Case) -> features.Parts:
    return features.Parts(case.pairs.parts[case.pair : case.pair + 1], case.pairs.known[case.pair : case.pair + 1])


def _contributions(case: Case) -> list[dict[str, Any]]:
    """Return one row per component, in the order of ``COMPONENTS``; an unknown one has no fit and contributes
    nothing."""
    parts = _parts(case)
    shares = combine(parts, case.market.config).contributions[0]
    return [
        {
            "component": name,
            "weight": weight,
            "known": float(parts.known[0, column]),
            "fit": float(parts.value[0, column]) if parts.known[0, column] > 0 else None,
            "contribution": float(shares[column]),
        }
        for column, (name, weight) in enumerate(zip(COMPONENTS, case.market.config.weights, strict=True))
    ]


def _metrics(case: Case, wanted: list[dict[str, Any]], offered: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one row per metric of the need: what is asked, what is offered, and whether that is enough."""
    verdicts = features.verdicts_of(case.needs, case.resources, case.need_row, case.resource_row)
    rows = []
    for quantity, (verdict, fit, place, relation) in zip(wanted, verdicts, strict=False):
        offer = offered[int(place)] if place >= 0 else None
        rows.append(
            {
                "key": quantity.get("key", ""),
                "name": quantity["name"],
                "is_must": quantity["is_must"],
                "need": wording.quantity_text(quantity),
                "offer": wording.quantity_text(offer) if offer else "",
                "verdict": VERDICT_NAMES.get(int(verdict), "unknown"),
                "fit": float(fit) if int(verdict) in VERDICT_NAMES else None,
                "is_declared": offer is not None,
                "matched_by": RELATION_NAMES.get(int(relation), "similar name") if offer else "",
            }
        )
    return rows


def _codes(case: Case, need: dict[str, Any], resource: dict[str, Any]) -> list[dict[str, Any]]:
    """Return, for each code of the need, the most similar code of the resource, where they are at least half
    similar."""
    rows = []
    for scheme in features.CODE_GROUPS:
        for code in need[scheme]:
            near = [
                (features.code_similarity(case.market.codes, code, other), other) for other in sorted(resource[scheme])
            ]
            similarity, other = max(near, key=lambda pair: pair[0], default=(0.0, ""))
            if similarity >= SIMILAR_CODE:
                rows.append({"scheme": scheme, "need": code, "resource": other, "similarity": round(similarity, 4)})
    return rows


def _trl(case: Case) -> dict[str, int] | None:
    wanted, offered = int(case.needs.trl_need[case.need_row]), int(case.resources.trl[case.resource_row])
    return None if UNKNOWN in (wanted, offered) else {"need": wanted, "offer": offered}


def _zones(case: Case) -> dict[str, Any]:
    need, resource = (
        case.needs.zone[case.need_row : case.need_row + 1],
        case.resources.zone[case.resource_row : case.resource_row + 1],
    )
    geography = case.market.geography
    row, column = int(geography.positions(need)[0]), int(geography.positions(resource)[0])
    is_cross = bool(need[0] != resource[0])
    relations = {
        "same_network": geography.same_network,
        "same_alliance": geography.same_alliance,
        "same_region_group": geography.same_region_group,
    }
    close = [
        name
        for name, related in relations.items()
        if row >= 0 and column >= 0 and bool(np.asarray(related)[row, column])
    ]
    return {
        "is_cross_zone": is_cross,
        "relation": close[0] if is_cross and close else "other" if is_cross else "same_zone",
    }
