"""Technology contracts: recorded with their two sides, submitted in time, registered, changed and cancelled."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.base import ChildRows
from backoffice.changelist import name_column
from backoffice.cooperation_files import ContractFiles
from backoffice.cooperation_panels import StepForm, column
from backoffice.details import EMPTY
from backoffice.fields import code_choices, names_of_codes
from backoffice.filters import choice_filter
from backoffice.framework import display
from backoffice.panel_fields import money, words
from backoffice.panels import Panel, PanelsMixin
from backoffice.principals import principal_of
from backoffice.rows import choices_of, editable_rows, visible_rows
from matching.choices import ContractEnd, ContractState
from matching.models import ContractRegistration, TechContract
from matching.services import contracts
from zones.choices import CodeScheme
from zones.scoping import Principal

TONES = {
    ContractState.SIGNED: "warning",
    ContractState.SUBMITTED: "info",
    ContractState.REGISTERED: "success",
    ContractState.CHANGED: "success",
    ContractState.CANCELLED: "danger",
}


class CorrectionForm(StepForm):
    """Before it is in the register."""

    title_zh = column(TechContract, "title_zh")
    signed_on = column(TechContract, "signed_on")
    total_amount = money(_("合同成交额（元）"))
    traded_amount = money(_("技术交易额（元）"))


class SubmissionForm(StepForm):
    submitted_on = column(TechContract, "submitted_on", is_required=True)


class RegistrationForm(StepForm):
    registered_on = column(TechContract, "registered_on", is_required=True)
    registration_number = column(TechContract, "registration_number", is_required=True)


class ChangeForm(StepForm):
    changed_on = column(ContractRegistration, "registered_on", is_required=True)
    total_amount = money(_("合同成交额（元）"))
    traded_amount = money(_("技术交易额（元）"))
    registration_number = column(TechContract, "registration_number", is_required=False)
    reason = words(_("变更了什么、为什么"), is_required=True)


class CancellationForm(StepForm):
    cancelled_on = column(TechContract, "cancelled_on", is_required=True)
    reason = forms.ChoiceField(
        label=_("注销原因"), choices=[("", "—"), *ContractEnd.choices], widget=widgets.UnfoldAdminSelectWidget()
    )
    words = words(_("说明"))


def _stored(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("version", "title_zh", "signed_on", "total_amount", "traded_amount")}


def _is_editable(principal: Principal, row: Any) -> bool:
    return editable_rows(TechContract, principal).filter(pk=row.pk).exists()


def _panel(name: str, title: Any, form: Any, service: Any, target: ContractState, done: Any, *names: str) -> Panel:
    def make(principal: Principal, row: Any, data: Any) -> forms.Form:
        made: forms.Form = form(data, initial={"version": row.version} | {one: getattr(row, one) for one in names})
        return made

    def submit(principal: Principal, row: Any, values: dict[str, Any]) -> Any:
        return service(principal, contract_id=row.pk, **values)

    def is_offered(principal: Principal, row: Any) -> bool:
        keeps = principal.is_system or row.zone_id in principal.staff_zones
        may = _is_editable(principal, row) if target == ContractState.SUBMITTED else keeps
        return may and row.state in contracts.TRANSITIONS[target]

    return Panel(name, title, title, make, submit, is_offered, done)


@admin.register(TechContract)
class TechContractAdmin(ContractFiles, PanelsMixin):
    """Recorded by a form; after that its steps change it, by panels: what the register has seen stays."""

    add_title = _("登记技术合同")
    when_empty = _("登记第一份技术合同后，会显示在这里。")
    ordering = ("-signed_on", "-id")
    shown_title = name_column(_("合同名称"), "title_zh")
    list_display = ("shown_title", "shown_sides", "shown_total", "shown_state", "signed_on", "registered_on")
    list_select_related = ("seller_organization", "buyer_organization")
    list_filter = (choice_filter("state", _("状态"), ContractState.choices),)
    search_fields = ("title_zh", "registration_number")
    search_help_text = _("按合同名称、登记编号查找")
    actions = None
    fieldsets = (
        (_("合同"), {"fields": ("zone", "title_zh", ("contract_type", "signed_on"), "cooperation")}),
        (
            _("卖方"),
            {"fields": ("seller_organization", "seller_name_zh", ("seller_region", "seller_nature"))},
        ),
        (_("买方"), {"fields": ("buyer_organization", "buyer_name_zh", ("buyer_region", "buyer_nature"))}),
        (_("金额"), {"fields": (("total_amount", "traded_amount"),)}),
    )
    panels = (
        Panel(
            "correct",
            _("更正"),
            _("保存更正"),
            lambda principal, row, data: CorrectionForm(data, initial=_stored(row)),
            lambda principal, row, values: contracts.change_contract(principal, contract_id=row.pk, **values),
            lambda principal, row: row.state in contracts.BEFORE_THE_REGISTER and _is_editable(principal, row),
            _("已更正"),
        ),
        _panel(
            "submit",
            _("登记已提交"),
            SubmissionForm,
            contracts.submit_contract,
            ContractState.SUBMITTED,
            _("已登记提交"),
        ),
        _panel(
            "register",
            _("登记入册"),
            RegistrationForm,
            contracts.register_contract,
            ContractState.REGISTERED,
            _("合同已登记，按登记日计入统计"),
        ),
        _panel(
            "change",
            _("变更登记"),
            ChangeForm,
            contracts.change_registration,
            ContractState.CHANGED,
            _("变更已登记，原版次保留"),
            "total_amount",
            "traded_amount",
        ),
        _panel(
            "cancel", _("注销"), CancellationForm, contracts.cancel_contract, ContractState.CANCELLED, _("合同已注销")
        ),
    )

    def has_module_permission(self, request: HttpRequest) -> bool:
        principal = principal_of(request)
        return principal.is_system or bool(principal.own_zones)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request) and super().has_view_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "contract_type":
            return forms.ChoiceField(
                label=db_field.verbose_name,
                choices=lambda: [("", "—"), *code_choices(CodeScheme.CONTRACT_TYPE)],
                widget=widgets.UnfoldAdminSelectWidget(),
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def initial_values(self, request: HttpRequest) -> dict[str, Any]:
        """The only zone."""
        zones = list(choices_of(TechContract, "zone", principal_of(request))[:2])
        return {"zone": zones[0]} if len(zones) == 1 else {}

    def write(
        self, principal: Principal, *, row: Any, version: int | None, values: dict[str, Any], rows: ChildRows
    ) -> Any:
        return contracts.record_contract(principal, **values)

    # The list and one contract

    @admin.display(description=_("卖方 → 买方"))
    def shown_sides(self, row: Any) -> str:
        return f"{row.seller_organization or row.seller_name_zh} → {row.buyer_organization or row.buyer_name_zh}"

    @admin.display(description=_("合同成交额（元）"))
    def shown_total(self, row: Any) -> str:
        return f"{row.total_amount:,.2f}"

    @display(description=_("状态"), label=TONES)
    def shown_state(self, row: TechContract) -> tuple[str, str]:
        return row.state, row.get_state_display()

    def record_context(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        due = gettext("应于 %(day)s 前提交登记") % {"day": row.submit_by.isoformat()}
        told = {
            "record_badge": {"text": row.get_state_display(), "type": TONES[row.state]},
            "record_facts": [self.shown_sides(row), *names_of_codes(CodeScheme.CONTRACT_TYPE, [row.contract_type])],
            "record_note": due if row.state == ContractState.SIGNED else "",
        }
        return super().record_context(request, row) | told

    def read_fieldsets(self, request: HttpRequest, row: Any) -> list[tuple[Any, list[str]]]:
        sides = [f"{side}_{name}" for side in contracts.SIDES for name in ("zone", "region", "nature")]
        days = ["signed_on", "submitted_on", "registered_on", "registration_number"]
        ends = ["cancelled_on", "end_reason", "end_zh"]
        return [
            (gettext("合同"), ["zone", "cooperation", "total_amount", "traded_amount"]),
            (gettext("双方"), sides),
            (gettext("登记"), [*days, *ends]),
        ]

    def read_tables(self, request: HttpRequest, row: Any, *, is_own: bool) -> list[dict[str, Any]]:
        rows = [
            [one.number, one.get_kind_display(), one.registered_on, one.registration_number,
             f"{one.total_amount:,.2f}", f"{one.traded_amount:,.2f}", one.reason_zh or EMPTY]
            for one in visible_rows(ContractRegistration, principal_of(request)).filter(contract=row)
        ]  # fmt: skip
        names = ("number", "kind", "registered_on", "registration_number", "total_amount", "traded_amount", "reason_zh")
        headings = [str(getattr(ContractRegistration._meta.get_field(name), "verbose_name", name)) for name in names]
        return [{"title": gettext("合同登记版次"), "headings": headings, "rows": rows}] if rows else []
