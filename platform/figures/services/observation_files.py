"""Values of a series by file: all of them, or none with everything that is wrong in each row."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from figures.models import Observation, Series
from figures.services.observations import read_value, record_observation
from figures.units import PERCENT
from zones.errors import InvalidInput, listed
from zones.importing import cells
from zones.importing.files import read_file
from zones.importing.sentences import sentence
from zones.scoping import Principal
from zones.services.base import editable_or_error

MOST_BYTES: Final = 200_000
MOST_ROWS: Final = 1_000
MOST_TOLD: Final = 20
COLUMNS: Final = {
    "统计期": "period", "数值": "value", "单位": "unit", "公布日": "published_on", "预计数": "is_forecast",
    "出处": "source", "更正原因": "reason",
}  # fmt: skip
NEEDED: Final = ("period", "value", "published_on")
YES, NO = ("是", "yes", "true", "1"), ("", "否", "no", "false", "0")
FIRST: Final = "-01"
Read = TypeVar("Read")
Line = Mapping[str, cells.Cell]


@transaction.atomic
def record_file(principal: Principal, *, series_id: int, content: bytes) -> list[Observation]:
    """Write down every row of a table (XLSX, or CSV in UTF-8 or GB 18030) whose columns are named in Chinese or as in
    the API. Raises NotFound, NotAllowed, InvalidInput with the rows at fault; then nothing is stored.
    """
    series: Series = editable_or_error(Series, principal, pk=series_id)
    made, wrong = [], []
    for number, line in _lines(content):
        try:
            with transaction.atomic():
                made.append(record_observation(principal, series_id=series_id, **_values(series, line)))
        except InvalidInput as error:
            words = " ".join(word for found in error.errors.values() for word in found)
            wrong.append(_("第 %(row)d 行：%(why)s") % {"row": number, "why": words})
    if wrong:
        rest = [_("另有 %(count)d 行有误。") % {"count": len(wrong) - MOST_TOLD}] if len(wrong) > MOST_TOLD else []
        raise InvalidInput({"file": [*wrong[:MOST_TOLD], *rest]})
    return made


def _lines(content: bytes) -> list[tuple[int, Line]]:
    """Each row by what its columns mean, with the number people count it by."""
    if len(content) > MOST_BYTES:
        raise InvalidInput.single("file", _("文件过大：最多 200 KB。"))
    rows = read_file(content).rows
    names = [_written(cell) for cell in rows[0]] if rows else []
    while names and not names[-1]:
        names.pop()
    names = [COLUMNS.get(name, name) for name in names]
    lines: list[tuple[int, Line]] = [
        (number, dict(zip(names, row, strict=False)))
        for number, row in enumerate(rows[1:], start=2)
        if not all(cells.is_blank(cell) for cell in row)
    ]
    _check(names, len(lines))
    return lines


def _check(names: list[str], count: int) -> None:
    missing = [title for title, name in COLUMNS.items() if name in NEEDED and name not in names]
    unknown = [name for name in names if name not in COLUMNS.values()]
    if missing or unknown or len(names) != len(set(names)):
        message = _(
            "列名须为统计期、数值、单位、公布日、预计数、出处、更正原因，前两项与公布日必有；请核对：%(names)s。"
        )
        raise InvalidInput.single("file", message % {"names": listed([*missing, *unknown])[:100] or "—"})
    if not 0 < count <= MOST_ROWS:
        raise InvalidInput.single("file", _("文件须有 1 至 %(most)d 行数据。") % {"most": MOST_ROWS})


def _values(series: Series, line: Line) -> dict[str, Any]:
    """What a row says. Raises InvalidInput with everything that is wrong in it."""
    errors: dict[str, list[str]] = {}
    words = {name: _tried(errors, name, _written, line.get(name)) or "" for name in COLUMNS.values()}
    told: dict[str, Any] = {
        "period": _month(line.get("period")) or words["period"], "value": words["value"], "unit": words["unit"],
        "published_on": _tried(errors, "published_on", _day, line.get("published_on")),
        "is_forecast": _tried(errors, "is_forecast", _flag, words["is_forecast"]),
    }  # fmt: skip
    if series.unit == PERCENT.key:
        _tried(errors, "value", _must_be_of_hundred, line.get("value"))
    if errors:
        read_value(series, **told, errors=errors)
    return told | {"source": words["source"], "reason": words["reason"]}


def _tried(errors: dict[str, list[str]], name: str, read: Callable[[Any], Read], cell: cells.Cell) -> Read | None:
    try:
        return read(cell)
    except cells.Unreadable as fault:
        errors.setdefault(name, [sentence(fault.code, fault.params)])
    except InvalidInput as error:
        errors.update(error.errors)
    return None


def _month(cell: cells.Cell) -> str:
    """Of a month typed as 2024-05 a spreadsheet makes its first day."""
    day = str(cell.get("date", "")) if isinstance(cell, dict) else ""
    return day.removesuffix(FIRST) if day.endswith(FIRST) else ""


def _must_be_of_hundred(cell: cells.Cell) -> None:
    """Of a rate typed as 12.7% a spreadsheet keeps 0.127, which would be written down as 0.127 %."""
    if isinstance(cell, float) and abs(cell) < 1:
        message = _("“%(text)s”可能是按百分比格式保存的：请把“数值”列设为文本，12.7%% 写作 12.7。")
        raise InvalidInput.single("value", message % {"text": cell})


def _written(cell: cells.Cell) -> str:
    return "" if cells.is_blank(cell) else cells.text(cell, cells.About())


def _day(cell: cells.Cell) -> date:
    if cells.is_blank(cell):
        raise InvalidInput.single("published_on", _("公布日须写成 2025-02-01。"))
    return date.fromisoformat(cells.day(cell, cells.About()))


def _flag(text: str) -> bool:
    if text.lower() not in (*YES, *NO):
        raise InvalidInput.single("is_forecast", _("“预计数”请写是或否。"))
    return text.lower() in YES
