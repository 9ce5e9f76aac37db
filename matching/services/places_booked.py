"""Places of resources that exchanges hold: taken with the answer, given back at the end, never more than there are.

A place has a number below the capacity, and no two standing bookings of a resource have the same: the database itself
refuses the one too many, whoever forgets the lock.
"""

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from matching.models import Booking, Exchange
from zones.errors import Conflict

REASON = "places are counted over all exchanges, whoever may see them"


def hold_place(exchange: Exchange) -> Booking:
    """Take a free place of the resource, which the caller has locked. Raises Conflict where there is none."""
    standing = Booking.objects.unscoped(reason=REASON).filter(resource=exchange.resource, released_at__isnull=True)
    taken = set(standing.values_list("slot", flat=True))
    slot = next((number for number in range(exchange.resource.capacity) if number not in taken), None)
    if slot is None:
        raise _full(exchange)
    booking = Booking(exchange=exchange, resource=exchange.resource, slot=slot)
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError as error:
        raise _full(exchange) from error
    return booking


def release_place(exchange: Exchange) -> None:
    """Give the place back, if one is held."""
    held = Booking.objects.unscoped(reason=REASON).filter(exchange=exchange, released_at__isnull=True)
    held.update(released_at=Now())


def _full(exchange: Exchange) -> Conflict:
    message = _("该资源可同时承接 %(count)d 项，现已排满：请待名额释放，或先调整可承接数，再答复。")
    return Conflict(message % {"count": exchange.resource.capacity})
