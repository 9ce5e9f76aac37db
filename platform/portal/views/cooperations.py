"""Cooperations and technology contracts of a member's organizations: the lists, and one with its course and steps."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from matching.choices import ContractState
from matching.choices import CooperationState as State
from matching.models import (
    ContractRegistration,
    CooperationAmount,
    CooperationAssociation,
    CooperationMilestone,
    CooperationParty,
    CooperationStep,
    Exchange,
)
from portal.base import row_or_404
from portal.cooperation_lists import OPEN, count_waiting, own_contracts, own_cooperations, told_all, waiting
from portal.cooperation_steps import CONTRACT_STEPS, COOPERATION_STEPS, is_asked
from portal.forms.cooperations import contract_types
from portal.outcome_steps import told_outcomes
from portal.record_steps import OwnList, SteppedPage
from portal.specification import Pair, pairs_of
from zones.scoping import Principal, today

STATES: Final = {"waiting": gettext_lazy("待我办理"), "open": gettext_lazy("进行中"), "ended": gettext_lazy("已结束")}
CONTRACT_STATES: Final = {
    "open": gettext_lazy("待登记"),
    "registered": gettext_lazy("已登记"),
    "cancelled": pgettext_lazy("contract", "已注销"),
}
WHAT: Final = ("kind", "source", "signed_on", "completed_on", "terminated_on", "dimension")
OF_CONTRACT: Final = (
    "total_amount", "traded_amount", "signed_on", "submit_by", "submitted_on", "registered_on", "registration_number",
    "cancelled_on", "end_reason", "end_zh",
)  # fmt: skip
STANDING: Final[Mapping[str, tuple[str, ...]]] = {
    "open": (ContractState.SIGNED, ContractState.SUBMITTED),
    "registered": (ContractState.REGISTERED, ContractState.CHANGED),
    "cancelled": (ContractState.CANCELLED,),
}


class CooperationsPage(OwnList):
    template = "portal/my/cooperations.html"
    states = STATES

    def get(self, request: HttpRequest) -> HttpResponse:
        rows, frame = self.part_of(own_cooperations(self.principal).filter(self._standing()))
        told = {"rows": told_all(self.principal, rows), "waiting": count_waiting(self.principal), "today": today()}
        return self.page(frame | told)

    def _standing(self) -> Q:
        if self.state == "waiting":
            return waiting(self.principal)
        is_open = Q(state__in=OPEN)
        return {"": Q(), "open": is_open, "ended": ~is_open}[self.state]


class CooperationPage(SteppedPage):
    """One cooperation as its parties read it. Who acted for another party stays untold."""

    template = "portal/my/cooperation.html"
    steps = COOPERATION_STEPS
    address = "portal:cooperation"
    passed = gettext_lazy("合作目前为“%(state)s”，不能这样办理：请查看下面的最新进展。")

    def row(self, public_id: UUID) -> Any:
        return row_or_404(own_cooperations(self.principal), public_id)

    def told(self, row: Any) -> dict[str, Any]:
        def found(model: Any, *related: str) -> list[Any]:
            return list(model.objects.visible_to(self.principal).filter(cooperation=row).select_related(*related))

        return {
            "waits": _waits(self.principal, row),
            "facts": [*pairs_of(row, WHAT), *_said_of(row)],
            "parties": found(CooperationParty, "organization", "zone"),
            "own": self.principal.organizations,
            "milestones": found(CooperationMilestone),
            "amounts": [Pair(str(one.get_kind_display()), f"{one.amount:,.2f}") for one in found(CooperationAmount)],
            "associations": [one.association for one in found(CooperationAssociation, "association")],
            "contracts": list(own_contracts(self.principal).filter(cooperation=row)),
            "exchange_url": _exchange_url(self.principal, row),
            "course": found(CooperationStep),
            "today": today(),
            **told_outcomes(self.principal, row),
        }


class ContractsPage(OwnList):
    template = "portal/my/contracts.html"
    states = CONTRACT_STATES

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = own_contracts(self.principal).select_related("seller_organization", "buyer_organization")
        found, frame = self.part_of(rows.filter(state__in=STANDING[self.state]) if self.state else rows)
        return self.page(frame | {"rows": found, "today": today()})


class ContractPage(SteppedPage):
    """One contract as its sides read it, with every version the register has seen."""

    template = "portal/my/contract.html"
    steps = CONTRACT_STEPS
    address = "portal:contract"
    passed = gettext_lazy("合同目前为“%(state)s”，不能这样办理：请查看下面的最新进展。")

    def row(self, public_id: UUID) -> Any:
        related = ("seller_organization", "buyer_organization", "seller_zone", "buyer_zone", "zone", "cooperation")
        return row_or_404(own_contracts(self.principal).select_related(*related), public_id)

    def told(self, row: Any) -> dict[str, Any]:
        versions = ContractRegistration.objects.visible_to(self.principal).filter(contract=row)
        kind = dict(contract_types()).get(row.contract_type, row.contract_type)
        seen = own_cooperations(self.principal).filter(pk=row.cooperation_id)
        return {
            "facts": [Pair(_("合同类型"), kind), *pairs_of(row, OF_CONTRACT), Pair(_("登记的高新区"), str(row.zone))],
            "versions": list(versions),
            "cooperation": seen.first(),
            "is_late": row.state == ContractState.SIGNED and row.submit_by < today(),
        }


def _said_of(row: Any) -> list[Pair]:
    """What only the parties read of it."""
    told = [
        (_("凭证"), row.evidence_zh),
        (_("确认方式"), row.get_confirmed_by_display()),
        (_("终止原因"), row.get_end_reason_display()),
        (_("结束说明"), row.end_zh),
    ]
    return [Pair(str(label), str(value)) for label, value in told if value]


def _waits(principal: Principal, row: Any) -> str:
    """What is waited for before it counts."""
    if row.state != State.PROPOSED:
        return ""
    if is_asked(principal, row):
        return _("请核对签约日、金额与各方后确认；有出入请退回更正。确认前不计入统计。")
    return _("等待其他各方确认；有签约文件的，可由园区凭凭证确认。确认前不计入统计。")


def _exchange_url(principal: Principal, row: Any) -> str:
    found = Exchange.objects.visible_to(principal).filter(pk=row.exchange_id).first() if row.exchange_id else None
    return reverse("portal:exchange", args=[found.public_id]) if found else ""
