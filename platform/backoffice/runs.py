"""Runs: how far, how fast, what was ruled out; and the button that starts a full one."""

from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from backoffice import comparisons
from backoffice.base import ScopedModelAdmin
from backoffice.details import EMPTY, refusal_text
from backoffice.filters import choice_filter
from backoffice.framework import display
from backoffice.meaning import text_of_run, text_of_second_look
from backoffice.polling import POLL_SECONDS, progress_fragment
from backoffice.principals import principal_of
from matching.choices import RunKind, RunState
from matching.models import MatchRun
from matching.services.explanations import reason_label
from matching.services.runs import UNFINISHED, Progress, progress_of, request_full_run
from zones.errors import DomainError
from zones.scoping import Principal

STATE_LABELS = {
    RunState.PUBLISHED: "success",
    RunState.FAILED: "danger",
    RunState.PREPARING: "info",
    RunState.SCORING: "info",
    RunState.ASSIGNING: "info",
}


@admin.register(MatchRun)
class MatchRunAdmin(ScopedModelAdmin):
    """That matching works is seen by all; amounts depend on needs the reader may not see: they are the system's."""

    ordering = ("-created_at",)
    when_empty = _("开放一条需求即会自动匹配。")
    list_display = (
        "shown_start",
        "kind",
        "shown_state",
        "shown_progress",
        "shown_needs",
        "quarantined",
        "published_at",
    )
    list_filter = (
        choice_filter("kind", _("类型"), RunKind.choices),
        choice_filter("state", _("状态"), RunState.choices),
    )
    list_before_template = "admin/backoffice/run_now.html"
    actions = None

    def get_list_display(self, request: HttpRequest) -> Any:
        amounts = ("shown_needs", "quarantined")
        shown = super().get_list_display(request)
        return shown if principal_of(request).is_system else tuple(name for name in shown if name not in amounts)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @display(description=_("开始"), ordering="created_at")
    def shown_start(self, run: MatchRun) -> str:
        return timezone.localtime(run.created_at).strftime("%Y-%m-%d %H:%M:%S")

    @display(description=_("状态"), label=STATE_LABELS)
    def shown_state(self, run: MatchRun) -> tuple[str, str]:
        return run.state, run.get_state_display()

    @display(description=_("进度"))
    def shown_progress(self, run: MatchRun) -> str:
        return format_html(
            '<progress class="office-progress" max="100" value="{}">{}%</progress> {}%',
            run.percent,
            run.percent,
            run.percent,
        )

    @display(description=_("需求（已完成/总数）"))
    def shown_needs(self, run: MatchRun) -> str:
        return f"{run.need_done} / {run.need_total}"

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        context = {"may_run": may_run(principal_of(request)), "run_now_url": reverse("admin:matching_matchrun_start")}
        return super().changelist_view(request, {**(extra_context or {}), **context})

    @method_decorator(require_POST)
    def start_view(self, request: HttpRequest) -> HttpResponse:
        """Ask for a full run; a second click gives the run that is under way."""
        if not may_run(principal_of(request)):
            raise Http404
        try:
            run = request_full_run(principal_of(request), reason="back office")
        except DomainError as error:
            messages.error(request, refusal_text(error))
            return HttpResponseRedirect(reverse("admin:matching_matchrun_changelist"))
        messages.success(request, gettext("全量匹配已排队，几秒内开始。"))
        return HttpResponseRedirect(self.url_of(run))

    def read_view(self, request: HttpRequest, row: Any, context: dict[str, Any]) -> HttpResponse:
        shown = progress_text(progress_of(row), row, is_whole=bool(context["is_own_record"]))
        context = {**context, "progress": shown, "progress_url": self.url_of(row, "progress"), "run": row}
        context["poll_seconds"] = POLL_SECONDS
        is_whole = bool(context["is_own_record"])
        context |= {
            "meaning": text_of_run(row, is_whole=is_whole),
            "second_look": text_of_second_look(row, is_whole=is_whole),
        }
        if context["is_own_record"]:
            context |= {"removed": removed(row), "durations": durations(row), "assignment": assignment_text(row)}
        return self.page(request, "admin/backoffice/run.html", row, context)

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        badge = {"text": row.get_state_display(), "type": STATE_LABELS.get(row.state, "default")}
        title = f"{row.get_kind_display()} {self.shown_start(row)}"
        return super().record_context(request, row) | {"record_badge": badge, "subtitle": title, "record_title": title}

    def tabs(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        found = super().tabs(request, row, is_own=is_own)
        if row.state != RunState.PUBLISHED:
            return found
        url = self.url_of(row, "compare")
        return [
            *found,
            {"url": url, "title": gettext("与另一次比较"), "icon": "compare_arrows", "is_here": url == request.path},
        ]

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """This run beside another, for the reader's own needs."""
        row = self.row_or_404(request, object_id)
        if row.state != RunState.PUBLISHED:
            raise Http404
        context = comparisons.context_of(row, principal_of(request), request.GET.get("with", ""))
        return self.page(request, "admin/backoffice/compare.html", row, {**context, "title": gettext("与另一次比较")})

    def progress_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        row = self.row_or_404(request, object_id)
        is_whole = principal_of(request).is_system
        progress = progress_text(progress_of(row), row, is_whole=is_whole)
        context = {"progress": progress, "is_own_record": is_whole}
        template = "admin/backoffice/run_progress.html"
        return progress_fragment(request, template, context, is_finished=not progress["is_running"])

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("start/", view(self.start_view), name="matching_matchrun_start"),
            path("<path:object_id>/progress/", view(self.progress_view), name="matching_matchrun_progress"),
            path("<path:object_id>/compare/", view(self.compare_view), name="matching_matchrun_compare"),
            *super().get_urls(),
        ]


