"""Many rows in one statement: their values travel as one JSON document, which PostgreSQL reads back into columns.

Values as parameters of their own, as `bulk_create` sends them, take the client several times as long as the server
needs for the rows. Triggers and constraints see the statements as any other.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias, TypeVar
from uuid import UUID

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault
from django.db.models.functions import Now

AnyField: TypeAlias = "models.Field[Any, Any]"
Rows = Sequence[Any]
Row = TypeVar("Row", bound=models.Model)
CLOCK = "STATEMENT_TIMESTAMP()"
SAID = 'json_populate_recordset(NULL::"{table}", %s::json) AS said'
INSERT = f'INSERT INTO "{{table}}" ({{columns}}) SELECT {{values}} FROM {SAID} {{then}}'
UPDATE = f'UPDATE "{{table}}" AS kept SET {{changes}} FROM {SAID} WHERE kept."{{key}}" = said."{{key}}"'


class Columns(NamedTuple):
    """Fields by where their values come from: the rows, the clock of the statement, the database's own default."""

    said: list[AnyField]
    stamped: list[AnyField]
    left: list[AnyField]


def rows_of(model: type[Row], sql: str, values: Mapping[str, Any]) -> list[Row]:
    """Rows as a statement gives them, whose `{columns}` are all of the model: for statements asked so often that
    building them would take longer than the answer.
    """
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    reading = [getattr(field, "from_db_value", None) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("{columns}", _names(fields)), values)
        return [model.from_db(connection.alias, names, _read(row, reading)) for row in cursor]


def _read(row: Sequence[Any], reading: Sequence[Any]) -> list[Any]:
    """Values as their fields read them."""
    return [value if read is None else read(value, None, connection) for value, read in zip(row, reading, strict=True)]


def insert_rows(model: type[models.Model], rows: Rows) -> None:
    """Insert rows; the keys, defaults and times the database gave are set on them."""
    if not rows:
        return
    for row in rows:
        row._prepare_related_fields_for_save("insert_rows")
    columns = _columns(model._meta.concrete_fields, rows)
    given = [*columns.stamped, *columns.left]
    stored = _insert(model, rows, columns, then=f"RETURNING {_names(given) or 'TRUE'}")
    for row, values in zip(rows, stored, strict=True):
        for field, value in zip(given, values, strict=False):
            setattr(row, field.attname, value)
        row._state.adding, row._state.db = False, connection.alias


def insert_new_rows(model: type[models.Model], rows: Rows) -> None:
    """Insert the rows that break no unique constraint, and say nothing of the others."""
    if rows:
        columns = _columns(model._meta.concrete_fields, rows)
        _insert(model, rows, columns, then="ON CONFLICT DO NOTHING RETURNING TRUE")


def update_rows(model: type[models.Model], rows: Rows, names: Iterable[str]) -> None:
    """Write the fields `names` of rows that are there."""
    if not rows:
        return
    chosen = frozenset(names)
    key = model._meta.pk
    columns = _columns([field for field in model._meta.concrete_fields if field.name in chosen], rows)
    changes = [f'"{field.column}" = said."{field.column}"' for field in columns.said]
    changes += [f'"{field.column}" = {CLOCK}' for field in columns.stamped]
    sql = UPDATE.format(table=model._meta.db_table, changes=", ".join(changes), key=key.column)
    with connection.cursor() as cursor:
        cursor.execute(sql, [_document([key, *columns.said], rows, is_new=False)])


def _insert(model: type[models.Model], rows: Rows, columns: Columns, *, then: str) -> list[tuple[Any, ...]]:
    """What the statement returns, in the order of the rows."""
    sql = INSERT.format(
        table=model._meta.db_table,
        columns=_names([*columns.said, *columns.stamped]),
        values=", ".join([_names(columns.said), *(CLOCK for _field in columns.stamped)]),
        then=then,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [_document(columns.said, rows, is_new=True)])
        stored: list[tuple[Any, ...]] = cursor.fetchall()
    return stored


def _columns(fields: Iterable[AnyField], rows: Rows) -> Columns:
    """A field is stamped or left where all rows say so."""
    columns = Columns([], [], [])
    for field in fields:
        if all(isinstance(getattr(row, field.attname), Now) for row in rows):
            columns.stamped.append(field)
        elif all(_is_left(getattr(row, field.attname), field) for row in rows):
            columns.left.append(field)
        else:
            columns.said.append(field)
    return columns


def _is_left(value: Any, field: AnyField) -> bool:
    return isinstance(value, DatabaseDefault) or (value is None and isinstance(field, models.AutoField))


def _names(fields: Iterable[AnyField]) -> str:
    return ", ".join(f'"{field.column}"' for field in fields)


def _document(fields: Sequence[AnyField], rows: Rows, *, is_new: bool) -> str:
    readers = [(field.column, field.pre_save, field.get_prep_value) for field in fields]
    said = [{name: _plain(prepared(read(row, is_new))) for name, read, prepared in readers} for row in rows]
    return json.dumps(said, ensure_ascii=False, allow_nan=False)


def _plain(value: Any) -> Any:
    """A value as JSON carries it; what a JSON column holds is JSON already."""
    return str(value) if isinstance(value, UUID | Decimal | date) else value
