"""Meetings of two sides: one proposes, the other confirms; moved ones are confirmed anew; calendars follow by UID."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from matching.choices import MeetingState, Side
from matching.models import Exchange, NegotiationMeeting
from matching.services.negotiations import FURTHEST, REASON, talking
from zones.errors import IllegalTransition, InvalidInput, NotAllowed, NotFound
from zones.scoping import Principal
from zones.services.base import clean_values, expect_version, save_next_version, tell, validated

if TYPE_CHECKING:
    from icalendar import Event

ZONE: Final = ZoneInfo("Asia/Shanghai")
LONGEST: Final = timedelta(hours=24)
TEXTS: Final = ("topic_zh", "place_zh", "link")
STATUS: Final = {
    MeetingState.PROPOSED: "TENTATIVE", MeetingState.CONFIRMED: "CONFIRMED", MeetingState.CANCELLED: "CANCELLED",
}  # fmt: skip


@transaction.atomic
def propose_meeting(
    principal: Principal, *, exchange_id: int, starts_at: datetime, ends_at: datetime, side: str = "", **texts: str
) -> NegotiationMeeting:
    """Propose a meeting at a place or by a link. Raises NotFound, NotAllowed, InvalidInput, IllegalTransition."""
    exchange, who = talking(principal, exchange_id, side)
    meeting = NegotiationMeeting(exchange=exchange, side=who, proposer_id=principal.user_id)
    meeting.is_sample = exchange.is_sample
    _write(meeting, starts_at, ends_at, texts)
    validated(meeting).save()
    meeting.refresh_from_db(fields=["created_at", "updated_at"])
    tell(meeting, "meeting.proposed", exchange=str(exchange.public_id), side=who)
    return meeting


@transaction.atomic
def move_meeting(
    principal: Principal, *, meeting_id: int, version: int | None, starts_at: datetime, ends_at: datetime,
    side: str = "", **texts: str,
) -> NegotiationMeeting:  # fmt: skip
    """Propose another time or place for a meeting that is to be; the side that did not ask confirms it anew.

    Raises as above, and Conflict where it has changed since `version`.
    """
    meeting, exchange, who = _to_be_held(principal, meeting_id, version, side)
    _write(meeting, starts_at, ends_at, texts)
    meeting.state, meeting.side, meeting.proposer_id = MeetingState.PROPOSED, who, principal.user_id
    meeting.confirmed_at, meeting.confirmer = None, None
    return _changed(meeting, exchange, "meeting.moved", who)


@transaction.atomic
def confirm_meeting(
    principal: Principal, *, meeting_id: int, version: int | None, side: str = ""
) -> NegotiationMeeting:
    """Agree to what the other side has proposed. Raises as above."""
    meeting, exchange, who = _to_be_held(principal, meeting_id, version, side)
    if meeting.state != MeetingState.PROPOSED:
        raise IllegalTransition(_("会议已确认，无需重复确认。"))
    if who == meeting.side:
        raise NotAllowed(_("会议须由对方确认：请等待，或改期、取消。"))
    meeting.state, meeting.confirmed_at, meeting.confirmer_id = (
        MeetingState.CONFIRMED,
        timezone.now(),
        principal.user_id,
    )
    return _changed(meeting, exchange, "meeting.confirmed", who)


@transaction.atomic
def cancel_meeting(principal: Principal, *, meeting_id: int, version: int | None, side: str = "") -> NegotiationMeeting:
    """Call a meeting off. Raises as above."""
    meeting, exchange, who = _to_be_held(principal, meeting_id, version, side)
    meeting.state, meeting.cancelled_at, meeting.canceller_id = (
        MeetingState.CANCELLED,
        timezone.now(),
        principal.user_id,
    )
    return _changed(meeting, exchange, "meeting.cancelled", who)


def calendar_of(meeting: NegotiationMeeting) -> bytes:
    """One meeting as an .ics file: the same UID always, SEQUENCE grows with every change. No names, no contacts."""
    from icalendar import Calendar  # a library that pages do without

    calendar = Calendar()
    calendar.add("PRODID", f"-//{settings.TAG_AUTHORITY}//ZoneLink")
    calendar.add("VERSION", "2.0")
    calendar.add("METHOD", "CANCEL" if meeting.state == MeetingState.CANCELLED else "PUBLISH")
    calendar.add_component(_event_of(meeting))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event_of(meeting: NegotiationMeeting) -> "Event":
    from icalendar import Event

    event = Event()
    told: dict[str, Any] = {
        "UID": f"meeting-{meeting.public_id}@{settings.TAG_AUTHORITY}",
        "SEQUENCE": meeting.sequence,
        "DTSTAMP": meeting.updated_at,
        "LAST-MODIFIED": meeting.updated_at,
        "DTSTART": meeting.starts_at.astimezone(ZONE),
        "DTEND": meeting.ends_at.astimezone(ZONE),
        "SUMMARY": meeting.topic_zh,
        "LOCATION": meeting.place_zh or meeting.link,
        "STATUS": STATUS[MeetingState(meeting.state)],
    }
    if meeting.link:
        told["URL"] = meeting.link
    for name, value in told.items():
        event.add(name, value)
    return event


def _write(meeting: NegotiationMeeting, starts_at: datetime, ends_at: datetime, texts: dict[str, str]) -> None:
    _check_times(starts_at, ends_at)
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    for name, text in clean_values({name: texts.get(name, "") for name in TEXTS}).items():
        setattr(meeting, name, text)


def _check_times(starts_at: datetime, ends_at: datetime) -> None:
    now = timezone.now()
    if not now < starts_at <= now + FURTHEST:
        raise InvalidInput.single("starts_at", _("开始时间须在现在之后、一年之内。"))
    if not starts_at < ends_at <= starts_at + LONGEST:
        raise InvalidInput.single("ends_at", _("结束时间须晚于开始时间，且不超过 24 小时。"))


def _to_be_held(
    principal: Principal, meeting_id: int, version: int | None, side: str
) -> tuple[NegotiationMeeting, Exchange, Side]:
    """A meeting that has not been called off, locked after its exchange."""
    found = NegotiationMeeting.objects.visible_to(principal).filter(pk=meeting_id).first()
    if found is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    exchange, who = talking(principal, found.exchange_id, side)
    rows = NegotiationMeeting.objects.unscoped(reason=REASON).select_for_update(of=("self",))
    meeting = rows.get(pk=meeting_id)
    expect_version(meeting, version)
    if meeting.state == MeetingState.CANCELLED:
        raise IllegalTransition(_("会议已取消：如需再约，请新提议一次。"))
    return meeting, exchange, who


def _changed(meeting: NegotiationMeeting, exchange: Exchange, kind: str, side: Side) -> NegotiationMeeting:
    meeting.sequence += 1
    save_next_version(validated(meeting))
    tell(meeting, kind, exchange=str(exchange.public_id), side=side)
    return meeting
