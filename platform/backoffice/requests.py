"""Requests for service: asked of the zone's resources and by its organizations; the zone of a resource answers."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.details import EMPTY, plain_text
from backoffice.filters import choice_filter, rule_filter
from backoffice.framework import display
from backoffice.muting import MUTING
from backoffice.panel_fields import words
from backoffice.panels import Panel, PanelsMixin
from backoffice.principals import principal_of
from backoffice.rows import Rows, own_side, visible_rows
from zones.choices import EndReason, RequestKind, RequestSide, RequestState
from zones.models import Organization, Resource, ServiceEntry, ServiceRating, ServiceRecord, ServiceRequest
from zones.querysets import waiting_for_provider
from zones.scoping import Principal, today
from zones.services.service_records import rate_service, record_service, side_to_rate
from zones.services.service_requests import (
    CANCEL_REASONS,
    DECLINE_REASONS,
    accept_request,
    ask_back,
    cancel_request,
    decline_request,
    write_message,
)
from zones.services.service_steps import TRANSITIONS, is_excluded, sides_of
from zones.wording import fee_text

LABELS = {
    RequestState.SENT: "warning",
    RequestState.QUESTIONED: "info",
    RequestState.ACCEPTED: "info",
    RequestState.RECORDED: "info",
    RequestState.DISPUTED: "warning",
    RequestState.CONFIRMED: "success",
    RequestState.DECLINED: "danger",
    RequestState.WITHDRAWN: "default",
    RequestState.EXPIRED: "danger",
    RequestState.CANCELLED: "default",
}
STARS = [(number, str(number)) for number in (5, 4, 3, 2, 1)]
Call = Callable[..., Any]


class StepForm(forms.Form):
    """The version is that of what was read."""

    version = forms.IntegerField(widget=forms.HiddenInput())


def _reason(known: tuple[EndReason, ...]) -> Any:
    choices = [("", "—"), *((reason.value, reason.label) for reason in known)]
    return forms.ChoiceField(label=_("原因"), choices=choices, widget=widgets.UnfoldAdminSelectWidget())


def _column(model: type[Model], name: str, *, is_required: bool = False) -> Any:
    column: Any = model._meta.get_field(name)
    field = column.formfield()
    field.required = is_required or field.required
    if isinstance(field, forms.DateField):
        attrs = {"type": "date", "class": " ".join(widgets.INPUT_CLASSES)}
        field.widget = forms.DateInput(format="%Y-%m-%d", attrs=attrs)
    elif isinstance(field.widget, forms.Textarea):
        field.widget = widgets.UnfoldAdminTextareaWidget(attrs={"rows": 3})
    else:
        field.widget = widgets.UnfoldAdminTextInputWidget()
    return field


class AcceptForm(StepForm):
    agreed_from = _column(ServiceRequest, "agreed_from", is_required=True)
    agreed_to = _column(ServiceRequest, "agreed_to", is_required=True)
    agreed_hours = _column(ServiceRequest, "agreed_hours")
    agreed_fee = _column(ServiceRequest, "agreed_fee", is_required=True)
    text = words(_("给对方的话"), most=1000)


class QuestionForm(StepForm):
    text = words(_("请对方补充什么"), most=1000, is_required=True)


class DeclineForm(StepForm):
    reason = _reason(DECLINE_REASONS)
    text = words(_("给对方的话"), most=1000)


class CancelForm(StepForm):
    reason = _reason(CANCEL_REASONS)
    text = words(_("给对方的话"), most=1000)


class RecordForm(StepForm):
    started_on = _column(ServiceRecord, "started_on")
    ended_on = _column(ServiceRecord, "ended_on")
    hours = _column(ServiceRecord, "hours")
    quantity = _column(ServiceRecord, "quantity")
    fee = _column(ServiceRecord, "fee")
    result = _column(ServiceRecord, "result")


class MessageForm(forms.Form):
    text = words(_("留言"), most=1000, is_required=True)


class RatingForm(forms.Form):
    stars = forms.TypedChoiceField(label=_("评分"), choices=STARS, coerce=int, widget=widgets.UnfoldAdminSelectWidget())
    comment = _column(ServiceRating, "comment")


def _as_wished(row: Any) -> dict[str, Any]:
    fee = row.estimate_from if row.estimate_from == row.estimate_to else None
    return {
        "agreed_from": row.wished_from, "agreed_to": row.wished_to, "agreed_hours": row.hours, "agreed_fee": fee
    }  # fmt: skip


def _as_agreed(row: Any) -> dict[str, Any]:
    return {
        "started_on": row.agreed_from, "ended_on": row.agreed_to, "hours": row.agreed_hours, "fee": row.agreed_fee,
        "quantity": row.quantity,
    }  # fmt: skip


def _answering(target: RequestState) -> Callable[[Principal, Any], bool]:
    """Offered to the side of the resource while the step is possible."""

    def is_offered(principal: Principal, row: Any) -> bool:
        return row.state in TRANSITIONS[target] and RequestSide.PROVIDER in sides_of(principal, row)

    return is_offered


def _step(
    name: str, title: Any, target: RequestState, form: type[forms.Form], service: Call, done: Any, first: Any = None
) -> Panel:
    def make(principal: Principal, row: Any, data: Any) -> forms.Form:
        return form(data, initial={"version": row.version} | (first(row) if first else {}))

    def submit(principal: Principal, row: Any, values: dict[str, Any]) -> Any:
        return service(principal, request_id=row.pk, **values)

    return Panel(name, title, title, make, submit, _answering(target), done)


def _rate(principal: Principal, row: Any, values: dict[str, Any]) -> Any:
    return rate_service(principal, request_id=row.pk, **values)


def _say(principal: Principal, row: Any, values: dict[str, Any]) -> Any:
    return write_message(principal, request_id=row.pk, **values)


def _by_role(rows: Rows, value: str, principal: Principal) -> Rows:
    mine = own_side(ServiceRequest, principal)
    return rows.filter(mine) if value == "answering" else rows.exclude(mine)


def _by_turn(rows: Rows, value: str, principal: Principal) -> Rows:
    waiting = rows.filter(own_side(ServiceRequest, principal) & waiting_for_provider())
    return waiting.filter(due_on__lt=today()) if value == "late" else waiting


RoleFilter = rule_filter(
    "role", _("我方角色"), [("answering", _("由我方答复")), ("asking", _("本园区单位发出"))], _by_role
)
TurnFilter = rule_filter("turn", _("待办"), [("waiting", _("待我方办理")), ("late", _("已逾期"))], _by_turn)


@admin.register(ServiceRequest)
class ServiceRequestAdmin(PanelsMixin):
    """Requests come from the portal; here they are read, and answered on behalf of who provides."""

    ordering = ("-id",)
    when_empty = _("单位申请使用资源后会显示在这里。")
    list_display = ("shown_resource", "shown_organization", "kind", "shown_state", "due_on", "created_at")
    list_select_related = ("zone", "resource__zone")
    list_filter = (
        RoleFilter,
        TurnFilter,
        choice_filter("state", _("状态"), RequestState.choices),
        choice_filter("kind", _("申请类型"), RequestKind.choices),
    )
    actions = None
    steps = MUTING
    panels = (
        _step(
            "accept",
            pgettext_lazy("button", "接受申请"),
            RequestState.ACCEPTED,
            AcceptForm,
            accept_request,
            _("已接受申请"),
            _as_wished,
        ),
        _step("question", _("请对方补充"), RequestState.QUESTIONED, QuestionForm, ask_back, _("已请对方补充")),
        _step("decline", _("不接受"), RequestState.DECLINED, DeclineForm, decline_request, _("已答复：不接受")),
        _step(
            "record",
            pgettext_lazy("button", "登记服务记录"),
            RequestState.RECORDED,
            RecordForm,
            record_service,
            _("服务记录已登记，等待申请方确认"),
            _as_agreed,
        ),
        _step(
            "cancel",
            pgettext_lazy("button", "取消服务"),
            RequestState.CANCELLED,
            CancelForm,
            cancel_request,
            _("服务已取消"),
        ),
        Panel(
            "rate",
            _("评价"),
            _("评价"),
            lambda principal, row, data: RatingForm(data),
            _rate,
            lambda principal, row: bool(sides_of(principal, row)) and side_to_rate(principal, row) is not None,
            _("评价已登记；双方都评价后互相可见"),
        ),
        Panel(
            "message",
            _("留言"),
            _("留言"),
            lambda principal, row, data: MessageForm(data),
            _say,
            lambda principal, row: not row.is_ended and bool(sides_of(principal, row)),
            _("已留言"),
        ),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        principal = principal_of(request)
        return principal.is_system or bool(principal.own_zones)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request) and super().has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is asked is not changed by who answers."""
        return False

    def may_write_here(self, principal: Principal) -> bool:
        return False

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return []

    # The list

    def prepare_page(self, request: HttpRequest, rows: list[Any]) -> None:
        """Names as far as the reader may see them, in two queries."""
        principal = principal_of(request)
        resources = visible_rows(Resource, principal).in_bulk([row.resource_id for row in rows])
        organizations = visible_rows(Organization, principal).in_bulk([row.organization_id for row in rows])
        for row in rows:
            row.told_resource = resources.get(row.resource_id, EMPTY)
            row.told_organization = organizations.get(row.organization_id) or _unnamed(row)

    @admin.display(description=_("资源"))
    def shown_resource(self, row: Any) -> str:
        return str(row.told_resource)

    @admin.display(description=_("申请单位"))
    def shown_organization(self, row: Any) -> str:
        return str(row.told_organization)

    @display(description=_("状态"), label=LABELS)
    def shown_state(self, row: ServiceRequest) -> tuple[str, str]:
        return row.state, row.get_state_display()

    # One request

    def read_fieldsets(self, request: HttpRequest, row: Any) -> list[tuple[Any, list[str]]]:
        asked = ["resource", "organization", "zone", "kind", "wished_from", "wished_to", "quantity", "hours", "purpose"]
        agreed = ["agreed_from", "agreed_to", "agreed_hours", "reason", "ended_side", "ended_at"]
        return [(gettext("申请内容"), asked), (gettext("办理"), ["due_on", "expires_on", *agreed])]

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        self.prepare_page(request, [row])
        facts = [str(row.told_organization), row.get_kind_display()]
        estimate = fee_text(row.estimate_from, row.estimate_to)
        facts += [gettext("估算 %(fee)s") % {"fee": estimate}] if estimate else []
        facts += [gettext("约定 %(fee)s") % {"fee": fee_text(row.agreed_fee, None)}] if row.agreed_from else []
        facts += [gettext("申请单位在“不服务的单位与园区”之列")] if _must_know(principal_of(request), row) else []
        told = {
            "record_badge": {"text": row.get_state_display(), "type": LABELS[row.state]},
            "record_facts": facts,
            "subtitle": f"{row.told_resource} · {row.get_kind_display()}",
        }
        return super().record_context(request, row) | told

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        principal = principal_of(request)
        return [*_records(principal, row), *_ratings(principal, row), _thread(principal, row)]


