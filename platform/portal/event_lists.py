"""Events as lists and pages show them: who organizes, when in China, how many seats are left, where one stands."""

from collections.abc import Iterable
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.choices import EventState, RegistrationState
from matching.models import Event, EventOrganizer, EventRegistration
from matching.services.event_states import TO_COME
from matching.wording import event_time_text
from portal.cards import Link
from zones.models import Association, Zone
from zones.scoping import Principal

OVER: Final = (EventState.HELD, EventState.CANCELLED)


def coming(principal: Principal) -> "QuerySet[Event]":
    """Events to come or under way, the next one first."""
    rows: QuerySet[Event] = Event.objects.visible_to(principal).filter(state__in=TO_COME)
    return rows.select_related("zone", "association").order_by("starts_at", "pk")


def past(principal: Principal) -> "QuerySet[Event]":
    """Events that are over or were called off, the last one first. Drafts are nobody's business here."""
    rows: QuerySet[Event] = Event.objects.visible_to(principal).filter(state__in=OVER, published_at__isnull=False)
    return rows.select_related("zone", "association").order_by("-starts_at", "-pk")


def own_registrations(principal: Principal) -> "QuerySet[EventRegistration]":
    """Registrations of the reader's organizations."""
    rows: QuerySet[EventRegistration] = EventRegistration.objects.visible_to(principal)
    own = rows.filter(organization__in=principal.organizations)
    return own.select_related("organization", "event").order_by("organization__pinyin_key", "pk")


def own_events(principal: Principal) -> Q:
    """Events one of the reader's organizations is registered for."""
    live = own_registrations(principal).exclude(state=RegistrationState.CANCELLED)
    return Q(pk__in=live.order_by().values("event_id"))


def told_all(principal: Principal, events: Iterable[Event]) -> list[dict[str, Any]]:
    """What a list shows of each."""
    rows = list(events)
    standing = {
        guest.event_id: guest.get_state_display()
        for guest in own_registrations(principal).filter(event__in=rows)
        if guest.is_live
    }
    return [
        {"row": row, "host": host_of(row), "time": event_time_text(row), "seats": seats_text(row),
         "standing": standing.get(row.pk, ""), "state": state_text(row)}
        for row in rows
    ]  # fmt: skip


def host_of(event: Event) -> Link:
    return _link(event.host)


def organizers_of(principal: Principal, event: Event) -> list[dict[str, Any]]:
    """Everybody who organizes with the host, in their order."""
    rows = EventOrganizer.objects.visible_to(principal).filter(event=event).select_related("zone", "association")
    found = [(row, row.zone or row.association) for row in rows]
    return [
        {"role": row.get_role_display(), "link": _link(one) if one is not None else Link(row.name_zh)}
        for row, one in found
    ]


def seats_text(event: Event) -> str:
    """How many may still come; nothing once it is over."""
    left = event.places_left
    if event.state not in TO_COME:
        return ""
    if left is None:
        return _("席位不限")
    if left == 0:
        return _("席位已满，可候补")
    return ngettext("剩余 %(count)d 席", "剩余 %(count)d 席", left) % {"count": left}


def state_text(event: Event) -> str:
    """Where it stands for a guest: whether one can register now."""
    now = timezone.now()
    if event.is_open_at(now):
        return _("报名中")
    if event.state != EventState.PUBLISHED:
        return str(event.get_state_display())
    begins = event.registration_opens_at
    return _("报名未开始") if begins is not None and begins > now else _("报名已截止")


def _link(host: Zone | Association) -> Link:
    name = "portal:zone" if isinstance(host, Zone) else "portal:association"
    return Link(str(host), reverse(name, args=[host.slug]))
