"""Reading tables people send: CSV in UTF-8 (with or without BOM) or GB18030, JSON lines. Bad files get a clear
error.
"""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from zones.errors import InvalidInput, listed

MAX_BYTES = 64 * 1024 * 1024


def read_text(path: Path) -> str:
    """The text of a file in UTF-8 (BOM allowed) or GB18030. Raises InvalidInput naming the file and the remedy."""
    if not path.is_file():
        raise InvalidInput.single("file", _("找不到文件 %(name)s：请检查路径。") % {"name": path.name})
    if path.stat().st_size > MAX_BYTES:
        raise InvalidInput.single(
            "file",
            _("文件 %(name)s 超过 %(limit)d MB：请拆分后再导入。") % {"name": path.name, "limit": MAX_BYTES >> 20},
        )
    raw = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise InvalidInput.single(
        "file", _("文件 %(name)s 不是 UTF-8 或 GBK 编码的文本：请另存为 CSV UTF-8 后重试。") % {"name": path.name}
    )


def read_csv(path: Path, *, columns: frozenset[str] = frozenset()) -> list[dict[str, str]]:
    """Rows of a CSV with a header. Raises InvalidInput when `columns` are missing or a row is longer than the
    header.
    """
    reader = csv.DictReader(io.StringIO(read_text(path)))
    header = [name.strip() for name in reader.fieldnames or ()]
    if missing := sorted(columns - set(header)):
        raise InvalidInput.single(
            "file", _("%(name)s 缺少列：%(columns)s。") % {"name": path.name, "columns": listed(missing)}
        )
    reader.fieldnames = header
    return [_row(path, number, row) for number, row in enumerate(reader, start=2)]


def _row(path: Path, number: int, row: dict[str, Any]) -> dict[str, str]:
    if None in row:
        raise InvalidInput.single(
            "file", _("%(name)s 第 %(row)d 行的列数多于表头：请检查逗号与引号。") % {"name": path.name, "row": number}
        )
    return {key: (value or "").strip() for key, value in row.items()}


def read_json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Objects of a JSON-lines file, in order. Raises InvalidInput naming the line."""
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield json.loads(line)
        except json.JSONDecodeError as error:
            message = _("%(name)s 第 %(row)d 行不是有效的 JSON：%(reason)s。")
            raise InvalidInput.single(
                "file", message % {"name": path.name, "row": number, "reason": error.msg}
            ) from error
