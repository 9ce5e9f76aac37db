"""The second step of a log-in, at whichever door it began: a code, or a security key."""

import json
from http import HTTPStatus
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext, gettext_lazy, override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts.browsers import has_chosen, of_who_entered
from accounts.entering import WAITING, Waiting, enter, held
from accounts.models import User
from accounts.second_factors import ask_for_key, factors_of
from portal.base import PortalPage
from portal.forms.sending import sent
from zones.errors import TooOften
from zones.scoping import scope_of
from zones.services.second_factors import take_code, take_key

CREDENTIAL_CHARACTERS: Final = 20_000


class StepForm(forms.Form):
    """A code, or what a script has got from a security key."""

    code = forms.CharField(
        label=gettext_lazy("验证码"),
        max_length=20,
        required=False,
        help_text=gettext_lazy("验证器应用显示的 6 位数字；手机不在身边时，输入一个未用过的恢复码"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "inputmode": "numeric"}),
    )
    credential = forms.CharField(max_length=CREDENTIAL_CHARACTERS, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        if not self.errors and not (self.cleaned_data.get("code") or self.cleaned_data.get("credential")):
            self.add_error("code", gettext("请输入验证码。"))
        return self.cleaned_data


@method_decorator([never_cache, sensitive_post_parameters()], name="dispatch")
class SecondStep(PortalPage):
    """For who has told the right password and waits; everybody else begins at the log-in page."""

    template = "portal/account/second_step.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        waiting = held(request)
        if waiting is None:
            return self._from_the_beginning()
        self.waiting: Waiting = waiting
        self.was_recovery, self.refused_with = False, HTTPStatus.BAD_REQUEST
        return super().dispatch(request, *args, **kwargs)

    def _from_the_beginning(self) -> HttpResponse:
        if self.request.session.pop(WAITING, None):
            messages.warning(self.request, gettext("登录已过期：请重新输入用户名和密码。"))
        return HttpResponseRedirect(reverse("portal:log_in"))

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._asked(StepForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = StepForm(request.POST)
        if sent(form, lambda: self._taken(form.cleaned_data)):
            return self._entered()
        return self._asked(form, status=self.refused_with)

    def _taken(self, told: dict[str, str]) -> None:
        if told["credential"]:
            return take_key(self.waiting.user, told=told["credential"])
        try:
            self.was_recovery = take_code(self.waiting.user, code=told["code"])
        except TooOften:
            self.refused_with = HTTPStatus.TOO_MANY_REQUESTS
            raise

    def _entered(self) -> HttpResponse:
        """To where the log-in was to lead; who has used a recovery code sees first how many are left."""
        enter(self.request, self.waiting)
        page = self.waiting.next_page or first_page_of(self.waiting.user)
        if self.was_recovery:
            self._tell_of_recovery()
            page = reverse("portal:security")
        return of_who_entered(self.request, HttpResponseRedirect(page))

    def _tell_of_recovery(self) -> None:
        """In the language of the page that is next."""
        with override(get_language() if has_chosen(self.request) else self.waiting.user.language):
            told = gettext("已用掉一个恢复码。手机丢失的，请移除原来的验证器应用并重新添加。")
            messages.warning(self.request, told)

    def _asked(self, form: StepForm, *, status: int = HTTPStatus.OK) -> HttpResponse:
        held_factors = factors_of(self.waiting.user)
        options = json.dumps(ask_for_key(self.waiting.user)) if held_factors.keys else ""
        context = {"form": form, "options": options, "has_app": held_factors.app is not None}
        return self.page(context, status=status)


def first_page_of(user: User | AnonymousUser) -> str:
    """Where a log-in leads that names no page."""
    principal = scope_of(user)
    if principal.has_back_office:
        return resolve_url("admin:index")
    return resolve_url("portal:own" if principal.organizations else "portal:account")
