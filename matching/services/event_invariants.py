"""Invariants of events: each counts its violations."""

from ledger.invariants import violations
from matching.services.event_states import TAKEN_BACK, TRANSITIONS


def miscounted_seats() -> int:
    """Events whose count of taken seats is not that of the registrations that come."""
    return violations(
        "SELECT e.id FROM matching_event e LEFT JOIN matching_eventregistration r ON r.event_id = e.id "
        "AND r.state IN ('registered', 'checked_in') GROUP BY e.id HAVING e.taken <> coalesce(sum(r.seats), 0)"
    )


def meetings_without_guests() -> int:
    """Meetings that are to be held with a guest who does not come, of another event, or outside slots and tables."""
    return violations(
        "SELECT m.id FROM matching_eventmeeting m JOIN matching_event e ON e.id = m.event_id "
        "JOIN matching_eventregistration r ON r.id IN (m.first_id, m.second_id) WHERE m.cancelled_at IS NULL "
        "AND (r.event_id <> m.event_id OR r.state NOT IN ('registered', 'checked_in') OR m.slot >= e.slots "
        'OR m."table" >= e.tables)'
    )


def events_off_their_path() -> int:
    """Events whose history goes from one state to another that may not follow it."""
    legal = {f"{before}>{after}" for after, entered in TRANSITIONS.items() for before in entered}
    legal.add(">".join(TAKEN_BACK))
    return violations(
        "SELECT pgh_obj_id FROM (SELECT pgh_obj_id, state, lag(state) OVER (PARTITION BY pgh_obj_id ORDER BY pgh_id) "
        "AS before FROM matching_eventevent) h WHERE before IS NOT NULL AND before <> state "
        "AND NOT (before || '>' || state) = ANY (%s)",
        sorted(legal),
    )
