"""Terms of requests for service, by the clock: reminders on the third and after the fifth working day, the end after
the fifteenth.
"""

from contextlib import suppress

from django.db import transaction
from django.db.models import Q

from zones.choices import EntryKind, RequestSide, RequestState
from zones.errors import DomainError
from zones.models import ServiceRequest
from zones.scoping import SYSTEM, today
from zones.services.base import tell
from zones.services.service_records import confirmed
from zones.services.service_steps import entered, locked


def remind_of_requests() -> int:
    """Tell whose turn it is: once when half of its time is over, once when it is late. Returns how many were told."""
    day = today()
    rows = ServiceRequest.objects.unscoped(reason="reminders are the system's work")
    due = Q(reminders=0, remind_on__lte=day) | Q(reminders=1, due_on__lt=day)
    with transaction.atomic():
        found = list(rows.filter(due).select_for_update(of=("self",), skip_locked=True))
        for row in found:
            kind = "overdue" if row.due_on is not None and row.due_on < day else "reminder"
            tell(row, f"service_request.{kind}", waits_for=str(row.waits_for))
            row.reminders = 2 if kind == "overdue" else 1
            row.save(update_fields=["reminders"])
    return len(found)


def close_overdue_requests() -> int:
    """Close what nobody answered, and take for confirmed what nobody objected to; returns how many. One that somebody
    has just moved is left to them.
    """
    rows = ServiceRequest.objects.unscoped(reason="expiry is the system's work").filter(expires_on__lte=today())
    closed = 0
    for pk, version in list(rows.values_list("pk", "version")):
        with suppress(DomainError), transaction.atomic():
            _close(locked(SYSTEM, pk, version))
            closed += 1
    return closed


def _close(row: ServiceRequest) -> None:
    if row.state == RequestState.RECORDED:
        confirmed(SYSTEM, row, side=RequestSide.SYSTEM)
    else:
        entered(SYSTEM, row, RequestState.EXPIRED, side=RequestSide.SYSTEM, entry=EntryKind.EXPIRED)
