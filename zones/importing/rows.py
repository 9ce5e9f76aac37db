"""Rows of a file read cell by cell: values where cells say what their columns ask for, messages where they do not."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models
from openpyxl.utils import get_column_letter

from zones.importing.cells import About, Cell, Unreadable, as_written, is_blank
from zones.importing.kinds import NOT_SAID, Kind, Values
from zones.importing.mapping import Header, Title
from zones.importing.parsing.limits import MAX_CELL_CHARACTERS
from zones.importing.sentences import NOTES, Fault
from zones.models import Code
from zones.models.codes import CodesField

NOTHING: tuple[Any, ...] = (None, "", [])
"""A cell that says 0 says something."""
TOTALS = frozenset({"合计", "总计", "小计", "total"})


@dataclass(slots=True)
class ReadRow:
    """One row of the file; `number` as people count. What was not said is absent from `values`; `written` holds the
    cells as they stand.
    """

    number: int
    values: Values
    faults: list[Fault] = field(default_factory=list)
    columns: dict[str, Title] = field(default_factory=dict)
    written: dict[str, Cell] = field(default_factory=dict)

    def blame(self, code: str, name: str, **params: Any) -> None:
        """Add a message about the cell of a field."""
        title = self.columns.get(name)
        cell = f"{get_column_letter(title.column + 1)}{self.number}" if title else ""
        written = as_written(self.written.get(name))
        self.faults.append(Fault(code, name, title.title if title else "", cell, params, written))

    @property
    def is_sound(self) -> bool:
        return all(fault.code in NOTES for fault in self.faults)


def read_rows(rows: Sequence[Sequence[Cell]], header: Header, kind: Kind) -> Iterator[ReadRow]:
    """Rows below the header; blank ones, totals and rows of another type are passed over."""
    columns = [(title, kind.fields[title.field].read, _about(title, kind)) for title in header.titles if title.field]
    places = {title.field: title for title, _read, _known in reversed(columns)}
    required = [column.field for column in kind.columns if column.is_required]
    for index in range(header.first_row, len(rows)):
        if _is_meant(rows[index]):
            row = _read(ReadRow(index + 1, {}, columns=places), rows[index], columns, kind)
            if is_taken(str(row.values.pop("row_type", "")), kind):
                _complete(row, required)
                yield row


def is_taken(row_type: str, kind: Kind) -> bool:
    """Whether an import of the kind reads rows of a type; those that state none are read by all."""
    return row_type.lower() in ({""} | kind.row_types)


def count_row_types(rows: Sequence[Sequence[Cell]], header: Header) -> dict[str, int]:
    """Types the rows of a mixed file state, as written → how many rows; empty for a file without such a column."""
    column = next((title.column for title in header.titles if title.field == "row_type"), None)
    if column is None:
        return {}
    meant = (row for row in rows[header.first_row :] if _is_meant(row))
    return dict(Counter(as_written(row[column]) if column < len(row) else "" for row in meant))


def _is_meant(row: Sequence[Cell]) -> bool:
    first = next((cell for cell in row if not is_blank(cell)), None)
    return first is not None and str(first).strip().lower() not in TOTALS


def _read(row: ReadRow, cells: Sequence[Cell], columns: Iterable[tuple[Title, Any, About]], kind: Kind) -> ReadRow:
    for title, read, about in columns:
        cell = cells[title.column] if title.column < len(cells) else None
        row.written.setdefault(title.field, cell)
        if is_blank(cell):
            _keep(row, title.field, kind.blank(title.field), kind)
            continue
        try:
            _keep(row, title.field, read(cell, about), kind)
        except Unreadable as fault:
            row.blame(fault.code, title.field, **fault.params)
    row.values = kind.finish(row.values, row.written)
    return row


def _keep(row: ReadRow, name: str, value: Any, kind: Kind) -> None:
    """Store a value; a field that several columns fill gets them below each other."""
    if value is NOT_SAID or (name in kind.joined and not value and row.values.get(name)):
        return
    before = row.values.get(name)
    row.values[name] = f"{before}\n{value}" if before and name in kind.joined else value


def _complete(row: ReadRow, required: Iterable[str]) -> None:
    """A part belongs to whom its host belongs to; every other row says all that is required."""
    said = {fault.field for fault in row.faults} | ({"organization"} if row.values.get("parent") else set())
    for name in required:
        if row.values.get(name) in NOTHING and name not in said:
            row.blame("required", name)


def _about(title: Title, kind: Kind) -> About:
    known = kind.model_field(title.field)
    scheme = kind.scheme(title.field)
    return About(title.unit, _longest(known), _codes(scheme) if scheme else {}, title.title)


def _longest(known: "models.Field[Any, Any] | None") -> int:
    """Characters the field holds; of lists, each of its words."""
    if isinstance(known, CodesField):
        return MAX_CELL_CHARACTERS
    validators = getattr(getattr(known, "base_field", known), "validators", ())
    limits = [one.limit_value for one in validators if isinstance(one, MaxLengthValidator)]
    return min(limits, default=MAX_CELL_CHARACTERS)


def _codes(scheme: str) -> dict[str, str]:
    """Code, Chinese and English name → code, as people may write any of them; 技术开发 of 技术开发合同."""
    rows = list(Code.objects.filter(scheme=scheme, is_active=True).values_list("code", "name_zh", "name_en"))
    by_name = {name.replace(" ", "").lower(): code for code, *names in rows for name in names if name}
    shorter = {name.removesuffix("合同"): code for name, code in by_name.items()}
    return shorter | by_name | {code.lower(): code for code, *_names in rows}
