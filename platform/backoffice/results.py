"""What the page of a need's matches shows: the ranked list with reasons, what was ruled out, how far matching is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, OuterRef, When
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from backoffice.details import EMPTY
from backoffice.meaning import text_of_need
from backoffice.removed import removed_by_reason
from backoffice.rows import is_on_own_side, own_rows, visible_rows
from backoffice.teams import teams_of
from matching.choices import ExposureChannel, NeedState, RunKind, RunStage
from matching.models import LIVE, CandidateList, LiveResult, Match, MatchRun, Need, RunStep
from matching.services.calibrations import Likelihood
from matching.services.configs import settings_of
from matching.services.dismissals import standing_dismissals
from matching.services.explanations import Explanation, explain_many
from matching.services.exposures import Shown, log_shown
from matching.services.labels import ratings_of
from matching.services.needs import IN_REVIEW, TRANSITIONS
from matching.services.runs import UNFINISHED, progress_of
from zones.models import Organization
from zones.scoping import Principal


@dataclass(frozen=True, slots=True)
class NeedProgress:
    """Whether the page shows what it will show, and what it waits for; `percent` where somebody counts."""

    is_current: bool
    text: str = ""
    percent: int | None = None


def context_of(need: Need, principal: Principal) -> dict[str, Any]:
    """Everything the template needs."""
    is_own = is_on_own_side(need, principal)
    progress = progress_of_need(need, principal)
    matches = matches_of(need, principal, is_need_side=is_own)
    live = live_run(need) if is_own else None
    return {
        "matches": matches,
        "progress": progress,
        "is_need_side": is_own,
        "ranking": ranking_text(settings_of(live.run.config).alpha, [item["match"].rank for item in matches])
        if live
        else None,
        "removed": removed_by_reason(_live_list(need), principal) if is_own else [],
        "run": live_run_text(live) if live else None,
        "meaning": text_of_need(need, live.run if live else None, [item["match"] for item in matches]),
        "how_to_open": how_to_open(NeedState(need.state)),
        "teams": teams_of(need, principal),
    }


def how_to_open(state: NeedState) -> str:
    """What a need that is not open waits for; nothing for one that is."""
    if state == NeedState.OPEN:
        return ""
    if state in IN_REVIEW:
        return _("正在审核：通过后自动开放对接，几秒内即可看到推荐。")
    if state in TRANSITIONS[NeedState.SUBMITTED]:
        return _("补全指标与要求完成日后，点击上方“提交审核”；通过后几秒内即可看到推荐。")
    if state in TRANSITIONS[NeedState.OPEN]:
        return _("点击上方“开放对接”，几秒内即可看到推荐。")
    return _("本需求不再对接；如需继续，请另发需求。")


def has_live_match(principal: Principal) -> Exists:
    """Whether a need of a query has a live match the reader sees. The run is that of the need's own result: asked for
    through the match, every live match of the nation would be looked at.
    """
    matches = Match.objects.visible_to(principal)
    return Exists(matches.filter(need=OuterRef("pk"), run=OuterRef("live_result__run")))


def totals_of(needs: Iterable[Need], principal: Principal) -> dict[int, dict[str, Any]]:
    """need id → how many live matches the reader sees, and the best of the scores it is told."""
    own = own_rows(Need, principal).values("pk")
    told = Case(When(need__in=own, then=F("score")), default=F("told_score"))
    found = Match.objects.visible_to(principal).filter(LIVE, need__in=[need.pk for need in needs])
    totals = found.order_by().values("need").annotate(count=Count("pk"), best=Max(told))
    return {row["need"]: row for row in totals}


def matches_of(need: Need, principal: Principal, *, is_need_side: bool) -> list[dict[str, Any]]:
    """Live matches the reader may see, best first, each with its explanation in the reader's language.

    Ranks and assignments are for the need's side: they depend on its budget, and on what others may not see.
    """
    rows = Match.objects.visible_to(principal).filter(LIVE, need=need).select_related("need", "resource__zone", "run")
    matches = list(rows.order_by("rank") if is_need_side else rows.order_by("-told_score", "resource__name_zh"))
    kept_apart = {dismissal.resource_id for dismissal in standing_dismissals(principal, need_id=need.pk)}
    matches = [match for match in matches if match.resource_id not in kept_apart]
    log_shown(principal, [Shown(match, is_need_side) for match in matches], channel=ExposureChannel.OFFICE)
    owners = {match.resource.organization_id for match in matches}
    names = {row.pk: str(row) for row in visible_rows(Organization, principal).filter(pk__in=owners)}
    ratings = ratings_of(principal, need_id=need.pk, resource_ids=[match.resource_id for match in matches])
    explained = explain_many(matches, principal=principal, language=get_language() or "zh-hans")
    return [
        _shown(match, told, names.get(match.resource.organization_id, EMPTY))
        | {"rating": ratings.get(match.resource_id)}
        for match, told in zip(matches, explained, strict=True)
    ]


def _shown(match: Match, told: Explanation, owner: str) -> dict[str, Any]:
    return {
        "match": match,
        "resource": match.resource,
        "owner": owner,
        "score": f"{told.score:.2f}",
        "confidence": round(100 * told.confidence),
        "told": told,
        "parts": parts_of(told),
        "metrics": [row | verdict_of(str(row["verdict"])) for row in told.metrics],
        "change": change_of(told),
        "likelihood": likelihood_text(told.likelihood),
    }


def likelihood_text(likelihood: Likelihood | None) -> dict[str, str] | None:
    """How likely the suggestion is to be found suitable; nothing while too little is known."""
    if likelihood is None:
        return None
    value = likelihood.band if likelihood.percent is None else f"{likelihood.percent}%"
    basis = _("按本平台已有的 %(count)d 条明确评价推算") % {"count": likelihood.decisions}
    return {"value": value, "basis": basis}


def parts_of(told: Explanation) -> list[dict[str, Any]]:
    """The parts of the score, largest first; `width` is in percent of a full score, so the widths sum to the score."""
    parts = sorted(told.contributions, key=lambda part: -part.value)
    return [
        {"label": part.label, "value": f"{part.value:.3f}", "width": f"{100 * part.value:.2f}", "tone": tone % 8}
        for tone, part in enumerate(parts)
        if part.value > 0
    ]


def verdict_of(verdict: str) -> dict[str, str]:
    texts = {"ok": (_("满足"), "check_circle"), "no": (_("不满足"), "cancel")}
    text, icon = texts.get(verdict, (_("待确认"), "help"))
    return {"verdict_text": text, "icon": icon, "tone": verdict if verdict in texts else "unknown"}


def change_of(told: Explanation) -> dict[str, str] | None:
    """The smallest change that would raise the score, else the confidence; the sentence says which change it is."""
    change = told.counterfactual
    if not change:
        return None
    before, after = change["score"]
    label = _("得分")
    if after - before < 0.005:
        (before, after), label = change["confidence"], _("把握度")
    return {"label": label, "before": f"{before:.2f}", "after": f"{after:.2f}"}


def live_run(need: Need) -> LiveResult | None:
    return LiveResult.objects.filter(need=need).select_related("run__config").first()


def ranking_text(alpha: float, ranks: list[int]) -> str:
    """By what the ranks go (`matching.engine.scoring`), with the numbers of the configuration that made them."""
    told = _(
        "排名按“得分 × (%(fixed)s + %(rest)s × 把握度)”。“优先推荐”是在各资源可承接的数量内统一分配后留给本需求的资源，"
        "不一定排在最前。"
    ) % {"fixed": f"{alpha:g}", "rest": f"{1 - alpha:g}"}
    has_gap = ranks != list(range(1, len(ranks) + 1))
    return told + _("名次不连续处的候选已被排除，或未推荐给本需求。") if has_gap else told


def live_run_text(live: LiveResult) -> str:
    """Which run the shown result is from, and when it was published."""
    at = timezone.localtime(live.published_at).strftime("%Y-%m-%d %H:%M")
    return _("%(kind)s匹配，%(at)s 发布，评分配置 %(config)s") % {
        "kind": live.run.get_kind_display(),
        "at": at,
        "config": live.run.config,
    }


def progress_of_need(need: Need, principal: Principal) -> NeedProgress:
    """For the need's own side; others are told the result as it is."""
    if need.state != NeedState.OPEN or not is_on_own_side(need, principal):
        return NeedProgress(is_current=True)
    live = _live_list(need)
    if live is not None and live.need_version == need.version:
        return _progress_of_teams(need)
    run = _run_under_way(need, principal)
    if run is None:
        return NeedProgress(is_current=False, text=_("等待匹配，通常几秒内开始。"), percent=0)
    progress = progress_of(run)
    text = _("正在匹配：%(state)s，%(percent)d%%") % {"state": run.get_state_display(), "percent": progress.percent}
    return NeedProgress(is_current=False, text=text, percent=progress.percent)


def _progress_of_teams(need: Need) -> NeedProgress:
    """Of a matched need whose teams are being built, after its run or because somebody asked."""
    steps = RunStep.objects.filter(stage=RunStage.TEAM, need_ids__contains=[need.pk])
    if not steps.filter(state__in=(RunStep.State.QUEUED, RunStep.State.LEASED)).exists():
        return NeedProgress(is_current=True)
    return NeedProgress(is_current=False, text=_("正在组建联合体方案，完成后本页自动更新。"))


def _live_list(need: Need) -> CandidateList | None:
    return CandidateList.objects.filter(need=need, run__live_results__need=need).first()


def _run_under_way(need: Need, principal: Principal) -> MatchRun | None:
    """The run that works on this need of the reader's own side, or the full run that will."""
    step = RunStep.objects.filter(need_ids__contains=[need.pk], run__state__in=UNFINISHED).select_related("run").last()
    if step is not None:
        return step.run
    full = MatchRun.objects.visible_to(principal).filter(state__in=UNFINISHED, kind=RunKind.FULL)
    found: MatchRun | None = full.order_by("-pk").first()
    return found
