"""Robots and webhooks of whoever keeps them: added, tested, changed, switched off; secrets are shown once."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from notifications.channels.base import Outcome, Result
from notifications.channels.reasons import explained
from notifications.endpoints import (
    NewEndpoint,
    create_endpoint,
    disable_endpoint,
    enable_endpoint,
    ping_endpoint,
    rotate_secret,
    update_endpoint,
)
from notifications.models import Endpoint
from notifications.replaying import replay_delivery, undelivered
from portal.base import row_or_404
from portal.forms.endpoints import ChangeEndpointForm, NewEndpointForm, owners_of
from portal.forms.sending import sent
from portal.views.own_account import OwnPages
from zones.errors import DomainError, IllegalTransition

SHOWN_DELIVERIES = 20
SECRET = ("address", "secret")


@method_decorator(sensitive_post_parameters(*SECRET), name="dispatch")
class EndpointsPage(OwnPages):
    """For whoever keeps some: members, managers, secretariats; for others there is nothing here."""

    template = "portal/account/endpoints.html"
    here = "endpoints"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(NewEndpointForm(self.principal))

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest) -> HttpResponse:
        form, made = NewEndpointForm(self.principal, request.POST), []
        if not sent(form, lambda: made.append(create_endpoint(self.principal, **form.values()))):
            return self.shown(form, status=HTTPStatus.BAD_REQUEST)
        return self.told(made[0])

    def told(self, made: NewEndpoint) -> HttpResponse:
        """A webhook's secret stands in this answer and nowhere else."""
        if not made.secret:
            return self.back()
        return self.shown(NewEndpointForm(self.principal), made=made.endpoint, secret=made.secret)

    def rows(self) -> "QuerySet[Endpoint]":
        rows: QuerySet[Endpoint] = Endpoint.objects.editable_by(self.principal)
        return rows.select_related("zone", "association", "organization")

    def shown(self, form: Any, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        if not owners_of(self.principal):
            raise Http404
        rows = [{"row": row, "reason": explained(row.off_reason or row.seen_reason)} for row in self.rows()]
        return self.page({"form": form, "endpoints": rows, **more}, status=status)


class EndpointPage(EndpointsPage):
    """One of them, and the steps with it."""

    template = "portal/account/endpoint.html"

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:  # type: ignore[override]
        row = row_or_404(self.rows(), public_id)
        initial = {"name": row.name, "language": row.language, "version": row.version}
        return self.shown_one(row, ChangeEndpointForm(row.kind, initial=initial))

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:  # type: ignore[override]
        row = row_or_404(self.rows(), public_id)
        step = {"change": self._change, "test": self._test, "rotate": self._rotate, "switch": self._switch}.get(
            request.POST.get("step", "")
        )
        if step is None:
            raise Http404
        try:
            return step(row)
        except DomainError as error:
            messages.warning(request, error.message)
            return HttpResponseRedirect(self._own_address(row))

    def shown_one(self, row: Endpoint, form: Any, *, status: int = HTTPStatus.OK) -> HttpResponse:
        failed = [
            {"delivery": one, "reason": explained(one.reason)}
            for one in undelivered(self.principal, row)[:SHOWN_DELIVERIES]
        ]
        context = {"row": row, "form": form, "reason": explained(row.off_reason or row.seen_reason)}
        return self.page({**context, "failed": failed, "account_title": row.name}, status=status)

    def _change(self, row: Endpoint) -> HttpResponse:
        form = ChangeEndpointForm(row.kind, self.request.POST)
        if not sent(form, lambda: update_endpoint(self.principal, endpoint_id=row.pk, **form.cleaned_data)):
            return self.shown_one(row, form, status=HTTPStatus.BAD_REQUEST)
        return self.back()

    def _test(self, row: Endpoint) -> HttpResponse:
        said = (
            messages.success
            if _is_sent(outcome := ping_endpoint(self.principal, endpoint_id=row.pk))
            else messages.warning
        )
        said(self.request, _("测试消息已送达。") if _is_sent(outcome) else explained(outcome.reason))
        return HttpResponseRedirect(self._own_address(row))

    def _rotate(self, row: Endpoint) -> HttpResponse:
        self.template = "portal/account/endpoints.html"  # type: ignore[misc]
        return self.told(rotate_secret(self.principal, endpoint_id=row.pk, version=self._version()))

    def _switch(self, row: Endpoint) -> HttpResponse:
        switch = disable_endpoint if row.is_enabled else enable_endpoint
        switch(self.principal, endpoint_id=row.pk, version=self._version())
        return self.back()

    def _version(self) -> int:
        text = self.request.POST.get("version", "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1

    def _own_address(self, row: Endpoint) -> str:
        return reverse("portal:endpoint", args=[row.public_id])


class ReplayDelivery(EndpointPage):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, public_id: UUID, delivery_id: UUID) -> HttpResponse:  # type: ignore[override]
        row = row_or_404(self.rows(), public_id)
        row_or_404(undelivered(self.principal, row), delivery_id)
        try:
            replay_delivery(self.principal, public_id=delivery_id)
        except IllegalTransition as error:
            messages.warning(request, error.message)
        else:
            messages.success(request, _("已放回发送队列。"))
        return HttpResponseRedirect(self._own_address(row))


def _is_sent(outcome: Outcome) -> bool:
    return outcome.result == Result.SENT
