"""Files of strangers become tables: read by a child process without secrets, with limits; refusals become sentences."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zones.errors import InvalidInput, listed
from zones.importing.parsing.limits import CPU_SECONDS, MEMORY_BYTES, WALL_SECONDS

SOURCE_ROOT = Path(__file__).resolve().parents[2]
BOOT = "import sys; sys.path.append(sys.argv.pop(1)); from zones.importing.parsing.child import main; main()"
OUT_OF_TIME = frozenset({-24, -9})
"""SIGXCPU, and the SIGKILL that follows it."""

REFUSALS: dict[str, Promise] = {
    "empty": _("文件是空的：请检查后重新上传。"),
    "too_big": _("文件超过 %(limit)d MB：请拆分后再导入。"),
    "not_a_table": _("这是 %(found)s 文件，不是表格：请另存为 xlsx 或 CSV。"),
    "damaged": _("文件已损坏或不完整：请在 Excel 中打开并另存为 xlsx，再重新上传。"),
    "bomb": _("压缩内容异常（展开后约 %(size)d MB，上限 %(limit)d MB）：请新建工作簿，只粘贴数值后另存为 xlsx。"),
    "macros": _("文件含有宏，不予读取：请另存为不含宏的 xlsx。"),
    "encrypted": _("文件设有密码：请取消密码后重新上传。"),
    "web_page": _("这是网页改名的表格：请用 Excel 打开，另存为 xlsx 后上传。"),
    "encoding": _("文字编码无法识别：请另存为“CSV UTF-8”后重试。"),
    "nul": _("含有空字符（NUL），不是普通文本：请在 Excel 中打开，另存为“CSV UTF-8”后重试。"),
    "bad_csv": _("第 %(row)d 行的引号或分隔符有误：请在 Excel 中打开并另存为 xlsx。"),
    "bad_json": _("不是有效的 JSON（%(reason)s）：请检查后重新上传。"),
    "bad_xml": _("不是可读取的 XML（%(reason)s）：请使用 EEN 导出的文件，且不含 DTD 与实体。"),
    "too_deep": _("数据嵌套超过 %(limit)d 层：请改用平铺的格式。"),
    "no_sheet": _("工作簿中没有可见的工作表：请取消隐藏后重新上传。"),
    "unknown_sheet": _("没有工作表“%(sheet)s”：可选 %(sheets)s。"),
    "too_many_rows": _("共 %(rows)d 行，最多 %(limit)d 行：请拆分文件，或删除多余的空白行（最远的单元格 %(cell)s）。"),
    "too_many_columns": _("共 %(columns)d 列，最多 %(limit)d 列：请删除多余的列（最远的单元格 %(cell)s）。"),
    "too_many_cells": _("共 %(cells)d 个单元格，最多 %(limit)d 个：请删去不用的列，或拆分文件。"),
    "memory": _("读取需要的内存超过 %(limit)d MB：请拆分文件，或只粘贴数值到新工作簿。"),
    "time": _("读取超过 %(limit)d 秒：请拆分文件，或只粘贴数值到新工作簿。"),
}


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds: rows as written, so that row i is the file's row i + 1. `peak_kilobytes`: of the child."""

    format: str
    sheet: str
    sheets: list[str]
    rows: list[list[Any]]
    peak_kilobytes: int


def read_file(raw: bytes, *, sheet: str = "") -> Table:
    """Read a file in a child process. Raises InvalidInput with what is wrong and what to do."""
    answer = _answer(raw, sheet)
    if "refused" in answer:
        raise refusal(answer["refused"], **answer["params"])
    return Table(**answer)


def refusal(code: str, **params: Any) -> InvalidInput:
    """The error of a file that is not read."""
    limits = {"memory": MEMORY_BYTES >> 20, "time": WALL_SECONDS}
    told = {name: listed(value) if isinstance(value, list) else value for name, value in params.items()}
    return InvalidInput.single("file", str(REFUSALS[code]) % ({"limit": limits.get(code)} | told))


def _answer(raw: bytes, sheet: str) -> dict[str, Any]:
    command = [sys.executable, "-I", "-c", BOOT, str(SOURCE_ROOT), sheet]
    try:
        child = subprocess.run(command, input=raw, capture_output=True, timeout=WALL_SECONDS, env={}, check=False)
    except subprocess.TimeoutExpired:
        return _refused("time", limit=WALL_SECONDS)
    if child.returncode in OUT_OF_TIME:
        return _refused("time", limit=CPU_SECONDS)
    if child.returncode != 0:
        return _refused("memory" if _ran_out_of_memory(child) else "damaged")
    answer: dict[str, Any] = json.loads(child.stdout)
    return answer


def _ran_out_of_memory(child: "subprocess.CompletedProcess[bytes]") -> bool:
    """Refused memory ends the process on the spot: by a signal, or by a panic of the reader at a null pointer."""
    return child.returncode < 0 or any(sign in child.stderr for sign in (b"memory", b"pointer is null"))


def _refused(code: str, **params: Any) -> dict[str, Any]:
    return {"refused": code, "params": params}