def _must_know(principal: Principal, row: Any) -> bool:
    return not row.is_ended and is_excluded(principal, row)


def _unnamed(row: Any) -> str:
    return gettext("%(zone)s的单位（未公开名称）") % {"zone": row.zone}


def _thread(principal: Principal, row: Any) -> dict[str, Any]:
    entries = visible_rows(ServiceEntry, principal).filter(request=row).order_by("pk")
    rows = [
        [plain_text("", one.created_at), one.get_side_display(), one.get_kind_display(), one.text or EMPTY]
        for one in entries
    ]
    headings = [gettext("时间"), gettext("哪一方"), gettext("经过"), gettext("内容")]
    return {"title": gettext("往来记录"), "headings": headings, "rows": rows}


def _records(principal: Principal, row: Any) -> list[dict[str, Any]]:
    rows = [
        [
            *(plain_text(name, getattr(one, name)) for name in ("started_on", "ended_on", "hours", "quantity")),
            fee_text(one.fee, None),
            one.result or EMPTY,
        ]
        for one in visible_rows(ServiceRecord, principal).filter(request=row)
    ]
    names = ("started_on", "ended_on", "hours", "quantity", "fee", "result")
    headings = [str(ServiceRecord._meta.get_field(name).verbose_name) for name in names]  # type: ignore[union-attr]
    return [{"title": gettext("服务记录"), "headings": headings, "rows": rows}] if rows else []


def _ratings(principal: Principal, row: Any) -> list[dict[str, Any]]:
    """Those the reader may see: the other side's once both have rated."""
    found = visible_rows(ServiceRating, principal).filter(request=row)
    rows = [[one.get_side_display(), one.stars, one.comment or EMPTY] for one in found]
    headings = [gettext("哪一方"), gettext("评分"), gettext("评语")]
    return [{"title": gettext("服务评价"), "headings": headings, "rows": rows}] if rows else []
