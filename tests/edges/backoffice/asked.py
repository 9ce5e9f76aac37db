"""What the comparison of two worlds asks besides pages: suggestions, posts; and which records it knows by name."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from backoffice.autocomplete import FIELDS
from tests.edges.backoffice.conftest import fixed
from tests.events import SECRET
from tests.mechanisms import HIDDEN_KEPT, SHOWN_KEPT

EXPORTED = (
    *(f"matching/{kind}" for kind in ("exchange", "cooperation", "techcontract", "agreement")),
    *(label.replace(".", "/") for label in SHOWN_KEPT),
)
"""Lists that are files too."""

HIDDEN = {
    "matching.need": ["zone-need", "association-need", "sealed-need", "draft-need"],
    "zones.resource": ["zone-resource", "association-resource", "draft-resource"],
    "zones.organization": ["hidden-organization", "other-hidden-organization", "new-organization"],
    "matching.matchrun": ["delta-run"],
    "accounts.user": ["hidden-user"],
    "zones.registration": ["hidden-registration"],
    "zones.servicerequest": ["hidden-request"],
    "matching.event": ["hidden-event"],
    "matching.exchange": ["hidden-exchange"],
    "figures.lockedfigure": ["hidden-publication", "draft-publication"],
    "matching.agreement": ["hidden-agreement", "draft-agreement"],
    "matching.cooperation": ["hidden-cooperation"],
    "matching.techcontract": ["hidden-contract"],
    "notifications.delivery": ["hidden-delivery", "robot-delivery", "divided-delivery"],
    **HIDDEN_KEPT,
}
SHOWN = {
    "matching.need": ["shown-need", "west-need", "own-need"],
    "zones.resource": ["shown-resource", "own-resource"],
    "zones.organization": ["shown-organization"],
    "matching.matchrun": ["full-run"],
    "zones.servicerequest": ["own-request"],
    "matching.event": ["own-event", "shown-event"],
    "matching.exchange": ["own-exchange"],
    "figures.lockedfigure": ["shown-publication"],
    "figures.series": ["shown-series"],
    "matching.agreement": ["shown-agreement"],
    "matching.cooperation": ["own-cooperation"],
    "matching.techcontract": ["own-contract"],
    "notifications.delivery": ["own-delivery"],
    **SHOWN_KEPT,
    "accounts.user": [],
}


def event_posts(hidden: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What organizers do with guests, on events of others."""
    for name in (*hidden, "shown-event", "nothing"):
        event, guest = f"/office/matching/event/{fixed(name)}/", {"guest": fixed("far-guest"), "version": 1}
        parts = ("guests/check-in", "guests/cancel", "invitations/panels/drawn", "outcomes/panels/off")
        yield from ((f"{event}{part}/", guest) for part in (*parts, "steps/ask-timetable"))


def suggestions() -> Iterator[str]:
    """Every autocomplete, and some that are none."""
    asked = [*sorted(FIELDS), ("matching", "match", "need"), ("zones", "contactpoint", "organization"), ("x", "y", "z")]
    for app, model, field in asked:
        for term in ("", SECRET, "东方", "测试"):
            yield f"/office/autocomplete/?app_label={app}&model_name={model}&field_name={field}&term={term}"


def ledger_posts(names: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Deliveries sent again, by the page of each and chosen on the list."""
    ledger = "/office/notifications/delivery/"
    for name in (*names, "nothing"):
        yield f"{ledger}{fixed(name)}/steps/replay/", {"version": 10}
        yield ledger, {"action": "replay_chosen", "_selected_action": [f"{fixed(name)}:10"]}
