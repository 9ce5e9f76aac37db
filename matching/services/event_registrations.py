"""Guests of events: organizations register, change, call off, and are checked in at the door."""

from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ledger.events import record_event
from matching.choices import EventState
from matching.choices import RegistrationState as State
from matching.models import Event, EventMeeting, EventRegistration, EventWish
from matching.services.event_seats import has_room, move_up, take
from matching.services.event_states import TO_COME, event_of_guest, must_be
from matching.services.event_texts import NEWEST
from zones.errors import Conflict, IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.models import Organization
from zones.scoping import Principal, today
from zones.services.base import clean_values, expect_version, save_next_version, tell, validated

WRITTEN: Final = ("seats", "attendees_zh", "brings_zh", "is_listed", "most_meetings")
REASON: Final = "the event was found by its own rule, and locked before its registrations"


@transaction.atomic
def register(
    principal: Principal, *, event_id: int, organization_id: int, text_version: int = NEWEST, **values: Any
) -> EventRegistration:
    """Register an organization, or put it on the waiting list where no seat is free; one that had called off is back
    at the end of the queue. Members and the staff of its zone register it, and who organizes, at the door.

    Raises NotFound, NotAllowed, InvalidInput, IllegalTransition outside the time of registration; Conflict for one
    that is registered.
    """
    event = event_of_guest(principal, event_id=event_id)
    organization = _organization(principal, event, organization_id)
    _must_be_open(principal, event)
    guest = _of(event, organization) or EventRegistration(event=event, organization=organization)
    if guest.pk is not None and guest.is_live:
        raise Conflict(_("该单位已报名：请在原有报名上修改。"))
    _write(principal, guest, values)
    guest.registrant_id, guest.text_version = principal.user_id, text_version
    guest.is_sample, guest.asked_at, guest.cancelled_at = event.is_sample, timezone.now(), None
    is_coming = has_room(event, guest.seats)
    guest.state = State.REGISTERED if is_coming else State.WAITING
    _save(guest)
    if is_coming:
        take(event, guest.seats)
    tell(guest, f"event_registration.{guest.state}")
    return guest


@transaction.atomic
def change_registration(
    principal: Principal, *, registration_id: int, version: int | None, **values: Any
) -> EventRegistration:
    """Change how many come, who, and what is shown to others. More seats than are free are refused: the place one has
    is not lost by asking. Raises NotFound, NotAllowed, Conflict, InvalidInput, IllegalTransition.
    """
    guest, event = _locked(principal, registration_id, version)
    must_be(event, *TO_COME)
    _must_be_live(guest)
    had = guest.seats
    _write(principal, guest, values)
    more = guest.seats - had
    if guest.is_coming and more > 0 and not has_room(event, more):
        message = _("席位不够：现在还剩 %(left)d 个。请减少人数，或等待有人取消。")
        raise Conflict(message % {"left": event.places_left or 0})
    save_next_version(validated(guest))
    if guest.is_coming and more:
        take(event, more)
    if not guest.is_listed:
        _forget_wishes(guest)
    tell(guest, "event_registration.changed")
    move_up(event)
    return guest


@transaction.atomic
def cancel_registration(principal: Principal, *, registration_id: int, version: int | None) -> EventRegistration:
    """Call off: the seats go to who waits, wishes are forgotten, meetings that were told are called off. Raises as
    above.
    """
    guest, event = _locked(principal, registration_id, version)
    must_be(event, *TO_COME)
    _must_be_live(guest)
    if guest.state == State.CHECKED_IN:
        raise IllegalTransition(_("已签到：请先撤销签到，再取消报名。"))
    was_coming = guest.is_coming
    guest.state, guest.cancelled_at = State.CANCELLED, timezone.now()
    save_next_version(validated(guest))
    if was_coming:
        take(event, -guest.seats)
    _forget_wishes(guest)
    _call_off_meetings(event, guest)
    tell(guest, "event_registration.cancelled")
    move_up(event)
    return guest


@transaction.atomic
def check_in(principal: Principal, *, registration_id: int, version: int | None = None) -> EventRegistration:
    """The guest is here, on the day. Who waits comes in if a seat is free. Checked in twice is checked in. Raises
    NotFound, NotAllowed (for others than organizers), Conflict, IllegalTransition.
    """
    guest, event = _at_the_door(principal, registration_id, version)
    if guest.state == State.CHECKED_IN:
        return guest
    _must_be_live(guest)
    if guest.state == State.WAITING:
        if not has_room(event, guest.seats):
            raise Conflict(_("该单位在候补名单中，席位已满：请待有人取消，或先增加席位。"))
        take(event, guest.seats)
    guest.state, guest.checked_in_at, guest.checker_id = State.CHECKED_IN, timezone.now(), principal.user_id
    save_next_version(validated(guest))
    tell(guest, "event_registration.checked_in")
    return guest


@transaction.atomic
def undo_check_in(principal: Principal, *, registration_id: int, version: int | None = None) -> EventRegistration:
    """It was somebody else. Raises as above."""
    guest, _event = _at_the_door(principal, registration_id, version)
    if guest.state != State.CHECKED_IN:
        raise IllegalTransition(_("尚未签到：无需撤销。"))
    guest.state, guest.checked_in_at, guest.checker_id = State.REGISTERED, None, None
    save_next_version(validated(guest))
    tell(guest, "event_registration.check_in_undone")
    return guest


