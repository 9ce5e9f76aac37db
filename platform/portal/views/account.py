"""Log-in for everybody: staff go on to the back office, members of organizations to their own page."""

from typing import Any

from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from accounts.browsers import (
    has_chosen,
    in_language_of,
    is_of_an_account,
    read_as_a_stranger,
    with_owner,
    without_language,
)
from accounts.lockout import TellingForm
from portal.base import PortalPage
from zones.scoping import scope_of


class LogIn(PortalPage, LoginView):
    """In the account's own language, unless another was chosen on this page."""

    template = template_name = "portal/account/log_in.html"
    form_class = TellingForm
    parameters = ("next",)

    def get(self, request: HttpRequest, *arguments: Any, **options: Any) -> HttpResponse:
        if request.user.is_authenticated or not is_of_an_account(request):
            return super().get(request, *arguments, **options)
        read_as_a_stranger(request)
        return without_language(super().get(request, *arguments, **options))

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        return with_owner(answer) if has_chosen(self.request) else in_language_of(self.request, answer)

    def get_default_redirect_url(self) -> str:
        principal = scope_of(self.request.user)
        if principal.has_back_office:
            return resolve_url("admin:index")
        return resolve_url("portal:own" if principal.organizations else "portal:account")

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**self.frame(), **super().get_context_data(**context)}
