"""What is done with an agreement beside reading it: the small forms and buttons of its steps."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold import widgets

from backoffice.cooperation_panels import StepForm, column
from backoffice.panels import Panel
from backoffice.rows import visible_rows
from backoffice.steps import Step
from matching.agreement_choices import AgreementEnd
from matching.agreement_choices import AgreementState as State
from matching.models import Agreement, AgreementCommitment
from matching.services import agreements
from matching.services.agreement_states import TRANSITIONS, keeps, parties_of, speaks_for
from zones.scoping import Principal

Offer = Callable[[Principal, Any], bool]


class EndForm(StepForm):
    ended_on = column(Agreement, "ended_on", is_required=True)
    reason = forms.ChoiceField(
        label=_("终止原因"), choices=[("", "—"), *AgreementEnd.choices], widget=widgets.UnfoldAdminSelectWidget()
    )
    words = forms.CharField(
        label=_("说明"), required=False, max_length=300, widget=widgets.UnfoldAdminTextareaWidget(attrs={"rows": 3})
    )


class RenewalForm(StepForm):
    valid_from = column(Agreement, "valid_from")
    valid_to = column(Agreement, "valid_to", is_required=False)


class ReportForm(StepForm):
    """What has come of one of the promises one may answer for."""

    actual = forms.DecimalField(
        label=_("实际值"), max_digits=16, decimal_places=2, min_value=0, widget=widgets.UnfoldAdminDecimalFieldWidget()
    )
    reported_on = column(AgreementCommitment, "reported_on", is_required=True)
    evidence = column(AgreementCommitment, "evidence_zh", is_required=True)

    def __init__(self, mine: list[AgreementCommitment], data: Any, *, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        choices = [(row.position, f"{row.what_zh}（{row.target:f} {row.unit}）") for row in mine]
        self.fields["position"] = forms.TypedChoiceField(
            label=_("承诺事项"), choices=choices, coerce=int, widget=widgets.UnfoldAdminSelectWidget()
        )


def answered_for(principal: Principal, row: Any) -> list[AgreementCommitment]:
    """The promises the reader may report on: all for who keeps the record, else those of a party one speaks for."""
    if row.state in (State.DRAFT, State.DROPPED):
        return []
    rows = list(visible_rows(AgreementCommitment, principal).filter(agreement=row))
    if keeps(principal, row):
        return rows
    mine = {party.position for party in parties_of(row) if speaks_for(principal, party)}
    return [one for one in rows if one.party_position in mine]


def _may(target: State) -> Offer:
    return lambda principal, row: row.state in TRANSITIONS[target] and keeps(principal, row)


def _may_renew(principal: Principal, row: Any) -> bool:
    is_due = row.state in (State.IN_FORCE, State.EXPIRED)
    return is_due and keeps(principal, row) and not visible_rows(Agreement, principal).filter(renews=row).exists()


def _panel(name: str, title: Any, form: type[forms.Form], service: Any, is_offered: Offer, done: Any) -> Panel:
    return Panel(
        name,
        title,
        title,
        lambda principal, row, data: form(data, initial={"version": row.version}),
        lambda principal, row, values: service(principal, agreement_id=row.pk, **values),
        is_offered,
        done,
    )


def _step(name: str, title: Any, icon: str, service: Any, is_offered: Offer, done: Any, **more: Any) -> Step:
    def run(principal: Principal, row: Any, version: int | None) -> Any:
        return service(principal, agreement_id=row.pk, version=version)

    return Step(name, title, icon, run, is_offered, done, **more)


PANELS = (
    Panel(
        "report",
        _("填报承诺进展"),
        _("填报承诺进展"),
        lambda principal, row, data: ReportForm(answered_for(principal, row), data, initial={"version": row.version}),
        lambda principal, row, values: agreements.report_commitment(principal, agreement_id=row.pk, **values),
        lambda principal, row: bool(answered_for(principal, row)),
        _("进展已填报"),
    ),
    _panel("renew", _("续签"), RenewalForm, agreements.renew_agreement, _may_renew, _("续签草稿已生成，在列表中打开")),
    _panel("end", _("提前终止"), EndForm, agreements.end_agreement, _may(State.ENDED), _("协议已终止")),
)
STEPS = (
    _step(
        "in-force",
        _("登记生效"),
        "verified",
        agreements.put_in_force,
        _may(State.IN_FORCE),
        _("协议已生效，各签署方可见"),
        style="primary",
        confirm=_("生效后各签署方可见，内容不再修改。确定登记生效？"),
    ),
    _step(
        "drop",
        _("作废草稿"),
        "delete",
        agreements.drop_draft,
        _may(State.DROPPED),
        _("草稿已作废"),
        style="danger",
        confirm=_("作废后不能恢复。确定作废？"),
    ),
)
