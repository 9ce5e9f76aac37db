"""Log-in for everybody: staff go on to the back office, members of organizations to their own page."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.browsers import is_of_an_account, of_who_entered, read_as_a_stranger, without_language
from accounts.entering import EntryInTwoSteps
from accounts.lockout import TellingForm
from portal.base import PortalPage
from portal.views.second_step import first_page_of
from zones.services.identities import zone_doors


class LogIn(PortalPage, EntryInTwoSteps):
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
        return of_who_entered(self.request, answer) if self.request.user == form.get_user() else answer

    def get_default_redirect_url(self) -> str:
        return first_page_of(self.request.user)

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        return {**self.frame(), "zone_doors": zone_doors(), **super().get_context_data(**context)}
