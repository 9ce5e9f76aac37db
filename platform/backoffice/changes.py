"""What a history says of one change."""

from typing import Any, Final, NamedTuple

from django.db.models import Model

from backoffice.rows import may_show
from ledger.history import event_model

NOT_TOLD: Final = frozenset({"id", "version", "updated_at", "created_at", "public_id", "pinyin_key"})
LONG: Final = 160


class Change(NamedTuple):
    label: str
    before: str
    after: str


class Save(NamedTuple):
    """What was written at once: one transaction of one request, command or task."""

    context: Any
    at: Any


def save_of(event: Any) -> Save:
    return Save(event.pgh_context_id, event.pgh_created_at)


def told_columns(model: type[Model]) -> list[Any]:
    """The columns of which a history tells the own side of a record."""
    events = event_model(model)
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in NOT_TOLD and may_show(model, field.name, is_own=True) and hasattr(events, field.attname)
    ]


def shortened(text: str) -> str:
    return text if len(text) <= LONG else f"{text[:LONG]}…"
