"""How many statements an import takes does not hang on how many rows the file has."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.builders import principal_of
from tests.conftest import World
from tests.zones.importing.conftest import staged, worked
from tests.zones.importing.sheets import workbook
from zones.importing import jobs
from zones.models import ImportJob

TITLES = ["设备编号", "设备名称", "权属单位", "型号", "数量", "单位", "原值（万元）", "所属设备编号"]
COUNTING = ("ANALYZE", "SELECT reltuples")
"""What a long batch does once to a table that was empty."""
FEW, MANY = 50, 500
VERDICTS, WRITING, UNDOING = 41, 66, 61


def rows(count: int, *, model: str) -> Iterable[list[Any]]:
    """Machines, each of an owner of its own, every tenth with a part."""
    yield TITLES
    for n in range(count):
        yield [f"E-{n}", f"电镜{n}", f"东方{n}有限公司", f"{model}-{n}", 1, "套", n, None]
        if n % 10 == 0:
            yield [f"P-{n}", "电源模块", None, "P1", 1, "台", None, f"E-{n}"]


def statements(work: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return sum(not query["sql"].startswith(COUNTING) for query in captured.captured_queries)


def taken(world: World, count: int) -> list[int]:
    """Statements of verdicts, writing, the verdicts of a changed file, its writing, and its undoing."""
    done: list[ImportJob] = []
    ana = principal_of(world.ana)
    found = []
    for content in (workbook(rows(count, model=model)) for model in "AB"):
        found.append(statements(partial(lambda file: done.append(staged(world, file)), content)))
        found.append(statements(lambda: worked(jobs.apply_import(ana, job_id=done[-1].pk))))
    found.append(statements(lambda: worked(jobs.undo_import(ana, job_id=done[-1].pk))))
    assert [job.counts for job in done] == [{"new": count * 11 // 10}, {"changed": count, "unchanged": count // 10}]
    return found


@pytest.mark.parametrize("count", [FEW, MANY])
def test_the_statements_of_an_import_do_not_grow_with_its_rows(world: World, count: int) -> None:
    assert taken(world, count) == [VERDICTS, WRITING, VERDICTS, WRITING, UNDOING]
