"""Expressing interest: from a match of one's own, or from the page of a resource or a need of others."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from matching.choices import Side
from matching.models import Exchange, Need
from matching.services.exchanges import send_interest
from portal.base import row_or_404
from portal.exchange_lists import live_of_pairs
from portal.forms.exchanges import InterestForm
from portal.forms.sending import sent
from portal.views.own import MemberPage
from zones.errors import InvalidInput
from zones.models import Resource


class InterestPage(MemberPage):
    """The address names the need, the resource, or both; one of the two is the reader's own."""

    template = "portal/my/interest.html"
    parameters = ("need", "resource")

    def get(self, request: HttpRequest) -> HttpResponse:
        need, resource = self._named()
        live = live_of_pairs(self.principal, need=need, resource=resource) if need and resource else {}
        if live:
            return _to(next(iter(live.values())))
        side = self._side(need, resource)
        return self._shown(side, need, resource, InterestForm(self.principal, lacks=_lacking(need, resource)))

    def post(self, request: HttpRequest) -> HttpResponse:
        need, resource = self._named()
        side = self._side(need, resource)
        form = InterestForm(self.principal, request.POST, lacks=_lacking(need, resource))
        made: list[Exchange] = []
        if sent(form, lambda: made.append(self._asked(side, need, resource, form))):
            return _to(made[0])
        return self._shown(side, need, resource, form, status=HTTPStatus.BAD_REQUEST)

    def _asked(self, side: Side, need: Need | None, resource: Resource | None, form: InterestForm) -> Exchange:
        pair = (need or form.cleaned_data["need"], resource or form.cleaned_data["resource"])
        return send_interest(
            self.principal, need_id=pair[0].pk, resource_id=pair[1].pk, side=side.value, **form.answers()
        )

    def _named(self) -> tuple[Need | None, Resource | None]:
        need: Need | None = self._row("need", Need.objects.visible_to(self.principal))
        resource: Resource | None = self._row("resource", Resource.objects.visible_to(self.principal))
        if need is None and resource is None:
            raise InvalidInput.single("need", _("请从匹配结果、需求或资源的页面表达意向。"))
        return need, resource

    def _row(self, name: str, rows: Any) -> Any:
        text = self.request.GET.get(name, "")
        if not text:
            return None
        try:
            return row_or_404(rows, UUID(text))
        except ValueError as error:
            raise Http404 from error

    def _side(self, need: Need | None, resource: Resource | None) -> Side:
        """Whose interest it is: with one record named, it is the other's; with both, one must be the reader's own."""
        own = self.principal.organizations
        if need is None or resource is None:
            record = need or resource
            if record is not None and record.organization_id in own:
                raise InvalidInput.single("need", _("这是本单位自己的：请从它的匹配结果选择对方。"))
            return Side.NEED if need is None else Side.RESOURCE
        sides = {Side.NEED: need.organization_id, Side.RESOURCE: resource.organization_id}
        found = next((side for side, owner in sides.items() if owner in own), None)
        if found is None:
            raise Http404
        return found

    def _shown(
        self,
        side: Side,
        need: Need | None,
        resource: Resource | None,
        form: InterestForm,
        *,
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        context = {"need": need, "resource": resource, "is_need_side": side == Side.NEED, "form": form}
        return self.page(context, status=status)


def _lacking(need: Need | None, resource: Resource | None) -> Side | None:
    """What is to be chosen among one's own."""
    if need is None:
        return Side.NEED
    return Side.RESOURCE if resource is None else None


def _to(exchange: Exchange) -> HttpResponse:
    return HttpResponseRedirect(reverse("portal:exchange", args=[exchange.public_id]))
