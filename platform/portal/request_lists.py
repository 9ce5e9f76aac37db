"""Which requests for service a member's organizations have sent and received, and how many wait for them."""

from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from zones.models import ServiceRequest
from zones.querysets import waiting_for_provider, waiting_for_requester
from zones.scoping import Principal

SIDES: Final = {"received": gettext_lazy("收到的申请"), "sent": gettext_lazy("发出的申请")}


def of_side(principal: Principal, side: str) -> "QuerySet[Any]":
    """Requests the principal's organizations have sent, or received."""
    rows: QuerySet[Any] = ServiceRequest.objects.visible_to(principal)
    own = {"organization__in": principal.organizations} if side == "sent" else {
        "resource__organization__in": principal.organizations
    }  # fmt: skip
    return rows.filter(**own)


def waiting_of(side: str) -> Q:
    return waiting_for_requester() if side == "sent" else waiting_for_provider()


def counts_of(principal: Principal) -> dict[str, int]:
    """How many of each side wait for the principal's organizations."""
    return {side: of_side(principal, side).filter(waiting_of(side)).count() for side in SIDES}