def speaks_for(principal: Principal, guest: EventRegistration) -> bool:
    """Whether the principal is of the guest's own side: its member, or staff of its zone."""
    is_member = guest.organization_id in principal.organizations
    return principal.is_system or is_member or guest.organization.zone_id in principal.staff_zones


def organizes(principal: Principal, event: Event) -> bool:
    """Whether the principal edits the event."""
    return bool(Event.objects.editable_by(principal).filter(pk=event.pk).exists())


def _organization(principal: Principal, event: Event, organization_id: int) -> Organization:
    rows = Organization.objects.visible_to(principal).filter(pk=organization_id)
    found: Organization | None = rows.first()
    if found is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    is_own = Organization.objects.editable_by(principal).filter(pk=organization_id).exists()
    if not is_own and not organizes(principal, event):
        raise NotAllowed(_("您不能代表该单位报名：请由其成员或所在园区办理。"))
    return found


def _must_be_open(principal: Principal, event: Event) -> None:
    """Who organizes may register somebody at the door, too."""
    must_be(event, *TO_COME)
    if event.is_open_at(timezone.now()) or organizes(principal, event):
        return
    begins = event.registration_opens_at
    if begins is not None and begins > timezone.now():
        message = _("报名尚未开始：请在 %(time)s 之后再来。")
        raise IllegalTransition(message % {"time": timezone.localtime(begins).strftime("%Y-%m-%d %H:%M")})
    raise IllegalTransition(_("报名已截止：如仍想参加，请联系主办方。"))


def _of(event: Event, organization: Organization) -> EventRegistration | None:
    rows = EventRegistration.objects.unscoped(reason=REASON).filter(event=event, organization=organization)
    found: EventRegistration | None = rows.select_for_update(of=("self",)).first()
    return found


def _write(principal: Principal, guest: EventRegistration, values: dict[str, Any]) -> None:
    """What others read of a guest is for its own side to say."""
    given = clean_values({name: value for name, value in values.items() if name in WRITTEN})
    if given.get("is_listed") and not guest.is_listed and not speaks_for(principal, guest):
        raise NotAllowed(_("是否列入参会名单由该单位决定：请由其成员或所在园区填写。"))
    for name, value in given.items():
        setattr(guest, name, value)
    if guest.seats is None or guest.seats < 1:
        raise InvalidInput.single("seats", _("请填写参会人数，至少 1 人。"))


def _save(guest: EventRegistration) -> None:
    if guest.pk is not None:
        save_next_version(validated(guest))
        return
    validated(guest).save()
    guest.refresh_from_db(fields=["created_at", "updated_at"])


def _locked(principal: Principal, registration_id: int, version: int | None) -> tuple[EventRegistration, Event]:
    """A registration, locked after its event."""
    found = EventRegistration.objects.editable_by(principal).filter(pk=registration_id)
    event_id = found.values_list("event_id", flat=True).first()
    if event_id is None:
        if EventRegistration.objects.visible_to(principal).filter(pk=registration_id).exists():
            raise NotAllowed(_("您可以查看但不能修改此报名：请联系该单位或主办方。"))
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    event = event_of_guest(principal, event_id=event_id)
    guest = found.select_for_update(of=("self",)).select_related("organization").get()
    guest.event = event
    expect_version(guest, version)
    return guest, event


def _at_the_door(principal: Principal, registration_id: int, version: int | None) -> tuple[EventRegistration, Event]:
    guest, event = _locked(principal, registration_id, version)
    if not organizes(principal, event):
        raise NotAllowed(_("签到由主办方办理：请在会场向主办方出示签到码。"))
    must_be(event, EventState.PUBLISHED, EventState.RUNNING)
    if timezone.localdate(event.starts_at) > today():
        raise IllegalTransition(
            _("活动当天才能签到：请在 %(day)s 办理。") % {"day": timezone.localdate(event.starts_at)}
        )
    return guest, event


def _must_be_live(guest: EventRegistration) -> None:
    if not guest.is_live:
        raise IllegalTransition(_("报名已取消：如仍要参加，请重新报名。"))


def _forget_wishes(guest: EventRegistration) -> None:
    rows = EventWish.objects.unscoped(reason=REASON)
    rows.filter(asker=guest).delete()
    rows.filter(asked=guest).delete()


def _call_off_meetings(event: Event, guest: EventRegistration) -> None:
    """What was released is called off, and the other is told; what was only planned is forgotten."""
    rows = EventMeeting.objects.unscoped(reason=REASON).filter(event=event, cancelled_at__isnull=True)
    own = rows.filter(first=guest) | rows.filter(second=guest)
    if event.timetable_released_at is None:
        own.delete()
        return
    for meeting in list(own.order_by("slot")):
        meeting.cancelled_at = timezone.now()
        meeting.save(update_fields=["cancelled_at"])
        record_event(
            "event_meeting.cancelled",
            object_type="matching.eventmeeting",
            public_id=meeting.public_id,
            payload={"guest": str(guest.public_id)},
        )
