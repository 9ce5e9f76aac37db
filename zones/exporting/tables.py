"""Tables out: XLSX and CSV with the titles the import knows, and UNIQUIP's; no cell begins as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
from django.utils.translation import gettext as _

from zones.exporting.records import Exported
from zones.importing.cells import amount, day
from zones.importing.kinds import IMPORTABLE, Column, Kind, Values

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
JOINT = "、"
UNIQUIP_TITLES = (
    *("Type", "Name", "Description", "Related Facility ID", "Technique", "Location", "Contact Name"),
    *("Contact Telephone", "Contact URL", "Contact Email", "Secondary Contact Name", "Secondary Contact Telephone"),
    *("Secondary Contact URL", "Secondary Contact Email", "ID", "Photo", "Department", "Site Location", "Building"),
    *("Service Level", "Web Address"),
)
UNIQUIP_ADDED = ("Institution Name",)
"""What an aggregator adds: without it nobody could tell whose instrument it is."""
UNIQUIP_FIELDS = {
    "Name": "name_zh", "Description": "description_zh", "Related Facility ID": "laboratory", "Technique": "keywords",
    "ID": "external_id", "Service Level": "share_mode", "Institution Name": "organization",
}  # fmt: skip
UNIQUIP_TYPES = {"equipment": "equipment", "laboratory": "facility"}


def to_xlsx(records: Iterable[Exported], kind: str) -> bytes:
    return xlsx_of(_rows(records, IMPORTABLE[kind]), title=str(IMPORTABLE[kind].name))


def to_csv(records: Iterable[Exported], kind: str) -> bytes:
    """UTF-8 with a byte order mark, which Excel needs to read Chinese."""
    return csv_of(_rows(records, IMPORTABLE[kind]))


def to_uniquip(records: Iterable[Exported], kind: str) -> bytes:
    titles = (*UNIQUIP_TITLES, *UNIQUIP_ADDED)
    said = (_uniquip(record.values, UNIQUIP_TYPES[kind]) for record in records)
    return csv_of([titles, *([row.get(title, "") for title in titles] for row in said)])


def neutral(cell: Any) -> Any:
    """A text that a spreadsheet would take for a formula gets an apostrophe in front, which the import takes away."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def xlsx_of(rows: Iterable[Sequence[Any]], *, title: str) -> bytes:
    """One sheet of rows, the first of them its headings."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append([neutral(cell) for cell in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def csv_of(rows: Iterable[Sequence[Any]]) -> bytes:
    """The same as text: UTF-8 with a byte order mark."""
    buffer = io.StringIO()
    csv.writer(buffer).writerows([neutral(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _rows(records: Iterable[Exported], kind: Kind) -> Iterator[list[Any]]:
    """What the import knows, and behind it the zone: a file comes back into one; others refuse its rows."""
    columns = [column for column in kind.columns if column.field != "row_type"]
    yield [*(kind.title(column) for column in columns), _("高新区")]
    for record in records:
        values = record.values | {"version": record.version}
        yield [*(_cell(column, values, kind) for column in columns), record.zone]
        for part in values.get("parts", []):
            yield [*(_cell(column, _part(part, values), kind) for column in columns), record.zone]


def _part(part: Values, host: Values) -> Values:
    """A part as a row of its own that names its host."""
    named = host.get("external_id") or host["name_zh"]
    return part | {"parent": named, "equipment_codes": [part["equipment_code"]] if part["equipment_code"] else []}


def _cell(column: Column, values: Values, kind: Kind) -> Any:
    value = values.get(column.field)
    if column.write is not None:
        return column.write(value or [])
    match value:
        case None:
            return ""
        case bool():
            return _("是") if value else _("否")
        case list():
            return JOINT.join(value)
        case str() if value and column.read is amount:
            return Decimal(value)
        case str() if value and column.read is day:
            return date.fromisoformat(value)
        case str():
            return kind.label_of(column.field, value) or value
    return value


def _uniquip(values: Values, row_type: str) -> dict[str, str]:
    said = {title: values.get(name) for title, name in UNIQUIP_FIELDS.items()}
    texts = {title: ", ".join(value) if isinstance(value, list) else value or "" for title, value in said.items()}
    return texts | {"Type": row_type}
