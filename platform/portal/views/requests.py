"""Requests for service of a member's organizations: what they sent and received, and one with its thread."""

from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.base import row_or_404
from portal.cards import link_to_owner, owners_of
from portal.forms.sending import sent, version_in
from portal.request_lists import SIDES, counts_of, of_side, waiting_of
from portal.request_steps import STEPS, offered, take
from portal.specification import Pair, pairs_of
from portal.views.follows import mute_of
from portal.views.own import MemberPage
from zones.choices import RequestSide, RequestState
from zones.errors import InvalidInput
from zones.models import Resource, ServiceEntry, ServiceRating, ServiceRecord, ServiceRequest
from zones.models.service_requests import ENDED
from zones.scoping import Principal
from zones.services.service_steps import is_excluded, sides_of
from zones.wording import fee_text

SHOWN_AT_ONCE: Final = 20
MOST_PAGES: Final = 1_000
WISHED: Final = ("kind", "wished_from", "wished_to", "quantity", "hours")
AGREED: Final = ("agreed_from", "agreed_to", "agreed_hours")
DONE: Final = ("started_on", "ended_on", "quantity", "hours")
STATES: Final = {"waiting": gettext_lazy("待我办理"), "open": gettext_lazy("进行中"), "ended": gettext_lazy("已结束")}
WAITS: Final = {
    (RequestState.SENT, RequestSide.REQUESTER): gettext_lazy("等待提供方答复。"),
    (RequestState.SENT, RequestSide.PROVIDER): gettext_lazy("请答复：接受、请对方补充，或说明原因后不接受。"),
    (RequestState.QUESTIONED, RequestSide.REQUESTER): gettext_lazy("提供方请您补充说明。"),
    (RequestState.QUESTIONED, RequestSide.PROVIDER): gettext_lazy("等待申请方补充说明。"),
    (RequestState.ACCEPTED, RequestSide.REQUESTER): gettext_lazy("已约定；服务完成后由提供方登记服务记录。"),
    (RequestState.ACCEPTED, RequestSide.PROVIDER): gettext_lazy("已约定；服务完成后请登记服务记录。"),
    (RequestState.RECORDED, RequestSide.REQUESTER): gettext_lazy("请核对服务记录：确认，或提出异议。"),
    (RequestState.RECORDED, RequestSide.PROVIDER): gettext_lazy("等待申请方确认服务记录。"),
    (RequestState.DISPUTED, RequestSide.REQUESTER): gettext_lazy("等待提供方更正服务记录。"),
    (RequestState.DISPUTED, RequestSide.PROVIDER): gettext_lazy("申请方有异议：请核对后重新登记。"),
}
"""What each side reads of a state that has not ended."""


class RequestsPage(MemberPage):
    """One list at a time: what came in or what went out, all or by where it stands."""

    template = "portal/my/requests.html"
    parameters = ("side", "state", "page")

    def get(self, request: HttpRequest) -> HttpResponse:
        counts = counts_of(self.principal)
        side = self._one_of("side", SIDES) or ("received" if counts["received"] else "sent")
        state, number = self._one_of("state", STATES), self._number()
        rows = of_side(self.principal, side).filter(_standing(side, state)).order_by("-pk")
        first = (number - 1) * SHOWN_AT_ONCE
        found = list(rows.select_related("zone", "resource__zone")[first : first + SHOWN_AT_ONCE + 1])
        context = {
            "side": side,
            "state": state,
            "sides": [(name, title, counts[name]) for name, title in SIDES.items()],
            "states": STATES.items(),
            "rows": self._told_all(found[:SHOWN_AT_ONCE], side),
            "before": number - 1,
            "after": number + 1 if len(found) > SHOWN_AT_ONCE else 0,
        }
        return self.page(context)

    def _told_all(self, rows: list[Any], side: str) -> list[dict[str, Any]]:
        """Rows with the resource and the other side, named as far as the reader may see them."""
        resources = Resource.objects.visible_to(self.principal).in_bulk([row.resource_id for row in rows])
        other = {row.pk: row if side == "received" else row.resource for row in rows}
        owners = owners_of(self.principal, other.values())
        return [
            {
                "row": row,
                "resource": resources.get(row.resource_id) or hidden_resource(),
                "other": owners.get(other[row.pk].organization_id) or unnamed(other[row.pk].zone),
                "is_turn": row.waits_for == (RequestSide.REQUESTER if side == "sent" else RequestSide.PROVIDER),
            }
            for row in rows
        ]

    def _one_of(self, name: str, known: Any) -> str:
        value = self.request.GET.get(name, "")
        if value and value not in known:
            raise InvalidInput.single(name, _("没有这个选项：请从列表中选择。"))
        return value

    def _number(self) -> int:
        text = self.request.GET.get("page", "1")
        if not text.isascii() or not text.isdecimal() or len(text) > 4 or not 1 <= int(text) <= MOST_PAGES:
            raise InvalidInput.single("page", _("没有这一页：请从列表开始翻看。"))
        return int(text)


