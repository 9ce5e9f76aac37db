"""Notices about events: to organizations that are invited or registered, each about itself alone. Whom a guest wishes
to meet is told to nobody; a meeting is told to its two once the timetable is released.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ledger.models import OutboxEvent
from matching.choices import EventState, RegistrationState
from matching.models import EventInvitation, EventMeeting, EventRegistration
from matching.models.event_guests import COMING
from matching.services.event_calendar import agenda_of
from matching.wording import event_time_text, slot_text
from notifications.channels.base import Attachment
from notifications.choices import Topic
from notifications.kinds.base import Audience, Kind, Subject, Told, address, only
from notifications.models import Notice
from zones.scoping import SYSTEM, Principal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

LIVE: Final = (*COMING, RegistrationState.WAITING)


def _event_of(row: Any) -> Any:
    return getattr(row, "event", row)


def _name_of(row: Any) -> str:
    return str(_event_of(row))


def _url_of(row: Any, principal: Principal) -> str:
    key = (_event_of(row).public_id,)
    if principal.has_back_office and not principal.organizations:
        return address(("admin:matching_event_change", key))
    return address(("portal:event", key))


def _subject(label: str, *related: str) -> Subject:
    return Subject(label, _name_of, _url_of, related)


_HOSTS: Final = ("event__zone", "event__association", "organization")
EVENT: Final = _subject("matching.event", "zone", "association")
INVITATION: Final = _subject("matching.eventinvitation", *_HOSTS)
REGISTRATION: Final = _subject("matching.eventregistration", *_HOSTS)
MEETING: Final = _subject("matching.eventmeeting", "event", "first__organization", "second__organization")


class _OfEvent(Kind):
    """Whoever has muted the event hears nothing of it."""

    def threads(self, row: Any) -> frozenset[UUID]:
        return frozenset({_event_of(row).public_id})


class EventNotice(_OfEvent):
    """When and where stand in it as they are at the moment of reading, and a mail brings the calendar's file."""

    def told(self, row: Any, notice: Notice, principal: Principal) -> Told | None:
        event = _event_of(row)
        if event.state == EventState.CANCELLED and self.event != "event.cancelled":
            return None
        words = {
            "name": str(event), "when": event_time_text(event), "place": event.place_zh,
            "reason": event.cancelled_because_zh,
        }  # fmt: skip
        return Told(str(self.title) % words, str(self.sentence) % words, self.subject.url_of(row, principal))

    def attachments(self, row: Any) -> tuple[Attachment, ...]:
        return (Attachment("event.ics", agenda_of(_event_of(row)).decode(), "text/calendar"),)


class TimetableNotice(EventNotice):
    """How many meetings the reader has; none: there is nothing to say."""

    def told(self, row: Any, notice: Notice, principal: Principal) -> Told | None:
        own = EventRegistration.objects.visible_to(principal).filter(
            event=row, organization__in=principal.organizations
        )
        found = EventMeeting.objects.visible_to(principal).filter(event=row, cancelled_at__isnull=True)
        ids = set(own.values_list("pk", flat=True))
        count = sum(bool(ids & {one.first_id, one.second_id}) for one in found)
        if not count or row.state == EventState.CANCELLED:
            return None
        sentence = ngettext(
            "您有 %(count)d 场洽谈，时间和桌号见活动页。", "您有 %(count)d 场洽谈，时间和桌号见活动页。", count
        )
        words = {"name": str(row), "count": count}
        return Told(str(self.title) % words, sentence % words, self.subject.url_of(row, principal))


class OneMeetingNotice(_OfEvent):
    """Which one it was."""

    def told(self, row: EventMeeting, notice: Notice, principal: Principal) -> Told | None:
        words = {"name": str(row.event), "time": slot_text(row.event, row.slot)}
        return Told(str(self.title) % words, str(self.sentence) % words, self.subject.url_of(row, principal))


def _invited(row: EventInvitation, event: OutboxEvent) -> Audience:
    return Audience(zones=only(row.organization.zone_id), organizations=only(row.organization_id))


def _members(row: EventRegistration, event: OutboxEvent) -> Audience:
    return Audience(organizations=only(row.organization_id))


def _of(model: Any, **narrowed: Any) -> Callable[[Any, OutboxEvent], frozenset[int]]:
    """Organizations that rows of an event name."""

    def found(row: Any, event: OutboxEvent) -> frozenset[int]:
        rows = model.objects.visible_to(SYSTEM).filter(event=row, **narrowed)
        return frozenset(rows.values_list("organization_id", flat=True))

    return found


_guests, _expected = _of(EventRegistration, state__in=LIVE), _of(EventRegistration, state__in=COMING)
_asked = _of(EventInvitation, declined_at__isnull=True)


