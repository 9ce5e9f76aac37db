"""Requests for service: sent by a member of an organization, answered by who provides the resource.

sent ⇄ questioned          → accepted → recorded → confirmed
  → declined | withdrawn | expired         → cancelled   ⇄ disputed
"""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from zones import scoping
from zones.choices import (
    EndReason,
    EntryKind,
    RequestKind,
    RequestSide,
    RequestState,
    ResourceKind,
    ResourceStatus,
)
from zones.errors import IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.models import Organization, Resource, ServiceEntry, ServiceRequest
from zones.models.service_requests import ENDED
from zones.scoping import Principal, today
from zones.services.base import clean_values, tell, validated
from zones.services.fees import FeeEstimate, Wish, estimate_fee
from zones.services.service_steps import (
    add_entry,
    check_days,
    entered,
    given_reason,
    locked,
    must_come_from,
    required_text,
    set_terms,
    side_of,
)

KINDS_OF: Final = {
    ResourceKind.LABORATORY: (RequestKind.COMMISSIONED, RequestKind.OWN_USE, RequestKind.VISIT),
    ResourceKind.EQUIPMENT: (RequestKind.OWN_USE, RequestKind.COMMISSIONED, RequestKind.TRIAL, RequestKind.VISIT),
    ResourceKind.ACHIEVEMENT: (RequestKind.CONSULTATION, RequestKind.TRIAL),
    ResourceKind.EXPERT_TEAM: (RequestKind.CONSULTATION, RequestKind.COMMISSIONED),
    ResourceKind.TESTBED: (RequestKind.TRIAL, RequestKind.COMMISSIONED, RequestKind.VISIT),
    ResourceKind.PILOT_LINE: (RequestKind.COMMISSIONED, RequestKind.TRIAL, RequestKind.VISIT),
    ResourceKind.FINANCE_PRODUCT: (RequestKind.CONSULTATION,),
    ResourceKind.ENCLAVE_SPACE: (RequestKind.VISIT, RequestKind.CONSULTATION),
    ResourceKind.SERVICE: (RequestKind.COMMISSIONED, RequestKind.CONSULTATION),
}
"""What can be asked of a resource of each kind."""
DECLINE_REASONS: Final = (
    EndReason.NO_TIME, EndReason.NOT_SUITABLE, EndReason.NOT_SHARED, EndReason.PRICE, EndReason.OUT_OF_ORDER,
    EndReason.OTHER,
)  # fmt: skip
CANCEL_REASONS: Final = (
    EndReason.NO_TIME, EndReason.PRICE, EndReason.OUT_OF_ORDER, EndReason.NO_LONGER_NEEDED, EndReason.OTHER
)  # fmt: skip
NOT_SHARED: Final = frozenset({"不共享", "不对外", "不对外开放", "内部", "内部共享", "内部使用", "仅内部使用"})
"""Ways of sharing, as catalogues write them, under which nobody else may ask."""
MOST_OF_ONE: Final = 3
MOST_OF_ALL: Final = 50
"""How many requests of an organization may wait for an answer: for one resource, and in all."""
UNANSWERED: Final = (RequestState.SENT, RequestState.QUESTIONED)
WISHES: Final = ("wished_from", "wished_to", "quantity", "hours")


def why_not_requestable(resource: Resource) -> str:
    """Why nobody can ask for a resource now, and what to do instead; empty where they can."""
    if resource.status != ResourceStatus.ACTIVE:
        return _("该资源目前不可对接：请查看相似资源，或把要解决的问题发布为需求。")
    if resource.share_mode.strip() in NOT_SHARED:
        return _("该资源不对外单位开放：请查看相似资源，或把要解决的问题发布为需求。")
    if resource.capacity == 0:
        return _("该资源目前已约满：请稍后再来，或把要解决的问题发布为需求。")
    return ""


