"""Exchanges of a member's organizations: the list, what waits first, and one with its course and its steps."""

from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.choices import ExchangeState as State
from matching.choices import Side
from matching.services.consents import OPEN_STATES, are_open, contact_for, told_organization
from matching.services.exchange_sides import other
from matching.services.exchange_timeline import timeline_of
from portal.agreement_steps import agreement_of, told
from portal.base import row_or_404
from portal.cards import Link
from portal.exchange_lists import count_waiting, in_order, own_exchanges, terms_of, titles_of, waiting
from portal.exchange_steps import STEPS, Stand, offered, stands_of, values_of
from portal.forms.exchanges import ASKED
from portal.forms.sending import sent, version_in
from portal.specification import Pair
from portal.views.follows import mute_of
from portal.views.negotiations import talk_of
from portal.views.own import MemberPage
from zones.errors import DomainError, InvalidInput
from zones.scoping import Principal
from zones.services.contacts import ShownContact

SHOWN_AT_ONCE: Final = 20
MOST_PAGES: Final = 1_000
STATES: Final = {"waiting": gettext_lazy("待我办理"), "open": gettext_lazy("进行中"), "ended": gettext_lazy("已结束")}
MINE: Final = {
    State.INTEREST_SENT: gettext_lazy("对方表达了意向：请答复接受，或说明原因后谢绝。"),
    State.CONSENT_PENDING: gettext_lazy("意向已接受：请确认是否同意互换联系方式。"),
}
THEIRS: Final = {
    State.INTEREST_SENT: gettext_lazy("等待对方答复。"),
    State.CONSENT_PENDING: gettext_lazy("等待对方同意互换联系方式。"),
    State.DISCLOSED: gettext_lazy("双方均已同意：可查看联系方式并开始洽谈。"),
    State.NEGOTIATING: gettext_lazy("正在洽谈。"),
    State.AGREED: gettext_lazy("双方已达成合作。"),
}
"""What a side reads of a state that has not ended, when it is its own turn and when it is not."""


class ExchangesPage(MemberPage):
    template = "portal/my/exchanges.html"
    parameters = ("state", "page")

    def get(self, request: HttpRequest) -> HttpResponse:
        state, number = self._state(), page_of(request)
        rows = in_order(self.principal, own_exchanges(self.principal).filter(self._standing(state)))
        first = (number - 1) * SHOWN_AT_ONCE
        found = list(rows.select_related("need", "resource")[first : first + SHOWN_AT_ONCE + 1])
        context = {
            "state": state,
            "states": STATES.items(),
            "waiting": count_waiting(self.principal),
            "rows": self._told_all(found[:SHOWN_AT_ONCE]),
            "before": number - 1,
            "after": number + 1 if len(found) > SHOWN_AT_ONCE else 0,
        }
        return self.page(context)

    def _told_all(self, rows: list[Any]) -> list[dict[str, Any]]:
        titles, terms = titles_of(self.principal, rows), terms_of(rows)
        return [
            {"row": row, "is_turn": row.place == 0, "term": terms.get(row.pk, ""), **titles[row.pk]} for row in rows
        ]

    def _standing(self, state: str) -> Q:
        if state == "waiting":
            return waiting(self.principal)
        return Q(ended_at__isnull=state == "open") if state else Q()

    def _state(self) -> str:
        value = self.request.GET.get("state", "")
        if value and value not in STATES:
            raise InvalidInput.single("state", _("没有这个选项：请从列表中选择。"))
        return value


def page_of(request: HttpRequest) -> int:
    """The page asked for, from 1. Raises InvalidInput."""
    text = request.GET.get("page", "1")
    if not text.isascii() or not text.isdecimal() or len(text) > 4 or not 1 <= int(text) <= MOST_PAGES:
        raise InvalidInput.single("page", _("没有这一页：请从列表开始翻看。"))
    return int(text)


