"""Where runs take candidates from: full runs from files made once per host and input, others from the text index."""

from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest

from ledger.changes import epoch_of
from matching.choices import RunKind
from matching.engine.postings import Postings
from matching.models import MatchRun, Need
from matching.services import candidate_sources
from matching.services.candidate_sources import source_of
from matching.services.index_places import SUBJECT, index_path, latest_sequence
from tests.conftest import World
from tests.matching.conftest import make_market, make_wafer_inspection, published
from zones.models import Resource
from zones.search.index import TextIndex

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[[], MatchRun]


@pytest.fixture(autouse=True)
def new_process() -> Iterator[None]:
    """Nothing is mapped yet."""
    candidate_sources._read.cache_clear()
    yield
    candidate_sources._read.cache_clear()


def folders() -> list[Path]:
    return sorted(index_path().parent.glob(f"full-run/{epoch_of(SUBJECT)}/*/"))


def test_a_full_run_and_one_without_room_for_postings_publish_the_same(world: World, run_all: Run) -> None:
    make_market(world, needs=20, resources=40)
    run_all()
    by_postings = published()
    with patch.object(candidate_sources, "MAX_BYTES", 0):
        last = run_all()
        assert isinstance(source_of(last).candidates, TextIndex)
    assert published() == by_postings
    assert len(by_postings["matches"]) >= 20


def test_a_delta_run_asks_the_text_index(need: Need, fitting: Resource, run_all: Run) -> None:
    run = run_all()
    assert isinstance(source_of(run).candidates, Postings)
    run.kind = RunKind.DELTA
    source = source_of(run)
    assert isinstance(source.candidates, TextIndex)
    assert source.version == latest_sequence()


def test_files_are_made_once_for_an_input_and_those_of_the_last_one_go(
    world: World, need: Need, fitting: Resource, run_all: Run
) -> None:
    run_all()
    (first,) = folders()
    made = first.stat().st_ino
    candidate_sources._read.cache_clear()
    run_all()
    assert [folder.stat().st_ino for folder in folders()] == [made]
    make_wafer_inspection(world, "外延片缺陷复检系统", diameter_mm=200.0)
    run_all()
    assert len(folders()) == 1
    assert folders() != [first]


def cut_a_column(folder: Path) -> None:
    column = folder / "document.npy"
    column.write_bytes(column.read_bytes()[:-3])


def cut_the_records(folder: Path) -> None:
    records = folder / "records.bin"
    records.write_bytes(records.read_bytes()[:-16])


def lose_a_column(folder: Path) -> None:
    (folder / "starts.npy").unlink()


@pytest.mark.parametrize("damage", [cut_a_column, cut_the_records, lose_a_column])
def test_damaged_files_are_made_again(
    need: Need, fitting: Resource, run_all: Run, damage: Callable[[Path], None]
) -> None:
    run = run_all()
    (folder,) = folders()
    candidate_sources._read.cache_clear()
    damage(folder)
    source = source_of(run)
    assert isinstance(source.candidates, Postings)
    assert source.candidates.ids.tolist() == [fitting.pk]
    assert int(np.load(folder / "document.npy").size) == source.candidates.document.size
