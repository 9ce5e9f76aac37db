"""What belongs to the organizations of a member: their needs with progress and matches, and what they offer."""

from collections import Counter
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy

from matching.choices import ExposureChannel, NeedState
from matching.models import LIVE, Match, Need, NeedReview
from matching.services.dismissals import standing_dismissals
from matching.services.explanations import explain_many
from matching.services.exposures import Shown, log_shown
from matching.services.needs import TRANSITIONS, withdraw_need
from matching.services.reviews import recall_need, submit_need
from portal import cooperation_lists
from portal.base import PortalPage, row_or_404
from portal.cards import plain_cards
from portal.exchange_lists import count_waiting, live_of_pairs
from portal.forms.sending import version_in
from portal.request_lists import SIDES, counts_of
from zones.choices import ResourceStatus
from zones.errors import DomainError, InvalidInput
from zones.models import Resource
from zones.scoping import Principal
from zones.search.requests import RESOURCE

MATCHES_SHOWN: Final = 10
STEPS: Final = {
    "submit": (NeedState.SUBMITTED, gettext_lazy("提交审核"), submit_need),
    "recall": (NeedState.DRAFT, gettext_lazy("撤回审核"), recall_need),
    "withdraw": (NeedState.WITHDRAWN, gettext_lazy("撤下需求"), withdraw_need),
}
"""What a member does with a need: the state it enters, what it is called, and the service."""
WAITS: Final = {
    NeedState.DRAFT: gettext_lazy("草稿：填好后提交审核。"),
    NeedState.RETURNED: gettext_lazy("审核退回：请按意见修改后再提交。"),
    NeedState.SUBMITTED: gettext_lazy("等待所在园区审核；通过后自动开放对接。"),
    NeedState.IN_REVIEW: gettext_lazy("正在审核；通过后自动开放对接。"),
    NeedState.OPEN: gettext_lazy("已开放对接：匹配结果随资源变化自动更新。"),
}
EDITABLE: Final = frozenset(
    {NeedState.DRAFT, NeedState.RETURNED, NeedState.REJECTED, NeedState.APPROVED, NeedState.OPEN, NeedState.PAUSED}
)


class MemberPage(PortalPage):
    """For members of organizations: visitors log in first, for others there is nothing here."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("portal:log_in"))
        if not self.principal.organizations:
            raise Http404
        answer = super().dispatch(request, *args, **kwargs)
        answer["Cache-Control"] = "private, no-store"
        return answer

    def own_needs(self) -> Any:
        """Needs of the reader's organizations."""
        rows = Need.objects.visible_to(self.principal)
        return rows.filter(organization__in=self.principal.organizations)


class OwnPage(MemberPage):
    template = "portal/my/own.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        offered = Resource.objects.visible_to(self.principal).exclude(status=ResourceStatus.RETIRED)
        own = offered.filter(organization__in=self.principal.organizations).select_related("zone").order_by("name_zh")
        resources = list(own)
        context = {
            "exchanges_waiting": count_waiting(self.principal),
            "cooperations_waiting": cooperation_lists.count_waiting(self.principal),
            "requests": [(side, SIDES[side], count) for side, count in counts_of(self.principal).items()],
            "needs": _told_needs(list(self.own_needs()), self.principal),
            "resources": list(zip(plain_cards(self.principal, RESOURCE, resources), resources, strict=True)),
        }
        return self.page(context)


class OwnNeed(MemberPage):
    """One need as its own side reads it: where it stands, what reviewers said, which resources fit and why."""

    template = "portal/my/need.html"

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        return self._shown(row_or_404(self.own_needs(), public_id))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Take one step, and show where the need stands then."""
        row = row_or_404(self.own_needs(), public_id)
        if request.POST.get("step") not in STEPS:
            raise Http404
        _target, _title, service = STEPS[request.POST["step"]]
        try:
            service(self.principal, need_id=row.pk, version=version_in(request.POST))
        except DomainError as error:
            row.refresh_from_db()
            return self._shown(row, refused=sentences_of(error), status=HTTPStatus.CONFLICT)
        return HttpResponseRedirect(reverse("portal:own_need", args=[public_id]))

    def _shown(self, row: Any, *, refused: Sequence[str] = (), status: int = HTTPStatus.OK) -> HttpResponse:
        state = NeedState(row.state)
        reviews = NeedReview.objects.visible_to(self.principal).filter(need=row).exclude(decision="")
        context = {
            "row": row,
            "waits": WAITS.get(state, ""),
            "refused": refused,
            "may_edit": state in EDITABLE,
            "is_open": state == NeedState.OPEN,
            "steps": [(name, step[1]) for name, step in STEPS.items() if state in TRANSITIONS[step[0]]],
            "reviews": list(reviews.select_related("zone").order_by("-decided_at")),
            "matches": _told_matches(row, self.principal),
        }
        return self.page(context, status=status)


def sentences_of(error: DomainError) -> list[str]:
    """A refusal in sentences."""
    if isinstance(error, InvalidInput):
        return [sentence for sentences in error.errors.values() for sentence in sentences]
    return [error.message]


def _told_needs(needs: Sequence[Any], principal: Principal) -> list[dict[str, Any]]:
    """Needs with what they wait for, and how many live matches each has."""
    rows = Match.objects.visible_to(principal).filter(LIVE, need__in=[need.pk for need in needs])
    counts = Counter(rows.values_list("need_id", flat=True))
    return [{"row": one, "matches": counts[one.pk], "waits": WAITS.get(NeedState(one.state), "")} for one in needs]


def _told_matches(need: Any, principal: Principal) -> list[dict[str, Any]]:
    """The best live matches but for those its side has dismissed, each with the resource and one sentence that says
    why; logged as shown.
    """
    apart = [one.resource_id for one in standing_dismissals(principal, need_id=need.pk)]
    live = Match.objects.visible_to(principal).filter(LIVE, need=need).exclude(resource__in=apart)
    matches = list(live.select_related("resource__zone").order_by("rank")[:MATCHES_SHOWN])
    log_shown(principal, [Shown(match, is_need_side=True) for match in matches], channel=ExposureChannel.PORTAL)
    told = explain_many(matches, principal=principal, language=get_language() or "zh-hans") if matches else []
    cards = plain_cards(principal, RESOURCE, [match.resource for match in matches])
    live = live_of_pairs(principal, need=need)
    return [
        {
            "card": card, "percent": round(100 * one.score), "sentence": one.sentence,
            "confidence": one.confidence_band, "exchange": live.get((match.need_id, match.resource_id)),
            "other": f"need={need.public_id}&resource={match.resource.public_id}",
        }
        for card, one, match in zip(cards, told, matches, strict=True)
    ]  # fmt: skip