class ExchangePage(MemberPage):
    """One exchange as a side reads it. Contacts are shown in the answer to a request to see them, and nowhere else."""

    template = "portal/my/exchange.html"
    parameters = ("page",)

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._shown(self._row(public_id))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Take one step, or look at the contact; a refusal comes back with what was typed."""
        row, name = self._row(public_id), request.POST.get("step", "")
        if name == "look":
            return self._looked(row)
        stand = offered(stands_of(self.principal, row)).get(name)
        if stand is None:
            return self._passed(row, name)
        form: Any = STEPS[name].form(self.principal, stand, request.POST, request.FILES, prefix=name)
        if sent(form, lambda: STEPS[name].take(self.principal, stand, version_in(request.POST), values_of(form))):
            return HttpResponseRedirect(reverse("portal:exchange", args=[public_id]))
        return self._shown(self._row(public_id), bound={name: form}, status=HTTPStatus.BAD_REQUEST)

    def _looked(self, row: Any) -> HttpResponse:
        stands = stands_of(self.principal, row)
        try:
            contact = contact_for(self.principal, exchange_id=row.pk, side=stands[0].side)
        except DomainError as error:
            return self._shown(row, refused=error.message, status=HTTPStatus.CONFLICT)
        return self._shown(row, contact=contact)

    def _passed(self, row: Any, name: str) -> HttpResponse:
        """A step that was possible when the page was read, and one that never was."""
        if name not in STEPS:
            raise Http404
        told = _("对接目前为“%(state)s”，不能这样办理：请查看下面的最新进展。") % {"state": row.get_state_display()}
        return self._shown(row, refused=told, status=HTTPStatus.CONFLICT)

    def _row(self, public_id: UUID) -> Any:
        whole = ("need__organization", "need__zone", "resource__organization", "resource__zone")
        return row_or_404(own_exchanges(self.principal).select_related(*whole), public_id)

    def _shown(
        self,
        row: Any,
        *,
        bound: dict[str, Any] | None = None,
        refused: str = "",
        contact: ShownContact | None = None,
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        stands = stands_of(self.principal, row)
        may = offered(stands)
        built = {name: STEPS[name].form(self.principal, stand, prefix=name) for name, stand in may.items()}
        own = [stand.side for stand in stands]
        agreement = agreement_of(self.principal, row)
        context = {
            **(talk_of(self.principal, row, own, page=page_of(self.request)) if row.state in OPEN_STATES else {}),
            "row": row,
            "refused": refused,
            "waits": [_waits(stand) for stand in stands if row.is_live],
            "term": terms_of([row]).get(row.pk, ""),
            "steps": [
                {
                    "name": name,
                    "step": STEPS[name],
                    "form": (built | (bound or {}))[name],
                    "is_open": name in (bound or {}),
                }
                for name in may
            ],
            **titles_of(self.principal, [row])[row.pk],
            "summary": row.told.get("need", {}).get("summary_zh", ""),
            "answers": [Pair(str(title), getattr(row, name)) for name, title in ASKED.items() if getattr(row, name)],
            "is_contact_open": are_open(self.principal, row),
            "contact": contact,
            "parties": self._parties(row, own),
            "agreement": told(self.principal, agreement),
            "cooperation": agreement,
            "course": timeline_of(self.principal, row),
            "mute": mute_of(self.principal, "matching.exchange", row.public_id),
        }
        return self.page(context, status=status)

    def _parties(self, row: Any, own: list[Side]) -> list[dict[str, Any]]:
        """Both sides: whose need it is stays untold until both have consented."""
        return [{"side": side.label, "is_own": side in own, "link": _link(self.principal, row, side)} for side in Side]


def _link(principal: Principal, row: Any, side: Side) -> Link:
    owner = told_organization(principal, row, side)
    if owner is None:
        zone = (row.need if side == Side.NEED else row.resource).zone
        return Link(_("%(zone)s的单位（双方同意后可见名称）") % {"zone": zone})
    is_listed = owner.is_listed and side == Side.RESOURCE
    return Link(str(owner), reverse("portal:organization", args=[owner.public_id]) if is_listed else "")


def _waits(stand: Stand) -> str:
    state = State(stand.exchange.state)
    if stand.is_turn:
        return str(MINE[state])
    if state in (State.DISCLOSED, State.NEGOTIATING) and stand.side not in stand.consents:
        return _("本方的同意已撤回或到期：对方不能再查看，需要时可重新同意。")
    if state in (State.DISCLOSED, State.NEGOTIATING) and other(stand.side) not in stand.consents:
        return _("对方的同意已撤回或到期：联系方式现不可查看。")
    return str(THEIRS[state])
