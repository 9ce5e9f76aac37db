"""The states of events: which follows which, the event locked for a step, and the one function that moves one on."""

from typing import Final

from django.utils.translation import gettext as _

from matching.choices import EventState as State
from matching.models import Event, EventRegistration
from matching.models.event_guests import COMING
from zones.errors import IllegalTransition, NotFound
from zones.scoping import Principal
from zones.services.base import editable_or_error, expect_version, save_next_version, tell, validated

TRANSITIONS: Final[dict[str, frozenset[str]]] = {
    State.PUBLISHED: frozenset({State.DRAFT}),
    State.RUNNING: frozenset({State.PUBLISHED}),
    State.HELD: frozenset({State.PUBLISHED, State.RUNNING}),
    State.CANCELLED: frozenset({State.DRAFT, State.PUBLISHED, State.RUNNING}),
}
"""target state → states it may be entered from."""
TAKEN_BACK: Final = (State.HELD, State.CANCELLED)
"""Of events that were written down as held by mistake, all at once (`past.take_back_held`); no step of people."""
TO_COME: Final = (State.PUBLISHED, State.RUNNING)
REASON: Final = "the event was found by its own rule; guests are counted and told whoever reads them"


def locked_event(principal: Principal, *, event_id: int, version: int | None) -> Event:
    """The event, locked for a step of those who organize it. Raises NotFound, NotAllowed, Conflict."""
    event = editable_or_error(Event, principal, pk=event_id)
    expect_version(event, version)
    return event


def event_of_guest(principal: Principal, *, event_id: int) -> Event:
    """An event a guest may read, locked before its registrations, as every step of theirs locks it. Raises NotFound."""
    rows = Event.objects.visible_to(principal).select_for_update(of=("self",), no_key=True)
    event: Event | None = rows.filter(pk=event_id).first()
    if event is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    return event


def must_be(event: Event, *states: str) -> None:
    """Raises IllegalTransition in every other state."""
    if event.state not in states:
        message = _("活动现为“%(now)s”，不能办理这一步：请刷新后再看。")
        raise IllegalTransition(message % {"now": event.get_state_display()})


def move(event: Event, target: State) -> Event:
    """Move a locked event on: its row and the outbox row. Raises IllegalTransition, InvalidInput."""
    if event.state not in TRANSITIONS[target]:
        message = _("活动现为“%(now)s”，不能转为“%(target)s”：请刷新后再看。")
        raise IllegalTransition(message % {"now": event.get_state_display(), "target": target.label})
    event.state = target
    save_next_version(validated(event))
    tell(event, f"event.{target}")
    return event


def guests_of(event: Event, *, states: tuple[str, ...] = COMING) -> list[EventRegistration]:
    """Registrations of an event, in the order in which they asked."""
    rows = EventRegistration.objects.unscoped(reason=REASON).filter(event=event, state__in=states)
    return list(rows.select_related("organization").order_by("asked_at", "pk"))
