"""Registrations of organizations: who waits for the zone, and the page on which they are accepted or refused."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.base import is_editable
from backoffice.filters import choice_filter
from backoffice.framework import display
from backoffice.panels import Panel, PanelsMixin
from backoffice.principals import principal_of
from backoffice.steps import Step
from zones.choices import RefusalReason, RegistrationState
from zones.models import Registration
from zones.scoping import Principal
from zones.services.registrations import accept_registration, refuse_registration

LABELS = {
    RegistrationState.WAITING: "info",
    RegistrationState.ACCEPTED: "success",
    RegistrationState.REFUSED: "danger",
    RegistrationState.WITHDRAWN: "warning",
}


class RefusalForm(forms.Form):
    """Why not, and what the applicant can do; the version is that of what was read."""

    reason = forms.ChoiceField(
        label=_("原因"), choices=[("", "—"), *RefusalReason.choices], widget=widgets.UnfoldAdminSelectWidget()
    )
    words = forms.CharField(
        label=_("说明"),
        max_length=300,
        help_text=_("申请人会看到；请写明怎样补正"),
        widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 4}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput())


def _refuse(principal: Principal, row: Registration, values: dict[str, Any]) -> Registration:
    return refuse_registration(principal, registration_id=row.pk, **values)


def _is_to_decide(principal: Principal, row: Any) -> bool:
    return row.is_open and bool(is_editable(Registration)(principal, row))


@admin.register(Registration)
class RegistrationAdmin(PanelsMixin):
    """Registrations come from the portal; here they are read and decided."""

    ordering = ("-id",)
    when_empty = _("单位在门户注册后会显示在这里。")
    list_display = ("name_zh", "kind", "zone", "city", "shown_state", "created_at")
    list_select_related = ("zone",)
    list_filter = (choice_filter("state", _("状态"), RegistrationState.choices),)
    search_fields = ("name_zh", "name_en")
    own_search_fields = ("credit_code",)
    search_help_text = _("按单位名称或信用代码查找")
    actions = None
    steps = (
        Step(
            "accept",
            _("核验通过"),
            "how_to_reg",
            lambda principal, row, version: accept_registration(principal, registration_id=row.pk, version=version),
            _is_to_decide,
            _("已通过：申请人已成为该单位用户"),
            style="primary",
            confirm=_("请确认已核对营业执照与申请人身份。通过后申请人可代表该单位发布需求与资源。确定通过？"),
        ),
    )
    panels = (
        Panel(
            "refuse",
            _("不通过"),
            _("退回申请"),
            lambda principal, row, data: RefusalForm(data, initial={"version": row.version}),
            _refuse,
            _is_to_decide,
            _("已登记为未通过，申请人可修改后再提交"),
        ),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        principal = principal_of(request)
        return principal.is_system or bool(principal.own_zones)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request) and super().has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What an applicant says is not changed by who checks it."""
        return False

    def may_write_here(self, principal: Principal) -> bool:
        return False

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return []

    @display(description=_("状态"), label=LABELS)
    def shown_state(self, row: Registration) -> tuple[str, str]:
        return row.state, row.get_state_display()

    def read_fieldsets(self, request: HttpRequest, row: Any) -> list[tuple[Any, list[str]]]:
        said = ["name_zh", "name_en", "credit_code", "kind", "zone", "city", "website"]
        told = ["user", "created_at", "consented_at", "organization", "decided_by", "ended_at", "reason", "words"]
        return [(gettext("申请的单位"), said), (gettext("经过"), told)]

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        badge = {"text": row.get_state_display(), "type": LABELS[row.state]}
        told = {"record_badge": badge, "record_facts": [str(row.zone), row.get_kind_display()]}
        return super().record_context(request, row) | told
