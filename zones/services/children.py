"""Rows that hang on a record: written with it, in their order, in place of those that were there."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from zones.models.base import ScopedModel
from zones.services.base import check_fields, clean_values, errors_of
from zones.services.bulk import insert_many

Rows = Iterable[Mapping[str, Any]]


def replace_children(parent: ScopedModel, model: type[ScopedModel], *, foreign_key: str, rows: Rows) -> None:
    """Write the rows of one parent the caller has checked.

    The database checks the constraints of all rows at once; a broken one comes back as its own sentence.
    """
    _store(model, foreign_key, [parent], _children(parent, model, foreign_key, rows))


def replace_all_children(
    families: Sequence[tuple[ScopedModel, Rows]], model: type[ScopedModel], *, foreign_key: str
) -> None:
    """Write the rows of many parents; a row at fault is named with its parent."""
    children: list[ScopedModel] = []
    for parent, rows in families:
        with errors_of(parent):
            children += _children(parent, model, foreign_key, rows)
    _store(model, foreign_key, [parent for parent, _rows in families], children)


def _children(parent: ScopedModel, model: type[ScopedModel], foreign_key: str, rows: Rows) -> list[ScopedModel]:
    has_position = any(column.name == "position" for column in model._meta.fields)
    children = []
    for position, values in enumerate(rows, start=1):
        place = {"position": position} if has_position else {}
        child = model(**{foreign_key: parent}, **place, **clean_values(values))
        check_fields(child, position=position)
        children.append(child)
    return children


def _store(
    model: type[ScopedModel], foreign_key: str, parents: Sequence[ScopedModel], children: Sequence[ScopedModel]
) -> None:
    model.objects.unscoped(reason="the parents were checked").filter(**{f"{foreign_key}__in": parents}).delete()
    insert_many(model, children)
