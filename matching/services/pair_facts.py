"""What the engine says of one pair, taken once and kept: as a match told it, or computed now for a pair nobody
proposed.
"""

from typing import Any, NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from matching.choices import RunKind, RunState
from matching.engine.reasons import DISMISSED
from matching.models import LIVE, LiveResult, Match, MatchRun, Need, ScoringConfig, Shortlisting
from matching.services.explanations import reason_label
from matching.services.removals import told_reason
from zones.errors import Conflict
from zones.models import Resource
from zones.scoping import Principal, read_whole

Facts = dict[str, Any]
REASON = "any published run tells how pairs are scored; nothing of it is shown"
NUMBERS = ("score", "confidence", "told_score", "told_confidence", "contributions")
"""What a match holds in columns and a pair's facts hold among the rest."""


class PairFacts(NamedTuple):
    """Facts of a pair, or `{"removed_by": reason}`, with the versions and the configuration they were made from."""

    facts: Facts
    config: ScoringConfig
    need_version: int
    resource_version: int


def live_facts(principal: Principal, need: Need, resource: Resource) -> PairFacts | None:
    """What the match that readers see now says of the pair; None where it is not among those proposed."""
    live = Match.objects.visible_to(principal).filter(LIVE, need=need, resource=resource)
    match: Match | None = live.select_related("run__config").first()
    if match is None:
        return None
    facts = match.facts | {name: getattr(match, name) for name in NUMBERS}
    return PairFacts(facts, match.run.config, match.need_version, match.resource_version)


def computed_facts(principal: Principal, need: Need, resource: Resource) -> PairFacts:
    """Score the pair now, as the need's live run scores. Raises Conflict where the two must not be brought together, or
    where nothing can be computed yet.
    """
    from matching.services.facts import facts_of_pair  # loads the kernels; other pages need none

    must_not_conflict(principal, need, resource)
    run = _run_for(need)
    facts = facts_of_pair(run, need.pk, resource.pk)
    if not facts:
        raise Conflict(_("该资源刚刚发布，尚不能计算：请过几秒再试。"))
    return PairFacts(facts, run.config, need.version, resource.version)


def must_not_conflict(principal: Principal, need: Need, resource: Resource) -> None:
    """Raises Conflict where the two must not be brought together as they are now."""
    from matching.services.facts import conflict_of_pair

    conflict = conflict_of_pair(_run_for(need), need.pk, resource.pk)
    if conflict:
        raise Conflict(_refusal(principal, resource, conflict))


def match_of(row: Shortlisting) -> Match:
    """The facts kept with a shortlisted pair as a match that no run holds: to be explained like any other."""
    numbers = {name: row.facts[name] for name in NUMBERS}
    facts = {name: value for name, value in row.facts.items() if name not in NUMBERS}
    versions = {"need_version": row.need_version, "resource_version": row.resource_version}
    return Match(need=row.need, resource=row.resource, facts=facts, **numbers, **versions)


def _run_for(need: Need) -> MatchRun:
    """The run whose result readers see, else the latest full one: a score computed now compares with the others."""
    live = LiveResult.objects.filter(need=need).select_related("run__config").first()
    if live is not None:
        return live.run
    runs = MatchRun.objects.unscoped(reason=REASON).filter(state=RunState.PUBLISHED, kind=RunKind.FULL)
    latest: MatchRun | None = runs.select_related("config").order_by("-pk").first()
    if latest is None:
        raise Conflict(_("平台尚未完成首次匹配，不能计算得分：请在首次匹配完成后再添加。"))
    return latest


def _refusal(principal: Principal, resource: Resource, conflict: str) -> str:
    if conflict == DISMISSED:
        return _("该资源已被排除：请先在“已排除的资源”中恢复，再列入入围。")
    own = Resource.objects.visible_to(principal).filter(read_whole(Resource, principal), pk=resource.pk)
    reason = told_reason(conflict, is_need_side=True, is_resource_side=own.exists())
    label = reason_label(reason, get_language() or "zh-hans")
    return _("不能对接：%(reason)s。请另选资源。") % {"reason": label}
