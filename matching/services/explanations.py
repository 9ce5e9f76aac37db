"""Explanations: facts of pairs while a run works, and what a given reader may be told of them afterwards."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from django.utils.translation import gettext as _

from matching.engine.explanation import sentence
from matching.engine.pipeline import ChunkResult, explain_chunk, explain_pair
from matching.engine.records import NeedTable
from matching.engine.surroundings import Market
from matching.engine.wording import COMPONENT_LABELS, REASON_LABELS
from matching.models import Match, MatchRun, Need
from matching.services.configs import settings_of
from matching.services.statistics import statistics_of
from matching.snapshot import read_codes, read_geography, read_needs, read_resources
from zones.models import Code
from zones.scoping import Principal, read_whole

Facts = dict[str, Any]
CONFIDENCE_BANDS = ((0.75, "高"), (0.5, "中"), (0.0, "低"))
NEED_SIDE_COMPONENTS = frozenset({"budget", "time", "mode"})
"""Shown to the need's side one by one, to others as one sum: they would tell the budget and the deadline."""
NEED_SIDE_CHANGES = frozenset({"raise_budget", "extend_deadline"})


class Contribution(NamedTuple):
    """One part of the score; the values of all parts sum to it. `fit` is None where nothing is known."""

    name: str
    label: str
    value: float
    fit: float | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """What one reader is told of one match, in one language."""

    sentence: str
    contributions: list[Contribution]
    metrics: list[dict[str, Any]]
    terms: list[str]
    codes: list[str]
    evidence: list[str]
    counterfactual: dict[str, Any] | None
    confidence_band: str


def market_of(run: MatchRun) -> Market:
    """Everything a pair's score depends on besides the pair, as of the run."""
    statistics = statistics_of(run.statistics_id or 0)
    return Market(
        statistics, read_geography(on=run.as_of), read_codes(), settings_of(run.config), run.as_of.toordinal()
    )


def facts_of_best(needs: NeedTable, result: ChunkResult, market: Market) -> dict[int, list[Facts]]:
    """Facts of the first `top` candidates of each need, best first."""
    facts: dict[int, list[Facts]] = {pk: [] for pk in needs.id.tolist()}
    explained = explain_chunk(
        result, needs, read_resources, market.statistics, market.geography, market.codes, market.config, market.today
    )
    for (need_id, _resource), found in explained.items():
        facts[need_id].append(found)
    return facts


def facts_of_pairs(run: MatchRun, wanted: Mapping[int, Sequence[int]]) -> dict[tuple[int, int], Facts]:
    """Facts of single pairs, by (need id, resource id), scored again as the run scores them."""
    if not wanted:
        return {}
    market, needs = market_of(run), read_needs(sorted(wanted), on=run.as_of)
    resources = read_resources(np.unique([pk for ids in wanted.values() for pk in ids]).astype(np.int64))
    rows = ((row, int(pk)) for row, pk in enumerate(needs.id))
    return {
        (need_id, resource_id): explain_pair(
            needs.take(np.array([row])), resources.take(np.flatnonzero(resources.id == resource_id)), market
        )
        for row, need_id in rows
        for resource_id in wanted[need_id]
    }


def explain(match: Match, *, principal: Principal, language: str) -> Explanation:
    """What this reader may be told of one match."""
    return explain_many([match], principal=principal, language=language)[0]


def explain_many(matches: Sequence[Match], *, principal: Principal, language: str) -> list[Explanation]:
    """What this reader may be told of each match, in two queries for all.

    Others than the need's side never learn its budget or deadline, not by a part of the score either.
    """
    tongue = "zh" if language.startswith("zh") else "en"
    whole = Need.objects.visible_to(principal).filter(
        read_whole(Need, principal), pk__in={match.need_id for match in matches}
    )
    need_side = set(whole.values_list("pk", flat=True))
    names = _code_names({row["resource"] for match in matches for row in match.facts["codes"]}, tongue)
    return [_explanation(match, tongue, names, is_whole=match.need_id in need_side) for match in matches]


def _explanation(match: Match, tongue: str, names: Mapping[str, str], *, is_whole: bool) -> Explanation:
    facts = match.facts if is_whole else _redacted(match.facts)
    return Explanation(
        sentence=sentence(facts, tongue),
        contributions=_contributions(match.facts, tongue, is_whole=is_whole),
        metrics=facts["metrics"],
        terms=[term["term"] for term in facts["terms"]],
        codes=[names.get(code, code) for code in dict.fromkeys(row["resource"] for row in facts["codes"])],
        evidence=facts["items"],
        counterfactual=facts["counterfactual"],
        confidence_band=confidence_band(match.confidence),
    )


def confidence_band(confidence: float) -> str:
    """高, 中 or 低: how much of what the score asks for is known."""
    return next(_(label) for bar, label in CONFIDENCE_BANDS if confidence >= bar)


def reason_label(reason: str, language: str) -> str:
    """A removal reason as people read it."""
    tongue = "zh" if language.startswith("zh") else "en"
    return REASON_LABELS[reason][tongue] if reason in REASON_LABELS else _("计算失败，已隔离")


def _redacted(facts: Facts) -> Facts:
    change = facts["counterfactual"]
    return {**facts, "counterfactual": None if change and change["kind"] in NEED_SIDE_CHANGES else change}


def _contributions(facts: Facts, tongue: str, *, is_whole: bool) -> list[Contribution]:
    rows = facts["contributions"]
    shown = [row for row in rows if is_whole or row["component"] not in NEED_SIDE_COMPONENTS]
    listed = [
        Contribution(row["component"], COMPONENT_LABELS[row["component"]][tongue], row["contribution"], row["fit"])
        for row in shown
    ]
    if is_whole:
        return listed
    rest = sum(row["contribution"] for row in rows if row["component"] in NEED_SIDE_COMPONENTS)
    return [*listed, Contribution("other", _("其他条件"), rest, None)]


def _code_names(codes: Collection[str], tongue: str) -> dict[str, str]:
    column = "name_zh" if tongue == "zh" else "name_en"
    return dict(Code.objects.filter(code__in=codes).values_list("code", column))
