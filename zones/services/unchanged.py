"""Whether what somebody wants to write says what is stored already: then nothing is written, and nobody is told."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from zones.models.base import ScopedModel
from zones.scoping import Principal

Values = Mapping[str, Any]
Lists = dict[str, list[Any]]


@dataclass(slots=True)
class Stored:
    """What hangs on records, by their ids: rows of each list in their order, and the row of details."""

    lists: dict[int, Lists] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    details: dict[int, Model] = field(default_factory=dict)


def read_lists(
    principal: Principal, ids: Sequence[int], tables: Mapping[str, type[ScopedModel]], *, foreign_key: str
) -> Stored:
    """One query for each table, however many records there are."""
    stored = Stored()
    for name, model in tables.items():
        column = f"{foreign_key}_id"
        rows = model.objects.visible_to(principal).filter(**{f"{column}__in": ids})
        for row in rows.order_by(column, "position" if _has_position(model) else "pk"):
            stored.lists[getattr(row, column)][name].append(row)
    return stored


def says_what_is_stored(row: Model, columns: Values, lists: Mapping[str, Any], stored: Stored) -> bool:
    """`lists` are those that would be written; `details` among them are columns of a row of their own."""
    if not _same(row, columns):
        return False
    kept = stored.lists[row.pk]
    for name, rows in lists.items():
        if not (_same(stored.details[row.pk], rows) if name == "details" else _same_rows(kept[name], rows)):
            return False
    return True


def _same(row: Model, columns: Values) -> bool:
    return all(_plain(row, name) == _key(value) for name, value in columns.items())


def _same_rows(kept: Sequence[Model], rows: Sequence[Values]) -> bool:
    """The rows as they would be stored, with the defaults of what they leave out."""
    if len(kept) != len(rows):
        return False
    if not kept:
        return True
    model = type(kept[0])
    names = [one.name for one in model._meta.concrete_fields if one.name not in ("id", "position", "resource", "need")]
    new = [_values(model(**row), names) for row in rows]
    old = [_values(row, names) for row in kept]
    return new == old if _has_position(model) else sorted(map(str, new)) == sorted(map(str, old))


def _values(row: Model, names: Iterable[str]) -> list[Any]:
    return [_plain(row, name) for name in names]


def _plain(row: Model, name: str) -> Any:
    """The value of a column; of a foreign key the key, without asking for what it names."""
    return getattr(row, row._meta.get_field(name).attname)  # type: ignore[union-attr]


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, Model) else value


def _has_position(model: type[Model]) -> bool:
    return any(column.name == "position" for column in model._meta.concrete_fields)
