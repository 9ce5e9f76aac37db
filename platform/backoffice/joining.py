"""The door of the invited: the link, the page that makes an account of it, and the one page for links that do not work.

The token stands in the address of the link only; the page behind it knows the token's hash, from a signed cookie.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import login
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from unfold import widgets

from accounts.browsers import in_language_of
from accounts.lockout import MODEL_BACKEND
from accounts.models import User
from backoffice.panels import submitted
from zones.models import Invitation
from zones.scoping import scope_of
from zones.services.invitations import accept_invitation, hash_of, usable_invitation

COOKIE = "invitation"
COOKIE_SECONDS = 3600


class JoinForm(forms.Form):
    """What the invited choose; the service says what will not do."""

    username = forms.CharField(
        label=_("用户名"),
        max_length=150,
        help_text=_("登录时使用；可用字母、数字及 @ . + - _"),
        widget=widgets.UnfoldAdminTextInputWidget(attrs={"autocomplete": "username", "autofocus": True}),
    )
    display_name = forms.CharField(
        label=_("显示名称"), max_length=80, help_text=_("同事看到的名称"), widget=widgets.UnfoldAdminTextInputWidget()
    )
    password = forms.CharField(
        label=_("密码"),
        strip=False,
        widget=widgets.UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("再次输入密码"),
        strip=False,
        widget=widgets.UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, invitation: Invitation, data: Any = None) -> None:
        super().__init__(data, initial={"display_name": invitation.display_name})
        self.fields["password"].help_text = password_validators_help_text_html()

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if "password" in values and values.get("password_again") != values["password"]:
            self.add_error("password_again", gettext("两次输入的密码不一致。"))
        return values


@never_cache
def invitation_link(request: HttpRequest, token: str) -> HttpResponse:
    """Away from the address with the token, whatever it is worth: it would stand in the history and in `Referer`."""
    answer = HttpResponseRedirect(reverse("invitation"))
    answer.set_signed_cookie(
        COOKIE,
        hash_of(token),
        max_age=COOKIE_SECONDS,
        path=reverse("invitation"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


@never_cache
@sensitive_post_parameters("password", "password_again")
def invitation(request: HttpRequest) -> HttpResponse:
    """Shows the role and makes the account. Every link that does not work gets one answer."""
    token_hash = request.get_signed_cookie(COOKIE, default="", max_age=COOKIE_SECONDS) or ""
    found = usable_invitation(token_hash)
    if found is None:
        return _gone(request)
    form = JoinForm(found, request.POST if request.method == "POST" else None)
    made: list[User] = []
    try:
        if form.is_valid() and submitted(form, lambda: made.append(_accepted(token_hash, form.cleaned_data))):
            return _entered(request, made[0])
    except Http404:  # somebody else was quicker
        return _gone(request)
    return render(request, "admin/backoffice/join.html", _context(request) | {"invitation": found, "form": form})


def _accepted(token_hash: str, values: dict[str, Any]) -> User:
    chosen = {name: values[name] for name in ("username", "display_name", "password")}
    return accept_invitation(token_hash, language=get_language() or "zh-hans", **chosen)


def _entered(request: HttpRequest, user: User) -> HttpResponse:
    """Logged in and on the first page: that of the back office, or of an organization's own needs and resources."""
    login(request, user, backend=MODEL_BACKEND)
    answer: HttpResponse = redirect("admin:index" if scope_of(user).has_back_office else "portal:own")
    answer.delete_cookie(COOKIE, path=reverse("invitation"))
    return in_language_of(request, answer)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "admin/backoffice/invitation_gone.html", status=404)


def _context(request: HttpRequest) -> dict[str, Any]:
    return admin.site.each_context(request)