def may_run(principal: Principal) -> bool:
    return principal.is_system or bool(principal.manager_zones)


def progress_text(progress: Progress, run: MatchRun, *, is_whole: bool) -> dict[str, Any]:
    """Progress as the page and its script show it; amounts only where `is_whole`."""
    shown = {
        "percent": progress.percent,
        "eta": duration_text(progress.eta_seconds) if progress.eta_seconds is not None else EMPTY,
        "state": run.get_state_display(),
        "is_running": progress.state in UNFINISHED,
    }
    return shown | amounts_text(progress, run) if is_whole else shown


def amounts_text(progress: Progress, run: MatchRun) -> dict[str, Any]:
    rate = progress.rate_per_second if progress.state in UNFINISHED else rate_of_finished(run)
    return {
        "done": progress.done,
        "total": progress.total,
        "quarantined": progress.quarantined,
        "rate": gettext("%(rate).1f 条/秒") % {"rate": rate} if rate else EMPTY,
    }


def rate_of_finished(run: MatchRun) -> float | None:
    """Needs per second from start to publishing."""
    seconds = seconds_of(run)
    return run.need_done / seconds if seconds else None


def seconds_of(run: MatchRun) -> float | None:
    if run.started_at is None or run.published_at is None:
        return None
    return (run.published_at - run.started_at).total_seconds()


def duration_text(seconds: float) -> str:
    """Seconds as people say them."""
    if seconds < 60:
        return gettext("%(count).1f 秒") % {"count": seconds}
    return gettext("%(minutes)d 分 %(seconds)d 秒") % {"minutes": seconds // 60, "seconds": seconds % 60}


def removed(run: MatchRun) -> list[dict[str, Any]]:
    """What the constraints took out, most first, with the share of the largest for a bar."""
    language = get_language() or "zh-hans"
    counts = sorted(run.removed_by_reason.items(), key=lambda item: -item[1])
    largest = max((count for _reason, count in counts), default=1) or 1
    return [
        {"label": reason_label(reason, language), "count": count, "width": round(100 * count / largest)}
        for reason, count in counts
    ]


def assignment_text(run: MatchRun) -> str:
    """How good the assignment is, as its solver proved it; empty for a run that has not stored it."""
    counts = run.counts
    if "gap" not in counts:
        return ""
    values = {"count": counts["assigned"], "total": counts["total_value"], "gap": counts["gap"]}
    solver = gettext("精确求解") if counts["solver"] == "flow" else gettext("竞价求解")
    if not counts["gap"]:
        proven = gettext("共分配 %(count)d 对，排序值之和 %(total).2f，已证明为最大。") % values
    else:
        share = 100 * counts["gap"] / counts["total_value"] if counts["total_value"] else 0
        proven = gettext(
            "共分配 %(count)d 对，排序值之和 %(total).2f；"
            "能满足同样多需求的任何其他方案，至多再高 %(gap).4f（%(share).2f%%）。"
        ) % (values | {"share": share})
    return gettext("%(solver)s：%(proven)s") % {"solver": solver, "proven": proven}


def durations(run: MatchRun) -> list[dict[str, str]]:
    names = {
        "prepare": gettext("准备"),
        "score": gettext("计算"),
        "assign": gettext("分配"),
        "publish": gettext("发布"),
    }
    whole = seconds_of(run)
    total = [{"label": gettext("合计"), "text": duration_text(whole)}] if whole is not None else []
    return total + [
        {"label": names.get(name, name), "text": duration_text(float(seconds))}
        for name, seconds in run.durations.items()
        if isinstance(seconds, int | float)
    ]
