"""What a given reader may be told of a match. Made from the facts stored with it; nothing is computed here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.engine.config import HIDDEN
from matching.engine.wording import COMPONENT_LABELS, REASON_LABELS, sentence
from matching.models import Match, Need
from matching.services.calibrations import Likelihood, likelihoods_of
from zones.models import Code
from zones.scoping import Principal, read_whole

Facts = dict[str, Any]
CONFIDENCE_BANDS = ((0.75, gettext_lazy("高")), (0.5, gettext_lazy("中")), (0.0, gettext_lazy("低")))


class Contribution(NamedTuple):
    """One part of the score that is told; the values of all parts sum to it. `fit` is None where nothing is known."""

    name: str
    label: str
    value: float
    fit: float | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """What one reader is told of one match, in one language: to others than the need's side, without its budget."""

    score: float
    confidence: float
    sentence: str
    contributions: list[Contribution]
    metrics: list[dict[str, Any]]
    terms: list[str]
    codes: list[str]
    evidence: list[str]
    counterfactual: dict[str, Any] | None
    confidence_band: str
    likelihood: Likelihood | None
    is_exploration: bool


def explain(match: Match, *, principal: Principal, language: str) -> Explanation:
    """What this reader may be told of one match."""
    return explain_many([match], principal=principal, language=language)[0]


def explain_many(matches: Sequence[Match], *, principal: Principal, language: str) -> list[Explanation]:
    """What this reader may be told of each match, in three queries for all.

    Others than the need's side never learn its budget: every number they are told is one without it.
    """
    tongue = "zh" if language.startswith("zh") else "en"
    whole = Need.objects.visible_to(principal).filter(
        read_whole(Need, principal), pk__in={match.need_id for match in matches}
    )
    need_side = set(whole.values_list("pk", flat=True))
    told = [_told(match, is_need_side=match.need_id in need_side) for match in matches]
    names = _code_names({row["resource"] for match in matches for row in match.facts["codes"]}, tongue)
    likely = likelihoods_of(matches, scores=[one.score for one in told])
    return [_explanation(one, tongue, names, likely.get(match.pk)) for match, one in zip(matches, told, strict=True)]


class _Told(NamedTuple):
    """The numbers and facts of a match that one reader may read."""

    score: float
    confidence: float
    facts: Facts
    column: str
    """Which number of each part sums to the score."""
    is_exploration: bool


def _told(match: Match, *, is_need_side: bool) -> _Told:
    """The one place where what a match says is chosen by who reads it."""
    if is_need_side:
        is_exploration = bool(match.facts.get("is_exploration"))
        whole = match.facts | {"contributions": match.contributions}
        return _Told(match.score, match.confidence, whole, "contribution", is_exploration)
    parts = [row for row in match.contributions if row["component"] not in HIDDEN]
    facts = match.facts | {"contributions": parts, "counterfactual": match.facts["told_counterfactual"]}
    return _Told(match.told_score, match.told_confidence, facts, "told", is_exploration=False)


def _explanation(told: _Told, tongue: str, names: Mapping[str, str], likelihood: Likelihood | None) -> Explanation:
    facts = told.facts
    return Explanation(
        score=told.score,
        confidence=told.confidence,
        sentence=sentence(facts, tongue),
        contributions=_contributions(told, tongue),
        metrics=facts["metrics"],
        terms=[term["term"] for term in facts["terms"]],
        codes=[names.get(code, code) for code in dict.fromkeys(row["resource"] for row in facts["codes"])],
        evidence=facts["items"],
        counterfactual=facts["counterfactual"],
        confidence_band=confidence_band(told.confidence),
        likelihood=likelihood,
        is_exploration=told.is_exploration,
    )


def confidence_band(confidence: float) -> str:
    """高, 中 or 低: how much of what the score asks for is known."""
    return next(str(label) for bar, label in CONFIDENCE_BANDS if confidence >= bar)


def reason_label(reason: str, language: str) -> str:
    """A removal reason as people read it."""
    tongue = "zh" if language.startswith("zh") else "en"
    return REASON_LABELS[reason][tongue] if reason in REASON_LABELS else _("计算失败，已隔离")


def _contributions(told: _Told, tongue: str) -> list[Contribution]:
    return [
        Contribution(row["component"], COMPONENT_LABELS[row["component"]][tongue], row[told.column], row["fit"])
        for row in told.facts["contributions"]
    ]


def _code_names(codes: Collection[str], tongue: str) -> dict[str, str]:
    column = "name_zh" if tongue == "zh" else "name_en"
    return dict(Code.objects.filter(code__in=codes).values_list("code", column))
