"""The rows below a cooperation: as its form takes them, and as its page shows them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice.details import EMPTY
from backoffice.inlines import RowsInline
from backoffice.outcome_panels import outcome_rows, rating_rows
from backoffice.rows import visible_rows
from matching.models import (
    CooperationAmount,
    CooperationAssociation,
    CooperationMilestone,
    CooperationParty,
    CooperationStep,
)
from zones.scoping import Principal
from zones.wording import plain_text


class PartyInline(RowsInline):
    model = CooperationParty
    fk_name = "cooperation"
    fields = ("organization", "name_zh", "region", "role")
    verbose_name_plural = _("合作方（至少两方；平台上没有的单位填写名称与省份）")
    max_num = 30


class MilestoneInline(RowsInline):
    model = CooperationMilestone
    fk_name = "cooperation"
    fields = ("name_zh", "due_on", "note_zh")
    verbose_name_plural = _("里程碑")
    max_num = 30


class AmountInline(RowsInline):
    model = CooperationAmount
    fk_name = "cooperation"
    fields = ("kind", "amount", "note_zh")
    verbose_name_plural = _("金额（单位：元；每类填合计数，不填分期）")
    max_num = 5


class AssociationInline(RowsInline):
    model = CooperationAssociation
    fk_name = "cooperation"
    fields = ("association",)
    verbose_name_plural = _("计入哪些联盟或网络（签约日须有合作方所在高新区是其成员）")
    max_num = 10


def _table(title: str, headings: list[str], rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    shown = [[EMPTY if cell in (None, "") else cell for cell in row] for row in rows]
    return [{"title": title, "headings": headings, "rows": shown}] if shown else []


def tables_of(principal: Principal, row: Any) -> list[dict[str, Any]]:
    """Parties, milestones, amounts, associations and steps, as far as the reader may see them."""

    def found(model: Any, *related: str) -> Any:
        return visible_rows(model, principal).filter(cooperation=row).select_related(*related)

    parties = [
        [str(one), one.get_role_display(), one.zone, one.region, one.published_on]
        for one in found(CooperationParty, "organization", "zone", "region")
    ]
    milestones = [[one.name_zh, one.due_on, one.met_on, one.evidence_zh] for one in found(CooperationMilestone)]
    amounts = [[one.get_kind_display(), f"{one.amount:,.2f}", one.note_zh] for one in found(CooperationAmount)]
    links = [[str(one.association)] for one in found(CooperationAssociation, "association")]
    steps = [
        [plain_text("", one.at), one.get_to_state_display(), one.on_day, one.user, _said(one)]
        for one in found(CooperationStep, "user")
    ]
    milestone = [gettext("里程碑"), gettext("应达到日"), gettext("达到日"), gettext("达到的凭证")]
    party = [
        gettext("合作方"),
        gettext("角色"),
        gettext("签约时所在高新区"),
        gettext("省级区域"),
        gettext("同意公开日"),
    ]
    outcome = [gettext("签约后第几年"), gettext("合作方"), gettext("进展"), gettext("取得的成效")]
    rating = [gettext("评价方"), gettext("被评价方"), gettext("评分"), gettext("评语")]
    step = [gettext("登记时间"), gettext("状态"), gettext("日期"), gettext("经手人"), gettext("说明")]
    return [
        *_table(gettext("合作方"), party, parties),
        *_table(gettext("里程碑"), milestone, milestones),
        *_table(gettext("合作金额"), [gettext("金额类别"), gettext("金额（元）"), gettext("说明")], amounts),
        *_table(gettext("计入的联盟或网络"), [gettext("联盟与网络")], links),
        *_table(gettext("合作进程"), step, steps),
        *_table(gettext("成效回访"), outcome, outcome_rows(principal, row)),
        *_table(gettext("互评"), rating, rating_rows(principal, row)),
    ]


def _said(step: Any) -> str:
    return " · ".join(text for text in (str(step.get_reason_display()), step.words_zh) if text)
