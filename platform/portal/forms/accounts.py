"""What people tell of themselves and of the organization they register."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.scopes import Scope
from zones.choices import OrganizationKind
from zones.models import Organization, Registration, Zone
from zones.scoping import Principal
from zones.services.tokens import LIFETIMES

ABOUT = ("credit_code", "name_zh", "name_en", "kind", "zone", "city", "website")


def password_field(label: Any, autocomplete: str) -> forms.CharField:
    return forms.CharField(label=label, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}))


class OrganizationForm(forms.Form):
    """The organization as its business licence has it."""

    credit_code = forms.CharField(
        label=gettext_lazy("统一社会信用代码"),
        max_length=30,
        help_text=gettext_lazy("18 位，见营业执照或法人证书"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    name_zh = forms.CharField(
        label=gettext_lazy("单位名称"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    name_en = forms.CharField(label=gettext_lazy("英文名称"), max_length=200, required=False)
    kind = forms.ChoiceField(label=gettext_lazy("类型"), choices=OrganizationKind.choices)
    zone = forms.ModelChoiceField(
        Zone.objects.all(),
        to_field_name="slug",
        label=gettext_lazy("所在高新区"),
        help_text=gettext_lazy("由该园区的经办人核验"),
    )
    city = forms.CharField(
        label=gettext_lazy("城市"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )
    website = forms.URLField(
        label=gettext_lazy("网站"), max_length=200, required=False, assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "url", "placeholder": "https://"}),
    )  # fmt: skip

    def about(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ABOUT}


class RegistrationForm(OrganizationForm):
    """The organization, and the account of whoever registers it."""

    username = forms.CharField(
        label=gettext_lazy("用户名"),
        max_length=150,
        help_text=gettext_lazy("登录时使用；可用字母、数字及 @ . + - _"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false", "autocapitalize": "none"}),
    )
    display_name = forms.CharField(
        label=gettext_lazy("显示名称"),
        max_length=80,
        help_text=gettext_lazy("园区与同事看到的名称"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("邮箱"),
        help_text=gettext_lazy("仅用于与您联系，不对外显示"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = password_field(gettext_lazy("密码"), "new-password")
    password_again = password_field(gettext_lazy("再次输入密码"), "new-password")
    consented = forms.BooleanField(label=gettext_lazy("我受本单位委托注册，同意所在园区为核验使用以上信息"))

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        return _same_twice(self)

    def applicant(self) -> dict[str, Any]:
        names = ("username", "display_name", "email", "password", "consented")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def parts(self) -> list[dict[str, Any]]:
        """The fields in two parts, as they are shown."""
        return [
            {"title": _("单位"), "fields": [self[name] for name in ABOUT]},
            {
                "title": _("登录账号"),
                "fields": [self[name] for name in self.fields if name not in (*ABOUT, "consented")],
            },
        ]


class CorrectionForm(OrganizationForm):
    """The registration again, with the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, row: Registration, sent: Any = None) -> None:
        stored = {name: getattr(row, name) for name in ABOUT}
        super().__init__(sent, initial=stored | {"zone": row.zone.slug, "version": row.version})


class OwnAccountForm(forms.Form):
    display_name = forms.CharField(
        label=gettext_lazy("显示名称"),
        max_length=80,
        help_text=gettext_lazy("园区与同事看到的名称"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("界面语言"), choices=settings.LANGUAGES)


class PasswordForm(forms.Form):
    """The old one proves who asks."""

    old = password_field(gettext_lazy("原密码"), "current-password")
    password = password_field(gettext_lazy("新密码"), "new-password")
    password_again = password_field(gettext_lazy("再次输入密码"), "new-password")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        return _same_twice(self)


class TokenForm(forms.Form):
    """What a new token is for, what it may do, and until when."""

    name = forms.CharField(
        label=gettext_lazy("名称"), max_length=60, help_text=gettext_lazy("用在哪个系统或程序，便于日后识别")
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("权限"), choices=Scope.choices, initial=[Scope.READ], widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(label=gettext_lazy("有效期"), coerce=int, initial=90)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        lifetimes = [(days, _("%(days)d 天") % {"days": days}) for days in LIFETIMES]
        self.fields["days"].choices = lifetimes  # type: ignore[attr-defined]


class ColleagueForm(forms.Form):
    """Who is invited, and to which of one's organizations where there are several."""

    display_name = forms.CharField(
        label=gettext_lazy("被邀请人"), max_length=80, help_text=gettext_lazy("同事看到的名称，本人接受时可改")
    )

    def __init__(self, principal: Principal, sent: Any = None) -> None:
        super().__init__(sent)
        own = Organization.objects.visible_to(principal).filter(pk__in=principal.organizations)
        keys = list(own.values_list("public_id", flat=True)[:2])
        self.fields["organization"] = forms.ModelChoiceField(
            own,
            to_field_name="public_id",
            label=_("单位"),
            initial=keys[0] if keys else None,
            empty_label=None,
            widget=forms.HiddenInput if len(keys) == 1 else forms.Select,
        )


def _same_twice(form: forms.Form) -> dict[str, Any]:
    values: dict[str, Any] = form.cleaned_data
    if "password" in values and values.get("password_again") != values["password"]:
        form.add_error("password_again", _("两次输入的密码不一致。"))
    return values
