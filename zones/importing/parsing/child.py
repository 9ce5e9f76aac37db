"""The child process: a file on standard input; its rows, or why there are none, as JSON on standard output."""

import json
import resource
import sys
from pathlib import Path
from typing import Any

from zones.importing.parsing.archive import kind_of
from zones.importing.parsing.documents import read_json, read_xml
from zones.importing.parsing.limits import CPU_SECONDS, MEMORY_BYTES, Refused
from zones.importing.parsing.texts import read_csv
from zones.importing.parsing.worksheets import read_workbook

MANY_FILES = 64


def main() -> None:
    """Bound this process, then read; what goes over a bound ends the process, and the parent knows why."""
    _bound()
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        answer = _read(sys.stdin.buffer.read(), wanted)
    except Refused as refusal:
        answer = {"refused": refusal.code, "params": refusal.params}
    except MemoryError:
        answer = {"refused": "memory", "params": {}}
    answer["peak_kilobytes"] = _peak_kilobytes()
    sys.stdout.write(json.dumps(answer, ensure_ascii=True, separators=(",", ":")))


def _bound() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (MANY_FILES, MANY_FILES))


def _peak_kilobytes() -> int:
    """The most memory this program has held; the system's `ru_maxrss` would count the parent's before the start."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.is_file() else []
    peak = next((line.split()[1] for line in lines if line.startswith("VmHWM")), "0")
    return int(peak)


def _read(raw: bytes, wanted: str) -> dict[str, Any]:
    kind = kind_of(raw)
    if kind in ("xlsx", "ods", "xls"):
        sheet = read_workbook(raw, kind=kind, wanted=wanted)
        return {"format": kind, "sheet": sheet.name, "sheets": sheet.names, "rows": sheet.rows}
    readers = {"csv": read_csv, "json": read_json, "xml": read_xml}
    return {"format": kind, "sheet": "", "sheets": [], "rows": readers[kind](raw)}
