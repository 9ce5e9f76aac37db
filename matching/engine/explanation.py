"""Why a pair scores what it scores: facts taken from the parts only, and one plain sentence made from the facts
only."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final

import numpy as np

from matching.engine import features, wording
from matching.engine.config import COMPONENTS
from matching.engine.counterfactuals import best_counterfactuals
from matching.engine.encoding import UNKNOWN, NeedTable, ResourceTable
from matching.engine.metric_kernels import BY_KEY, BY_NAME, MET, MISSED, PARTLY
from matching.engine.packing import Floats, Integers
from matching.engine.parts import Parts
from matching.engine.scoring import ScoredPairs, combine, combine_told
from matching.engine.shared_terms import SharedTerms
from matching.engine.surroundings import Market
from matching.engine.wording import REASON_LABELS, sentence

__all__ = ["REASON_LABELS", "Cases", "facts_of", "sentence"]

MAX_TERMS: Final = 6
SIMILAR_CODE: Final = 0.5
VERDICT_NAMES: Final = {MET: "ok", MISSED: "no", PARTLY: "no"}
RELATION_NAMES: Final = {BY_KEY: "key", BY_NAME: "name"}
Details = dict[str, Any]
Similarity = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Cases:
    """Scored pairs with everything their scores were made from.

    need_rows, resource_rows int64[pairs]: rows of the two tables; row i of ``pairs`` is the pair of their elements i.
    """

    needs: NeedTable
    need_rows: Integers
    resources: ResourceTable
    resource_rows: Integers
    pairs: ScoredPairs
    market: Market

    @property
    def parts(self) -> Parts:
        """The components of every pair."""
        return Parts(self.pairs.parts, self.pairs.known)

    def rows(self) -> Iterator[tuple[int, int]]:
        """Yield the table rows of each pair."""
        return zip(self.need_rows.tolist(), self.resource_rows.tolist(), strict=True)


def facts_of(cases: Cases) -> list[dict[str, Any]]:
    """Return what can be said about each pair, JSON-able: scores, contributions that sum to the score (± 1e-9), shared
    terms with their share of the text score, matched codes, metric verdicts, evidence items, TRL, zones, and the best
    counterfactual; and of all that a hidden component moves, what it is without. What only one side decides is computed
    once per side, the rest in arrays over all pairs."""
    need_details, resource_details = cache(cases.needs.details_of), cache(cases.resources.details_of)
    sides = [(need_details(need), resource_details(resource)) for need, resource in cases.rows()]
    metrics = [_metrics(cases, pair, need, resource) for pair, (need, resource) in enumerate(sides)]
    terms = SharedTerms.of(cases.needs, cases.resources, cases.market.statistics, need_details, resource_details)
    shares = combine(cases.parts, cases.market.config).contributions
    told = combine_told(cases.parts, cases.market.config).contributions
    similarity = cache(partial(features.code_similarity, cases.market.codes))
    changes = best_counterfactuals(
        cases.needs, cases.need_rows, cases.resources, cases.resource_rows, cases.parts, metrics, cases.market
    )
    zones = _zones(cases)
    return [
        {
            "score": float(cases.pairs.score[pair]),
            "confidence": float(cases.pairs.confidence[pair]),
            "rank_value": float(cases.pairs.rank_value[pair]),
            "told_score": float(cases.pairs.told_score[pair]),
            "told_confidence": float(cases.pairs.told_confidence[pair]),
            "contributions": _contributions(cases, pair, shares[pair], told[pair]),
            "terms": terms.best(*rows, MAX_TERMS),
            "codes": _codes(similarity, need, resource),
            "modes": sorted(set(need["modes"]) & set(resource["modes"])),
            "metrics": metrics[pair],
            "items": [
                resource["items"][item] for item in cases.pairs.items[pair] if 0 <= item < len(resource["items"])
            ],
            "trl": _trl(cases, *rows),
            "zones": zones[pair],
            "counterfactual": changes[pair].of_all,
            "told_counterfactual": changes[pair].told,
        }
        for pair, (rows, (need, resource)) in enumerate(zip(cases.rows(), sides, strict=True))
    ]


def _contributions(cases: Cases, pair: int, shares: Floats, told: Floats) -> list[dict[str, Any]]:
    """Return one row per component, in the order of ``COMPONENTS``; an unknown one has no fit and contributes
    nothing. What each contributes to the told score stands beside it."""
    known, value = cases.pairs.known[pair].tolist(), cases.pairs.parts[pair].tolist()
    return [
        {
            "component": name,
            "weight": weight,
            "known": known[column],
            "fit": value[column] if known[column] > 0 else None,
            "contribution": float(shares[column]),
            "told": float(told[column]),
        }
        for column, (name, weight) in enumerate(zip(COMPONENTS, cases.market.config.weights, strict=True))
    ]


def _metrics(cases: Cases, pair: int, need: Details, resource: Details) -> list[dict[str, Any]]:
    """Return one row per metric of the need: what is asked, what is offered, and whether that is enough."""
    wanted, offered = need["quantities"], resource["quantities"]
    verdicts = features.verdicts_of(
        cases.needs, cases.resources, int(cases.need_rows[pair]), int(cases.resource_rows[pair])
    )
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


def _codes(similarity: Similarity, need: Details, resource: Details) -> list[dict[str, Any]]:
    """Return, for each code of the need, the most similar code of the resource, where they are at least half
    similar."""
    rows = []
    for scheme in features.CODE_GROUPS:
        for code in need[scheme]:
            near = [(similarity(code, other), other) for other in sorted(resource[scheme])]
            likeness, other = max(near, key=lambda pair: pair[0], default=(0.0, ""))
            if likeness >= SIMILAR_CODE:
                rows.append({"scheme": scheme, "need": code, "resource": other, "similarity": round(likeness, 4)})
    return rows


def _trl(cases: Cases, need_row: int, resource_row: int) -> dict[str, int] | None:
    wanted, offered = int(cases.needs.trl_need[need_row]), int(cases.resources.trl[resource_row])
    return None if UNKNOWN in (wanted, offered) else {"need": wanted, "offer": offered}


def _zones(cases: Cases) -> list[dict[str, Any]]:
    """Return the closest relation between the zones of each pair."""
    left, right = cases.needs.zone[cases.need_rows], cases.resources.zone[cases.resource_rows]
    geography = cases.market.geography
    rows, columns = geography.positions(left), geography.positions(right)
    names = np.full(left.shape, "other", dtype=object)
    relations = {
        "same_region_group": geography.same_region_group,
        "same_alliance": geography.same_alliance,
        "same_network": geography.same_network,
    }
    for name, related in relations.items():
        if related.size:
            names[(rows >= 0) & (columns >= 0) & related[rows, columns]] = name
    names[left == right] = "same_zone"
    crossing = (left != right).tolist()
    return [{"is_cross_zone": is_cross, "relation": name} for is_cross, name in zip(crossing, names, strict=True)]
