"""The text index: finds, replaces, deletes, filters by scope, and lets other processes read."""

from pathlib import Path

import pytest

from zones.search.index import VERSION_FILE, IndexedDocument, TextIndex, TextQuery


@pytest.fixture
def index(tmp_path: Path) -> TextIndex:
    """Three documents: one public, one of zone 1, one of zone 1 that zone 2 may use."""
    index = TextIndex(tmp_path / "index")
    index.add(
        [
            IndexedDocument(1, "氮化 化镓 外延", ("public", "use:public")),
            IndexedDocument(2, "氮化 化镓 化镓", ("zone:1", "use:zone:1")),
            IndexedDocument(3, "外延", ("zone:1", "use:zone:2")),
        ]
    )
    index.commit(5)
    return index


def found(index: TextIndex, *terms: tuple[str, float], **scopes: tuple[str, ...]) -> list[int]:
    return [int(identifier) for identifier in index.candidates([TextQuery(terms, **scopes)], 10)[0]]


def test_the_best_match_comes_first(index: TextIndex) -> None:
    assert found(index, ("化镓", 1.0)) == [2, 1]


def test_weights_decide(index: TextIndex) -> None:
    assert found(index, ("化镓", 0.01), ("外延", 5.0))[0] == 3


def test_scopes_filter_inside_the_query(index: TextIndex) -> None:
    assert found(index, ("化镓", 1.0), scopes=("public",)) == [1]
    assert found(index, ("外延", 1.0), scopes=("zone:1", "public"), use_scopes=("use:zone:2",)) == [3]
    assert found(index, ("外延", 1.0), scopes=("zone:9",)) == []


def test_scopes_do_not_change_the_order(index: TextIndex) -> None:
    assert found(index, ("化镓", 1.0), scopes=("public", "zone:1")) == found(index, ("化镓", 1.0))


def test_adding_again_replaces(index: TextIndex) -> None:
    index.add([IndexedDocument(1, "键合", ("public",))])
    index.commit(6)
    assert found(index, ("化镓", 1.0)) == [2]
    assert found(index, ("键合", 1.0)) == [1]
    assert (len(index), index.version) == (3, 6)


def test_deleting_what_is_not_there_is_no_error(index: TextIndex) -> None:
    index.delete([2, 77])
    index.commit(6)
    assert found(index, ("化镓", 1.0)) == [1]


def test_nothing_is_seen_before_the_commit(index: TextIndex) -> None:
    index.delete([1, 2])
    assert found(index, ("化镓", 1.0)) == [2, 1]


def test_another_reader_sees_the_commit_by_itself(index: TextIndex) -> None:
    reader = TextIndex(index.path)
    assert found(reader, ("化镓", 1.0)) == [2, 1]
    index.delete([1])
    index.commit(6)
    assert found(reader, ("化镓", 1.0)) == [2]
    assert reader.version == 6


def test_two_writers_take_turns(index: TextIndex) -> None:
    other = TextIndex(index.path)
    other.add([IndexedDocument(4, "键合", ("public",))])
    other.commit(6)
    index.add([IndexedDocument(5, "键合", ("public",))])
    index.commit(7)
    assert sorted(found(other, ("键合", 1.0))) == [4, 5]


def test_a_new_index_has_version_minus_one_and_finds_nothing(tmp_path: Path) -> None:
    index = TextIndex(tmp_path / "new")
    assert (index.version, len(index), found(index, ("氮化", 1.0))) == (-1, 0, [])


def test_a_lost_version_means_that_everything_is_applied_again(index: TextIndex) -> None:
    (index.path / VERSION_FILE).unlink()
    assert TextIndex(index.path).version == -1


def test_clearing_leaves_an_empty_index(index: TextIndex) -> None:
    index.clear()
    index.commit(0)
    assert len(index) == 0


def test_asking_for_nothing_finds_nothing(index: TextIndex) -> None:
    assert index.candidates([TextQuery(())], 10)[0].size == 0
    assert index.candidates([TextQuery((("氮化", 1.0),))], 0)[0].size == 0
    assert index.candidates([], 10) == []


def test_large_ids_are_exact(index: TextIndex) -> None:
    index.add([IndexedDocument(2**53 + 1, "大号", ("public",))])
    index.commit(6)
    assert found(index, ("大号", 1.0)) == [2**53 + 1]
