"""Where the database keeps what a record was before: one row of events per change, written by triggers."""

from typing import Any

from django.db.models import Model


def event_model(model: type[Model]) -> Any:
    """The model of the events of a tracked model; None where no history is kept."""
    return getattr(model, "pgh_event_model", None)
