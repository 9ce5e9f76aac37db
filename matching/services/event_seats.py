"""Seats of events: taken and given back under the lock of the event, never more than there are; who waits moves up.

The event's own row counts them, and the database refuses the one too many, whoever forgets the lock.
"""

from typing import Final

from django.db.models import F

from matching.choices import RegistrationState as State
from matching.models import Event, EventRegistration
from matching.services.event_states import TO_COME, guests_of
from zones.services.base import save_next_version, tell

REASON: Final = "seats are counted over all registrations, whoever reads them"


def has_room(event: Event, seats: int) -> bool:
    """Whether so many may still come; the caller has locked the event."""
    return event.capacity is None or event.taken + seats <= event.capacity


def take(event: Event, seats: int) -> None:
    """Take seats, or give them back where `seats` is negative. Counted in the row itself; its version stays."""
    Event.objects.unscoped(reason=REASON).filter(pk=event.pk).update(taken=F("taken") + seats)
    event.taken += seats


def move_up(event: Event) -> list[EventRegistration]:
    """Those who wait get the seats that are free, in the order in which they asked; one that needs more seats than are
    left does not hold up the next. The caller has locked the event.
    """
    if event.state not in TO_COME:
        return []
    moved = []
    for guest in guests_of(event, states=(State.WAITING,)):
        if has_room(event, guest.seats):
            take(event, guest.seats)
            guest.state = State.REGISTERED
            tell(save_next_version(guest), "event_registration.moved_up")
            moved.append(guest)
    return moved
