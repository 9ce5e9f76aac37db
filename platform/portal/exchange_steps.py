"""What a member can do in an exchange: when, by which form and which service."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from matching.choices import ExchangeState as State
from matching.choices import Side
from matching.models import Consent, Cooperation, CooperationParty, Exchange, NextStep
from matching.services.consents import OPEN_STATES, give_consent, standing_consents, withdraw_consent
from matching.services.cooperations import confirm_agreement, refuse_agreement, take_back_proposal
from matching.services.exchange_sides import organization_of
from matching.services.exchange_states import TRANSITIONS
from matching.services.exchanges import accept_interest, decline_interest, give_up, recall_interest
from matching.services.meetings import propose_meeting
from matching.services.negotiation_files import add_file
from matching.services.negotiations import finish_next_step, set_next_step, write_message
from portal.agreement_steps import (
    AgreementForm,
    ReadForm,
    ReturnForm,
    agreement_of,
    is_asked,
    is_own_proposal,
    may_propose,
    on_agreement,
    propose,
)
from portal.exchange_lists import is_turn, sides_in
from portal.forms.exchanges import AnswerForm, ConsentForm, ContactForm, ReasonForm
from portal.forms.negotiations import FileForm, MeetingForm, MessageForm, NextStepForm
from zones.scoping import Principal
from zones.services.organizations import add_contact

Form = forms.BaseForm


class Stand(NamedTuple):
    """One side of an exchange as it stands."""

    exchange: Exchange
    side: Side
    consents: Mapping[Side, Consent]
    agreement: Cooperation | None = None
    proposing: frozenset[int | None] = frozenset()
    """What is proposed or agreed, and the organizations that have proposed it."""
    has_next_step: bool = False

    @property
    def is_turn(self) -> bool:
        return is_turn(self.exchange, self.side, self.consents)

    @property
    def may_talk(self) -> bool:
        return self.exchange.state in OPEN_STATES

    @property
    def may_consent(self) -> bool:
        return self.exchange.state in (State.CONSENT_PENDING, *OPEN_STATES) and self.side not in self.consents


@dataclass(frozen=True, slots=True)
class ExchangeStep:
    """One step. `is_main` is what one should do; `is_open` stands unfolded."""

    title: Any
    fits: Callable[[Stand], bool]
    form: Callable[..., Form]
    take: Callable[..., Any]
    is_main: bool = False


def _answer(principal: Principal, stand: Stand, version: int, values: dict[str, Any]) -> Any:
    return accept_interest(principal, exchange_id=stand.exchange.pk, version=version, **values)


def _decline(principal: Principal, stand: Stand, version: int, values: dict[str, Any]) -> Any:
    return decline_interest(principal, exchange_id=stand.exchange.pk, version=version, **values)


def _recall(principal: Principal, stand: Stand, version: int, values: dict[str, Any]) -> Any:
    return recall_interest(principal, exchange_id=stand.exchange.pk, version=version)


def _consent(principal: Principal, stand: Stand, version: int, values: dict[str, Any]) -> Any:
    return give_consent(principal, exchange_id=stand.exchange.pk, version=version, side=stand.side, **values)


def _withdraw(principal: Principal, stand: Stand, version: int, values: dict[str, Any]) -> Any:
    return withdraw_consent(principal, exchange_id=stand.exchange.pk, side=stand.side)


def _give_up(principal: Principal, stand: Stand, version: int, values: dict[str, Any]) -> Any:
    return give_up(principal, exchange_id=stand.exchange.pk, version=version, side=stand.side, **values)


def _add_contact(principal: Principal, stand: Stand, version: int, values: dict[str, Any]) -> Any:
    return add_contact(principal, organization_id=organization_of(stand.exchange, stand.side).pk, **values)


def _talk(service: Callable[..., Any]) -> Callable[..., Any]:
    """What is said in a negotiation: it asks for no version, as it changes nothing that somebody has read."""

    def take(principal: Principal, stand: Stand, version: int, values: dict[str, Any]) -> Any:
        return service(principal, exchange_id=stand.exchange.pk, side=stand.side, **values)

    return take


def _plain(form: type[Form]) -> Callable[..., Form]:
    """A form that needs to know nothing of the exchange."""
    return lambda principal, stand, *arguments, **options: form(*arguments, **options)


def _consent_form(principal: Principal, stand: Stand, *arguments: Any, **options: Any) -> Form:
    return ConsentForm(principal, stand.exchange, stand.side, *arguments, **options)


STEPS: Final = {
    "accept": ExchangeStep(
        pgettext_lazy("button", "接受意向"),
        lambda stand: stand.is_turn and stand.exchange.state == State.INTEREST_SENT,
        _plain(AnswerForm),
        _answer,
        True,
    ),
    "decline": ExchangeStep(
        pgettext_lazy("button", "谢绝"),
        lambda stand: stand.is_turn and stand.exchange.state == State.INTEREST_SENT,
        _plain(ReasonForm),
        _decline,
    ),
    "recall": ExchangeStep(
        pgettext_lazy("button", "撤回意向"),
        lambda stand: not stand.is_turn and stand.exchange.state == State.INTEREST_SENT,
        _plain(forms.Form),
        _recall,
    ),
    "consent": ExchangeStep(
        pgettext_lazy("button", "同意互换联系方式"), lambda stand: stand.may_consent, _consent_form, _consent, True
    ),
    "contact": ExchangeStep(
        _("补登本单位联系方式"), lambda stand: stand.may_consent, _plain(ContactForm), _add_contact
    ),
    "message": ExchangeStep(
        pgettext_lazy("button", "留言"), lambda stand: stand.may_talk, _plain(MessageForm), _talk(write_message), True
    ),
    "meeting": ExchangeStep(_("提议会议"), lambda stand: stand.may_talk, _plain(MeetingForm), _talk(propose_meeting)),
    "file": ExchangeStep(_("上传文件"), lambda stand: stand.may_talk, _plain(FileForm), _talk(add_file)),
    "next": ExchangeStep(_("登记下一步"), lambda stand: stand.may_talk, _plain(NextStepForm), _talk(set_next_step)),
    "done": ExchangeStep(
        _("下一步已完成"),
        lambda stand: stand.may_talk and stand.has_next_step,
        _plain(forms.Form),
        _talk(finish_next_step),
    ),
    "withdraw": ExchangeStep(
        pgettext_lazy("button", "撤回同意"),
        lambda stand: stand.side in stand.consents and stand.exchange.is_live,
        _plain(forms.Form),
        _withdraw,
    ),
    "agree": ExchangeStep(
        pgettext_lazy("button", "确认合作"), is_asked, ReadForm, on_agreement(confirm_agreement), True
    ),
    "return": ExchangeStep(pgettext_lazy("button", "退回更正"), is_asked, ReturnForm, on_agreement(refuse_agreement)),
    "take_back": ExchangeStep(
        pgettext_lazy("button", "撤回提交"), is_own_proposal, ReadForm, on_agreement(take_back_proposal)
    ),
    "propose": ExchangeStep(
        pgettext_lazy("button", "提交合作，请对方确认"), may_propose, _plain(AgreementForm), propose
    ),
    "give_up": ExchangeStep(
        pgettext_lazy("button", "结束对接"),
        lambda stand: stand.exchange.state in TRANSITIONS[State.FAILED],
        _plain(ReasonForm),
        _give_up,
    ),
}


def stands_of(principal: Principal, row: Any) -> list[Stand]:
    """The exchange as each side the principal is a member of stands in it."""
    consents, agreement = standing_consents(row), agreement_of(principal, row)
    parties = CooperationParty.objects.visible_to(principal).filter(cooperation=agreement, is_proposing=True)
    proposing = frozenset(parties.values_list("organization_id", flat=True)) if agreement else frozenset()
    steps = NextStep.objects.visible_to(principal).filter(exchange=row, ended_at__isnull=True)
    known = (consents, agreement, proposing, steps.exists())
    return [Stand(row, side, *known) for side in sides_in(principal, row)]


def offered(stands: list[Stand]) -> dict[str, Stand]:
    """The steps that can be taken now, each for the first side that can."""
    found = {name: next((stand for stand in stands if step.fits(stand)), None) for name, step in STEPS.items()}
    return {name: stand for name, stand in found.items() if stand is not None}


def values_of(form: Any) -> dict[str, Any]:
    """What a form that holds says to its service."""
    told: dict[str, Any] = form.values() if hasattr(form, "values") else form.cleaned_data
    return told
