"""What a need said at an earlier time, from its history, beside what it says now."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Model

from ledger.classification import FieldClass, field_class
from ledger.history import event_model
from matching.models import Need, NeedMetric

NOT_TEXT = frozenset({"id", "public_id", "state", "version", "text_version", "is_sample", "opened_at", "expires_on",
                      "updated_at", "zone", "position", "key"})  # fmt: skip
"""Public columns of a need that nobody writes as its content."""


class TextChange(NamedTuple):
    """One field: its label, what it said before, what it says now."""

    label: str
    before: str
    after: str


def changes_between(need: Need, *, earlier: datetime, later: datetime | None = None) -> list[TextChange]:
    """What others read of a need, as it was at two times (now, if no second is given): only what differs."""
    before, after = text_at(need, earlier), text_at(need, later)
    labels = dict.fromkeys([*after, *before])
    return [
        TextChange(label, before.get(label, ""), after.get(label, ""))
        for label in labels
        if before.get(label, "") != after.get(label, "")
    ]


def text_at(need: Need, at: datetime | None) -> dict[str, str]:
    """label → text of every public field of the need and of its metrics, as of a time or, without one, as of now."""
    texts: dict[str, str] = {}
    for row in _rows_at(Need, {"pgh_obj_id": need.pk}, at):
        texts |= {label: text for label, text in _public_texts(Need, row)}
    metric = str(NeedMetric._meta.verbose_name)
    for row in _rows_at(NeedMetric, {"need_id": need.pk}, at):
        words = [text for _label, text in _public_texts(NeedMetric, row)]
        texts[f"{metric} · {row.name_zh}"] = " · ".join(words)
    return texts


def _rows_at(model: Any, where: dict[str, Any], at: datetime | None) -> list[Any]:
    """The rows that stood at a time, as their history tells."""
    events = event_model(model).objects.filter(**where)
    if at is not None:
        events = events.filter(pgh_created_at__lte=at)
    newest = events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return [event for event in newest if event.pgh_label != "delete"]


def _public_texts(model: type[Model], row: Any) -> list[tuple[str, str]]:
    found = []
    for field in model._meta.concrete_fields:
        is_content = field.name not in NOT_TEXT and not field.is_relation
        if is_content and field_class(model, field.name) is FieldClass.PUBLIC:
            found.append((str(field.verbose_name), _as_text(field, getattr(row, field.attname))))
    return [(label, text) for label, text in found if text]


def _as_text(field: Any, value: Any) -> str:
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, list):
        return " · ".join(map(str, value))
    return "" if value is None else str(value)
