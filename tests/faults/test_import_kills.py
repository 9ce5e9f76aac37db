"""An import survives `kill -9` of its worker: nothing is written by halves, and each row is written once."""

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.history import event_model
from ledger.models import OutboxEvent
from tests.conftest import World
from tests.faults.test_run_kills import wait_for, worker
from tests.zones.importing.sheets import workbook
from zones.choices import ImportState
from zones.importing import jobs
from zones.importing.steps import ring_again, work_until_idle
from zones.models import EquipmentDetail, ImportJob, Resource
from zones.scoping import SYSTEM

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

ROWS = 40
Told = tuple[Any, ...]


def is_in(job: ImportJob, state: ImportState) -> Callable[[], bool]:
    return lambda: ImportJob.objects.visible_to(SYSTEM).filter(pk=job.pk, state=state).exists()


def started(world: World) -> ImportJob:
    """A list of machines of two owners, waiting to be read."""
    titles = ["设备编号", "设备名称", "权属单位", "原值（万元）"]
    lines = [[f"E-{n}", f"扫描电镜{n}", world.enterprise.name_zh, n + 1] for n in range(ROWS)]
    content = workbook([titles, *lines])
    return jobs.start_import(SYSTEM, user=None, zone=world.east, kind="equipment", name="x.xlsx", content=content)


def told() -> Told:
    """What an import leaves: rows, details, history, events."""
    resources = Resource.objects.visible_to(SYSTEM)
    return (
        sorted(resources.values_list("external_id", "name_zh", "status", "version")),
        EquipmentDetail.objects.visible_to(SYSTEM).count(),
        event_model(Resource).objects.count(),
        event_model(EquipmentDetail).objects.count(),
        OutboxEvent.objects.filter(kind__startswith="resource.").count(),
    )


def killed(crash_at: str, folder: Path) -> None:
    with worker(folder=folder, crash_at=crash_at) as victim:
        wait_for(lambda: victim.poll() is not None, ring=ring_again)
        assert victim.returncode == -signal.SIGKILL


@pytest.mark.parametrize("crash_at", ["after_claim:1", "before_finish_import_read:1"])
def test_a_worker_killed_while_it_reads_leaves_a_file_that_is_read_once(
    world: World, crash_at: str, tmp_path: Path
) -> None:
    job = started(world)
    killed(crash_at, tmp_path)
    assert job.rows.count() == 0
    with worker(folder=tmp_path):
        wait_for(is_in(job, ImportState.STAGED), ring=ring_again)
    assert job.rows.count() == ROWS


@pytest.mark.parametrize("crash_at", ["after_claim:1", "before_finish_import_apply:1"])
def test_a_worker_killed_while_it_writes_writes_nothing_and_the_next_one_all(
    world: World, crash_at: str, tmp_path: Path
) -> None:
    job = started(world)
    work_until_idle(job)
    before = told()
    jobs.apply_import(SYSTEM, job_id=job.pk)
    killed(crash_at, tmp_path)
    assert told() == before
    with worker(folder=tmp_path):
        wait_for(is_in(job, ImportState.APPLIED), ring=ring_again)
    resources, details, *events = told()
    assert (len(resources), details) == (ROWS, ROWS)
    assert [many - few for many, few in zip(events, before[2:], strict=True)] == [ROWS, ROWS, ROWS]


def test_a_worker_killed_while_it_takes_back_takes_back_nothing_and_the_next_one_all(
    world: World, tmp_path: Path
) -> None:
    job = started(world)
    work_until_idle(job)
    work_until_idle(jobs.apply_import(SYSTEM, job_id=job.pk))
    written = told()
    jobs.undo_import(SYSTEM, job_id=job.pk)
    killed("before_finish_import_undo:1", tmp_path)
    assert told() == written
    with worker(folder=tmp_path):
        wait_for(is_in(job, ImportState.UNDONE), ring=ring_again)
    assert {status for _number, _name, status, _version in told()[0]} == {"retired"}
