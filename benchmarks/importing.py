"""Imports through the product: verdicts, writing with history, the same file again, undo, and the child's memory.

Run ``python -m benchmarks.importing [--rows 5000 10000] [--quick]`` from the repository. Uses a PostgreSQL of its own
that goes away afterwards.
"""

import argparse
import io
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import django

from benchmarks.report import Measure, publish

QUICK_ROWS: Final = [500]
TITLES: Final = (
    *("设备编号", "设备名称", "权属单位", "规格型号", "生产厂家", "数量", "单位", "原值（万元）", "启用日期", "关键词"),
    *("功能", "共享方式"),
)
OWNERS: Final = 40


def main() -> None:
    """Import a file of each length into a fresh zone and print how long each step took."""
    options = _options()
    with _database():
        rows = [_measured(count) for count in (QUICK_ROWS if options.quick else options.rows)]
    last = rows[-1]
    measures = [
        Measure(f"import of {last['rows']} rows: {name.removesuffix(' s')}", last[name], "s")
        for name in ("verdicts s", "write with history s", "undo s")
    ]
    measures.append(Measure("memory of the child that reads a file", last["child's memory MB"], "MB"))
    publish("importing", "an equipment list of 12 columns, file to history rows", rows, measures=measures)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[5_000, 10_000])
    parser.add_argument("--quick", action="store_true", help="a small file, to see that it works")
    return parser.parse_args()


@contextmanager
def _database() -> Iterator[None]:
    from tests.servers import start_servers

    servers = start_servers(frozenset({"DATABASE_URL", "REDIS_URL"}))
    os.environ.update(servers.environment, DJANGO_SETTINGS_MODULE="config.settings")
    try:
        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        yield
    finally:
        servers.stop()


def _measured(count: int) -> dict[str, Any]:
    from tests.builders import make_zone
    from zones.importing import jobs
    from zones.importing.files import read_file
    from zones.importing.steps import work_until_idle
    from zones.scoping import SYSTEM

    content, zone = _workbook(count), make_zone()

    def staged() -> Any:
        job = jobs.start_import(SYSTEM, user=None, zone=zone, kind="equipment", name="x.xlsx", content=content)
        work_until_idle(job)
        return job

    def asked(verb: Callable[..., Any], job: Any) -> None:
        work_until_idle(verb(SYSTEM, job_id=job.pk))

    job, verdicts = _timed(staged)
    _nothing, written = _timed(lambda: asked(jobs.apply_import, job))
    again, unchanged = _timed(staged)
    again.refresh_from_db()
    _nothing, undone = _timed(lambda: asked(jobs.undo_import, job))
    return {
        "rows": f"{count:,}",
        "verdicts s": verdicts,
        "write with history s": written,
        "the same again s": unchanged,
        "undo s": undone,
        "child's memory MB": read_file(content).peak_kilobytes / 1024,
        "unchanged the second time": again.counts.get("unchanged", 0),
    }


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started


def _workbook(count: int) -> bytes:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("设备")
    sheet.append(TITLES)
    for n in range(count):
        sheet.append(
            [
                *(f"E-{n:06}", f"场发射扫描电子显微镜{n}", f"示例仪器有限公司{n % OWNERS}", f"S-{n % 90}", "日立"),
                *(n % 3 + 1, "台", n % 500 + 0.5, "2024年3月5日", "电镜、表征、失效分析"),
                *("用于材料表面形貌与成分分析，可提供制样服务。", "外部共享"),
            ]
        )
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
