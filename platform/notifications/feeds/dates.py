"""What an account's calendar holds: days and hours of its own records, asked for at each reading.

A source is a function from a principal to entries; others add theirs with `register`. What was called off stays for a
while as cancelled, so that calendars that keep what they have read take it off.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from matching.agreement_choices import AgreementState
from matching.choices import EventState, ExchangeState, MeetingState, NeedState, RegistrationState
from matching.models import (
    Agreement,
    AgreementCommitment,
    Cooperation,
    CooperationMilestone,
    Event,
    EventRegistration,
    Exchange,
    Need,
    NegotiationMeeting,
    NextStep,
)
from matching.models.cooperations import CONFIRMED
from matching.services.cooperation_progress import UNDER_WAY
from matching.services.event_calendar import appointments_of
from zones.choices import RequestState
from zones.models import ServiceRequest
from zones.models.base import in_language
from zones.scoping import Principal, as_reader, providing, read_whole, requesting, today

KEPT_FOR: Final = timedelta(days=30)
"""How long what is over or called off stays."""
MOST: Final = 300
"""Of each source; those that come first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. By `uid` and the growing `sequence` a calendar knows it again, changed. `start` is a day, or a moment
    with its zone; without `end` it is that day.
    """

    uid: str
    sequence: int
    updated_at: datetime
    title: str
    start: date | datetime
    end: date | datetime | None = None
    text: str = ""
    path: str = ""
    place: str = ""
    is_cancelled: bool = False


CLOSED: Final = (NeedState.PAUSED, NeedState.WITHDRAWN, NeedState.FULFILLED, NeedState.CLOSED_UNMET)
Source = Callable[[Principal], Iterable[Entry]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Add a source; usable as a decorator."""
    _sources.append(source)
    return source


def entries_for(principal: Principal) -> list[Entry]:
    """Everything the principal's calendar holds now, by day and name."""
    found = [entry for source in _sources for entry in source(principal)]
    return sorted(found, key=lambda entry: (_day(entry.start), entry.uid))


def page_of(name: str, *arguments: Any) -> str:
    """The path of a record's page, or nothing where there is none."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def _day(moment: date | datetime) -> str:
    return moment.isoformat()


def _own(principal: Principal) -> Q:
    return Q(zone_id__in=principal.own_zones) | Q(organization_id__in=principal.organizations)


@register
def expiring_needs(principal: Principal) -> Iterator[Entry]:
    """The day on which an open need of one's own side ends; one that was closed before is called off."""
    closed = Q(state__in=CLOSED, updated_at__date__gte=today() - KEPT_FOR)
    rows = Need.objects.visible_to(principal).filter(_own(principal), Q(state=NeedState.OPEN) | closed)
    for need in rows.filter(expires_on__gte=today() - KEPT_FOR).order_by("expires_on", "pk")[:MOST]:
        yield Entry(
            uid=f"need-{need.public_id}-expiry",
            sequence=need.version,
            updated_at=need.updated_at,
            title=_("需求到期：%(title)s") % {"title": need},
            start=need.expires_on,
            text=_("到期后不再参与匹配：如仍需要，请在到期前延长。"),
            path=page_of("portal:own_need", need.public_id),
            is_cancelled=need.state != NeedState.OPEN,
        )


@register
def answers_due(principal: Principal) -> Iterator[Entry]:
    """The day by which an expression of interest is to be answered."""
    rows = Exchange.objects.visible_to(principal).filter(state=ExchangeState.INTEREST_SENT)
    for row in rows.order_by("answer_due_on", "pk")[:MOST]:
        need, resource = row.told["need"], row.told["resource"]
        names = {
            "need": in_language(need["title_zh"], need["title_en"]),
            "resource": in_language(resource["name_zh"], resource["name_en"]),
        }
        yield Entry(
            uid=f"exchange-{row.public_id}-answer",
            sequence=row.version,
            updated_at=row.updated_at,
            title=_("应答复：%(need)s × %(resource)s") % names,
            start=row.answer_due_on,
            path=page_of("portal:exchange", row.public_id),
        )


