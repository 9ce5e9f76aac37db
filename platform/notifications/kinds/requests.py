"""Notices about requests for service."""

from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ledger.models import OutboxEvent
from notifications.choices import Topic
from notifications.kinds.base import Audience, Kind, Subject, address, named_in, only
from zones.choices import RequestSide
from zones.models import ServiceRequest
from zones.scoping import Principal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def _name_of(row: ServiceRequest) -> str:
    return str(row.resource)


def _url_of(row: ServiceRequest, principal: Principal) -> str:
    own = {row.organization_id, row.resource.organization_id}
    if own & principal.organizations:
        return address(("portal:request", (row.public_id,)))
    return address(("admin:zones_servicerequest_change", (row.public_id,)))


REQUEST: Final = Subject("zones.servicerequest", _name_of, _url_of, ("resource",))


def _of_side(row: ServiceRequest, side: str) -> Audience:
    """The requester's members; or the provider's, and the staff of its zone."""
    if side == RequestSide.REQUESTER:
        return Audience(organizations=only(row.organization_id))
    return Audience(zones=only(row.resource.zone_id), organizations=only(row.resource.organization_id))


def _requester(row: ServiceRequest, event: OutboxEvent) -> Audience:
    return _of_side(row, RequestSide.REQUESTER)


def _provider(row: ServiceRequest, event: OutboxEvent) -> Audience:
    return _of_side(row, RequestSide.PROVIDER)


def _other(row: ServiceRequest, event: OutboxEvent) -> Audience:
    """Who did not do it; both where nobody did."""
    sides = [side for side in (RequestSide.REQUESTER, RequestSide.PROVIDER) if side != event.payload.get("side")]
    told = [_of_side(row, side) for side in sides]
    return Audience(
        zones=frozenset().union(*(one.zones for one in told)),
        organizations=frozenset().union(*(one.organizations for one in told)),
    )


def _whose_turn(row: ServiceRequest, event: OutboxEvent) -> Audience:
    return _of_side(row, event.payload.get("waits_for", ""))


_AUDIENCES: Final = {
    "requester": (_requester, _("申请单位的成员")),
    "provider": (_provider, _("提供单位的成员与其园区的工作人员")),
    "other": (_other, _("另一方：申请单位，或提供单位与其园区")),
    "turn": (_whose_turn, _("轮到办理的一方")),
}


def _kind(step: str, whom: str, title: "StrPromise", sentence: "StrPromise", *, is_urgent: bool = True) -> Kind:
    audience, who = _AUDIENCES[whom]
    return Kind(
        event=f"service_request.{step}", topic=Topic.REQUESTS, subject=REQUEST, title=title, sentence=sentence,
        who=who, why=_("您所在的单位或园区是该服务申请的一方"), audience=audience, is_urgent=is_urgent,
        record=named_in("request") if step == "message" else _own, is_talk=step == "message",
    )  # fmt: skip


def _own(event: OutboxEvent) -> UUID:
    return event.object_public_id


KINDS: Final = (
    _kind("sent", "provider", _("收到服务申请：%(name)s"), _("请答复：接受、请对方补充，或说明原因后不接受。")),
    _kind("questioned", "requester", _("提供方请您补充说明：%(name)s"), _("补充后对方才能答复。")),
    _kind("accepted", "requester", _("服务申请已被接受：%(name)s"), _("请核对约定的日期与费用。")),
    _kind("declined", "requester", _("服务申请未被接受：%(name)s"), _("原因见申请页；可另选资源。")),
    _kind("withdrawn", "provider", _("服务申请已撤回：%(name)s"), _("无需再答复。"), is_urgent=False),
    _kind("expired", "other", _("服务申请已失效：%(name)s"), _("期限内没有办理。"), is_urgent=False),
    _kind("recorded", "requester", _("请核对服务记录：%(name)s"), _("请确认，或提出异议。")),
    _kind("disputed", "provider", _("服务记录有异议：%(name)s"), _("请核对后重新登记。")),
    _kind("confirmed", "other", _("服务记录已确认：%(name)s"), _("双方可在 14 天内互相评价。"), is_urgent=False),
    _kind("cancelled", "other", _("服务已取消：%(name)s"), _("原因见申请页。")),
    _kind("message", "other", _("服务申请有新留言：%(name)s"), _("请在申请页查看。"), is_urgent=False),
    _kind("reminder", "turn", _("服务申请等待办理：%(name)s"), _("请在期限前办理。")),
    _kind("overdue", "turn", _("服务申请已超期：%(name)s"), _("请尽快办理，逾期将自动关闭。")),
)  # fmt: skip
