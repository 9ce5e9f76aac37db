"""What a member can do with a cooperation or a technology contract of the own organization, and by which service."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from matching.choices import ContractState
from matching.choices import CooperationState as State
from matching.models import Cooperation, CooperationMilestone, CooperationParty
from matching.services import contracts
from matching.services import cooperation_progress as progress
from matching.services import cooperations as agreements
from matching.services.cooperation_states import TRANSITIONS
from portal.forms.cooperations import (
    CompletionForm,
    ContractForm,
    CorrectionForm,
    DelayForm,
    MilestoneForm,
    RefusalForm,
    SubmissionForm,
    TerminationForm,
)
from portal.outcome_steps import OUTCOME_STEPS
from portal.record_steps import RecordStep, plain
from zones.scoping import Principal

Fits = Callable[[Principal, Any], bool]
CORRECTED: Final = ("title_zh", "signed_on", "total_amount", "traded_amount")


def mine(principal: Principal, row: Cooperation) -> list[CooperationParty]:
    """The parties that are organizations of the principal."""
    rows = CooperationParty.objects.visible_to(principal).filter(cooperation=row)
    return list(rows.filter(organization__in=principal.organizations))


def is_asked(principal: Principal, row: Any) -> bool:
    """Whether an own organization is to confirm what another has proposed."""
    is_other = row.proposer_id is None or row.proposer_id != principal.user_id
    waits = row.state == State.PROPOSED and any(one.confirmed_at is None for one in mine(principal, row))
    return is_other and waits


def _is_own_proposal(principal: Principal, row: Any) -> bool:
    if row.state != State.PROPOSED:
        return False
    is_own = row.proposer_id is not None and row.proposer_id == principal.user_id
    return is_own or any(one.is_proposing for one in mine(principal, row))


def _may(target: State) -> Fits:
    return lambda principal, row: row.state in TRANSITIONS[target]


def _milestones(principal: Principal, row: Any) -> list[CooperationMilestone]:
    rows = CooperationMilestone.objects.visible_to(principal).filter(cooperation=row, met_on__isnull=True)
    return list(rows) if row.state in progress.UNDER_WAY else []


def _milestone_form(principal: Principal, row: Any, *arguments: Any, **options: Any) -> forms.BaseForm:
    return MilestoneForm(_milestones(principal, row), *arguments, **options)


def _may_publish(principal: Principal, row: Any) -> bool:
    return row.is_confirmed and any(one.published_on is None for one in mine(principal, row))


def _is_published(principal: Principal, row: Any) -> bool:
    return any(one.published_on is not None for one in mine(principal, row))


def _on_cooperation(service: Callable[..., Any]) -> Callable[..., Any]:
    return lambda principal, row, version, values: service(principal, cooperation_id=row.pk, version=version, **values)


def _on_contract(service: Callable[..., Any]) -> Callable[..., Any]:
    return lambda principal, row, version, values: service(principal, contract_id=row.pk, version=version, **values)


def _record_contract(principal: Principal, row: Any, version: int, values: dict[str, Any]) -> Any:
    return contracts.record_contract(principal, is_sample=row.is_sample, **values)


def _correction_form(principal: Principal, row: Any, *arguments: Any, **options: Any) -> forms.BaseForm:
    return CorrectionForm(*arguments, **{"initial": {name: getattr(row, name) for name in CORRECTED}} | options)


COOPERATION_STEPS: Final[Mapping[str, RecordStep]] = {
    **OUTCOME_STEPS,
    "confirm": RecordStep(
        pgettext_lazy("button", "确认合作"),
        is_asked,
        plain(forms.Form),
        _on_cooperation(agreements.confirm_agreement),
        True,
    ),
    "refuse": RecordStep(
        pgettext_lazy("button", "退回更正"),
        is_asked,
        plain(RefusalForm),
        _on_cooperation(agreements.refuse_agreement),
    ),
    "take_back": RecordStep(
        pgettext_lazy("button", "撤回提交"),
        _is_own_proposal,
        plain(forms.Form),
        _on_cooperation(agreements.take_back_proposal),
    ),
    "start": RecordStep(
        _("开始实施"), _may(State.RUNNING), plain(forms.Form), _on_cooperation(progress.start_cooperation), True
    ),
    "milestone": RecordStep(
        _("登记里程碑达到"),
        lambda principal, row: bool(_milestones(principal, row)),
        _milestone_form,
        _on_cooperation(progress.meet_milestone),
        True,
    ),
    "contract": RecordStep(
        _("登记技术合同"), lambda principal, row: row.state in progress.UNDER_WAY, ContractForm, _record_contract
    ),
    "delay": RecordStep(
        _("登记延期"), _may(State.DELAYED), plain(DelayForm), _on_cooperation(progress.delay_cooperation)
    ),
    "complete": RecordStep(
        _("登记完成"), _may(State.COMPLETED), plain(CompletionForm), _on_cooperation(progress.complete_cooperation)
    ),
    "terminate": RecordStep(
        _("终止合作"), _may(State.TERMINATED), plain(TerminationForm), _on_cooperation(progress.terminate_cooperation)
    ),
    "publish": RecordStep(
        _("同意对外公开"), _may_publish, plain(forms.Form), _on_cooperation(progress.agree_to_publish)
    ),
    "hide": RecordStep(_("不再对外公开"), _is_published, plain(forms.Form), _on_cooperation(progress.hide_again)),
}
CONTRACT_STEPS: Final[Mapping[str, RecordStep]] = {
    "submit": RecordStep(
        _("登记已提交"),
        lambda principal, row: row.state in contracts.TRANSITIONS[ContractState.SUBMITTED],
        plain(SubmissionForm),
        _on_contract(contracts.submit_contract),
        True,
    ),
    "correct": RecordStep(
        _("更正"),
        lambda principal, row: row.state in contracts.BEFORE_THE_REGISTER,
        _correction_form,
        _on_contract(contracts.change_contract),
    ),
}
"""Entering, changing and cancelling are the registering zone's."""
