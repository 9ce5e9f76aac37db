"""Robots and webhooks as the office sees them: whose they are, whether they work; keepers switch them on and off.

They are added and changed in the account of whoever keeps them, where a secret is shown once.
"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from backoffice.base import ScopedModelAdmin
from backoffice.details import EMPTY
from backoffice.filters import choice_filter
from backoffice.rows import editable_rows
from backoffice.steps import Step
from notifications.channels.reasons import explained
from notifications.choices import EndpointKind
from notifications.endpoints import disable_endpoint, enable_endpoint
from notifications.models import Endpoint
from notifications.replaying import has_failed, replay_endpoint
from zones.scoping import Principal


def _is_kept(principal: Principal, row: Endpoint) -> bool:
    return bool(editable_rows(Endpoint, principal).filter(pk=row.pk).exists())


@admin.register(Endpoint)
class EndpointAdmin(ScopedModelAdmin):
    when_empty = _("还没有群机器人或 Webhook：负责人在门户“我的账号 → 机器人与 Webhook”中添加。")
    ordering = ("name", "id")
    list_display = ("name", "kind", "shown_owner", "shown_address", "shown_state", "seen_at", "shown_reason")
    list_select_related = ("zone", "association", "organization")
    list_filter = (choice_filter("kind", _("种类"), EndpointKind.choices),)
    search_fields = ("name",)
    search_help_text = _("按名称查找")
    actions = None
    fieldsets = ((_("机器人与 Webhook"), {"fields": ()}),)
    steps = (
        Step(
            "disable",
            pgettext_lazy("endpoint", "停用"),
            "notifications_off",
            lambda principal, row, version: disable_endpoint(principal, endpoint_id=row.pk, version=version),
            lambda principal, row: row.is_enabled and _is_kept(principal, row),
            _("已停用，不再向该地址发送"),
            style="danger",
        ),
        Step(
            "enable",
            pgettext_lazy("endpoint", "启用"),
            "notifications",
            lambda principal, row, version: enable_endpoint(principal, endpoint_id=row.pk, version=version),
            lambda principal, row: not row.is_enabled and _is_kept(principal, row),
            _("已启用"),
            style="primary",
        ),
        Step(
            "replay",
            _("重发未送达的消息"),
            "replay",
            lambda principal, row, version: replay_endpoint(principal, endpoint_id=row.pk),
            lambda principal, row: row.is_enabled and has_failed(principal, row),
            _("已放回发送队列。"),
            confirm=_("最近 100 条未能发出的消息将重新生成并发送。确定重发？"),
        ),
    )

    def may_write_here(self, principal: Principal) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("归属"))
    def shown_owner(self, row: Endpoint) -> str:
        return str(row.place)

    @admin.display(description=_("状态"))
    def shown_state(self, row: Endpoint) -> str:
        return pgettext("endpoint", "启用") if row.is_enabled else pgettext("endpoint", "已停用")

    @admin.display(description=_("最近结果"))
    def shown_reason(self, row: Endpoint) -> str:
        return explained(row.off_reason or row.seen_reason) or EMPTY

    def read_fieldsets(self, request: HttpRequest, row: Any) -> list[tuple[Any, list[str]]]:
        about = ["name", "kind", "zone", "association", "organization", "language", "shown_address"]
        return [(gettext("机器人与 Webhook"), about), (gettext("经过"), ["created_at", "seen_at", "former_until"])]

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        facts = [self.shown_state(row), self.shown_reason(row)]
        sent = f"{reverse('admin:notifications_delivery_changelist')}?{urlencode({'q': row.name})}"
        return super().record_context(request, row) | {
            "record_facts": [fact for fact in facts if fact != EMPTY],
            "record_link": {"url": sent, "title": gettext("发送记录"), "icon": "outgoing_mail"},
        }
