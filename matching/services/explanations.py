"""What a given reader may be told of a match. Made from the facts stored with it; nothing is computed here."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.engine.wording import COMPONENT_LABELS, REASON_LABELS, sentence
from matching.models import Match, Need
from matching.services.calibrations import Likelihood, likelihoods_of
from zones.models import Code, Resource
from zones.scoping import Principal, read_whole

Facts = dict[str, Any]
CONFIDENCE_BANDS = ((0.75, gettext_lazy("高")), (0.5, gettext_lazy("中")), (0.0, gettext_lazy("低")))
NEED_SIDE_COMPONENTS = frozenset({"budget", "time", "mode"})
"""Shown to the need's side one by one, to others as one sum: the budget must not show through its part."""
RESOURCE_SIDE_COMPONENTS = frozenset({"track"})
"""Likewise for the resource's side: how often it was accepted is not for others."""
NEED_SIDE_CHANGES = frozenset({"raise_budget"})


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
    likelihood: Likelihood | None
    is_exploration: bool


def explain(match: Match, *, principal: Principal, language: str) -> Explanation:
    """What this reader may be told of one match."""
    return explain_many([match], principal=principal, language=language)[0]


def explain_many(matches: Sequence[Match], *, principal: Principal, language: str) -> list[Explanation]:
    """What this reader may be told of each match, in four queries for all.

    Others than the need's side never learn its budget, and others than the resource's side never how often it was
    accepted, not by a part of the score either.
    """
    tongue = "zh" if language.startswith("zh") else "en"
    whole = Need.objects.visible_to(principal).filter(
        read_whole(Need, principal), pk__in={match.need_id for match in matches}
    )
    need_side = set(whole.values_list("pk", flat=True))
    owned = Resource.objects.visible_to(principal).filter(
        read_whole(Resource, principal), pk__in={match.resource_id for match in matches}
    )
    resource_side = set(owned.values_list("pk", flat=True))
    names = _code_names({row["resource"] for match in matches for row in match.facts["codes"]}, tongue)
    likely = likelihoods_of(matches)
    return [
        _explanation(
            match,
            tongue,
            names,
            likely.get(match.pk),
            _Sides(match.need_id in need_side, match.resource_id in resource_side),
        )
        for match in matches
    ]


class _Sides(NamedTuple):
    """Whose scoped facts the reader may read."""

    of_need: bool
    of_resource: bool

    @property
    def hidden_components(self) -> frozenset[str]:
        hidden = frozenset[str]() if self.of_need else NEED_SIDE_COMPONENTS
        return hidden if self.of_resource else hidden | RESOURCE_SIDE_COMPONENTS


def _explanation(
    match: Match, tongue: str, names: Mapping[str, str], likelihood: Likelihood | None, sides: _Sides
) -> Explanation:
    facts = match.facts if sides.of_need else _redacted(match.facts)
    return Explanation(
        sentence=sentence(facts, tongue),
        contributions=_contributions(match.facts, tongue, hidden=sides.hidden_components),
        metrics=facts["metrics"],
        terms=[term["term"] for term in facts["terms"]],
        codes=[names.get(code, code) for code in dict.fromkeys(row["resource"] for row in facts["codes"])],
        evidence=facts["items"],
        counterfactual=facts["counterfactual"],
        confidence_band=confidence_band(match.confidence),
        likelihood=likelihood,
        is_exploration=bool(match.facts.get("is_exploration")),
    )


def confidence_band(confidence: float) -> str:
    """高, 中 or 低: how much of what the score asks for is known."""
    return next(str(label) for bar, label in CONFIDENCE_BANDS if confidence >= bar)


def reason_label(reason: str, language: str) -> str:
    """A removal reason as people read it."""
    tongue = "zh" if language.startswith("zh") else "en"
    return REASON_LABELS[reason][tongue] if reason in REASON_LABELS else _("计算失败，已隔离")


def _redacted(facts: Facts) -> Facts:
    change = facts["counterfactual"]
    return {**facts, "counterfactual": None if change and change["kind"] in NEED_SIDE_CHANGES else change}


def _contributions(facts: Facts, tongue: str, *, hidden: frozenset[str]) -> list[Contribution]:
    rows = facts["contributions"]
    shown = [row for row in rows if row["component"] not in hidden]
    listed = [
        Contribution(row["component"], COMPONENT_LABELS[row["component"]][tongue], row["contribution"], row["fit"])
        for row in shown
    ]
    if not hidden:
        return listed
    rest = sum(row["contribution"] for row in rows if row["component"] in hidden)
    return [*listed, Contribution("other", _("其他条件"), rest, None)]


def _code_names(codes: Collection[str], tongue: str) -> dict[str, str]:
    column = "name_zh" if tongue == "zh" else "name_en"
    return dict(Code.objects.filter(code__in=codes).values_list("code", column))
