"""What a side says when it expresses interest, and the small forms of the steps that follow."""

from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.choices import ContactField, ExitReason, NeedState, Side
from matching.models import Exchange, Need
from matching.services.consent_texts import TEXTS
from matching.services.consents import TEXT_VERSION
from matching.services.exchange_sides import organization_of
from matching.services.exchanges import QUESTIONS
from zones.choices import ResourceStatus
from zones.models import ContactPoint, Resource
from zones.scoping import Principal, today
from zones.services.contacts import contacts_of

LONGEST: Final = 500
TEXT_ROWS: Final = 3
CONSENT_DAYS: Final = 180
ASKED: Final = {
    "cooperation_zh": gettext_lazy("希望怎样合作？"),
    "unclear_zh": gettext_lazy("还需要对方说明什么？"),
    "offer_zh": gettext_lazy("我方能带来什么？"),
}
HELP: Final = {
    "cooperation_zh": gettext_lazy("例如：委托检测 20 片样品，两周内给出报告。"),
    "unclear_zh": gettext_lazy("没有可留空。"),
    "offer_zh": gettext_lazy("例如：样品、经费、数据、场地。请勿写出单位名称、联系人、电话：双方同意后再交换。"),
}


def words_field(label: Any, *, is_required: bool = False, longest: int = LONGEST) -> Any:
    """A text of a few lines that the other side reads."""
    widget = forms.Textarea(attrs={"rows": TEXT_ROWS, "maxlength": longest})
    return forms.CharField(label=label, required=is_required, max_length=longest, widget=widget)


class InterestForm(forms.Form):
    """The three standard questions; of what is not given by the address, a choice among one's own."""

    def __init__(self, principal: Principal, *arguments: Any, lacks: Side | None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.lacks = lacks
        if lacks is not None:
            self.fields[lacks.value] = _own_records(principal, lacks)
        for name in QUESTIONS:
            self.fields[name] = words_field(ASKED[name], is_required=name != "unclear_zh")
            self.fields[name].help_text = HELP[name]

    @property
    def has_choice(self) -> bool:
        """Whether there is anything of one's own to bring together with the other's."""
        return self.lacks is None or self.fields[self.lacks.value].queryset.exists()  # type: ignore[attr-defined]

    def answers(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in QUESTIONS}


def _own_records(principal: Principal, side: Side) -> Any:
    if side == Side.NEED:
        rows, label = Need.objects.visible_to(principal).filter(state=NeedState.OPEN), _("为哪项需求")
    else:
        rows, label = Resource.objects.visible_to(principal).filter(status=ResourceStatus.ACTIVE), _("以哪项资源")
    own = rows.filter(organization__in=principal.organizations)
    return forms.ModelChoiceField(own, label=label, to_field_name="public_id")


class AnswerForm(forms.Form):
    words = words_field(gettext_lazy("给对方的话"))


class ReasonForm(forms.Form):
    """Why one does not go on, coded, and in words."""

    reason = forms.ChoiceField(label=gettext_lazy("原因"), choices=[("", "—"), *ExitReason.choices])
    words = words_field(gettext_lazy("给对方的话"), longest=300)


class ConsentForm(forms.Form):
    """Which contact of one's own the other side sees, of it what, for what and until when."""

    contact = forms.ChoiceField(label=gettext_lazy("由谁联系"), widget=forms.RadioSelect)
    fields_shown = forms.MultipleChoiceField(
        label=gettext_lazy("对方可见"), choices=ContactField.choices, widget=forms.CheckboxSelectMultiple
    )
    purpose = forms.CharField(label=gettext_lazy("用途"), max_length=200)
    valid_until = forms.DateField(
        label=gettext_lazy("有效至"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    text_version = forms.IntegerField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(label=gettext_lazy("我已阅读并同意以上内容，并有权代表本单位"))

    def __init__(self, principal: Principal, exchange: Exchange, side: Side, *arguments: Any, **options: Any) -> None:
        first = {
            "purpose": _("商谈本项合作"), "valid_until": today() + timedelta(CONSENT_DAYS),
            "text_version": TEXT_VERSION, "fields_shown": [ContactField.PERSON_NAME, ContactField.PHONE],
        }  # fmt: skip
        super().__init__(*arguments, **{"initial": first} | options)
        own = contacts_of(principal, organization_id=organization_of(exchange, side).pk)
        self.fields["contact"].choices = [(str(one.key), _called(one)) for one in own]  # type: ignore[attr-defined]
        if len(own) == 1:
            self.initial["contact"] = str(own[0].key)
        self.has_contacts = bool(own)
        self.agreed_text = TEXTS[TEXT_VERSION]

    def values(self) -> dict[str, Any]:
        """What the service stores."""
        told = self.cleaned_data
        until: date = told["valid_until"]
        return {
            "contact": UUID(told["contact"]), "fields": told["fields_shown"], "purpose": told["purpose"],
            "valid_until": until, "text_version": told["text_version"],
        }  # fmt: skip


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """One more contact of the own organization."""

    class Meta:
        model = ContactPoint
        fields = ("title", "person_name", "phone", "email")


def _called(contact: Any) -> str:
    return " · ".join(filter(None, (contact.title, contact.person_name, contact.phone, contact.email)))
