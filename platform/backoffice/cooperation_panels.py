"""What is done with a cooperation beside reading it: the small forms and buttons of its steps, and the form by which an
exchange becomes one.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold import widgets

from backoffice.panel_fields import LEAST, money, words
from backoffice.panels import Panel
from backoffice.rows import editable_rows
from backoffice.steps import Step
from matching.choices import AmountKind, ExchangeState, Side, TerminationReason
from matching.choices import CooperationKind as Kind
from matching.choices import CooperationState as State
from matching.models import Cooperation, CooperationMilestone, CooperationParty
from matching.services import cooperation_progress as progress
from matching.services import cooperations as agreements
from matching.services.consents import standing_consents
from matching.services.cooperation_states import TRANSITIONS, acts_for_party, is_staff_of_a_party, parties_of
from matching.services.exchange_sides import sides_of
from matching.services.exchange_states import TRANSITIONS as EXCHANGE_TRANSITIONS
from zones.scoping import Principal

Offer = Callable[[Principal, Any], bool]


class StepForm(forms.Form):
    """The version is that of what was read."""

    version = forms.IntegerField(widget=forms.HiddenInput())


def column(model: type[Model], name: str, *, is_required: bool | None = None) -> Any:
    """The form field of a column, drawn as the back office draws it."""
    source: Any = model._meta.get_field(name)
    field = source.formfield()
    field.required = field.required if is_required is None else is_required
    if isinstance(field, forms.DateField):
        attrs = {"type": "date", "class": " ".join(widgets.INPUT_CLASSES)}
        field.widget = forms.DateInput(format="%Y-%m-%d", attrs=attrs)
    elif isinstance(field, forms.TypedChoiceField):
        field.widget = widgets.UnfoldAdminSelectWidget(choices=field.choices)
    else:
        field.widget = widgets.UnfoldAdminTextInputWidget()
    return field


class RefusalForm(StepForm):
    words = words(_("哪里不符"), is_required=True)


class EvidenceForm(StepForm):
    evidence = column(Cooperation, "evidence_zh", is_required=True)


class DelayForm(StepForm):
    words = words(_("延期原因与新的安排"), is_required=True)


class CompletionForm(StepForm):
    completed_on = column(Cooperation, "completed_on", is_required=True)
    words = words(_("主要成效"))


class TerminationForm(StepForm):
    terminated_on = column(Cooperation, "terminated_on", is_required=True)
    reason = forms.ChoiceField(
        label=_("终止原因"), choices=[("", "—"), *TerminationReason.choices], widget=widgets.UnfoldAdminSelectWidget()
    )
    words = words(_("说明"))


class MilestoneForm(StepForm):
    """One that has not been met yet, and the day on which it was."""

    met_on = column(CooperationMilestone, "met_on", is_required=True)
    evidence = column(CooperationMilestone, "evidence_zh", is_required=False)

    def __init__(self, waiting: list[CooperationMilestone], data: Any, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        choices = [(row.position, f"{row.name_zh}（{row.due_on}）") for row in waiting]
        self.fields["position"] = forms.TypedChoiceField(
            label=_("里程碑"), choices=choices, coerce=int, widget=widgets.UnfoldAdminSelectWidget()
        )


class PublishingForm(StepForm):
    basis = forms.CharField(
        label=_("同意公开的依据"),
        max_length=200,
        required=False,
        help_text=_("代单位登记时必填，例如“同意函 2026-11-20”"),
        widget=widgets.UnfoldAdminTextInputWidget(),
    )


class AgreementForm(StepForm):
    """What two sides have signed; milestones and the rest can be added to the proposal afterwards."""

    kind = forms.ChoiceField(label=_("合作类型"), choices=Kind.choices, widget=widgets.UnfoldAdminSelectWidget())
    title_zh = column(Cooperation, "title_zh")
    signed_on = column(Cooperation, "signed_on")
    contract_sum = money(_("合同金额（元）"), is_required=False, least=LEAST)
    investment = money(_("投资额（元）"), is_required=False, least=LEAST)
    evidence_zh = column(Cooperation, "evidence_zh")

    def __init__(self, sides: frozenset[Side], data: Any, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        if len(sides) > 1:
            choices = [("", "—"), *Side.choices]
            self.fields["side"] = forms.ChoiceField(
                label=_("代表哪一方"), choices=choices, widget=widgets.UnfoldAdminSelectWidget()
            )


def _is(principal: Principal, row: Any) -> bool:
    return editable_rows(Cooperation, principal).filter(pk=row.pk).exists()


def _may(target: State) -> Offer:
    return lambda principal, row: row.state in TRANSITIONS[target] and _is(principal, row)


def is_asked(principal: Principal, row: Any) -> bool:
    """Whether the reader speaks for a party that has not confirmed yet."""
    waiting = [one for one in parties_of(row) if one.organization_id and one.confirmed_at is None]
    return row.state == State.PROPOSED and any(acts_for_party(principal, one) for one in waiting)


def is_proposing(principal: Principal, row: Any) -> bool:
    """Whether the reader has proposed it, or speaks for the party that did."""
    if row.state != State.PROPOSED or not _is(principal, row):
        return False
    is_own = row.proposer_id is not None and row.proposer_id == principal.user_id
    mine = [one for one in parties_of(row) if one.is_proposing and acts_for_party(principal, one)]
    return is_own or principal.is_system or bool(mine)


def _may_confirm(principal: Principal, row: Any) -> bool:
    return is_asked(principal, row) and row.proposer_id != principal.user_id


def _may_prove(principal: Principal, row: Any) -> bool:
    return row.state == State.PROPOSED and is_staff_of_a_party(principal, parties_of(row))


def _may_prove_own(principal: Principal, row: Any) -> bool:
    """Its proposer sees a form instead of panels; the document named there will do."""
    has_evidence = len(row.evidence_zh) >= agreements.EVIDENCE_AT_LEAST
    return has_evidence and is_proposing(principal, row) and _may_prove(principal, row)


def _waiting(principal: Principal, row: Any) -> list[CooperationMilestone]:
    rows = CooperationMilestone.objects.visible_to(principal).filter(cooperation=row, met_on__isnull=True)
    return list(rows) if row.state in progress.UNDER_WAY and _is(principal, row) else []


def _unpublished(principal: Principal, row: Any) -> list[CooperationParty]:
    mine = [one for one in parties_of(row) if acts_for_party(principal, one)]
    return [one for one in mine if one.published_on is None] if row.is_confirmed else []


def _published(principal: Principal, row: Any) -> bool:
    return any(one.published_on and acts_for_party(principal, one) for one in parties_of(row))


def _small(form: type[forms.Form]) -> Callable[[Principal, Any, Any], forms.Form]:
    return lambda principal, row, data: form(data, initial={"version": row.version})


def _panel(name: str, title: Any, form: type[forms.Form], service: Any, is_offered: Offer, done: Any) -> Panel:
    def submit(principal: Principal, row: Any, values: dict[str, Any]) -> Any:
        return service(principal, cooperation_id=row.pk, **values)

    return Panel(name, title, title, _small(form), submit, is_offered, done)


def _step(name: str, title: Any, icon: str, service: Any, is_offered: Offer, done: Any, **more: Any) -> Step:
    def run(principal: Principal, row: Any, version: int | None) -> Any:
        return service(principal, cooperation_id=row.pk, version=version)

    return Step(name, title, icon, run, is_offered, done, **more)


PANELS = (
    _panel(
        "evidence",
        _("凭凭证确认"),
        EvidenceForm,
        agreements.confirm_by_evidence,
        _may_prove,
        _("已凭凭证确认，计入统计"),
    ),
    _panel(
        "refuse",
        _("退回更正"),
        RefusalForm,
        agreements.refuse_agreement,
        lambda principal, row: is_asked(principal, row) and not is_proposing(principal, row),
        _("已退回，对方可更正后重新提交"),
    ),
    Panel(
        "milestone",
        _("登记里程碑达到"),
        _("登记里程碑达到"),
        lambda principal, row, data: MilestoneForm(_waiting(principal, row), data, initial={"version": row.version}),
        lambda principal, row, values: progress.meet_milestone(principal, cooperation_id=row.pk, **values),
        lambda principal, row: bool(_waiting(principal, row)),
        _("里程碑已登记"),
    ),
    _panel(
        "complete",
        _("登记完成"),
        CompletionForm,
        progress.complete_cooperation,
        _may(State.COMPLETED),
        _("合作已登记完成，资源名额已释放"),
    ),
    _panel("delay", _("登记延期"), DelayForm, progress.delay_cooperation, _may(State.DELAYED), _("延期已登记")),
    _panel(
        "terminate",
        _("终止合作"),
        TerminationForm,
        progress.terminate_cooperation,
        _may(State.TERMINATED),
        _("合作已终止，资源名额已释放"),
    ),
    _panel(
        "publish",
        _("同意对外公开"),
        PublishingForm,
        progress.agree_to_publish,
        lambda principal, row: bool(_unpublished(principal, row)),
        _("已登记；各方都同意后对外公开"),
    ),
)
STEPS = (
    _step(
        "confirm",
        pgettext_lazy("button", "确认合作"),
        "check_circle",
        agreements.confirm_agreement,
        _may_confirm,
        _("已代本方确认"),
        style="primary",
        confirm=_("确认表示本方认可签约日、金额与各方。确定确认？"),
    ),
    _step(
        "prove",
        _("凭凭证确认"),
        "task",
        agreements.confirm_by_evidence,
        _may_prove_own,
        _("已凭凭证确认，计入统计"),
        confirm=_("将凭已填写的凭证确认并计入统计，之后不能再修改。确定确认？"),
    ),
    _step("start", _("开始实施"), "play_arrow", progress.start_cooperation, _may(State.RUNNING), _("已登记为实施中")),
    _step(
        "take-back",
        _("撤回提交"),
        "undo",
        agreements.take_back_proposal,
        is_proposing,
        _("已撤回"),
        confirm=_("撤回后对方不再需要确认；以后可重新提交。确定撤回？"),
    ),
    _step(
        "hide",
        _("不再对外公开"),
        "visibility_off",
        progress.hide_again,
        _published,
        _("已不再对外公开"),
        style="danger",
        confirm=_("撤回后外部立即看不到本项合作。确定撤回？"),
    ),
)


def _may_propose(principal: Principal, row: Any) -> bool:
    has_met = row.state in EXCHANGE_TRANSITIONS[ExchangeState.AGREED]
    return has_met and bool(sides_of(principal, row)) and len(standing_consents(row)) == len(Side)


def _propose(principal: Principal, row: Any, values: dict[str, Any]) -> Any:
    sums = {AmountKind.CONTRACT_SUM: values.pop("contract_sum"), AmountKind.INVESTMENT: values.pop("investment")}
    amounts = [{"kind": kind, "amount": amount} for kind, amount in sums.items() if amount]
    parts = agreements.CooperationParts(amounts=amounts)
    return agreements.propose_agreement(principal, exchange_id=row.pk, with_parts=parts, **values)


PROPOSAL = Panel(
    "propose",
    _("提交合作"),
    _("提交合作，请对方确认"),
    lambda principal, row, data: AgreementForm(sides_of(principal, row), data, initial={"version": row.version}),
    _propose,
    _may_propose,
    _("合作已提交；对方确认或凭凭证确认后计入统计"),
)
"""Stands among the panels of an exchange."""