@transaction.atomic
def send_request(
    principal: Principal,
    *,
    resource_id: int,
    organization: Organization,
    kind: str,
    wished_from: date,
    wished_to: date,
    purpose: str,
    quantity: int | None = None,
    hours: Decimal | None = None,
    is_classified: bool = False,
) -> ServiceRequest:
    """Ask for a resource in the name of one's organization; the price of today and what comes of it are kept. Raises
    NotFound, NotAllowed, InvalidInput, IllegalTransition where it cannot be asked for.
    """
    _one_at_a_time(organization)
    resource = _asked_for(principal, resource_id)
    _check_asker(organization, resource)
    if is_classified:
        raise InvalidInput.single("is_classified", _("涉密事项不得在本平台申请，请走保密渠道。"))
    if kind not in KINDS_OF[ResourceKind(resource.kind)]:
        raise InvalidInput.single("kind", _("请选择本类资源可以申请的类型。"))
    wishes = _checked_wishes(wished_from=wished_from, wished_to=wished_to, quantity=quantity, hours=hours)
    row = ServiceRequest(
        resource=resource,
        organization=organization,
        zone=organization.zone,
        requested_by_id=principal.user_id,
        kind=kind,
        purpose=required_text("purpose", purpose, _("请写明用途与要求。")),
        price_from=resource.price_from,
        price_to=resource.price_to,
        price_unit=resource.price_unit,
        is_sample=resource.is_sample,
        **wishes,
    )
    _keep_estimate(row)
    set_terms(row)
    validated(row).save()
    _must_be_own(principal, row)
    _must_be_within_bounds(row)
    add_entry(principal, row, EntryKind.SENT, side=RequestSide.REQUESTER)
    tell(row, "service_request.sent", side=RequestSide.REQUESTER.value, waits_for=RequestSide.PROVIDER.value)
    return row


@transaction.atomic
def ask_back(principal: Principal, *, request_id: int, version: int | None, text: str) -> ServiceRequest:
    """The provider needs to know more before it answers."""
    row = locked(principal, request_id, version, RequestSide.PROVIDER)
    said = required_text("text", text, _("请写明需要对方补充什么。"))
    return entered(
        principal, row, RequestState.QUESTIONED, side=RequestSide.PROVIDER, entry=EntryKind.QUESTION, text=said
    )


@transaction.atomic
def reply_to_question(
    principal: Principal, *, request_id: int, version: int | None, text: str, **wishes: Any
) -> ServiceRequest:
    """The requester tells more, and may change dates, quantity and hours; the estimate follows at the kept price."""
    row = locked(principal, request_id, version, RequestSide.REQUESTER)
    must_come_from(row, RequestState.SENT)
    said = required_text("text", text, _("请写明补充的内容。"))
    for name, value in _checked_wishes(**({name: getattr(row, name) for name in WISHES} | wishes)).items():
        setattr(row, name, value)
    _keep_estimate(row)
    return entered(principal, row, RequestState.SENT, side=RequestSide.REQUESTER, entry=EntryKind.REPLY, text=said)


@transaction.atomic
def accept_request(
    principal: Principal,
    *,
    request_id: int,
    version: int | None,
    agreed_from: date,
    agreed_to: date,
    agreed_fee: Decimal,
    agreed_hours: Decimal | None = None,
    text: str = "",
) -> ServiceRequest:
    """Agree, on dates, hours and a fee. Of two answers at once one wins; the other gets a Conflict."""
    row = locked(principal, request_id, version, RequestSide.PROVIDER)
    check_days(agreed_from, agreed_to, names=("agreed_from", "agreed_to"))
    if agreed_to < today():
        raise InvalidInput.single("agreed_to", _("约定结束日不得早于今天。"))
    agreed = {
        "agreed_from": agreed_from,
        "agreed_to": agreed_to,
        "agreed_hours": agreed_hours,
        "agreed_fee": agreed_fee,
    }
    for name, value in clean_values(agreed).items():
        setattr(row, name, value)
    return entered(
        principal, row, RequestState.ACCEPTED, side=RequestSide.PROVIDER, entry=EntryKind.ACCEPTED, text=text
    )


@transaction.atomic
def decline_request(
    principal: Principal, *, request_id: int, version: int | None, reason: str, text: str = ""
) -> ServiceRequest:
    """Say no, with a coded reason."""
    row = locked(principal, request_id, version, RequestSide.PROVIDER)
    return entered(
        principal,
        row,
        RequestState.DECLINED,
        side=RequestSide.PROVIDER,
        entry=EntryKind.DECLINED,
        text=text,
        reason=given_reason(reason, DECLINE_REASONS),
    )


@transaction.atomic
def withdraw_request(principal: Principal, *, request_id: int, version: int | None, text: str = "") -> ServiceRequest:
    """The requester takes back what was not answered yet."""
    row = locked(principal, request_id, version, RequestSide.REQUESTER)
    return entered(
        principal, row, RequestState.WITHDRAWN, side=RequestSide.REQUESTER, entry=EntryKind.WITHDRAWN, text=text
    )


