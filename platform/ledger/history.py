"""Where the database keeps what a record was before: one row of events per change, written by triggers."""

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
from django.db.models import Model

Tracked = TypeVar("Tracked", bound=type[Model])


def event_model(model: type[Model]) -> Any:
    """The model of the events of a tracked model; None where no history is kept."""
    return getattr(model, "pgh_event_model", None)


def tracked_by_statement(**options: Any) -> Callable[[Tracked], Tracked]:
    """Track a model whose rows are written by the thousand: one statement writes all their events, a third of the cost
    of a trigger for each row.
    """
    trackers = (pghistory.InsertEvent, pghistory.UpdateEvent, pghistory.DeleteEvent)
    decorate: Callable[[Tracked], Tracked] = pghistory.track(
        *(tracker(level=pghistory.Statement) for tracker in trackers), **options
    )
    return decorate
