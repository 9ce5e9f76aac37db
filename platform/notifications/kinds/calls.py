"""Notices about calls for needs."""

from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ledger.models import OutboxEvent
from matching.models import NeedCall
from notifications.choices import Topic
from notifications.kinds.base import Audience, Kind, Subject, address
from zones.models import Membership
from zones.scoping import Principal, in_force, today


def _url_of(call: NeedCall, principal: Principal) -> str:
    if principal.has_back_office:
        return address(("admin:matching_needcall_change", (call.public_id,)))
    return address(("portal:new_need", ()))


CALL: Final = Subject("matching.needcall", str, _url_of, ("association",))


def _zones(call: NeedCall, event: OutboxEvent) -> Audience:
    """Staff of the zones that are in the association today."""
    members = Membership.objects.filter(
        in_force(today(), start="joined_on", end="left_on"), association_id=call.association_id
    )
    return Audience(zones=frozenset(members.values_list("zone_id", flat=True)))


_BY_ZONES: Final[dict[str, Any]] = {
    "topic": Topic.CALLS, "subject": CALL, "audience": _zones, "is_for_watchers": True,
    "who": _("联盟（网络）成员园区的工作人员，以及关注该征集、联盟或网络的账号"),
    "why": _("您所在园区是发起征集的联盟或网络的成员，或您关注了它"),
}  # fmt: skip


class CallNotice(Kind):
    """Whoever follows the association follows its calls."""

    def threads(self, row: NeedCall) -> frozenset[UUID]:
        return frozenset({row.public_id, row.association.public_id})


def _closing(days: int, title: Any) -> Kind:
    return CallNotice(
        event=f"call.closing_{days}", title=title, sentence=_("截止后不再受理，请尽快提交。"),
        is_urgent=days == 1, **_BY_ZONES,
    )  # fmt: skip


KINDS: Final = (
    CallNotice(
        event="call.open", title=_("需求征集已开始：%(name)s"), sentence=_("请组织本园区单位填报需求。"), **_BY_ZONES
    ),
    _closing(7, _("需求征集 7 天后截止：%(name)s")),
    _closing(1, _("需求征集明天截止：%(name)s")),
    CallNotice(
        event="call.closed", title=_("需求征集已结束：%(name)s"), sentence=_("各园区的进展见征集页。"), **_BY_ZONES
    ),
)  # fmt: skip