def _all_guests(row: Any, event: OutboxEvent) -> Audience:
    return Audience(organizations=_guests(row, event))


def _who_comes(row: Any, event: OutboxEvent) -> Audience:
    return Audience(organizations=_expected(row, event))


def _everybody(row: Any, event: OutboxEvent) -> Audience:
    return Audience(organizations=_guests(row, event) | _asked(row, event))


def _other_guest(row: EventMeeting, event: OutboxEvent) -> Audience:
    both = {str(guest.public_id): guest.organization_id for guest in (row.first, row.second)}
    return Audience(organizations=frozenset(pk for key, pk in both.items() if key != event.payload["guest"]))


def _both_guests(row: EventMeeting, event: OutboxEvent) -> Audience:
    return Audience(organizations=only(row.first.organization_id, row.second.organization_id))


_MEMBERS: Final = _("报名单位的成员")
_WHY: Final = _("您所在的单位报名了该活动")
_AT: Final = _("%(when)s，%(place)s。")


def _guest_kind(event: str, title: "StrPromise", sentence: "StrPromise" = _AT, *, is_urgent: bool = False) -> Kind:
    return EventNotice(
        event=f"event_registration.{event}", topic=Topic.EVENTS, subject=REGISTRATION, title=title, sentence=sentence,
        who=_MEMBERS, why=_WHY, audience=_members, is_urgent=is_urgent,
    )  # fmt: skip


KINDS: Final = (
    EventNotice(
        event="event_invitation.sent", topic=Topic.EVENTS, subject=INVITATION, title=_("邀请参加活动：%(name)s"),
        sentence=_("%(when)s，%(place)s。请在活动页报名，或谢绝邀请。"),
        who=_("受邀单位的成员与所在园区的工作人员"), why=_("您所在单位的匹配与该活动有关，或主办方邀请了您"),
        audience=_invited,
    ),
    _guest_kind("registered", _("报名成功：%(name)s"), _("%(when)s，%(place)s。签到码见活动页。")),
    _guest_kind("waiting", _("已列入候补：%(name)s"), _("席位已满；有席位时自动转为已报名，并通知您。")),
    _guest_kind(
        "moved_up", _("候补已转为报名：%(name)s"), _("%(when)s，%(place)s。如不能参加，请取消报名。"), is_urgent=True
    ),
    _guest_kind("cancelled", _("报名已取消：%(name)s"), _("如仍要参加，请在活动页重新报名。")),
    EventNotice(
        event="event.moved", topic=Topic.EVENTS, subject=EVENT, title=_("活动时间或地点有变：%(name)s"),
        sentence=_("现为 %(when)s，%(place)s。如不能参加，请取消报名。"), who=_MEMBERS, why=_WHY,
        audience=_all_guests, is_urgent=True,
    ),
    EventNotice(
        event="event.cancelled", topic=Topic.EVENTS, subject=EVENT, title=_("活动已取消：%(name)s"),
        sentence=_("原定 %(when)s。原因：%(reason)s"), who=_("受邀和报名单位的成员"),
        why=_("您所在的单位受邀或报名了该活动"), audience=_everybody, is_urgent=True,
    ),
    TimetableNotice(
        event="event.timetable_released", topic=Topic.EVENTS, subject=EVENT, title=_("洽谈安排已发布：%(name)s"),
        sentence=_("时间和桌号见活动页。"), who=_("安排了洽谈的单位的成员"), why=_WHY, audience=_who_comes,
        is_urgent=True,
    ),
    OneMeetingNotice(
        event="event_meeting.added", topic=Topic.EVENTS, subject=MEETING, title=_("新增一场洽谈：%(name)s"),
        sentence=_("%(time)s，桌号见活动页；已发布的洽谈不变。"), who=_("双方单位的成员"), why=_WHY,
        audience=_both_guests, is_urgent=True,
    ),
    OneMeetingNotice(
        event="event_meeting.cancelled", topic=Topic.EVENTS, subject=MEETING, title=_("一场洽谈已取消：%(name)s"),
        sentence=_("%(time)s 的洽谈因对方取消报名而取消。"), who=_("另一方单位的成员"), why=_WHY,
        audience=_other_guest, is_urgent=True,
    ),
    EventNotice(
        event="event.tomorrow", topic=Topic.EVENTS, subject=EVENT, title=_("明天的活动：%(name)s"),
        sentence=_("%(when)s，%(place)s。请带上签到码；如不能参加，请取消报名。"), who=_MEMBERS, why=_WHY,
        audience=_who_comes, is_urgent=True,
    ),
)  # fmt: skip
