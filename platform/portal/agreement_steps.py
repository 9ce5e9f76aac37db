"""What a member can do about an agreement on the page of its exchange: propose it, confirm it, send or take it back."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.choices import AmountKind, CooperationKind, ExchangeState, Side
from matching.choices import CooperationState as State
from matching.models import Cooperation, CooperationAmount, Exchange
from matching.models.cooperations import DROPPED
from matching.services import cooperations as agreements
from matching.services.exchange_states import TRANSITIONS
from portal.specification import Pair
from zones.scoping import Principal

SUMS: Final = {"contract_sum": AmountKind.CONTRACT_SUM, "investment": AmountKind.INVESTMENT}


class AgreementForm(forms.Form):
    """What both sides have signed."""

    kind = forms.ChoiceField(label=_("合作类型"), choices=CooperationKind.choices)
    title_zh = forms.CharField(label=_("合作主题"), max_length=80)
    signed_on = forms.DateField(label=_("签约日"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    contract_sum = forms.DecimalField(
        label=_("合同金额（元）"), required=False, max_digits=16, decimal_places=2, min_value=Decimal("0.01")
    )
    investment = forms.DecimalField(
        label=_("投资额（元）"), required=False, max_digits=16, decimal_places=2, min_value=Decimal("0.01")
    )
    evidence_zh = forms.CharField(
        label=_("凭证"),
        max_length=200,
        required=False,
        help_text=_("合同或文件名称与编号，例如“技术开发合同 2026-018 号”"),
    )

    def values(self) -> dict[str, Any]:
        """What the service stores, amounts apart."""
        told = dict(self.cleaned_data)
        sums = [{"kind": kind, "amount": amount} for name, kind in SUMS.items() if (amount := told.pop(name))]
        return {**told, "with_parts": agreements.CooperationParts(amounts=sums)}


class ReadForm(forms.Form):
    """A step about an agreement as it was read: `read` is its version then."""

    read = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, principal: Principal, stand: Any, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"initial": {"read": stand.agreement.version}} | options)


class ReturnForm(ReadForm):
    words = forms.CharField(label=_("哪里不符"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


def agreement_of(principal: Principal, exchange: Exchange) -> Cooperation | None:
    """What is proposed or agreed in an exchange, as far as the reader sees it."""
    rows = Cooperation.objects.visible_to(principal).filter(exchange=exchange).exclude(state__in=DROPPED)
    found: Cooperation | None = rows.order_by("-pk").first()
    return found


def told(principal: Principal, row: Cooperation | None) -> list[Pair]:
    """An agreement for reading, on the page of its exchange."""
    if row is None:
        return []
    sums = CooperationAmount.objects.visible_to(principal).filter(cooperation=row)
    days = [(_("签约日"), row.signed_on), (_("完成日"), row.completed_on), (_("终止日"), row.terminated_on)]
    pairs = [
        (_("状态"), row.get_state_display()),
        (_("合作类型"), row.get_kind_display()),
        (_("合作主题"), row.title_zh),
    ]
    pairs += [(title, day.isoformat()) for title, day in days if day]
    pairs += [(one.get_kind_display(), f"{one.amount:,.2f}") for one in sums]
    return [Pair(str(title), str(value)) for title, value in [*pairs, (_("凭证"), row.evidence_zh)] if value]


def may_propose(stand: Any) -> bool:
    """Both have met, and nothing is proposed yet."""
    has_met = stand.exchange.state in TRANSITIONS[ExchangeState.AGREED] and len(stand.consents) == len(Side)
    return has_met and stand.agreement is None


def is_asked(stand: Any) -> bool:
    """The other side has proposed."""
    return _is_proposed(stand) and not _is_own(stand)


def is_own_proposal(stand: Any) -> bool:
    return _is_proposed(stand) and _is_own(stand)


def _is_proposed(stand: Any) -> bool:
    return stand.agreement is not None and stand.agreement.state == State.PROPOSED


def _is_own(stand: Any) -> bool:
    """Whether this side is the one that has proposed."""
    owner = (stand.exchange.need if stand.side == Side.NEED else stand.exchange.resource).organization_id
    return owner in stand.proposing


def propose(principal: Principal, stand: Any, version: int, values: dict[str, Any]) -> Any:
    return agreements.propose_agreement(
        principal, exchange_id=stand.exchange.pk, version=version, side=stand.side, **values
    )


def on_agreement(service: Callable[..., Any]) -> Callable[..., Any]:
    """A step of the agreement itself, with the version of it that was read."""

    def take(principal: Principal, stand: Any, version: int, values: dict[str, Any]) -> Any:
        more = {name: value for name, value in values.items() if name != "read"}
        return service(principal, cooperation_id=stand.agreement.pk, version=values["read"], **more)

    return take
