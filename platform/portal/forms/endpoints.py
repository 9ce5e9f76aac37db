"""Robots and webhooks as their owners fill them in. What is secret is never filled in for them."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.choices import EndpointKind
from zones.models import Association, Organization, Zone
from zones.scoping import Principal


def secret_field(label: Any, **options: Any) -> forms.CharField:
    """What is typed once: not shown again, and not kept by the browser."""
    widget = forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label=label, max_length=2_000, strip=True, widget=widget, **options)


def owners_of(principal: Principal) -> dict[str, Any]:
    """Whose endpoints the principal keeps, by the key a form names them with."""
    rows = [
        *Organization.objects.visible_to(principal).filter(pk__in=principal.organizations),
        *Zone.objects.filter(pk__in=principal.manager_zones),
        *Association.objects.filter(pk__in=principal.secretariats),
    ]
    return {_key(row): row for row in rows}


def _key(row: Any) -> str:
    public_id: UUID | None = getattr(row, "public_id", None)
    return f"{row._meta.model_name}:{public_id or row.slug}"


class EndpointForm(forms.Form):
    """Its name, where it leads, and a robot's secret."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=60, help_text=gettext_lazy("例如：对接工作群"))
    address = secret_field(
        gettext_lazy("接收地址"), help_text=gettext_lazy("群设置里机器人的 Webhook 地址，或您系统的 https 地址")
    )
    secret = secret_field(
        gettext_lazy("加签密钥"),
        required=False,
        help_text=gettext_lazy("钉钉、飞书机器人选了“加签（签名校验）”才需填写；Webhook 的密钥由本站生成"),
    )
    language = forms.ChoiceField(label=gettext_lazy("语言"), choices=settings.LANGUAGES)


class ChangeEndpointForm(EndpointForm):
    """What stays empty stays as it is."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, kind: str, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if kind not in (EndpointKind.DINGTALK, EndpointKind.FEISHU):
            self.fields["secret"].widget = forms.HiddenInput()
        for name in ("address", "secret"):
            self.fields[name].required = False
            self.fields[name].help_text = _("不更换请留空")


class NewEndpointForm(EndpointForm):
    """With its kind, and its owner where there are several."""

    field_order = ("kind", "owner", "name", "address", "secret", "language")

    def __init__(self, principal: Principal, sent: Any = None) -> None:
        super().__init__(sent)
        self._owners = owners_of(principal)
        choices = [(key, str(row)) for key, row in self._owners.items()]
        self.fields["kind"] = forms.ChoiceField(label=_("种类"), choices=EndpointKind.choices)
        self.fields["owner"] = forms.ChoiceField(
            label=_("归属"),
            choices=choices,
            initial=choices[0][0] if choices else None,
            widget=forms.HiddenInput if len(choices) == 1 else forms.Select,
        )
        self.order_fields(self.field_order)

    def values(self) -> dict[str, Any]:
        return self.cleaned_data | {"owner": self._owners[self.cleaned_data["owner"]]}
