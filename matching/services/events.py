"""Events as those who organize them write them down: drafted, published, held, or called off with a reason."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.choices import EventState as State
from matching.models import Event, EventOrganizer
from matching.models.event_guests import COMING
from matching.services.event_seats import move_up
from matching.services.event_states import TO_COME, guests_of, locked_event, move, must_be
from zones.choices import Visibility
from zones.errors import Conflict, DomainError, IllegalTransition, InvalidInput
from zones.scoping import SYSTEM, Principal, today
from zones.services.base import (
    clean_text,
    clean_values,
    constraint_errors,
    must_be_editable,
    save_next_version,
    tell,
    validated,
)
from zones.services.children import replace_children

Values = Mapping[str, Any]
WRITTEN: Final = (
    "zone", "association", "call", "kind", "dimension", "title_zh", "title_en", "summary_zh", "place_zh", "starts_at",
    "ends_at", "registration_opens_at", "registration_closes_at", "capacity", "visibility", "meetings_start_at",
    "slot_minutes", "slots", "tables",
)  # fmt: skip
MOVING: Final = ("place_zh", "starts_at", "ends_at")
"""What guests are told of when it changes."""
OF_MEETINGS: Final = ("meetings_start_at", "slot_minutes", "slots", "tables")
SWEEP: Final = "events of the day are watched by the system for all"
NO_ROWS: Final[Sequence[Values] | None] = None


@transaction.atomic
def draft_event(
    principal: Principal, *, organizers: Sequence[Values] | None = NO_ROWS, is_sample: bool = False, **values: Any
) -> Event:
    """Write an event down. Raises NotAllowed where the principal is not of its host, InvalidInput."""
    event = Event(**written_of_event(values), is_sample=is_sample, author_id=principal.user_id)
    check_event(event)
    validated(event).save()
    event.refresh_from_db(fields=["created_at", "updated_at"])
    _write_organizers(event, organizers)
    must_be_editable(event, principal)
    tell(event, "event.drafted")
    return event


@transaction.atomic
def update_event(
    principal: Principal, *, event_id: int, version: int | None, organizers: Sequence[Values] | None = NO_ROWS,
    **values: Any,
) -> Event:  # fmt: skip
    """Change an event that is not over. Guests are told of another place or time; free seats go to who waits.

    Raises NotFound, NotAllowed, Conflict, InvalidInput, IllegalTransition for one that is over.
    """
    event = locked_event(principal, event_id=event_id, version=version)
    must_be(event, State.DRAFT, *TO_COME)
    before = {name: getattr(event, name) for name in (*MOVING, *OF_MEETINGS)}
    for name, value in written_of_event(values).items():
        setattr(event, name, value)
    changed = {name for name, value in before.items() if getattr(event, name) != value}
    if changed & set(OF_MEETINGS) and event.timetable_released_at is not None:
        raise Conflict(_("洽谈安排已发布，场次和桌数不能再改：如需调整，请逐场取消后另行约定。"))
    check_event(event)
    with constraint_errors(Event):
        save_next_version(validated(event))
    _write_organizers(event, organizers)
    must_be_editable(event, principal)
    is_moved = bool(changed & set(MOVING)) and event.state in TO_COME
    tell(event, "event.moved" if is_moved else "event.updated")
    move_up(event)
    return event


@transaction.atomic
def publish_event(principal: Principal, *, event_id: int, version: int | None) -> Event:
    """Announce it: from now on it is read as far as it is visible. One that has begun is written down afterwards: its
    organizers register who came. Raises NotFound, NotAllowed, Conflict, InvalidInput, IllegalTransition.
    """
    event = locked_event(principal, event_id=event_id, version=version)
    if event.registration_closes_at <= timezone.now() < event.starts_at:
        raise InvalidInput.single("registration_closes_at", _("报名截止时间已过：请改为将来的时间，再发布。"))
    event.published_at = timezone.now()
    return move(event, State.PUBLISHED)


@transaction.atomic
def start_event(principal: Principal, *, event_id: int, version: int | None) -> Event:
    """It has begun. Raises NotFound, NotAllowed, Conflict, IllegalTransition."""
    event = locked_event(principal, event_id=event_id, version=version)
    _must_have_begun(event)
    return move(event, State.RUNNING)


@transaction.atomic
def hold_event(principal: Principal, *, event_id: int, version: int | None, result: str = "") -> Event:
    """Say that it has taken place: figures count it from now on. Raises NotFound, NotAllowed, Conflict, InvalidInput,
    IllegalTransition.
    """
    event = locked_event(principal, event_id=event_id, version=version)
    _must_have_begun(event)
    event.held_at, event.result_zh = timezone.now(), clean_text("result", result)
    return move(event, State.HELD)


@transaction.atomic
def cancel_event(principal: Principal, *, event_id: int, version: int | None, because: str) -> Event:
    """Call it off, and why: everybody who was invited or registered is told. Raises as above."""
    event = locked_event(principal, event_id=event_id, version=version)
    event.cancelled_because_zh = clean_text("because", because)
    if not event.cancelled_because_zh:
        raise InvalidInput.single("because", _("请写明取消原因：报名的单位会看到。"))
    event.timetable_asked_at = None
    return move(event, State.CANCELLED)


def sweep() -> int:
    """Start what has begun, and remind once of what is tomorrow. Returns how many events were touched."""
    soon = timezone.now() + timedelta(days=2)
    rows = Event.objects.unscoped(reason=SWEEP).filter(state=State.PUBLISHED, starts_at__lt=soon)
    return sum(_swept(pk) for pk in list(rows.order_by("pk").values_list("pk", flat=True)))


def _swept(event_id: int) -> bool:
    with suppress(DomainError), transaction.atomic():
        event = locked_event(SYSTEM, event_id=event_id, version=None)
        must_be(event, State.PUBLISHED)
        if event.starts_at <= timezone.now():
            move(event, State.RUNNING)
            return True
        is_tomorrow = timezone.localdate(event.starts_at) == today() + timedelta(days=1)
        if is_tomorrow and event.reminded_on is None and guests_of(event, states=COMING):
            event.reminded_on = today()
            tell(save_next_version(event), "event.tomorrow")
            return True
    return False


def written_of_event(values: Values) -> dict[str, Any]:
    """What people write of an event, cleaned."""
    return clean_values({name: value for name, value in values.items() if name in WRITTEN})


def check_event(event: Event) -> None:
    """What depends on more than one row, or on what is at hand."""
    if event.slots and event.meetings_start_at is not None:
        _begin, end = event.slot_times(event.slots - 1)
        if event.ends_at is not None and end > event.ends_at:
            message = _("洽谈到 %(end)s 才结束，晚于活动结束：请减少场次，或延长活动。")
            raise InvalidInput.single("slots", message % {"end": timezone.localtime(end).strftime("%H:%M")})


def _write_organizers(event: Event, rows: Sequence[Values] | None) -> None:
    if rows is not None:
        replace_children(event, EventOrganizer, foreign_key="event", rows=rows)
    partners = EventOrganizer.objects.unscoped(reason=SWEEP).filter(event=event, association__isnull=False)
    if event.visibility == Visibility.ASSOCIATION and event.association is None and not partners.exists():
        message = _("可见范围为“联盟或网络内”时，主办或协办须有联盟（网络）：请添加，或另选可见范围。")
        raise InvalidInput.single("visibility", message)


def _must_have_begun(event: Event) -> None:
    if event.starts_at > timezone.now():
        raise IllegalTransition(_("活动尚未开始：请在开始之后再登记。"))
