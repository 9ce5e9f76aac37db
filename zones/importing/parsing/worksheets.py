"""Sheets of xlsx, ods and xls by calamine; the extent of an xlsx sheet is known before memory is asked for."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from zones.importing.parsing.limits import (
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_HEADER_ROWS,
    MAX_ROWS,
    Refused,
    check_extent,
)

CHUNK = 1 << 20
SHEETS_NAMED = 20
OVERLAP = 400
CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>')
FORMULA = re.compile(
    rb"\s*<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]{0,300}</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></|</(?:\w+:)?c>)"
)
IS_ERROR = re.compile(rb'\bt="e"')
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Cell = str | int | float | bool | dict[str, str] | None


class Sheet(NamedTuple):
    """One sheet: its name, the names of all, and its rows as JSON can carry them."""

    name: str
    names: list[str]
    rows: list[list[Cell]]


def read_workbook(raw: bytes, *, kind: str, wanted: str) -> Sheet:
    """The sheet of that name, or the first visible one. Raises Refused."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        names = _visible(workbook)
        name = _chosen(names, wanted)
        unread = _scan(raw, name) if kind == "xlsx" else {}
        sheet = workbook.get_sheet_by_name(name)
        return Sheet(name, names, _rows(sheet, unread))
    except (CalamineError, zipfile.BadZipFile, KeyError) as error:
        raise Refused("damaged") from error


def _visible(workbook: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]


def _chosen(names: list[str], wanted: str) -> str:
    if not names:
        raise Refused("no_sheet")
    if wanted and wanted not in names:
        raise Refused("unknown_sheet", sheet=wanted[:60], sheets=names[:SHEETS_NAMED])
    return wanted or names[0]


def _rows(sheet: CalamineSheet, unread: dict[tuple[int, int], str]) -> list[list[Cell]]:
    check_extent(rows=sheet.total_height, columns=sheet.total_width)
    rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), why in unread.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = {"unread": why}
    for first, last in sheet.merged_cell_ranges or ():
        _spread(rows, first, last)
    return rows


def _spread(rows: list[list[Cell]], first: tuple[int, int], last: tuple[int, int]) -> None:
    """A merged cell says the same of every cell it covers."""
    if first[0] >= len(rows) or first[1] >= len(rows[first[0]]):
        return
    value = rows[first[0]][first[1]]
    for row in rows[first[0] : last[0] + 1]:
        for column in range(first[1], min(last[1] + 1, len(row))):
            row[column] = value


def _cell(value: Any) -> Cell:
    match value:
        case datetime():
            return {"date": value.date().isoformat()}
        case date():
            return {"date": value.isoformat()}
        case time() | timedelta():
            return str(value)
        case float() if value.is_integer():
            return int(value)
        case str():
            return value[: MAX_CELL_CHARACTERS + 1] or None
    known: Cell = value
    return known


def _scan(raw: bytes, name: str) -> dict[tuple[int, int], str]:
    """Cells calamine gives as blank: formulas without a stored result and errors. Refuses a cell too far out."""
    unread = {}
    with zipfile.ZipFile(io.BytesIO(raw)) as archive, archive.open(_path_of(archive, name)) as sheet:
        for text, found in _cells(sheet):
            row, column = int(found[2]) - 1, _column(found[1])
            if row >= MAX_ROWS + MAX_HEADER_ROWS or column >= MAX_COLUMNS:
                check_extent(rows=row + 1, columns=column + 1, cell=(found[1] + found[2]).decode())
            if IS_ERROR.search(found[0]):
                unread[row, column] = "error"
            elif FORMULA.match(text, found.end()):
                unread[row, column] = "formula"
    return unread


def _cells(sheet: Any) -> Iterator[tuple[bytes, re.Match[bytes]]]:
    """Opening tags of cells, read in pieces: the piece an open tag stands in is kept for the next."""
    rest = b""
    while chunk := sheet.read(CHUNK):
        text = rest + chunk
        border = len(text) - OVERLAP
        done = 0
        for found in CELL.finditer(text):
            if found.start() >= border:
                break
            done = found.end()
            yield text, found
        rest = text[max(done, border) :]
    yield from ((rest, found) for found in CELL.finditer(rest))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _path_of(archive: zipfile.ZipFile, name: str) -> str:
    """Where the sheet of that name lies in the archive."""
    targets = {
        relation.get("Id"): relation.get("Target", "") for relation in _xml(archive, "xl/_rels/workbook.xml.rels")
    }
    sheets = (node for node in _xml(archive, "xl/workbook.xml").iter() if node.tag.endswith("}sheet"))
    relation = next(node.get(RELATION) for node in sheets if node.get("name") == name)
    target = targets[relation]
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _xml(archive: zipfile.ZipFile, path: str) -> Element:
    return fromstring(archive.read(path), forbid_dtd=True)
