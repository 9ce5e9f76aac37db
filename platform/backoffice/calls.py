"""Calls for needs: written by an association's secretariat, answered by its zones, with progress per zone."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.base import ChildRows, ScopedModelAdmin, is_editable
from backoffice.changelist import name_column
from backoffice.filters import Rows, choice_filter, rule_filter
from backoffice.framework import display
from backoffice.keys import parse_public_id
from backoffice.principals import principal_of
from backoffice.rows import visible_rows
from backoffice.steps import Step
from matching.choices import CallState, NeedKind
from matching.models import Need, NeedCall
from matching.services.calls import MAY_BE_REQUIRED, close_call, draft_call, open_call, progress_of, update_call
from zones.scoping import Principal, today

STATE_LABELS = {CallState.DRAFT: "info", CallState.OPEN: "success", CallState.CLOSED: "warning"}


def _several(label: Any, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=False,
        help_text=help_text,
        widget=widgets.UnfoldAdminSelect2MultipleWidget(),
    )


def _field_choices() -> list[tuple[str, str]]:
    return [(name, str(getattr(Need._meta.get_field(name), "verbose_name", name))) for name in MAY_BE_REQUIRED]


def _by_window(rows: Rows, value: str, principal: Principal) -> Rows:
    return rows.filter(opens_on__lte=today(), closes_on__gte=today())


WindowFilter = rule_filter("window", _("受理期"), [("today", _("今日受理"))], _by_window)


@admin.register(NeedCall)
class NeedCallAdmin(ScopedModelAdmin):
    add_title = _("发起征集")
    when_empty = _("联盟或网络发起征集后会显示在这里。")
    ordering = ("-opens_on", "-id")
    shown_title = name_column(_("名称"), "title_zh")
    list_display = ("shown_title", "association", "shown_state", "opens_on", "closes_on")
    list_select_related = ("association",)
    list_filter = (choice_filter("state", _("状态"), CallState.choices), WindowFilter)
    search_fields = ("title_zh", "title_en")
    search_help_text = _("按名称查找")
    actions = None
    fieldsets = (
        (
            _("征集"),
            {
                "fields": ("association", ("title_zh", "title_en"), "purpose_zh", ("opens_on", "closes_on")),
                "description": _("发布后，成员园区即可在窗口期内提交需求。"),
            },
        ),
        (_("要求"), {"fields": ("kinds", "required_fields", "guidance_zh")}),
    )
    steps = (
        Step(
            "open",
            _("发布征集"),
            "campaign",
            lambda principal, call, version: open_call(principal, call_id=call.pk, version=version),
            lambda principal, call: call.state != CallState.OPEN and is_editable(NeedCall)(principal, call),
            _("征集已发布"),
            style="primary",
        ),
        Step(
            "close",
            _("结束征集"),
            "event_busy",
            lambda principal, call, version: close_call(principal, call_id=call.pk, version=version),
            lambda principal, call: call.state == CallState.OPEN and is_editable(NeedCall)(principal, call),
            _("征集已结束"),
            confirm=_("结束后成员园区不能再提交。确定结束？"),
        ),
    )

    def may_write_here(self, principal: Principal) -> bool:
        return principal.is_system or bool(principal.secretariats)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "kinds":
            return _several(db_field.verbose_name, NeedKind.choices, db_field.help_text)
        if db_field.name == "required_fields":
            return _several(db_field.verbose_name, _field_choices())
        if db_field.name in ("opens_on", "closes_on"):
            kwargs["widget"] = widgets.UnfoldAdminSingleDateWidget()
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def initial_values(self, request: HttpRequest) -> dict[str, Any]:
        return {"opens_on": today()}

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        if row is None:
            return draft_call(principal, **values)
        return update_call(principal, call_id=row.pk, version=version, **values)

    # The list and one call

    @display(description=_("状态"), label=STATE_LABELS)
    def shown_state(self, call: NeedCall) -> tuple[str, str]:
        return call.state, call.get_state_display()

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        principal = principal_of(request)
        badge = {"text": row.get_state_display(), "type": STATE_LABELS[row.state]}
        facts = [str(row.association), f"{row.opens_on} – {row.closes_on}"]
        may_answer = row.state == CallState.OPEN and bool(principal.staff_zones)
        context: dict[str, Any] = {
            "record_badge": badge,
            "record_facts": facts,
            "side_tables": _progress(principal, row),
        }
        if may_answer:
            url = reverse("admin:matching_need_add")
            context["record_link"] = {"url": f"{url}?call={row.public_id}", "title": gettext("填报需求"), "icon": "add"}
        return super().record_context(request, row) | context


def _progress(principal: Principal, call: NeedCall) -> list[dict[str, Any]]:
    """How far the zones are, as far as the reader may know, with their sum."""
    found = progress_of(principal, call)
    rows = [[str(row.zone), row.waiting, row.valid, row.returned] for row in found]
    if len(found) > 1:
        rows.append([gettext("合计"), *(sum(getattr(row, name) for row in found) for name in found[0]._fields[1:])])
    headings = [gettext("高新区"), gettext("审核中"), gettext("有效"), gettext("退回或不予通过")]
    empty = gettext("您所在的园区不是该联盟或网络的成员。")
    return [{"title": gettext("征集进度"), "headings": headings, "rows": rows, "empty": empty}]


def call_asked_for(request: HttpRequest) -> NeedCall | None:
    """The open call that the address of an empty form names, if its reader may see it."""
    key = parse_public_id(request.GET.get("call", ""))
    rows: Rows = visible_rows(NeedCall, principal_of(request)).filter(state=CallState.OPEN)
    return rows.filter(public_id=key).first() if key else None
