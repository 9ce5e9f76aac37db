"""CSV: one row per record, a column per field. Columns follow from the fields alone, so that pages fit together."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from rest_framework import serializers

from api.formats.base import LIST, Format, Row, rows_of
from api.serializers.search import PieceSerializer
from zones.exporting.tables import JOINT, neutral

BETWEEN = " | "
"""Between the values of several parts: the nth of each column belongs to the nth part."""


class Column(NamedTuple):
    """One column, and how its cell is read from a record."""

    title: str
    read: Callable[[Row], Any]


class Csv(Format):
    """UTF-8 with a byte order mark, as all tables of the site; no cell begins as a formula."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"
    actions = frozenset({LIST, "similar"})

    def write(self, data: Any, view: Any) -> bytes:
        columns = list(_columns(view.row_fields()))
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        writer.writerow([column.title for column in columns])
        writer.writerows([neutral(column.read(row)) for column in columns] for row in rows_of(data) or ())
        return buffer.getvalue().encode("utf-8-sig")

    def headers(self, view: Any) -> dict[str, str]:
        return {"Content-Disposition": f'attachment; filename="{view.file_name()}.csv"'}


def _columns(fields: Mapping[str, Any]) -> Iterator[Column]:
    for name, field in fields.items():
        child = getattr(field, "child", None)
        if isinstance(child, PieceSerializer):
            yield Column(name, partial(_text_of, name))
        elif isinstance(child, serializers.Serializer):
            yield from (Column(f"{name}.{inner}", partial(_of_parts, name, str(inner))) for inner in child.fields)
        else:
            yield Column(name, partial(_plain, name))


def _text_of(name: str, row: Row) -> str:
    return "".join(piece["text"] for piece in row[name])


def _of_parts(name: str, inner: str, row: Row) -> str:
    return BETWEEN.join(str(_cell(part[inner])) for part in row[name] or ())


def _plain(name: str, row: Row) -> Any:
    return _cell(row[name])


def _cell(value: Any) -> Any:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list() if not any(isinstance(one, dict | list) for one in value):
            return JOINT.join(map(str, value))
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value
