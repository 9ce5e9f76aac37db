"""Needs: posted on behalf of enterprises, opened, paused, withdrawn; each with the page of its matches."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from backoffice import results, shortlists
from backoffice.base import ChildRows
from backoffice.calls import call_asked_for
from backoffice.changelist import name_column
from backoffice.details import EMPTY
from backoffice.expiry import ExpiryFilter
from backoffice.exports import ExportPages
from backoffice.filters import Rows, SideFilter, ZoneFilter, choice_filter, rule_filter
from backoffice.framework import display
from backoffice.intake import IntakePages
from backoffice.match_pages import MatchPages
from backoffice.need_rows import ExclusionInline, MetricInline
from backoffice.need_steps import STEPS, SUBMITS_FROM, may_open, step_named
from backoffice.principals import principal_of
from backoffice.reviews import review_tables
from backoffice.rows import choices_of
from backoffice.statements import NeedForm, statement_tables
from backoffice.steps import Step
from backoffice.widgets import score_bar
from matching.choices import NeedKind, NeedState, NeedVisibility
from matching.models import Need, NeedCall, NeedMetric
from matching.services.needs import NeedParts, draft_need, open_need, update_need
from matching.services.reviews import submit_need
from matching.wording import requirement_text
from zones.choices import ImportKind
from zones.scoping import Principal

STATE_LABELS = {
    NeedState.OPEN: "success",
    NeedState.DRAFT: "info",
    NeedState.PAUSED: "warning",
    NeedState.EXPIRED: "danger",
    NeedState.SUBMITTED: "info",
    NeedState.IN_REVIEW: "info",
    NeedState.RETURNED: "warning",
    NeedState.REJECTED: "danger",
}


def _by_matches(rows: Rows, value: str, principal: Principal) -> Rows:
    has_match = results.has_live_match(principal)
    return rows.filter(has_match) if value == "yes" else rows.filter(~has_match)


MatchedFilter = rule_filter("matched", _("匹配结果"), [("yes", _("已有推荐")), ("no", _("尚无推荐"))], _by_matches)


@admin.register(Need)
class NeedAdmin(ExportPages, IntakePages, MatchPages):
    """The broker's main page."""

    exported = (ImportKind.NEED,)
    export_title = _("导出需求")
    form = NeedForm
    steps = STEPS
    inlines = (MetricInline, ExclusionInline)
    add_title = _("发布需求")
    when_empty = _("发布第一条，几秒内即可看到匹配结果。")
    ordering = ("-updated_at",)
    shown_title = name_column(_("标题"), "title_zh")
    list_display = (
        "shown_title",
        "shown_state",
        "kind",
        "zone",
        "deadline",
        "shown_matches",
        "shown_score",
        "shown_shortlist",
    )
    list_select_related = ("zone",)
    list_filter = (
        SideFilter,
        choice_filter("state", _("状态"), NeedState.choices),
        choice_filter("kind", _("需求类型"), NeedKind.choices),
        choice_filter("visibility", _("可见范围"), NeedVisibility.choices),
        MatchedFilter,
        ExpiryFilter,
        ZoneFilter,
    )
    search_fields = ("title_zh", "title_en", "summary_zh")
    own_search_fields = ("organization__name_zh",)
    search_help_text = _("按标题、摘要查找；本园区需求可按单位名称查找")
    actions = ("submit_chosen", "open_chosen", "pause_chosen")
    fieldsets = (
        (
            _("① 谁的需求"),
            {
                "fields": (("kind", "zone"), ("organization", "consent_recorded_on"), "call"),
                "description": _("代企业填报：先选企业，再登记企业同意发布的日期。企业名称不会展示给其他园区。"),
            },
        ),
        (
            _("② 要解决什么"),
            {
                "fields": ("title_zh", "summary_zh", "problem_zh", "content_zh", "background_zh", "tried_zh"),
                "description": _("标题不超过 80 字，摘要不超过 200 字。请勿写出企业名称、联系人、电话。"),
            },
        ),
        (
            _("③ 分类与关键词"),
            {
                "fields": ("industry_codes", "discipline_codes", "equipment_codes", "modes", "keywords"),
                "description": _("选准产业与合作方式，匹配会更准。"),
            },
        ),
        (
            _("④ 条件"),
            {
                "fields": (
                    ("deadline", "duration_months"),
                    ("trl_have", "trl_need"),
                    ("budget_min", "budget_max"),
                    ("budget_source_zh", "payment_zh"),
                    "ip_preference_zh",
                    "conditions_offered_zh",
                    "wanted_partners",
                ),
                "description": _("预算、资金来源仅本园区可见，用于匹配。"),
            },
        ),
        (
            _("⑤ 给谁看"),
            {
                "fields": (("visibility", "association"), "review_zone", "is_classified"),
                "description": _(
                    "“密封”需求参与匹配，但不会出现在其他园区的列表里。提交后由填报人以外的人审核，通过即开放对接。"
                ),
            },
        ),
    )

    # The list

    @display(description=_("状态"), label=STATE_LABELS)
    def shown_state(self, need: Need) -> tuple[str, str]:
        return need.state, need.get_state_display()

    @display(description=_("推荐数"))
    def shown_matches(self, need: Any) -> str:
        count = getattr(need, "match_count", 0)
        if not count:
            return EMPTY
        return format_html('<a href="{}" class="office-link">{}</a>', self.url_of(need, "matches"), count)

    @display(description=_("最高得分"))
    def shown_score(self, need: Any) -> str:
        best = getattr(need, "best_score", None)
        return score_bar(best) if best is not None else EMPTY

    @display(description=_("入围"))
    def shown_shortlist(self, need: Any) -> str:
        count = getattr(need, "shortlisted", 0)
        return str(count) if count else EMPTY

    def prepare_page(self, request: HttpRequest, rows: list[Any]) -> None:
        by_need = results.totals_of(rows, principal_of(request))
        shortlisted = shortlists.counts_of(rows, principal_of(request))
        for need in rows:
            total = by_need.get(need.pk, {"count": 0, "best": None})
            need.match_count, need.best_score = total["count"], total["best"]
            need.shortlisted = shortlisted.get(need.pk, 0)

    @admin.action(description=_("提交审核"), permissions=["change"])
    def submit_chosen(self, request: HttpRequest, queryset: Rows) -> None:
        self.run_for_each(request, queryset, step_named("submit"))

    @admin.action(description=_("开放对接"), permissions=["change"])
    def open_chosen(self, request: HttpRequest, queryset: Rows) -> None:
        self.run_for_each(request, queryset, step_named("open"))

    @admin.action(description=_("暂停"), permissions=["change"])
    def pause_chosen(self, request: HttpRequest, queryset: Rows) -> None:
        self.run_for_each(request, queryset, step_named("pause"))

    # Writing

    def initial_values(self, request: HttpRequest) -> dict[str, Any]:
        """The only zone; and the only association, or else a visibility that needs none."""
        if call := call_asked_for(request):
            return _answering(call, principal_of(request))
        writer = principal_of(request)
        zones, associations = (list(choices_of(Need, name, writer)[:2]) for name in ("zone", "association"))
        values: dict[str, Any] = {"zone": zones[0]} if len(zones) == 1 else {}
        if len(associations) == 1:
            return values | {"visibility": NeedVisibility.ASSOCIATION, "association": associations[0]}
        return values | {"visibility": NeedVisibility.NATIONAL}

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        """An answer to a call shows what the call asks for."""
        call = call_asked_for(request)
        context = {"call_guidance": call.guidance_zh} if call else {}
        return super().add_view(request, form_url, {**context, **(extra_context or {})})

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        no_identity = values.pop("no_identity")
        parts = NeedParts(rows.get("metrics"), rows.get("exclusions"), no_identity)
        if row is None:
            return draft_need(principal, with_parts=parts, **values)
        return update_need(principal, need_id=row.pk, version=version, with_parts=parts, **values)

    def after_write(self, request: HttpRequest, stored: Any) -> None:
        """“保存并提交审核”, “保存并开放对接”: both or neither."""
        principal = principal_of(request)
        if "_submit" in request.POST and stored.state in SUBMITS_FROM:
            stored.__dict__.update(submit_need(principal, need_id=stored.pk).__dict__)
        elif "_open" in request.POST and stored.state != NeedState.OPEN:
            stored.__dict__.update(open_need(principal, need_id=stored.pk).__dict__)

    def url_after_save(self, request: HttpRequest, row: Any) -> str:
        return self.url_of(row, "matches" if "_open" in request.POST else "change")

    def url_after_step(self, row: Any, step: Step) -> str:
        return self.url_of(row, "matches" if step.name in ("open", "teams") else "change")

    # Pages of one need

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        badge = {"text": row.get_state_display(), "type": STATE_LABELS.get(row.state, "default")}
        facts = [row.get_kind_display(), str(row.zone)]
        if row.deadline:
            facts.append(gettext("要求完成日 %(day)s") % {"day": row.deadline.isoformat()})
        if row.expires_on:
            facts.append(gettext("对接至 %(day)s") % {"day": row.expires_on.isoformat()})
        principal = principal_of(request)
        return super().record_context(request, row) | {
            "record_badge": badge,
            "record_facts": facts,
            "may_submit": row.state in SUBMITS_FROM,
            "may_open": may_open(principal, row),
            "side_tables": [*statement_tables(request, row), *review_tables(request, row)],
        }

    def tabs(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        first, *others = super().tabs(request, row, is_own=is_own)
        url = self.url_of(row, "matches")
        matches = {"url": url, "title": gettext("匹配结果"), "icon": "hub", "is_here": url == request.path}
        return [first, matches, *others]

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        metrics = NeedMetric.objects.visible_to(principal_of(request)).filter(need=row)
        rows = [
            [
                metric.name_zh,
                requirement_text(metric),
                metric.get_priority_display(),
                metric.condition_zh or EMPTY,
            ]
            for metric in metrics
        ]
        headings = [gettext("指标"), gettext("要求"), gettext("优先级"), gettext("测试条件")]
        return [{"title": gettext("量化指标"), "headings": headings, "rows": rows}] if rows else []

    def get_urls(self) -> list[Any]:
        intake = path("intake/", self.admin_site.admin_view(self.intake_view), name="matching_need_intake")
        return [intake, *super().get_urls()]


def _answering(call: NeedCall, writer: Principal) -> dict[str, Any]:
    """The defaults of a need that answers a call."""
    zones = list(choices_of(Need, "zone", writer)[:2])
    values: dict[str, Any] = {"zone": zones[0]} if len(zones) == 1 else {}
    values |= {"kind": call.kinds[0]} if call.kinds else {}
    return values | {"call": call, "association": call.association, "visibility": NeedVisibility.ASSOCIATION}
