"""The ledger of what left the site: to whom, by which way, with what end; what did not arrive is sent again from here.

No page of it has an address or a word of what was said: that is asked for, for its recipient, when it is sent.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from backoffice.bare import bare_page
from backoffice.base import ScopedModelAdmin
from backoffice.details import EMPTY
from backoffice.filters import RefusingFilter, Rows, choice_filter, rule_filter
from backoffice.framework import display
from backoffice.principals import principal_of
from backoffice.rows import editable_rows
from backoffice.steps import Step
from notifications.choices import DeliveryKind, DeliveryState, Way
from notifications.deliveries import UNDELIVERED, made_in_last, made_on, next_of, reason_of
from notifications.foretelling import MOST, foretell
from notifications.models import Delivery
from notifications.replaying import REPLAYABLE, replay_delivery
from notifications.restored import is_held
from zones.scoping import Principal, today

STATE_LABELS = {
    DeliveryState.SENT: "success",
    DeliveryState.DEAD: "danger",
    DeliveryState.UNKNOWN: "warning",
    DeliveryState.PENDING: "info",
    DeliveryState.LEASED: "info",
}
CHANNELS = [(way.value, way.label) for way in Way if way != Way.INBOX]
LISTED_DAYS = 30
SPANS = {"7": _("近 7 天"), "30": _("近 30 天")}


def _by_end(rows: Rows, value: str, principal: Principal) -> Rows:
    return rows.filter(state__in=UNDELIVERED) if value == "undelivered" else rows.filter(state=value)


class DayFilter(RefusingFilter):
    """By the day in China on which it was made: spans, and each of the last days."""

    title = pgettext_lazy("delivery", "日期")
    parameter_name = "day"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        days = (today() - timedelta(days=ago) for ago in range(LISTED_DAYS))
        return [*SPANS.items(), *((day.isoformat(), day.isoformat()) for day in days)]

    def narrow(self, rows: Rows, value: str, principal: Principal) -> Rows:
        if value in SPANS:
            return rows.filter(made_in_last(int(value)))
        return rows.filter(made_on(date.fromisoformat(value)))


REPLAY = Step(
    "replay",
    _("重发"),
    "replay",
    lambda principal, row, version: replay_delivery(principal, public_id=row.public_id, version=version),
    lambda principal, row: row.state in REPLAYABLE and _is_kept(principal, row),
    _("已放回发送队列"),
    style="primary",
    confirm=_("将按收件人此刻可见的内容重新生成并发送；结果不明的，对方可能收到两次。确定重发？"),
)


def _is_kept(principal: Principal, row: Delivery) -> bool:
    return bool(editable_rows(Delivery, principal).filter(pk=row.pk).exists())


@admin.register(Delivery)
class DeliveryAdmin(ScopedModelAdmin):
    """Looked at, and sent again: by the staff of an account's zone, by who keeps a robot or webhook."""

    when_empty = _("还没有发出过消息：有通知要发往邮件、群机器人或 Webhook 时，在此逐条记录。")
    ordering = ("-id",)
    list_display = (
        "shown_recipient",
        "channel",
        "kind",
        "shown_state",
        "shown_reason",
        "attempts",
        "created_at",
        "finished_at",
    )
    list_select_related = ("user", "endpoint")
    list_filter = (
        rule_filter(
            "state",
            _("状态"),
            [("undelivered", _("未送达（未能发出或结果不明）")), *DeliveryState.choices],
            _by_end,
        ),
        choice_filter("channel", _("渠道"), CHANNELS),
        choice_filter("kind", _("类型"), DeliveryKind.choices),
        DayFilter,
    )
    search_fields = ("user__display_name", "endpoint__name")
    search_help_text = _("按收件人查找")
    fieldsets = ((_("消息"), {"fields": ()}),)
    steps = (REPLAY,)
    actions = ("replay_chosen",)
    list_before_template = "admin/backoffice/sending_held.html"

    def may_write_here(self, principal: Principal) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A delivery is looked at; it moves by its steps."""
        return False

    def has_replay_permission(self, request: HttpRequest) -> bool:
        """Whether the principal may have anything sent again; what, the service says."""
        principal = principal_of(request)
        return principal.is_system or bool(principal.staff_zones or principal.secretariats)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        link = {"url": reverse("admin:notifications_delivery_foretold"), "title": _("汇总预演"), "icon": "preview"}
        context = {"is_held": is_held(), "list_links": [link]}
        return super().changelist_view(request, {**(extra_context or {}), **context})

    def foretold_view(self, request: HttpRequest) -> HttpResponse:
        """What digests would say now, to whom, and why not: nothing is sent."""
        context = {"title": gettext("汇总预演"), "lines": foretell(principal_of(request)), "most": MOST}
        return bare_page(self, request, "admin/backoffice/foretold.html", context)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.foretold_view)
        return [path("foretold/", view, name="notifications_delivery_foretold"), *super().get_urls()]

    @admin.action(description=_("重发"), permissions=["replay"])
    def replay_chosen(self, request: HttpRequest, queryset: Rows) -> None:
        self.run_for_each(request, queryset, REPLAY)

    @admin.display(description=_("收件人"))
    def shown_recipient(self, row: Delivery) -> str:
        return str(row.user or row.endpoint)

    @display(description=_("状态"), label=STATE_LABELS, ordering="state")
    def shown_state(self, row: Delivery) -> tuple[str, str]:
        return row.state, row.get_state_display()

    @admin.display(description=_("原因"))
    def shown_reason(self, row: Delivery) -> str:
        return reason_of(row) or EMPTY

    # One message

    def record_context(self, request: HttpRequest, row: Delivery) -> dict[str, Any]:
        named = gettext("发给%(name)s的消息") % {"name": self.shown_recipient(row)}
        badge = {"text": row.get_state_display(), "type": STATE_LABELS.get(DeliveryState(row.state), "default")}
        return super().record_context(request, row) | {
            "record_badge": badge,
            "record_facts": [row.get_channel_display(), row.get_kind_display()],
            "reason": reason_of(row),
            "next": next_of(row),
            "subtitle": named,
            "recipient": {"name": self.shown_recipient(row), "url": _page_of_recipient(row)},
        }

    def read_view(self, request: HttpRequest, row: Delivery, context: dict[str, Any]) -> Any:
        return self.page(request, "admin/backoffice/delivery.html", row, {**context, "times": list(_times(row))})


def _times(row: Delivery) -> Iterator[tuple[str, str]]:
    """When it was made, when it goes on, when it ended."""
    yield gettext("生成时间"), _shown(row.created_at)
    if row.finished_at is None:
        yield gettext("下次发送"), _shown(row.next_at)
    else:
        yield gettext("完成时间"), _shown(row.finished_at)
    yield gettext("已试次数"), str(row.attempts)


def _shown(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M:%S")


def _page_of_recipient(row: Delivery) -> str:
    """Where its address is mended: each page asks anew who may read it."""
    if row.endpoint is not None:
        return reverse("admin:notifications_endpoint_change", args=[row.endpoint.public_id])
    assert row.user is not None
    return reverse("admin:accounts_user_change", args=[row.user.public_id])
