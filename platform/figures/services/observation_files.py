"""Values of a series by file: all of them, or none with the reason in each row."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from figures.models import Observation
from figures.services.observations import record_observation
from zones.errors import InvalidInput, listed
from zones.scoping import Principal

MOST_BYTES: Final = 200_000
MOST_ROWS: Final = 1_000
COLUMNS: Final = {
    "统计期": "period", "数值": "value", "单位": "unit", "公布日": "published_on", "预计数": "is_forecast",
    "出处": "source", "更正原因": "reason",
}  # fmt: skip
NEEDED: Final = ("period", "value", "published_on")
YES, NO = ("是", "yes", "true", "1"), ("", "否", "no", "false", "0")


@transaction.atomic
def record_file(principal: Principal, *, series_id: int, content: bytes) -> list[Observation]:
    """Write down every row of a CSV file (UTF-8 or GB 18030) whose columns are named in Chinese or as in the API.
    Raises NotFound, NotAllowed, InvalidInput with the rows at fault; then nothing is stored.
    """
    rows = _rows(content)
    made, errors = [], []
    for number, row in enumerate(rows, start=2):
        try:
            with transaction.atomic():
                made.append(record_observation(principal, series_id=series_id, **_values(row)))
        except InvalidInput as error:
            errors += [
                _("第 %(row)d 行：%(why)s") % {"row": number, "why": " ".join(words)} for words in error.errors.values()
            ]
    if errors:
        raise InvalidInput({"file": errors[:20]})
    return made


def _rows(content: bytes) -> list[dict[str, str]]:
    if len(content) > MOST_BYTES:
        raise InvalidInput.single("file", _("文件过大：最多 200 KB。"))
    reader = csv.DictReader(io.StringIO(_text(content), newline=""), strict=True)
    try:
        names = [COLUMNS.get(name.strip(), name.strip()) for name in reader.fieldnames or []]
        rows = [dict(zip(names, row.values(), strict=False)) for row in reader]
    except csv.Error as error:
        raise InvalidInput.single("file", _("不是 CSV 文件：请另存为 CSV 后重新上传。")) from error
    _check(names, rows)
    return rows


def _check(names: list[str], rows: list[dict[str, str]]) -> None:
    missing = [title for title, name in COLUMNS.items() if name in NEEDED and name not in names]
    unknown = [name for name in names if name not in COLUMNS.values()]
    if missing or unknown or len(names) != len(set(names)):
        message = _(
            "列名须为统计期、数值、单位、公布日、预计数、出处、更正原因，前两项与公布日必有；请核对：%(names)s。"
        )
        raise InvalidInput.single("file", message % {"names": listed([*missing, *unknown])[:100] or "—"})
    if not rows or len(rows) > MOST_ROWS:
        raise InvalidInput.single("file", _("文件须有 1 至 %(most)d 行数据。") % {"most": MOST_ROWS})


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise InvalidInput.single("file", _("无法识别文件的编码：请另存为 UTF-8 编码的 CSV。"))


def _values(row: Mapping[str, Any]) -> dict[str, Any]:
    words = {name: str(value or "").strip() for name, value in row.items()}
    return {
        "period": words["period"], "value": words["value"], "unit": words.get("unit", ""),
        "published_on": _day(words["published_on"]), "is_forecast": _flag(words.get("is_forecast", "")),
        "source": words.get("source", ""), "reason": words.get("reason", ""),
    }  # fmt: skip


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.replace("/", "-"))
    except ValueError as error:
        raise InvalidInput.single("published_on", _("公布日须写成 2025-02-01。")) from error


def _flag(text: str) -> bool:
    if text.lower() not in (*YES, *NO):
        raise InvalidInput.single("is_forecast", _("“预计数”请写是或否。"))
    return text.lower() in YES
