"""The match report of a need (对接建议书): what is asked, who could answer it and why, and how that was computed."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from backoffice import results
from backoffice.details import EMPTY
from backoffice.papers.blocks import Bar, Block, Heading, Table, Text
from backoffice.papers.card import metric_table, number_of
from backoffice.shortlists import shown_shortlist
from backoffice.side_by_side import distance_km, km_text, unknown_of
from backoffice.teams import teams_of
from matching.models import Need
from matching.services.configs import settings_of
from matching.services.explanations import Explanation
from zones.errors import listed
from zones.scoping import Principal
from zones.wording import price_text

FIRST = 5
Items = Sequence[dict[str, Any]]


def facts_of(need: Need, day: str) -> tuple[tuple[str, str], ...]:
    """What stands on the cover."""
    return (
        (_("需求编号"), number_of(need)),
        (_("需求类型"), need.get_kind_display()),
        (_("所在高新区"), str(need.zone)),
        (_("出具日期"), day),
    )


def blocks_of(need: Need, principal: Principal) -> tuple[Block, ...]:
    """The whole report, of what its reader may see on the page of the matches and no more."""
    matches = results.matches_of(need, principal, is_need_side=True)
    shortlist = shown_shortlist(need, principal, matches)
    chosen = shortlist or matches[:FIRST]
    return (
        *_asked(need, principal),
        *_answers(need, chosen, is_shortlist=bool(shortlist)),
        *_teams(need, principal),
        *_method(need),
    )


def _asked(need: Need, principal: Principal) -> list[Block]:
    blocks: list[Block] = [Heading(1, _("需求概况")), Heading(2, _("要解决的问题")), Text(need.summary_zh)]
    blocks += [Text(text) for text in (need.problem_zh, need.content_zh) if text]
    table = metric_table(need, principal)
    return [*blocks, Heading(2, _("量化指标")), table] if table else blocks


def _answers(need: Need, chosen: Items, *, is_shortlist: bool) -> list[Block]:
    if not chosen:
        return [Heading(1, _("建议对接的资源")), Text(_("目前没有可推荐的资源。"))]
    lead = _("以下为入围的 %(count)d 个资源。") if is_shortlist else _("以下为匹配结果的前 %(count)d 个资源。")
    blocks: list[Block] = [Heading(1, _("建议对接的资源")), Text(lead % {"count": len(chosen)}), _overview(chosen)]
    for item in chosen:
        blocks += _answer(need, item)
    return blocks


def _overview(chosen: Items) -> Table:
    rows = tuple(
        (str(place), str(item["resource"]), str(item["owner"]), str(item["resource"].zone), str(item["score"]))
        for place, item in enumerate(chosen, start=1)
    )
    return Table((_("序号"), _("资源"), _("单位"), _("所在高新区"), _("得分")), rows)


def _answer(need: Need, item: dict[str, Any]) -> list[Block]:
    resource, told = item["resource"], item["told"]
    distance = distance_km(need, resource)
    facts = (
        (_("资源类型"), resource.get_kind_display()),
        (_("单位"), f"{item['owner']} · {resource.zone}"),
        (_("价格"), price_text(resource) or EMPTY),
        (_("技术就绪度"), str(resource.trl or EMPTY)),
        (_("距离"), km_text(distance)),
    )
    blocks: list[Block] = [Heading(2, str(resource)), Table((), facts)]
    if told is None:
        warning = _("人工添加。不符合匹配条件：%(reason)s。对接前请核实。") % {"reason": item["warning"]}
        return [*blocks, Text(warning)]
    return [*blocks, *_reasons(told, str(item.get("where", "")))]


def _reasons(told: Explanation, where: str) -> list[Block]:
    sure = _("把握度 %(band)s（%(percent)d%%）") % {
        "band": told.confidence_band,
        "percent": round(100 * told.confidence),
    }
    note = " · ".join(part for part in (sure, where) if part)
    blocks: list[Block] = [Bar(_("得分"), told.score, note), Text(told.sentence)]
    if told.metrics:
        blocks.append(_verdicts(told))
    change = results.change_of(told)
    if change:
        blocks.append(Text(_("条件改善后，%(label)s可由 %(before)s 升至 %(after)s。") % change))
    unknown = unknown_of(told)
    if unknown != EMPTY:
        blocks.append(Text(_("尚不清楚：%(names)s。") % {"names": unknown}, is_quiet=True))
    return blocks


def _verdicts(told: Explanation) -> Table:
    rows = tuple(
        (
            str(row["name"]),
            str(row["need"]),
            str(row["offer"] or EMPTY),
            results.verdict_of(str(row["verdict"]))["verdict_text"],
        )
        for row in told.metrics
    )
    return Table((_("指标"), _("要求"), _("对方"), _("结论")), rows)


def _teams(need: Need, principal: Principal) -> list[Block]:
    teams = [team for team in teams_of(need, principal) if team["is_team"]]
    if not teams:
        return []
    blocks: list[Block] = [Heading(1, _("联合体方案"))]
    for place, team in enumerate(teams, start=1):
        title = _("首选方案") if place == 1 else _("备选方案 %(number)s") % {"number": place - 1}
        rows = tuple(
            (str(member["name"]), str(row["label"]), str(row["part"].wanted or EMPTY), str(row["part"].resource))
            for member in team["members"]
            for row in member["parts"]
        )
        headings = (_("单位"), _("承担分任务"), _("要求"), _("依托资源"))
        blocks += [Heading(2, title), Text(team["sentence"]), Table(headings, rows)]
        missing = [row["label"] for row in team["missing"]]
        if missing:
            blocks.append(Text(_("暂无单位覆盖：%(names)s。") % {"names": listed(missing)}))
    return blocks


def _method(need: Need) -> list[Block]:
    """How the score is made, short."""
    told = [
        _("得分是各项符合程度的加权平均，只计已知的项，介于 0 与 1 之间；各项之和等于得分。"),
        _("把握度说明得分所依据的信息有多少是已知的；未知不等于不符合，可向对方了解后补充。"),
        _("先按单位、授权范围、硬指标等条件排除，再打分；排除不由得分高低决定。"),
    ]
    live = results.live_run(need)
    if live is not None:
        alpha = settings_of(live.run.config).alpha
        told.append(
            _("排名按“得分 × (%(fixed)s + %(rest)s × 把握度)”。") % {"fixed": f"{alpha:g}", "rest": f"{1 - alpha:g}"}
        )
    told.append(_("本建议书由系统根据登记信息生成，供对接参考，不构成对任何一方的承诺。"))
    return [Heading(1, _("得分说明")), *[Text(sentence) for sentence in told]]
