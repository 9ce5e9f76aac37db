"""What protects an account beside its password: an app that shows codes, security keys, recovery codes.

Whoever changes it has told the password within the last minutes.
"""

import json
from http import HTTPStatus
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters

from accounts.entering import confirm, is_confirmed, mark_passed
from accounts.lockout import lockout_sentence
from accounts.sealing import CannotOpen, opened, seal
from accounts.second_factors import begin_key, factors_of, made_key, name_of, new_secret, picture_of
from portal.forms.accounts import password_field
from portal.forms.sending import sent
from portal.views.own_account import OwnPages
from portal.views.second_step import CREDENTIAL_CHARACTERS
from zones.errors import DomainError
from zones.services.identities import identities_of, is_of_zone, zone_doors
from zones.services.second_factors import (
    FEW_CODES,
    NAME_CHARACTERS,
    add_app,
    add_key,
    must_have_factor,
    remove_factor,
    renew_recovery_codes,
)

SECRET: Final = "app_secret"
"""Under which a secret waits in the session, sealed, until the first code shows that the app has it."""
CHANGES: Final = ("authenticator", "security_key")
"""Pages to which the password leads on."""


class ConfirmForm(forms.Form):
    password = password_field(gettext_lazy("密码"), "current-password")


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("验证码"),
        max_length=20,
        help_text=gettext_lazy("验证器应用显示的 6 位数字"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}),
    )


class KeyForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("名称"),
        max_length=NAME_CHARACTERS,
        help_text=gettext_lazy("便于您辨认，例如“办公室的密钥”“我的手机”"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    credential = forms.CharField(max_length=CREDENTIAL_CHARACTERS, required=False, widget=forms.HiddenInput)


class SecurityPages(OwnPages):
    here = "security"

    def codes_page(self, codes: list[str]) -> HttpResponse:
        return self.page({"codes": codes}, template="portal/account/recovery_codes.html")


class SecurityPage(SecurityPages):
    """What there is, and the ways to more."""

    template = "portal/account/security.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        held = factors_of(self.account)
        rows = [row for row in (held.app, *held.keys) if row is not None]
        context = {
            "held": held,
            "rows": [{"row": row, "name": name_of(row), "key": row.data["public_id"]} for row in rows],
            "identities": identities_of(self.account),
            "zone_doors": [door for door in zone_doors() if is_of_zone(self.account, door.zone)],
            "few_codes": held.are_any and held.codes_left <= FEW_CODES,
            "is_missing": not held.are_any and must_have_factor(self.account),
        }
        return self.page(context)


@method_decorator(sensitive_post_parameters(), name="dispatch")
class ConfirmPage(SecurityPages):
    """The password again; wrong ones count as at the log-in."""

    template = "portal/account/confirm.html"
    parameters = ("next",)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page({"form": ConfirmForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ConfirmForm(request.POST)
        if form.is_valid() and self._is_right(form.cleaned_data["password"]):
            confirm(request)
            chosen = request.GET.get("next", "")
            return HttpResponseRedirect(reverse(f"portal:{chosen if chosen in CHANGES else self.here}"))
        if form.is_valid():
            form.add_error("password", lockout_sentence(request) or gettext("密码不正确：请重新输入。"))
        return self.page({"form": form}, status=HTTPStatus.BAD_REQUEST)

    def _is_right(self, password: str) -> bool:
        return authenticate(self.request, username=self.account.username, password=password) == self.account


class ChangePage(SecurityPages):
    """Asks for the password first; what was sent without is to be sent again."""

    page_name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not is_confirmed(request):
            way = f"?next={self.page_name}" if self.page_name else ""
            return HttpResponseRedirect(reverse("portal:confirm") + way)
        return super().dispatch(request, *args, **kwargs)

    def added(self, codes: list[str]) -> HttpResponse:
        """The first factor brings recovery codes, which are shown at once."""
        mark_passed(self.request)
        messages.success(self.request, gettext("已添加：下次登录时除密码外还需此项验证。"))
        return self.codes_page(codes) if codes else HttpResponseRedirect(reverse("portal:security"))


@method_decorator(sensitive_post_parameters(), name="dispatch")
class AuthenticatorPage(ChangePage):
    """An app on the phone: the picture is read, and the first code shows that it was."""

    template = "portal/account/authenticator.html"
    page_name = "authenticator"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._shown(CodeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form, codes = CodeForm(request.POST), []
        if not sent(form, lambda: codes.extend(self._added(form.cleaned_data["code"]))):
            return self._shown(form, status=HTTPStatus.BAD_REQUEST)
        del request.session[SECRET]
        return self.added(codes)

    def _added(self, code: str) -> list[str]:
        return add_app(self.account, secret=self._secret(), code=code).codes

    def _secret(self) -> str:
        """The one that waits, so that a reload or a wrong code does not ask to read another picture."""
        try:
            return opened(self.request.session[SECRET])
        except (KeyError, CannotOpen):
            secret = new_secret()
            self.request.session[SECRET] = seal(secret)
            return secret

    def _shown(self, form: CodeForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
        secret = self._secret()
        written = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
        picture = mark_safe(picture_of(self.account, secret))  # drawn from letters and digits
        return self.page({"form": form, "picture": picture, "secret": written}, status=status)


class SecurityKeyPage(ChangePage):
    """A key, or the device itself; the browser makes it, by the one script of these pages."""

    template = "portal/account/security_key.html"
    page_name = "security_key"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._shown(KeyForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form, codes = KeyForm(request.POST), []
        credential = made_key(request.POST.get("credential", "")) if form.is_valid() else None
        if form.is_valid() and credential is None:
            form.add_error(None, gettext("浏览器没有给出安全密钥：请重试；此浏览器不支持时，请改用验证器应用。"))
        if not sent(form, lambda: codes.extend(self._added(form.cleaned_data["name"], credential or {}))):
            return self._shown(form, status=HTTPStatus.BAD_REQUEST)
        return self.added(codes)

    def _added(self, name: str, credential: dict[str, Any]) -> list[str]:
        return add_key(self.account, name=name, credential=credential).codes

    def _shown(self, form: KeyForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
        return self.page({"form": form, "options": json.dumps(begin_key(self.account))}, status=status)


class RecoveryCodesPage(ChangePage):
    """Fresh recovery codes, on the page that is the answer and nowhere else."""

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.codes_page(renew_recovery_codes(self.account))
        except DomainError as error:
            messages.warning(request, error.message)
            return HttpResponseRedirect(reverse("portal:security"))


class RemoveFactor(ChangePage):
    def post(self, request: HttpRequest, public_id: Any) -> HttpResponse:
        try:
            remove_factor(self.account, public_id=str(public_id))
            messages.success(request, gettext("已移除。"))
        except DomainError as error:
            messages.warning(request, error.message)
        return HttpResponseRedirect(reverse("portal:security"))
