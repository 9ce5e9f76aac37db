"""What is asked of a resource, and the small forms of the steps that follow."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zones.choices import EndReason, ResourceKind
from zones.errors import InvalidInput
from zones.models import Organization, Resource, ServiceRating, ServiceRecord, ServiceRequest
from zones.scoping import Principal
from zones.services.service_requests import CANCEL_REASONS, DECLINE_REASONS, KINDS_OF

WISHES: Final = ("wished_from", "wished_to", "quantity", "hours")
TEXT_ROWS: Final = 4
STARS: Final = [(5, "★★★★★ 5"), (4, "★★★★ 4"), (3, "★★★ 3"), (2, "★★ 2"), (1, "★ 1")]


def column_field(model: type[Model], name: str) -> Any:
    """The field of a column: days as browsers pick them, no negative numbers, texts with their length."""
    column: Any = model._meta.get_field(name)
    field: Any = column.formfield()
    if isinstance(field, forms.DateField):
        field.widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    elif isinstance(field, forms.DecimalField):
        field.min_value = 0
        field.widget = forms.NumberInput(attrs={"min": 0, "step": "0.01"})
    elif isinstance(field.widget, forms.Textarea):
        field.widget = forms.Textarea(attrs={"rows": TEXT_ROWS, "maxlength": column.max_length})
    return field


class ColumnsForm(forms.Form):
    """A form of some columns of a model; `required` are those its step cannot do without."""

    model: type[Model] = ServiceRequest
    columns: Sequence[str] = ()
    required: Sequence[str] = ()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        own = {name: column_field(self.model, name) for name in self.columns}
        for name in self.required:
            own[name].required = True
        self.fields = own | self.fields


class WishForm(ColumnsForm):
    """What an estimate needs."""

    columns = WISHES


class RequestForm(WishForm):
    """What a member asks of a resource; whose wish it is follows from who asks."""

    confirmed = forms.BooleanField(label=gettext_lazy("同意提供方及其园区看到本单位名称与以上内容；内容不涉及国家秘密"))

    def __init__(self, principal: Principal, resource: Resource, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        own = Organization.objects.visible_to(principal).filter(pk__in=principal.organizations)
        askers = own.exclude(pk=resource.organization_id)
        self.organizations = list(askers)
        kinds = [(kind.value, kind.label) for kind in KINDS_OF[ResourceKind(resource.kind)]]
        first: dict[str, Any] = {"kind": forms.ChoiceField(label=_("申请类型"), choices=kinds)}
        if len(self.organizations) > 1:
            first["organization"] = forms.ModelChoiceField(askers, label=_("申请单位"), to_field_name="public_id")
        purpose = {"purpose": column_field(ServiceRequest, "purpose")}
        purpose["purpose"].help_text = _("请勿写出联系人、电话、邮箱：双方在申请页面内沟通。")
        confirmed = self.fields.pop("confirmed")
        self.fields = first | self.fields | purpose | {"confirmed": confirmed}

    def values(self) -> dict[str, Any]:
        """What the service stores. Raises InvalidInput where no organization can ask."""
        owner = self.cleaned_data.get("organization") or next(iter(self.organizations), None)
        if owner is None:
            raise InvalidInput.single("__all__", _("这是本单位自己的资源，无需申请。"))
        told = {name: self.cleaned_data[name] for name in ("kind", *WISHES, "purpose")}
        return told | {"organization": owner}


def _said(label: Any, *, is_required: bool = False, longest: int = 1000) -> Any:
    return forms.CharField(
        label=label,
        required=is_required,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": TEXT_ROWS, "maxlength": longest}),
    )


def _reasons(known: Iterable[EndReason]) -> Any:
    return forms.ChoiceField(
        label=gettext_lazy("原因"), choices=[("", "—"), *((reason.value, reason.label) for reason in known)]
    )


class QuestionForm(forms.Form):
    text = _said(gettext_lazy("请对方补充什么"), is_required=True)


class ReplyForm(WishForm):
    """More words, and wishes that have changed."""

    text = _said(gettext_lazy("补充说明"), is_required=True)


class AcceptForm(ColumnsForm):
    columns = ("agreed_from", "agreed_to", "agreed_hours", "agreed_fee")
    required = ("agreed_from", "agreed_to", "agreed_fee")
    text = _said(gettext_lazy("给对方的话"))


class DeclineForm(forms.Form):
    reason = _reasons(DECLINE_REASONS)
    text = _said(gettext_lazy("给对方的话"))


class CancelForm(forms.Form):
    reason = _reasons(CANCEL_REASONS)
    text = _said(gettext_lazy("给对方的话"))


class WithdrawForm(forms.Form):
    text = _said(gettext_lazy("给对方的话"))


class RecordForm(ColumnsForm):
    model = ServiceRecord
    columns = ("started_on", "ended_on", "hours", "quantity", "fee", "result")


class DisputeForm(forms.Form):
    text = _said(gettext_lazy("哪里不符"), is_required=True)


class MessageForm(forms.Form):
    text = _said(gettext_lazy("留言"), is_required=True)


class RatingForm(ColumnsForm):
    model = ServiceRating
    columns = ("comment",)
    stars = forms.TypedChoiceField(label=gettext_lazy("评分"), choices=STARS, coerce=int)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.order_fields(["stars", "comment"])
