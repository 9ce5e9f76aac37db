"""The small forms of cooperations and technology contracts."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.choices import TerminationReason
from matching.models import Cooperation, CooperationMilestone
from matching.services.cooperation_states import parties_of
from zones.choices import CodeScheme
from zones.models import Code
from zones.models.base import in_language
from zones.scoping import Principal, today

TEXT_ROWS = 3


def day_field(label: Any, **options: Any) -> Any:
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)


def money_field(label: Any, **options: Any) -> Any:
    return forms.DecimalField(label=label, max_digits=16, decimal_places=2, min_value=Decimal(0), **options)


def said_field(label: Any, *, is_required: bool = False, longest: int = 300) -> Any:
    widget = forms.Textarea(attrs={"rows": TEXT_ROWS, "maxlength": longest})
    return forms.CharField(label=label, required=is_required, max_length=longest, widget=widget)


class RefusalForm(forms.Form):
    words = said_field(_("哪里不符"), is_required=True)


class DelayForm(forms.Form):
    words = said_field(_("延期原因与新的安排"), is_required=True)


class CompletionForm(forms.Form):
    completed_on = day_field(_("完成日"), initial=today)
    words = said_field(_("主要成效"))


class TerminationForm(forms.Form):
    terminated_on = day_field(_("终止日"), initial=today)
    reason = forms.ChoiceField(label=_("终止原因"), choices=[("", "—"), *TerminationReason.choices])
    words = said_field(_("说明"))


class MilestoneForm(forms.Form):
    """One that has not been met yet, the day on which it was, and what shows it."""

    position = forms.TypedChoiceField(label=_("里程碑"), coerce=int)
    met_on = day_field(_("达到日"), initial=today)
    evidence = forms.CharField(
        label=_("达到的凭证"), required=False, max_length=200, help_text=_("验收意见、报告或文件的名称与编号")
    )

    def __init__(self, waiting: list[CooperationMilestone], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        choices = [(row.position, f"{row.name_zh}（{row.due_on}）") for row in waiting]
        self.fields["position"].choices = choices  # type: ignore[attr-defined]


class ContractForm(forms.Form):
    """A contract between two parties of a cooperation, as it was signed."""

    title_zh = forms.CharField(label=_("合同名称"), max_length=120)
    contract_type = forms.ChoiceField(label=_("合同类型"))
    seller = forms.ChoiceField(label=_("卖方"))
    buyer = forms.ChoiceField(label=_("买方"))
    total_amount = money_field(_("合同成交额（元）"))
    traded_amount = money_field(_("技术交易额（元）"), help_text=_("成交额中扣除设备、材料等之后的部分"))
    signed_on = day_field(_("签订日"), initial=today)

    def __init__(self, principal: Principal, row: Cooperation, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.row = row
        self.parties = {str(party.position): party for party in parties_of(row)}
        choices = [("", "—"), *((key, str(party)) for key, party in self.parties.items())]
        for name in ("seller", "buyer"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields["contract_type"].choices = [("", "—"), *contract_types()]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What the service stores: both sides as the cooperation has them."""
        told = dict(self.cleaned_data)
        for side in ("seller", "buyer"):
            party = self.parties[told.pop(side)]
            told[f"{side}_organization"], told[f"{side}_name_zh"] = party.organization, party.name_zh
            told[f"{side}_region"] = party.region
        return told | {"cooperation": self.row}


class CorrectionForm(forms.Form):
    """Before it is in the register."""

    title_zh = forms.CharField(label=_("合同名称"), max_length=120)
    signed_on = day_field(_("签订日"))
    total_amount = money_field(_("合同成交额（元）"))
    traded_amount = money_field(_("技术交易额（元）"))


class SubmissionForm(forms.Form):
    submitted_on = day_field(_("提交登记日"), initial=today)


def contract_types() -> list[tuple[str, str]]:
    """The codes in use, by name in the reader's language."""
    rows = Code.objects.filter(scheme=CodeScheme.CONTRACT_TYPE, is_active=True).order_by("code")
    return [(row.code, in_language(row.name_zh, row.name_en)) for row in rows]
