"""Two hosts, each with its own folder, share one database and one queue: one result, whoever dies."""

import signal
from pathlib import Path

import pytest

from config.up.paths import DataPaths
from ledger.changes import epoch_of
from ledger.models import WorkerLiveness
from matching.choices import RunState
from matching.models import RunStep
from matching.services.index_places import SUBJECT
from matching.services.runs import request_full_run
from tests.faults.test_run_kills import state_of, undisturbed, wait_for, worker
from tests.matching.conftest import published
from zones.scoping import SYSTEM

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
__all__ = ["undisturbed"]


@pytest.fixture
def hosts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two data folders; needs are handed out two at a time, so that both hosts have something to do."""
    monkeypatch.setenv("NEEDS_PER_STEP", "2")
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    return folders


def files_of(folder: Path) -> list[str]:
    """The inputs for which a host has made the files of a full run."""
    return sorted(path.name for path in (DataPaths(folder).index / "full-run" / str(epoch_of(SUBJECT))).glob("*/"))


def test_both_take_steps_and_the_result_is_that_of_one(undisturbed: object, hosts: list[Path]) -> None:
    one, two = hosts
    with worker(folder=one), worker(folder=two):
        wait_for(lambda: WorkerLiveness.objects.count() == 2)
        run = request_full_run(SYSTEM, reason="two hosts")
        wait_for(lambda: state_of(run) == RunState.PUBLISHED)
    assert RunStep.objects.filter(run=run, stage="score").count() == 15
    assert [files_of(folder) for folder in hosts] == [[run.input_hash]] * 2
    assert published() == undisturbed


def test_one_dies_in_the_middle_and_the_other_ends_the_run(undisturbed: object, hosts: list[Path]) -> None:
    one, two = hosts
    with worker(folder=one, crash_at="before_finish_score:2") as victim, worker(folder=two):
        wait_for(lambda: WorkerLiveness.objects.count() == 2)
        run = request_full_run(SYSTEM, reason="one of two dies")
        wait_for(lambda: state_of(run) == RunState.PUBLISHED)
        assert victim.wait(timeout=10) == -signal.SIGKILL
    assert published() == undisturbed