@register
def milestones(principal: Principal) -> Iterator[Entry]:
    """The day by which a milestone of a cooperation of one's own side is to be reached; one that was reached, or whose
    cooperation has ended, is called off.
    """
    rows = CooperationMilestone.objects.visible_to(principal).filter(
        cooperation__in=Cooperation.objects.editable_by(as_reader(principal)).filter(state__in=CONFIRMED),
        due_on__gte=today() - KEPT_FOR,
    )
    for row in rows.select_related("cooperation").order_by("due_on", "pk")[:MOST]:
        whole = row.cooperation
        yield Entry(
            uid=f"milestone-{row.public_id}",
            sequence=whole.version,
            updated_at=whole.updated_at,
            title=_("里程碑：%(name)s") % {"name": row.name_zh},
            start=row.due_on,
            text=whole.title_zh,
            path=page_of("portal:cooperation", whole.public_id),
            is_cancelled=row.met_on is not None or whole.state not in UNDER_WAY,
        )


@register
def agreement_days(principal: Principal) -> Iterator[Entry]:
    """The last day of an agreement of one's own side; one that ended before, or was renewed, is called off."""
    over = (AgreementState.ENDED, AgreementState.RENEWED)
    rows = Agreement.objects.visible_to(principal).filter(state__in=(AgreementState.IN_FORCE, *over))
    for row in rows.filter(valid_to__gte=today() - KEPT_FOR).order_by("valid_to", "pk")[:MOST]:
        yield Entry(
            uid=f"agreement-{row.public_id}-expiry",
            sequence=row.version,
            updated_at=row.updated_at,
            title=_("协议到期：%(title)s") % {"title": row},
            start=row.valid_to,
            text=_("到期日当天仍有效；如需继续，请在到期前续签。"),
            path=page_of("portal:agreement", row.public_id),
            is_cancelled=row.state in over,
        )


@register
def commitments_due(principal: Principal) -> Iterator[Entry]:
    """The day by which a promise of an agreement is to be kept; one that was reported, or is void, is called off."""
    told = Agreement.objects.visible_to(principal).exclude(state__in=(AgreementState.DRAFT, AgreementState.DROPPED))
    rows = AgreementCommitment.objects.visible_to(principal).filter(agreement__in=told)
    found = rows.filter(due_on__gte=today() - KEPT_FOR).select_related("agreement").order_by("due_on", "pk")[:MOST]
    for row in found:
        whole = row.agreement
        yield Entry(
            uid=f"commitment-{row.public_id}",
            sequence=whole.version,
            updated_at=whole.updated_at,
            title=_("协议承诺：%(what)s") % {"what": row.what_zh},
            start=row.due_on,
            text=whole.title_zh,
            path=page_of("portal:agreement", whole.public_id),
            is_cancelled=row.actual is not None or whole.state == AgreementState.ENDED,
        )


@register
def meetings(principal: Principal) -> Iterator[Entry]:
    """Meetings of two who talk, under the UID of the file that a mail brings; one that was called off stays as that."""
    rows = NegotiationMeeting.objects.visible_to(principal).filter(ends_at__date__gte=today() - KEPT_FOR)
    for row in rows.select_related("exchange").order_by("starts_at", "pk")[:MOST]:
        is_waiting = row.state == MeetingState.PROPOSED
        yield Entry(
            uid=f"meeting-{row.public_id}",
            sequence=row.sequence,
            updated_at=row.updated_at,
            title=_("待确认：%(topic)s") % {"topic": row.topic_zh} if is_waiting else row.topic_zh,
            start=row.starts_at,
            end=row.ends_at,
            text=row.link,
            path=page_of("portal:exchange", row.exchange.public_id),
            place=row.place_zh,
            is_cancelled=row.state == MeetingState.CANCELLED,
        )