class RequestPage(MemberPage):
    """One request as both sides read it: what is wished and agreed, what was said and done, and the next steps."""

    template = "portal/my/request.html"

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._shown(self._row(public_id))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Take one step; a refusal comes back with what was typed."""
        row, name = self._row(public_id), request.POST.get("step", "")
        step = offered(self.principal, row).get(name)
        if step is None:
            return self._passed(row, name)
        form = step.form(request.POST, prefix=name)
        if sent(
            form, lambda: take(self.principal, row, name, version=version_in(request.POST), values=form.cleaned_data)
        ):
            return HttpResponseRedirect(reverse("portal:request", args=[public_id]))
        row.refresh_from_db()
        if name not in offered(self.principal, row):  # somebody was quicker while this was on its way
            return self._passed(row, name)
        return self._shown(row, bound={name: form}, status=HTTPStatus.BAD_REQUEST)

    def _passed(self, row: Any, name: str) -> HttpResponse:
        """A step that was possible when the page was read, and one that never was."""
        if name not in STEPS:
            raise Http404
        told = _("该申请目前为“%(state)s”，不能这样办理：请查看下面的最新进展。") % {"state": row.get_state_display()}
        return self._shown(row, refused=told, status=HTTPStatus.CONFLICT)

    def _row(self, public_id: UUID) -> Any:
        own = Q(organization__in=self.principal.organizations) | Q(
            resource__organization__in=self.principal.organizations
        )
        rows = ServiceRequest.objects.visible_to(self.principal).filter(own)
        return row_or_404(rows.select_related("zone", "resource__zone", "organization"), public_id)

    def _shown(
        self,
        row: Any,
        *,
        bound: dict[str, forms.Form] | None = None,
        refused: str = "",
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        sides = sides_of(self.principal, row)
        steps = offered(self.principal, row)
        built = {name: step.form(prefix=name, initial=step.initial(row)) for name, step in steps.items()}
        context = {
            "row": row,
            "refused": refused,
            "waits": [WAITS[row.state, side] for side in sides if (row.state, side) in WAITS],
            "steps": [
                {"name": name, "step": step, "form": (built | (bound or {}))[name], "is_open": name in (bound or {})}
                for name, step in steps.items()
            ],
            **self._parties(row),
            **_facts(row),
            "entries": _thread(self.principal, row),
            "record": _record(self.principal, row),
            "is_excluded": not row.is_ended and is_excluded(self.principal, row),
            "ratings": list(ServiceRating.objects.visible_to(self.principal).filter(request=row)),
            "mute": mute_of(self.principal, "zones.servicerequest", row.public_id),
        }
        return self.page(context, status=status)

    def _parties(self, row: Any) -> dict[str, Any]:
        owners = owners_of(self.principal, [row, row.resource])
        resource = Resource.objects.visible_to(self.principal).filter(pk=row.resource_id).first()
        return {
            "resource": resource or hidden_resource(),
            "resource_url": reverse("portal:resource", args=[resource.public_id]) if resource else "",
            "requester": link_to_owner(row, owners) or {"name": unnamed(row.zone)},
            "provider": link_to_owner(row.resource, owners) or {"name": unnamed(row.resource.zone)},
        }


def hidden_resource() -> str:
    return _("（该资源现已不对本单位显示）")


def unnamed(zone: Any) -> str:
    """An organization that is not listed is known by its zone."""
    return _("%(zone)s的单位（未公开名称）") % {"zone": zone}


def _standing(side: str, state: str) -> Q:
    if state == "waiting":
        return waiting_of(side)
    if state == "ended":
        return Q(state__in=ENDED)
    return ~Q(state__in=ENDED) if state == "open" else Q()


def _facts(row: Any) -> dict[str, Any]:
    """What was wished and what is agreed, in words."""
    estimate = fee_text(row.estimate_from, row.estimate_to) or _("未能估算，由双方商定")
    wished = [*pairs_of(row, WISHED), Pair(_("估算费用"), estimate)]
    agreed = [] if row.agreed_from is None else [*pairs_of(row, AGREED), _fee(_("约定费用"), row.agreed_fee)]
    return {"wished": wished, "agreed": agreed}


def _fee(label: str, fee: Any) -> Pair:
    return Pair(label, fee_text(fee, None))


def _record(principal: Principal, row: Any) -> list[Pair]:
    record = ServiceRecord.objects.visible_to(principal).filter(request=row).first()
    if record is None:
        return []
    result = [Pair(_("服务结果"), record.result)] if record.result else []
    return [*pairs_of(record, DONE), _fee(_("实际费用"), record.fee), *result]


def _thread(principal: Principal, row: Any) -> list[Any]:
    return list(ServiceEntry.objects.visible_to(principal).filter(request=row).order_by("pk"))
