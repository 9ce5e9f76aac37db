"""What was done for a request, told by the provider, confirmed or disputed by the requester; then both sides rate."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import Avg, Count
from django.utils import timezone
from django.utils.translation import gettext as _

from zones import scoping
from zones.choices import EntryKind, RequestSide, RequestState
from zones.errors import IllegalTransition, InvalidInput
from zones.models import Resource, ServiceRating, ServiceRecord, ServiceRequest
from zones.scoping import RATING_DAYS, Principal, today
from zones.services.base import clean_values, must_be_editable, tell_fact, validated
from zones.services.service_steps import (
    FURTHEST,
    checked_text,
    entered,
    locked,
    must_come_from,
    required_text,
    side_of,
)

FEWEST_RATINGS: Final = 3
"""From how many ratings on their average is shown."""


@dataclass(frozen=True, slots=True)
class AverageRating:
    """What those who used a resource thought of it."""

    stars: Decimal
    count: int


@transaction.atomic
def record_service(
    principal: Principal,
    *,
    request_id: int,
    version: int | None,
    started_on: date,
    ended_on: date,
    fee: Decimal,
    hours: Decimal | None = None,
    quantity: int | None = None,
    result: str = "",
) -> ServiceRequest:
    """State what was done; again as long as it is not confirmed. Raises InvalidInput, Conflict, IllegalTransition."""
    row = locked(principal, request_id, version, RequestSide.PROVIDER)
    must_come_from(row, RequestState.RECORDED)
    if ended_on > today():
        raise InvalidInput.single("ended_on", _("实际结束日不得晚于今天：请在服务完成后登记。"))
    if started_on < today() - FURTHEST:
        raise InvalidInput.single("started_on", _("日期过早：请填写两年以内的日期。"))
    told = {"started_on": started_on, "ended_on": ended_on, "fee": fee, "hours": hours, "quantity": quantity}
    record = _record_of(row) or ServiceRecord(request=row)
    for name, value in clean_values(told | {"result": checked_text("result", result)}).items():
        setattr(record, name, value)
    record.recorded_by_id, record.recorded_at = principal.user_id, timezone.now()
    validated(record).save()
    return entered(principal, row, RequestState.RECORDED, side=RequestSide.PROVIDER, entry=EntryKind.RECORDED)


@transaction.atomic
def confirm_record(principal: Principal, *, request_id: int, version: int | None) -> ServiceRequest:
    """The requester agrees with the record; from then on both sides may rate."""
    row = locked(principal, request_id, version, RequestSide.REQUESTER)
    return confirmed(principal, row, side=RequestSide.REQUESTER)


@transaction.atomic
def dispute_record(principal: Principal, *, request_id: int, version: int | None, text: str) -> ServiceRequest:
    """The requester objects, and says why; the provider records anew, or the two call it off."""
    row = locked(principal, request_id, version, RequestSide.REQUESTER)
    said = required_text("text", text, _("请写明哪里不符，对方才能更正。"))
    return entered(
        principal, row, RequestState.DISPUTED, side=RequestSide.REQUESTER, entry=EntryKind.DISPUTED, text=said
    )


def confirmed(principal: Principal, row: ServiceRequest, *, side: RequestSide) -> ServiceRequest:
    """A locked request, with its record confirmed: by the requester, or by the clock."""
    must_come_from(row, RequestState.CONFIRMED)
    record = _record_of(row)
    assert record is not None, "a request is recorded before it is confirmed"
    record.confirmed_at = timezone.now()
    record.save(update_fields=["confirmed_at"])
    return entered(principal, row, RequestState.CONFIRMED, side=side, entry=EntryKind.CONFIRMED)


@transaction.atomic
def rate_service(principal: Principal, *, request_id: int, stars: int, comment: str = "") -> ServiceRating:
    """One side's rating of the other, once. Raises IllegalTransition before the service is confirmed and after the
    time for it, InvalidInput.
    """
    row = locked(principal, request_id, None)
    side = side_to_rate(principal, row)
    if side is None:
        raise IllegalTransition(_("现在不能评价：服务确认后 %(days)d 天内，每方评价一次。") % {"days": RATING_DAYS})
    rating = ServiceRating(
        request=row, side=side, stars=stars, comment=checked_text("comment", comment), rated_by_id=principal.user_id
    )
    validated(rating).save()
    must_be_editable(rating, principal)
    tell_fact(rating, "service_request.rated", request=row, side=side.value)
    return rating


def side_to_rate(principal: Principal, row: ServiceRequest) -> RequestSide | None:
    """For which side the principal may rate now; None where it may not or has."""
    if row.state != RequestState.CONFIRMED or row.ended_at is None:
        return None
    if timezone.now() > row.ended_at + timedelta(days=RATING_DAYS):
        return None
    side = side_of(principal, row)
    own = ServiceRating.objects.unscoped(reason="whether one's own side has rated").filter(request=row, side=side)
    return None if own.exists() else side


def average_rating(resource: Resource) -> AverageRating | None:
    """Of the ratings by requesters that both sides may read; None below three, so that no single one is told."""
    rows = ServiceRating.objects.unscoped(reason="an average of three and more is public")
    told = rows.filter(scoping.told_ratings(), request__resource=resource, side=RequestSide.REQUESTER)
    found = told.aggregate(stars=Avg("stars"), count=Count("pk"))
    if found["count"] < FEWEST_RATINGS:
        return None
    return AverageRating(Decimal(found["stars"]).quantize(Decimal("0.1")), found["count"])


def _record_of(row: ServiceRequest) -> ServiceRecord | None:
    rows = ServiceRecord.objects.unscoped(reason="the request was checked and is locked")
    found: ServiceRecord | None = rows.filter(request=row).first()
    return found
