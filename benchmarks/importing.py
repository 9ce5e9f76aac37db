"""Imports through the product: verdicts, writing with history, the same file again, undo, and the child's memory,
beside a COPY of the rows that were written and of their history: what the connection and the server can take.

Run ``python -m benchmarks.importing [--rows 5000 10000] [--quick]`` from the repository. Uses a PostgreSQL of its own
that goes away afterwards.
"""

import argparse
import io
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import django

from benchmarks.report import Measure, publish

QUICK_ROWS: Final = [500]
WARM_UP_ROWS: Final = 50
GOAL_ROWS: Final = 5_000
VERDICTS_GOAL, WRITE_GOAL, WHOLE_GOAL, MEMORY_GOAL = 2.0, 5.0, 20.0, 300.0
COPIED: Final = ("zones_resource", "zones_resourceevent", "zones_equipmentdetail", "zones_equipmentdetailevent")
TITLES: Final = (
    *("设备编号", "设备名称", "权属单位", "规格型号", "生产厂家", "数量", "单位", "原值（万元）", "启用日期", "关键词"),
    *("功能", "共享方式"),
)
OWNERS: Final = 40


def main() -> None:
    """Import a file of each length into a fresh zone and print how long each step took."""
    options = _options()
    with _database():
        _measured(WARM_UP_ROWS)
        rows = {count: _measured(count) for count in (QUICK_ROWS if options.quick else options.rows)}
    measures = [measure for count, row in rows.items() for measure in _measures(count, row)]
    publish(
        "importing", "an equipment list of 12 columns, file to history rows", list(rows.values()), measures=measures
    )


def _measures(count: int, row: dict[str, Any]) -> list[Measure]:
    """The goals are those of 5,000 rows, and of the longest file that is read."""
    verdicts, written, memory = row["verdicts s"], row["write with history s"], row["child's memory MB"]
    at_goal = count == GOAL_ROWS
    return [
        Measure(f"import of {count:,} rows: verdicts", verdicts, "s", at_most=VERDICTS_GOAL if at_goal else None),
        Measure(f"import of {count:,} rows: write", written, "s", at_most=WRITE_GOAL if at_goal else None),
        Measure(f"import of {count:,} rows: both", verdicts + written, "s", at_most=WHOLE_GOAL),
        Measure(f"import of {count:,} rows: undo", row["undo s"], "s"),
        Measure(f"memory of the child that reads {count:,} rows", memory, "MB", at_most=MEMORY_GOAL),
    ]


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
    before = {table: _last_key(table) for table in COPIED}
    _nothing, written = _timed(lambda: asked(jobs.apply_import, job))
    copied = sum(_copied(table, after=key) for table, key in before.items())
    again, unchanged = _timed(staged)
    again.refresh_from_db()
    _nothing, undone = _timed(lambda: asked(jobs.undo_import, job))
    return {
        "rows": f"{count:,}",
        "verdicts s": verdicts.wall,
        "of processor": verdicts.processor,
        "write with history s": written.wall,
        "of processor ": written.processor,
        "bare COPY of both s": copied,
        "the same again s": unchanged.wall,
        "undo s": undone.wall,
        "child's memory MB": read_file(content).peak_kilobytes / 1024,
        "unchanged the second time": again.counts.get("unchanged", 0),
    }


def _last_key(table: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max({_key(table)}), 0) FROM {table}")
        return int(cursor.fetchone()[0])


def _key(table: str) -> str:
    return "pgh_id" if table.endswith("event") else "resource_id" if table.endswith("detail") else "id"


def _copied(table: str, *, after: int) -> float:
    """Seconds that a COPY of the rows after that key takes, into a table without index, key and trigger."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        with cursor.cursor.copy(f"COPY (SELECT * FROM {table} WHERE {_key(table)} > {after}) TO STDOUT") as copy:
            rows = [bytes(row) for row in copy]
        cursor.execute(f"CREATE TEMPORARY TABLE bare ON COMMIT DROP AS SELECT * FROM {table} WITH NO DATA")
        started = time.perf_counter()
        with cursor.cursor.copy("COPY bare FROM STDIN") as copy:
            for row in rows:
                copy.write(row)
        return time.perf_counter() - started


class Took(NamedTuple):
    """Seconds by the clock, and of processor by this process, the children that read and the server's process."""

    wall: float
    processor: float


def _timed(work: Callable[[], Any]) -> tuple[Any, Took]:
    started, used = time.perf_counter(), _processor_seconds()
    result = work()
    return result, Took(time.perf_counter() - started, _processor_seconds() - used)


def _processor_seconds() -> float:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        fields = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rpartition(")")[2].split()
    server = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    times = os.times()
    return server + times.user + times.system + times.children_user + times.children_system


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
