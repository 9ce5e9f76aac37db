"""An import's file once more with what is wrong beside each row, for mending in Excel and uploading again."""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter

from zones.exporting.tables import neutral
from zones.importing.mapping import Header
from zones.importing.sentences import sentence
from zones.importing.staging import read_again
from zones.models import ImportJob, ImportRow
from zones.scoping import Principal

WRONG = PatternFill("solid", fgColor="FFF2CC")
COMMENT_WIDTH = 80
Faults = list[dict[str, Any]]


def commented(principal: Principal, job: ImportJob) -> bytes:
    """The rows as written, those with messages marked, and a last column that says what is wrong and what to do.

    Cells keep their addresses. Raises InvalidInput for a file that cannot be read any more.
    """
    table, header = read_again(job, principal)
    rows = ImportRow.objects.visible_to(principal).filter(job=job).exclude(messages=[])
    faults = dict(rows.values_list("number", "messages"))
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(table.sheet[:31] or str(job.get_kind_display()))
    _lay_out(sheet, table.rows, header)
    for row in _rows(sheet, table.rows, header, faults):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _lay_out(sheet: Any, rows: Sequence[Sequence[Any]], header: Header | None) -> None:
    """A wide last column with a filter, so that the rows to mend are one click away."""
    last = get_column_letter(_width(rows) + 1)
    sheet.column_dimensions[last].width = COMMENT_WIDTH
    if header is not None:
        sheet.auto_filter.ref = f"A{header.first_row}:{last}{len(rows)}"


def _rows(
    sheet: Any, rows: Sequence[Sequence[Any]], header: Header | None, faults: Mapping[int, Faults]
) -> Iterator[list[Any]]:
    width = _width(rows)
    titled = header.first_row if header else 1
    for number, row in enumerate(rows, start=1):
        wrong = faults.get(number, [])
        marked = {fault["cell"] for fault in wrong}
        letters = [get_column_letter(at) for at in range(1, len(row) + 1)] if wrong else []
        cells = [_value(cell) for cell in row]
        for at, letter in enumerate(letters):
            if f"{letter}{number}" in marked:
                cells[at] = _marked(sheet, cells[at])
        told = _("核对意见") if number == titled else "\n".join(map(_told, wrong))
        yield [*cells, *[None] * (width - len(row)), told or None]


def _marked(sheet: Any, value: Any) -> Any:
    marked = WriteOnlyCell(sheet, value=value)
    marked.fill = WRONG
    return marked


def _value(cell: Any) -> Any:
    """What stood in the cell; a formula or error, of which nothing was read, leaves it blank."""
    if isinstance(cell, dict):
        return date.fromisoformat(cell["date"]) if "date" in cell else None
    return neutral(cell)


def _told(fault: Mapping[str, Any]) -> str:
    place = " ".join(part for part in (fault["cell"], fault["title"]) if part)
    said = sentence(fault["code"], fault["params"])
    return f"{place}: {said}" if place else said


def _width(rows: Sequence[Sequence[Any]]) -> int:
    return max(map(len, rows), default=0)