@transaction.atomic
def cancel_request(
    principal: Principal, *, request_id: int, version: int | None, reason: str, text: str = ""
) -> ServiceRequest:
    """Either side calls off what was agreed, with a coded reason; the row says which side."""
    row = locked(principal, request_id, version)
    side = side_of(principal, row)
    return entered(
        principal,
        row,
        RequestState.CANCELLED,
        side=side,
        entry=EntryKind.CANCELLED,
        text=text,
        reason=given_reason(reason, CANCEL_REASONS),
    )


@transaction.atomic
def write_message(principal: Principal, *, request_id: int, text: str) -> ServiceEntry:
    """Words in the thread of a request that has not ended. Raises IllegalTransition once it has."""
    row = locked(principal, request_id, None)
    if row.state in ENDED:
        raise IllegalTransition(_("该申请已结束，不能再留言：如有新的需要请另行申请。"))
    said = required_text("text", text, _("请填写留言。"))
    return add_entry(principal, row, EntryKind.MESSAGE, side=side_of(principal, row), text=said)


def estimate_of(resource: Resource, **wishes: Any) -> FeeEstimate:
    """What a wish would cost at the price of today. Raises InvalidInput."""
    return _estimate(resource, _checked_wishes(**wishes))


def _one_at_a_time(organization: Organization) -> None:
    """Requests of one organization come one after the other, so that its bounds hold for those sent at once."""
    rows = Organization.objects.unscoped(reason="a lock tells nothing").select_for_update(no_key=True)
    list(rows.filter(pk=organization.pk).values_list("pk"))


def _asked_for(principal: Principal, resource_id: int) -> Resource:
    """The resource as it is offered now; locked, so that it still is when the request is stored."""
    rows = Resource.objects.visible_to(principal).select_for_update(of=("self",), no_key=True)
    resource: Resource | None = rows.filter(pk=resource_id).first()
    if resource is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    if why := why_not_requestable(resource):
        raise IllegalTransition(why)
    return resource


def _check_asker(organization: Organization, resource: Resource) -> None:
    if organization.zone_id is None:
        raise InvalidInput.single("organization", _("本单位还没有登记所在高新区，不能申请：请联系所在园区。"))
    if organization.pk == resource.organization_id:
        raise InvalidInput.single("organization", _("这是本单位自己的资源，无需申请。"))


def _must_be_own(principal: Principal, row: ServiceRequest) -> None:
    own = ServiceRequest.objects.visible_to(principal).filter(scoping.requesting(principal), pk=row.pk)
    if not own.exists():
        raise NotAllowed(_("您不是该单位的用户，不能以它的名义申请：请选择您所属的单位。"))


def _must_be_within_bounds(row: ServiceRequest) -> None:
    """Asked once it is known that the request is the principal's to send: how many wait is nobody else's to know."""
    rows = ServiceRequest.objects.unscoped(reason="a bound counts what the organization has sent")
    waiting = rows.filter(organization_id=row.organization_id, state__in=UNANSWERED)
    if waiting.filter(resource_id=row.resource_id).count() > MOST_OF_ONE:
        told = _("本单位对该资源已有 %(most)d 份申请待答复：请先等待答复，或撤回其中一份。")
        raise IllegalTransition(told % {"most": MOST_OF_ONE})
    if waiting.count() > MOST_OF_ALL:
        told = _("本单位已有 %(most)d 份申请待答复：请先等待答复，或撤回不再需要的申请。")
        raise IllegalTransition(told % {"most": MOST_OF_ALL})


def _checked_wishes(**given: Any) -> dict[str, Any]:
    wishes = clean_values(given)
    check_days(wishes["wished_from"], wishes["wished_to"], names=("wished_from", "wished_to"))
    if wishes["wished_from"] < today():
        raise InvalidInput.single("wished_from", _("希望开始日不得早于今天。"))
    hours = wishes.get("hours")
    if hours is not None and hours < 0:
        raise InvalidInput.single("hours", _("机时不得为负。"))
    return wishes


def _estimate(price: Resource | ServiceRequest, wishes: dict[str, Any]) -> FeeEstimate:
    wish = Wish(wishes["wished_from"], wishes["wished_to"], wishes.get("hours"), wishes.get("quantity"))
    return estimate_fee(price, wish)


def _keep_estimate(row: ServiceRequest) -> None:
    told = _estimate(row, {name: getattr(row, name) for name in WISHES})
    row.estimate_from, row.estimate_to = told.low, told.high