@register
def next_steps(principal: Principal) -> Iterator[Entry]:
    """The day by which one side of an exchange wanted to have done something, while it is open."""
    rows = NextStep.objects.visible_to(principal).filter(ended_at__isnull=True).select_related("exchange")
    for row in rows.order_by("due_on", "pk")[:MOST]:
        yield Entry(
            uid=f"step-{row.public_id}",
            sequence=0,
            updated_at=row.set_at,
            title=_("下一步：%(what)s") % {"what": row.what_zh},
            start=row.due_on,
            text=str(row.get_side_display()),
            path=page_of("portal:exchange", row.exchange.public_id),
        )


@register
def request_terms(principal: Principal) -> Iterator[Entry]:
    """The day by which somebody must act on a request for service."""
    for row in _requests(principal).filter(due_on__isnull=False).order_by("due_on", "pk")[:MOST]:
        yield Entry(
            uid=f"request-{row.public_id}-due",
            sequence=row.version,
            updated_at=row.updated_at,
            title=_("服务申请待办：%(resource)s") % {"resource": row.resource},
            start=row.due_on,
            text=str(row.get_state_display()),
            path=page_of("portal:request", row.public_id),
        )


@register
def agreed_dates(principal: Principal) -> Iterator[Entry]:
    """The days that were agreed on for a service; a request that was called off stays as that."""
    rows = _requests(principal).filter(agreed_from__isnull=False, agreed_to__gte=today() - KEPT_FOR)
    for row in rows.order_by("agreed_from", "pk")[:MOST]:
        yield Entry(
            uid=f"request-{row.public_id}-dates",
            sequence=row.version,
            updated_at=row.updated_at,
            title=_("服务：%(resource)s") % {"resource": row.resource},
            start=row.agreed_from,
            end=row.agreed_to,
            text=str(row.get_state_display()),
            path=page_of("portal:request", row.public_id),
            is_cancelled=row.state == RequestState.CANCELLED,
        )


@register
def events_one_goes_to(principal: Principal) -> Iterator[Entry]:
    """Events one's organizations are registered for or one's own zone or association holds; what was cancelled stays as
    that.
    """
    own = _own_guests(principal).exclude(state=RegistrationState.CANCELLED).values("event_id")
    held = Event.objects.visible_to(principal).filter(read_whole(Event, principal)).values("pk")
    rows = Event.objects.visible_to(principal).filter(Q(pk__in=own) | Q(pk__in=held), published_at__isnull=False)
    for row in rows.filter(ends_at__date__gte=today() - KEPT_FOR).order_by("starts_at", "pk")[:MOST]:
        yield Entry(
            uid=f"event-{row.public_id}",
            sequence=row.version,
            updated_at=row.updated_at,
            title=str(row),
            start=row.starts_at,
            end=row.ends_at,
            text=row.summary_zh,
            path=page_of("portal:event", row.public_id),
            place=row.place_zh,
            is_cancelled=row.state == EventState.CANCELLED,
        )


@register
def meetings_at_events(principal: Principal) -> Iterator[Entry]:
    """Released meetings of one's organizations."""
    guests = _own_guests(principal).filter(event__ends_at__date__gte=today() - KEPT_FOR).select_related("event")
    for guest in guests.order_by("event__starts_at", "pk")[:MOST]:
        for one in appointments_of(principal, guest):
            yield Entry(
                uid=f"event-meeting-{one.meeting.public_id}",
                sequence=guest.event.version + guest.version,
                updated_at=max(guest.event.updated_at, one.meeting.cancelled_at or guest.event.updated_at),
                title=_("洽谈：%(other)s（%(table)d 号桌）") % {"other": one.other, "table": one.table},
                start=one.starts_at,
                end=one.ends_at,
                text=str(guest.event),
                path=page_of("portal:event", guest.event.public_id),
                place=guest.event.place_zh,
                is_cancelled=one.is_cancelled or guest.event.state == EventState.CANCELLED,
            )


def _own_guests(principal: Principal) -> Any:
    rows = EventRegistration.objects.visible_to(principal)
    return rows.filter(organization__in=principal.organizations)


def _requests(principal: Principal) -> Any:
    own = Q(requesting(principal)) | providing(as_reader(principal))
    return ServiceRequest.objects.visible_to(principal).filter(own).select_related("resource")
