"""The index of a host is a copy: lost, cut short or overwritten, it comes back from the documents; its lag is known."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledger import liveness
from matching.models import LIVE, Match, MatchRun, Need
from matching.services import documents
from matching.services.documents import caught_up_index
from matching.services.index_places import index_path, index_version, latest_sequence
from matching.services.replicas import index_replicas
from matching.services.runs import start_delta
from matching.services.steps import work_until_idle
from tests.conftest import World
from tests.matching.conftest import make_market
from zones.models import Resource
from zones.scoping import SYSTEM
from zones.search.index import VERSION_FILE

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[[], MatchRun]


@pytest.fixture
def folder(world: World, need: Need, fitting: Resource, run_all: Run) -> Iterator[Path]:
    """The folder of an index in use, closed by this process as after a restart."""
    run_all()
    caught_up_index()
    yield index_path()
    documents._open_index.cache_clear()


def run_one(need: Need) -> None:
    """Match one need, by the index of this host."""
    start_delta([need.pk], reason="test")
    work_until_idle()


def cut_a_segment(folder: Path) -> None:
    segment = max(folder.glob("*.idx"))
    segment.write_bytes(segment.read_bytes()[:-9])


def overwrite_the_list_of_segments(folder: Path) -> None:
    (folder / "meta.json").write_text("{", encoding="utf-8")


def overwrite_the_version(folder: Path) -> None:
    (folder / VERSION_FILE).write_text("{", encoding="utf-8")


@pytest.mark.parametrize(
    "damage", [shutil.rmtree, cut_a_segment, overwrite_the_list_of_segments, overwrite_the_version]
)
def test_a_damaged_index_comes_back_after_a_restart(
    folder: Path, need: Need, fitting: Resource, damage: Callable[[Path], None]
) -> None:
    documents._open_index.cache_clear()
    damage(folder)
    run_one(need)
    assert (index_version(), len(caught_up_index())) == (latest_sequence(), 1)
    matches = Match.objects.visible_to(SYSTEM).filter(LIVE, need=need)
    assert [match.resource_id for match in matches] == [fitting.pk]


def test_an_index_that_is_deleted_under_a_running_process_comes_back(folder: Path, need: Need) -> None:
    shutil.rmtree(folder)
    run_one(need)
    assert (index_version(), len(caught_up_index())) == (latest_sequence(), 1)


def test_many_changes_are_one_commit(world: World, folder: Path) -> None:
    segments = len(list(folder.glob("*.idx")))
    for _round in range(3):
        make_market(world, needs=0, resources=4)
        documents.follow_resources()
    assert index_version() < latest_sequence()
    assert len(caught_up_index()) == 13
    assert len(list(folder.glob("*.idx"))) <= segments + 1


def test_the_lag_of_every_replica_is_known(world: World, folder: Path) -> None:
    liveness._last.clear()
    liveness.report("worker-1@host", index_version=index_version)
    make_market(world, needs=0, resources=1)
    documents.follow_resources()
    (replica,) = index_replicas()
    assert (replica.worker, replica.version, replica.lag) == ("worker-1@host", index_version(), 1)
    assert 0 <= replica.silent_seconds < 60
