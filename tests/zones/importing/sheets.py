"""Workbooks and other files made for tests, byte for byte as people send them."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl

Rows = Iterable[Any]
NO_SHEETS: dict[str, Rows] = {}


def workbook(
    rows: Rows, *, merged: Sequence[str] = (), sheet: str = "设备", more: dict[str, Rows] = NO_SHEETS
) -> bytes:
    """An xlsx with one sheet, or several."""
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = sheet
    for row in rows:
        first.append(list(row))
    for cells in merged:
        first.merge_cells(cells)
    for name, others in more.items():
        other = book.create_sheet(name)
        for row in others:
            other.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def csv_text(rows: Rows) -> str:
    return "\r\n".join(",".join("" if cell is None else str(cell) for cell in row) for row in rows) + "\r\n"


def repacked(raw: bytes, **entries: bytes) -> bytes:
    """The archive with entries added or replaced; `__` in a name stands for a slash and `_dot_` for a dot."""
    named = {name.replace("__", "/").replace("_dot_", "."): content for name, content in entries.items()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            if name not in named:
                after.writestr(name, before.read(name))
        for name, content in named.items():
            after.writestr(name, content)
    return buffer.getvalue()


def far_workbook() -> bytes:
    """Two cells, one of them at the last corner there is."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "名称"
    sheet["XFD1048576"] = 1
    return saved(book)
