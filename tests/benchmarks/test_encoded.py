"""Records encoded in parts are those one process would make, and a repeated one differs in its id alone."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from benchmarks import encoded
from benchmarks.demo_market import load_demo, load_reference
from benchmarks.encoded import Encoded
from benchmarks.repeated import INDEX, STATISTICS, RecordFile, Repeated, renumbered, write_site
from benchmarks.synthetic import Writer
from benchmarks.world import record_of
from matching.engine.records import ResourceFacts, TermStatistics, encode_resource
from zones.search.index import TextIndex

SEED = 3
COUNT = 5


@pytest.fixture(scope="module")
def facts() -> list[ResourceFacts]:
    return list(Writer(load_demo(load_reference()), SEED).resources(COUNT))


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Encoded:
    """Five records in parts of three: the last part holds one more than asked for."""
    monkeypatch.setattr(encoded, "PART", 3)
    for first in (1, 4):
        encoded._write(tmp_path, SEED, first)
    return encoded.encoded(tmp_path, SEED, COUNT)


def test_parts_hold_what_one_process_would_encode(records: Encoded, facts: list[ResourceFacts]) -> None:
    assert list(records.first(COUNT)) == [record_of(one) for one in facts]
    assert [record.document.id for record in records.first(2)] == [1, 2]


def test_parts_that_are_there_are_not_made_again(records: Encoded, capsys: pytest.CaptureFixture[str]) -> None:
    encoded.encoded(records.folder, SEED, COUNT)
    assert capsys.readouterr().out == ""


def test_more_than_was_encoded_is_refused(records: Encoded) -> None:
    with pytest.raises(ValueError, match="only 5 of 6"):
        records.first(6)


def test_a_renumbered_record_is_the_one_of_that_id(facts: list[ResourceFacts]) -> None:
    assert renumbered(encode_resource(facts[0]), 2**40 + 7) == encode_resource(replace(facts[0], id=2**40 + 7))


def test_a_repeated_site_holds_each_record_as_often_as_asked(
    records: Encoded, facts: list[ResourceFacts], tmp_path: Path
) -> None:
    site = Repeated(records, COUNT, 3)
    write_site(site, tmp_path)
    table = RecordFile.open(tmp_path).load(np.array([2, 15, 7]))
    assert table.id.tolist() == [2, 15, 7]
    assert [table.details_of(row) for row in (0, 2)] == [table.details_of(0)] * 2
    assert table.details_of(1)["title"] == facts[4].title
    assert len(TextIndex(tmp_path / INDEX)) == len(site) == 15
    statistics = TermStatistics.from_bytes((tmp_path / STATISTICS).read_bytes())
    once = TermStatistics.of(map(encode_resource, facts))
    assert (statistics.document_count, statistics.df.tolist()) == (15, (3 * once.df).tolist())
