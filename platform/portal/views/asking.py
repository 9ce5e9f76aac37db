"""Asking for a resource: the form with its estimate, for members; visitors log in first and come back."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.base import PortalPage, row_or_404
from portal.cards import link_to_owner, link_to_zone, owners_of
from portal.forms.requests import RequestForm, WishForm
from portal.forms.sending import sent
from zones.errors import InvalidInput
from zones.models import Resource, ServiceRequest
from zones.services.service_requests import estimate_of, send_request, why_not_requestable
from zones.wording import fee_text, price_text


class AskPage(PortalPage):
    """What cannot be asked for, and who cannot ask, is told with a way on."""

    template = "portal/my/ask.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("portal:log_in"))
        answer = super().dispatch(request, *args, **kwargs)
        answer["Cache-Control"] = "private, no-store"
        return answer

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        resource = self._resource(public_id)
        return self._shown(resource, RequestForm(self.principal, resource))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Send, or say what it would cost; the latter stores nothing and complains of nothing."""
        resource = self._resource(public_id)
        if "estimate" in request.POST:
            form = RequestForm(self.principal, resource, initial=request.POST.dict())
            return self._shown(resource, form, estimate=_estimate(resource, WishForm(request.POST)))
        made: list[ServiceRequest] = []
        form = RequestForm(self.principal, resource, request.POST)
        if not sent(form, lambda: made.append(self._asked(resource, form))):
            return self._shown(resource, form, status=HTTPStatus.BAD_REQUEST)
        return HttpResponseRedirect(reverse("portal:request", args=[made[0].public_id]))

    def _asked(self, resource: Resource, form: RequestForm) -> ServiceRequest:
        return send_request(self.principal, resource_id=resource.pk, **form.values())

    def _resource(self, public_id: UUID) -> Resource:
        found: Resource = row_or_404(Resource.objects.visible_to(self.principal).select_related("zone"), public_id)
        return found

    def _shown(
        self, resource: Resource, form: RequestForm, *, estimate: str = "", status: int = HTTPStatus.OK
    ) -> HttpResponse:
        context = {
            "resource": resource,
            "owner": link_to_owner(resource, owners_of(self.principal, [resource])),
            "zone": link_to_zone(resource),
            "price": price_text(resource),
            "form": form,
            "why_not": self._why_not(resource, form),
            "estimate": estimate or _("填写起止日期以及机时或数量后，点“估算”。"),
        }
        part = "portal/parts/estimate.html" if self.is_part else ""
        return self.page(context, template=part, status=status)

    def _why_not(self, resource: Resource, form: RequestForm) -> str:
        if not self.principal.organizations:
            return _("只有单位用户可以申请：请先注册单位，或请本单位的同事向您发出邀请。")
        if not form.organizations:
            return _("这是本单位自己的资源，无需申请。")
        return why_not_requestable(resource)


def _estimate(resource: Resource, form: WishForm) -> str:
    """A fee, or why none can be told."""
    if not form.is_valid():
        return _("填写起止日期以及机时或数量后，点“估算”。")
    try:
        told = estimate_of(resource, **form.cleaned_data)
    except InvalidInput as error:
        return " ".join(sentence for sentences in error.errors.values() for sentence in sentences)
    return fee_text(told.low, told.high) or told.why
