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
from matching.choices import RunState
from matching.models import MatchRun
from matching.services.documents import refresh_stale_documents
from matching.services.runs import request_full_run
from matching.services.steps import work_until_idle
from matching.services.watch import ring_again
from tests.conftest import World
from tests.matching.conftest import make_market, published
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
    "before_finish_prepare:1",
    "before_finish_score:1",
    "before_finish_assign:1",
    "before_publish:1",
)


@contextmanager
def worker(*, folder: Path, crash_at: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """A real Celery worker on the test's database and queue; ended by its id."""
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.REDIS_URL,
        "PYTHONPATH": os.pathsep.join(str(REPOSITORY / folder) for folder in ("", "platform")),
        "DATA_DIR": str(folder),
        "LEASE_SECONDS": str(LEASE_SECONDS),
        "CRASH_AT": crash_at,
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


def wait_for(condition: Callable[[], bool]) -> None:
    """Poll, ringing as the beat's tick does, until the condition holds."""
    deadline = time.monotonic() + WITHIN_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "not within the promised time"
        ring_again()
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


@pytest.mark.parametrize("crash_at", CRASH_POINTS)
def test_a_killed_worker_changes_nothing(undisturbed: object, crash_at: str, tmp_path: Path) -> None:
    run = request_full_run(SYSTEM, reason=crash_at)
    with worker(folder=tmp_path, crash_at=crash_at) as victim:
        wait_for(lambda: victim.poll() is not None)
        assert victim.returncode == -signal.SIGKILL
    assert state_of(run) != RunState.PUBLISHED
    with worker(folder=tmp_path):
        wait_for(lambda: state_of(run) == RunState.PUBLISHED)
    assert published() == undisturbed
    assert OutboxEvent.objects.filter(kind="run.published", object_public_id=run.public_id).count() == 1


def test_the_queue_may_be_emptied_in_the_middle(undisturbed: object, tmp_path: Path) -> None:
    run = request_full_run(SYSTEM, reason="flush")
    redis.Redis.from_url(settings.REDIS_URL).flushall()
    with worker(folder=tmp_path):
        wait_for(lambda: state_of(run) == RunState.PUBLISHED)
    assert published() == undisturbed
