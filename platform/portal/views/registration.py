"""Registering an organization, and the registration afterwards: how it stands, corrected, taken back."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters

from accounts.addresses import address_of
from accounts.browsers import in_language_of
from accounts.lockout import MODEL_BACKEND
from portal.base import PortalPage
from portal.forms.accounts import CorrectionForm, RegistrationForm
from portal.forms.sending import sent, version_in
from portal.views.own_account import OwnPages
from zones.errors import DomainError, NotFound
from zones.models import Registration
from zones.services.registrations import (
    correct_registration,
    own_registration,
    register,
    withdraw_registration,
)


@method_decorator(sensitive_post_parameters("password", "password_again"), name="dispatch")
class RegisterPage(PortalPage):
    """For those without an account; who has one is led to it."""

    template = "portal/account/register.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return HttpResponseRedirect(reverse("portal:account"))
        return self.page({"form": RegistrationForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        form, made = RegistrationForm(request.POST), []
        if sent(form, lambda: made.append(self._registered(form))):
            login(request, made[0].user, backend=MODEL_BACKEND)
            return in_language_of(request, HttpResponseRedirect(reverse("portal:registration")))
        return self.page({"form": form}, status=HTTPStatus.BAD_REQUEST)

    def _registered(self, form: RegistrationForm) -> Registration:
        told: dict[str, Any] = {"address": address_of(self.request), "language": get_language() or "zh-hans"}
        return register(**told, **form.applicant(), **form.about())


class RegistrationPage(OwnPages):
    """One's own registration."""

    template = "portal/account/registration.html"
    here = "registration"

    def get(self, request: HttpRequest) -> HttpResponse:
        row = self._row()
        return self._shown(row, CorrectionForm(row))

    def post(self, request: HttpRequest) -> HttpResponse:
        row = self._row()
        if "withdraw" in request.POST:
            return self._withdrawn(row)
        form = CorrectionForm(row, request.POST)
        if sent(form, lambda: self._corrected(form)):
            return self.back()
        return self._shown(row, form, status=HTTPStatus.BAD_REQUEST)

    def _row(self) -> Registration:
        row = own_registration(self.principal)
        if row is None:
            raise NotFound("")
        return row

    def _corrected(self, form: CorrectionForm) -> Registration:
        return correct_registration(self.principal, version=form.cleaned_data["version"], **form.about())

    def _withdrawn(self, row: Registration) -> HttpResponse:
        try:
            withdraw_registration(self.principal, version=version_in(self.request.POST))
        except DomainError as error:
            fresh = self._row()
            return self._shown(fresh, CorrectionForm(fresh), refused=error.message, status=HTTPStatus.CONFLICT)
        return self.back()

    def _shown(
        self, row: Registration, form: CorrectionForm, *, refused: str = "", status: int = HTTPStatus.OK
    ) -> HttpResponse:
        context: dict[str, Any] = {"row": row, "form": form, "refused": refused}
        return self.page(context, status=status)
