"""Rules of events: who reads an event, its guests, their wishes and meetings, and what came of it."""

from typing import Final

from django.db.models import Exists, OuterRef, Q

from zones.choices import Visibility
from zones.principals import Ids, Principal, plain_rows
from zones.scoping.sides import Rule, child_of, children_of, nobody, open_by_visibility

COMING: Final = ("registered", "checked_in")
"""States of registrations of those who come."""


def _organized_in(principal: Principal, zones: Ids) -> Q:
    """Events whose host or co-host is one of the zones, or an association of which the principal is the secretariat."""
    here = Q(zone_id__in=zones) | Q(association_id__in=principal.secretariats)
    helping = plain_rows("matching", "EventOrganizer").filter(here, role="co_host").values("event_id")
    return here | Q(pk__in=helping)


def _event_own(principal: Principal) -> Q:
    return _organized_in(principal, principal.own_zones)


def _event_editable(principal: Principal) -> Q:
    return _organized_in(principal, principal.staff_zones)


def _event_visible(principal: Principal) -> Q:
    """One that was published is read as far as it is open, and by whom it invites or expects."""
    partners = plain_rows("matching", "EventOrganizer").filter(association_id__in=principal.associations)
    within = Q(association_id__in=principal.associations) | Q(Exists(partners.filter(event_id=OuterRef("pk"))))
    granted = Q(visibility=Visibility.ASSOCIATION) & within
    asked = [
        Q(
            Exists(
                plain_rows("matching", part).filter(
                    _guest_side(principal, principal.own_zones), event_id=OuterRef("pk")
                )
            )
        )
        for part in ("EventInvitation", "EventRegistration")
    ]
    told = open_by_visibility(principal, granted=granted) | asked[0] | asked[1]
    return _event_own(principal) | (Q(published_at__isnull=False) & told)


def _guest_side(principal: Principal, zones: Ids) -> Q:
    return Q(organization_id__in=principal.organizations) | Q(organization__zone_id__in=zones)


def _own_guest(principal: Principal) -> Q:
    return _guest_side(principal, principal.own_zones)


def _editing_guest(principal: Principal) -> Q:
    return _guest_side(principal, principal.staff_zones)


_of_own_events = child_of("matching.Event/event_id", _event_own)
_of_edited_events = child_of("matching.Event/event_id", _event_editable)


def _invitation_visible(principal: Principal) -> Q:
    """Whom a need's secret owner is, organizers do not learn from its invitation."""
    return _own_guest(principal) | (Q(is_anonymous=False) & _of_own_events(principal))


def _registration_visible(principal: Principal) -> Q:
    """One's own, all to those who organize, and to guests who come the others who let themselves be listed."""
    fellows = plain_rows("matching", "EventRegistration").filter(_own_guest(principal), state__in=COMING)
    listed = Q(is_listed=True, state__in=COMING, event_id__in=fellows.values("event_id"))
    return _own_guest(principal) | _of_own_events(principal) | listed


def _registration_editable(principal: Principal) -> Q:
    return _editing_guest(principal) | _of_edited_events(principal)


def _meeting_visible(principal: Principal) -> Q:
    """What is planned belongs to those who organize; what was released, to both guests."""
    own = plain_rows("matching", "EventRegistration").filter(_own_guest(principal)).values("pk")
    released = Q(event__timetable_released_at__isnull=False) & (Q(first_id__in=own) | Q(second_id__in=own))
    return _of_own_events(principal) | released


GATHERING: Final[dict[str, tuple[Rule, Rule]]] = {
    "matching.event": (_event_visible, _event_editable),
    "matching.eventorganizer": children_of("matching.Event/event_id", _event_visible, _event_editable),
    "matching.eventinvitation": (_invitation_visible, _editing_guest),
    "matching.eventregistration": (_registration_visible, _registration_editable),
    "matching.eventwish": children_of("matching.EventRegistration/asker_id", _own_guest, _editing_guest),
    "matching.eventmeeting": (_meeting_visible, nobody),
    "matching.eventoutcome": (_of_own_events, _of_edited_events),
}
