"""What a broker does for a side of an exchange: the small forms beside it, and the buttons above it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.cooperation_panels import PROPOSAL
from backoffice.panel_fields import words
from backoffice.panels import Panel
from backoffice.steps import Step
from matching.choices import ContactField, ExchangeState, ExitReason, Side
from matching.services.consent_texts import TEXTS
from matching.services.consents import OPEN_STATES, TEXT_VERSION, give_consent, standing_consents, withdraw_consent
from matching.services.exchange_sides import is_on_behalf, organization_of, sides_of
from matching.services.exchange_states import TRANSITIONS
from matching.services.exchanges import accept_interest, decline_interest, give_up, recall_interest
from zones.scoping import Principal, today
from zones.services.contacts import contacts_of

CONSENT_DAYS = 90
CONSENT_TITLES = {Side.NEED: _("代需求方同意互换联系方式"), Side.RESOURCE: _("代资源方同意互换联系方式")}
WITHDRAWAL_TITLES = {Side.NEED: _("代需求方撤回同意"), Side.RESOURCE: _("代资源方撤回同意")}


class StepForm(forms.Form):
    """The version is that of what was read."""

    version = forms.IntegerField(widget=forms.HiddenInput())


class AcceptForm(StepForm):
    words = words(_("给对方的话"), most=500)


class EndForm(StepForm):
    reason = forms.ChoiceField(
        label=_("原因"), choices=[("", "—"), *ExitReason.choices], widget=widgets.UnfoldAdminSelectWidget()
    )
    words = words(_("说明"), most=300)


class GiveUpForm(EndForm):
    """`side` is asked where the reader speaks for both."""

    def __init__(self, sides: frozenset[Side], data: Any, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        if len(sides) > 1:
            choices = [("", "—"), *Side.choices]
            self.fields["side"] = forms.ChoiceField(
                label=_("代表哪一方"), choices=choices, widget=widgets.UnfoldAdminSelectWidget()
            )


class ConsentForm(StepForm):
    """Consent of one side: which contact, what of it, what for, until when, and by what the broker may."""

    text_version = forms.IntegerField(widget=forms.HiddenInput())
    contact = forms.UUIDField(label=_("联系方式"), widget=widgets.UnfoldAdminSelectWidget())
    fields_shown = forms.MultipleChoiceField(
        label=_("可见内容"),
        choices=ContactField.choices,
        widget=widgets.UnfoldAdminCheckboxSelectMultipleWidget(),
    )
    purpose = forms.CharField(
        label=_("用途"), max_length=200, widget=widgets.UnfoldAdminTextInputWidget(), help_text=_("例如：商谈检测委托")
    )
    valid_until = forms.DateField(
        label=_("有效至"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": " ".join(widgets.INPUT_CLASSES)}),
    )
    basis = forms.CharField(
        label=_("代为同意的依据"),
        max_length=200,
        required=False,
        widget=widgets.UnfoldAdminTextInputWidget(),
        help_text=_("单位如何授权，例如“授权书 2026-11-20”"),
    )
    agreed = forms.BooleanField(
        label=_("单位已知悉并同意"), widget=widgets.UnfoldBooleanWidget(), help_text=TEXTS[TEXT_VERSION]
    )

    def __init__(self, principal: Principal, row: Any, side: Side, data: Any) -> None:
        first = {
            "version": row.version, "text_version": TEXT_VERSION, "valid_until": today() + timedelta(CONSENT_DAYS),
            "fields_shown": [ContactField.PERSON_NAME, ContactField.PHONE],
        }  # fmt: skip
        super().__init__(data, initial=first)
        contacts = contacts_of(principal, organization_id=organization_of(row, side).pk)
        field: Any = self.fields["contact"]
        field.widget.choices = [(str(one.key), " ".join(filter(None, one[1:]))) for one in contacts]
        if not contacts:
            field.help_text = _("该单位尚无联系方式：请先在单位的页面登记。")
        if not is_on_behalf(principal, row, side):
            del self.fields["basis"]


def offers(principal: Principal, row: Any, target: ExchangeState, side: Side | None = None) -> bool:
    """Whether the reader may take this step now, for that side or for either of its own."""
    sides = sides_of(principal, row)
    return row.state in TRANSITIONS[target] and (side in sides if side else bool(sides))


def may_consent(principal: Principal, row: Any, side: Side) -> bool:
    """Whether this side is asked for its consent, and the reader speaks for it."""
    is_asked = row.state in (ExchangeState.CONSENT_PENDING, *OPEN_STATES)
    return is_asked and side in sides_of(principal, row) and side not in standing_consents(row)


def may_answer(principal: Principal, row: Any) -> bool:
    """Whether an answer is waited for, and the reader speaks for who was asked."""
    return row.state == ExchangeState.INTEREST_SENT and row.answering_side in sides_of(principal, row)


def _small(form: type[forms.Form]) -> Callable[[Principal, Any, Any], forms.Form]:
    return lambda principal, row, data: form(data, initial={"version": row.version})


def _consent(side: Side) -> Panel:
    def submit(principal: Principal, row: Any, values: dict[str, Any]) -> Any:
        shown = {name: value for name, value in values.items() if name not in ("agreed", "fields_shown")}
        return give_consent(principal, exchange_id=row.pk, side=side, fields=values["fields_shown"], **shown)

    return Panel(
        f"consent-{side}",
        CONSENT_TITLES[side],
        _("登记同意"),
        lambda principal, row, data: ConsentForm(principal, row, side, data),
        submit,
        lambda principal, row: may_consent(principal, row, side),
        _("同意已登记；双方都同意后可查看对方联系方式"),
    )


def _withdrawal(side: Side) -> Step:
    return Step(
        f"withdraw-{side}",
        WITHDRAWAL_TITLES[side],
        "undo",
        lambda principal, row, version: withdraw_consent(principal, exchange_id=row.pk, side=side),
        lambda principal, row: side in sides_of(principal, row) and side in standing_consents(row),
        _("已撤回同意，对方不再能查看联系方式"),
        style="danger",
        confirm=_("撤回后对方立即不能再查看联系方式。确定撤回？"),
    )


PANELS = (
    Panel(
        "accept",
        _("接受意向"),
        _("接受意向"),
        _small(AcceptForm),
        lambda principal, row, values: accept_interest(principal, exchange_id=row.pk, **values),
        may_answer,
        _("已接受意向，资源名额已预留；请双方同意互换联系方式"),
    ),
    Panel(
        "decline",
        _("谢绝意向"),
        _("谢绝意向"),
        _small(EndForm),
        lambda principal, row, values: decline_interest(principal, exchange_id=row.pk, **values),
        may_answer,
        _("已谢绝意向"),
    ),
    *(_consent(side) for side in Side),
    PROPOSAL,
    Panel(
        "give-up",
        _("结束对接"),
        _("结束对接"),
        lambda principal, row, data: GiveUpForm(sides_of(principal, row), data, initial={"version": row.version}),
        lambda principal, row, values: give_up(principal, exchange_id=row.pk, **values),
        lambda principal, row: offers(principal, row, ExchangeState.FAILED),
        _("对接已结束，资源名额已释放"),
    ),
)
STEPS = (
    Step(
        "recall",
        _("撤回意向"),
        "undo",
        lambda principal, row, version: recall_interest(principal, exchange_id=row.pk, version=version),
        lambda principal, row: offers(principal, row, ExchangeState.RECALLED, Side(row.asked_by_side)),
        _("已撤回意向"),
        confirm=_("撤回后对方不再答复；以后可重新发出意向。确定撤回？"),
    ),
    *(_withdrawal(side) for side in Side),
)
