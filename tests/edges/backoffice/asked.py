"""What the comparison of two worlds asks besides pages: suggestions, and posts from the pages of an event."""

from collections.abc import Iterator, Sequence
from typing import Any

from backoffice.autocomplete import FIELDS
from tests.edges.backoffice.conftest import fixed
from tests.events import SECRET


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
