"""A run survives `kill -9` of its worker at every named point and ends with exactly the result of an undisturbed
run.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.db import connection

from ledger.models import OutboxEvent
from matching.choices import NeedState, RunState
from matching.models import ConsortiumPart, MatchRun, Need, RunStep
from matching.services.documents import refresh_stale_documents
from matching.services.runs import request_full_run, start_delta
from matching.services.steps import work_until_idle
from matching.services.watch import ring_again
from tests.builders import make_capability, make_metric, make_need
from tests.conftest import World
from tests.matching.conftest import make_market, make_wafer_inspection, published
from zones.scoping import SYSTEM

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

REPOSITORY = Path(__file__).resolve().parents[2]
LEASE_SECONDS = 3
WITHIN_SECONDS = 180.0
CRASH_POINTS = (
    "after_claim:1",
    "after_claim:2",
    "after_claim:3",
    "before_index_commit:1",
    "before_full_run_files:1",
    "before_finish_prepare:1",
    "before_finish_score:1",
    "before_finish_assign:1",
    "before_publish:1",
)


@contextmanager
def worker(*, folder: Path, crash_at: str = "", **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A real Celery worker on the test's database and queue, with `more` in its environment; ended by its id."""
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.REDIS_URL,
        "PYTHONPATH": os.pathsep.join(str(REPOSITORY / folder) for folder in ("", "platform")),
        "DATA_DIR": str(folder),
        "LEASE_SECONDS": str(LEASE_SECONDS),
        "CRASH_AT": crash_at,
        **more,
    }
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "config.celery",
        "worker",
        "--pool=solo",
        "--without-gossip",
        "--without-mingle",
    ]
    process = subprocess.Popen(
        command, env=environment, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def database_url() -> str:
    """The address of the database Django made for this test, from the address of the server."""
    base, _, query = os.environ["DATABASE_URL"].partition("?")
    return f"{base.rsplit('/', 1)[0]}/{connection.settings_dict['NAME']}" + (f"?{query}" if query else "")


def wait_for(condition: Callable[[], bool], *, ring: Callable[[], object] = ring_again) -> None:
    """Poll, ringing as the beat's tick does for this kind of work, until the condition holds."""
    deadline = time.monotonic() + WITHIN_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "not within the promised time"
        ring()
        time.sleep(0.2)


def state_of(run: MatchRun) -> str:
    run.refresh_from_db()
    return run.state


@pytest.fixture
def undisturbed(world: World) -> object:
    """What readers see after a run in this process."""
    make_market(world, needs=30, resources=40)
    refresh_stale_documents()
    request_full_run(SYSTEM, reason="undisturbed")
    work_until_idle()
    return published()


def asked_for(crash_at: str) -> MatchRun:
    """A full run; where the index is to be passed, a run of the same needs that reads it."""
    if crash_at.startswith("before_index_commit"):
        open_needs = Need.objects.visible_to(SYSTEM).filter(state=NeedState.OPEN)
        return start_delta(list(open_needs.values_list("pk", flat=True)), reason=crash_at)
    return request_full_run(SYSTEM, reason=crash_at)


@pytest.mark.parametrize("crash_at", CRASH_POINTS)
def test_a_killed_worker_changes_nothing(undisturbed: object, crash_at: str, tmp_path: Path) -> None:
    run = asked_for(crash_at)
    with worker(folder=tmp_path, crash_at=crash_at) as victim:
        wait_for(lambda: victim.poll() is not None)
        assert victim.returncode == -signal.SIGKILL
    assert state_of(run) != RunState.PUBLISHED
    with worker(folder=tmp_path):
        wait_for(lambda: state_of(run) == RunState.PUBLISHED)
    assert published() == undisturbed
    assert OutboxEvent.objects.filter(kind="run.published", object_public_id=run.public_id).count() == 1


def teams() -> list[tuple[object, ...]]:
    """Who covers what in every proposal."""
    rows = ConsortiumPart.plain.order_by("proposal__need", "proposal__rank", "position")
    return list(
        rows.values_list("proposal__need", "proposal__rank", "label", "resource", "member__position", "evidence")
    )


def stages_left(run: MatchRun) -> list[str]:
    rows = RunStep.objects.filter(run=run).exclude(state=RunStep.State.DONE)
    return list(rows.order_by("pk").values_list("stage", flat=True))


def make_split_market(world: World) -> None:
    """A need of two must-metrics, each met by another's instrument."""
    need = make_need(
        metrics=0, zone=world.east, organization=world.enterprise, title_zh="氮化镓外延片缺陷检测",
        summary_zh="需要对200毫米氮化镓外延片作无损缺陷检测。",
    )  # fmt: skip
    make_metric(need, key="wafer", name_zh="支持晶圆直径", operator=">=", low=200.0, high=None, unit="mm", position=1)
    make_metric(need, key="power", name_zh="激光功率", operator=">=", low=50.0, high=None, unit="W", position=2)
    make_wafer_inspection(world, "外延片缺陷检测系统", diameter_mm=200.0)
    laser = make_wafer_inspection(world, "激光检测台", diameter_mm=100.0, zone=world.far, organization=world.outside)
    make_capability(laser, key="power", name_zh="激光功率", low=80.0, high=80.0, unit="W")


def test_a_worker_killed_over_teams_changes_no_team(world: World, tmp_path: Path) -> None:
    make_split_market(world)
    refresh_stale_documents()
    request_full_run(SYSTEM, reason="undisturbed")
    work_until_idle()
    undisturbed = teams()
    assert undisturbed
    run = request_full_run(SYSTEM, reason="teams")
    with worker(folder=tmp_path, crash_at="before_finish_team:1") as victim:
        wait_for(lambda: victim.poll() is not None)
        assert victim.returncode == -signal.SIGKILL
    assert (state_of(run), stages_left(run)) == (RunState.PUBLISHED, ["team"])
    with worker(folder=tmp_path):
        wait_for(lambda: not stages_left(run))
    assert teams() == undisturbed
    assert {part.proposal.run_id for part in ConsortiumPart.plain.select_related("proposal")} == {run.pk}


def test_the_queue_may_be_emptied_in_the_middle(undisturbed: object, tmp_path: Path) -> None:
    run = request_full_run(SYSTEM, reason="flush")
    redis.Redis.from_url(settings.REDIS_URL).flushall()
    with worker(folder=tmp_path):
        wait_for(lambda: state_of(run) == RunState.PUBLISHED)
    assert published() == undisturbed
