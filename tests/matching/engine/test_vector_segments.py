"""Nearest documents: exactly the visible ones of the largest cosine, however they are cut into segments and blocks."""

from collections.abc import Sequence
from typing import NamedTuple
from unittest.mock import patch

import numpy as np
import pytest

from matching.engine import vector_segments
from matching.engine.scales import cosines_of
from matching.engine.vector_segments import Segments, VectorRow, VectorSegment
from matching.engine.vectors import Whole, packed, whole

DIMENSIONS, COUNT, LIMIT = 24, 90, 7


class Asking(NamedTuple):
    scopes: Sequence[str] = ()
    use_scopes: Sequence[str] = ()


def random_vectors(seed: int, count: int) -> Whole:
    return whole(np.random.default_rng(seed).normal(size=(count, DIMENSIONS)))


DOCUMENTS, QUERIES, CENTER = (
    random_vectors(1, COUNT),
    random_vectors(2, 5),
    whole(np.full((1, DIMENSIONS), 0.1))[0] // 8,
)
ROWS = [
    VectorRow(
        id=100 + place,
        sequence=place % 4,
        packed=packed(vector),
        scopes=(
            f"zone:{place % 3}",
            *(["national"] if place % 5 == 0 else []),
            "use:public" if place % 2 else "use:zone:1",
        ),
    )
    for place, vector in enumerate(DOCUMENTS)
]
FILTERS = [
    Asking(),
    Asking(("zone:1",), ("use:public",)),
    Asking(("zone:2", "national"), ("use:public", "use:zone:1")),
    Asking(("zone:9",), ("use:public",)),
    Asking(("national",)),
]


def expected(until: int) -> list[list[int]]:
    """The plain way: all cosines, one filter after the other, a stable sort."""
    cosines = cosines_of(QUERIES, DOCUMENTS, CENTER)
    found = []
    for row, asking in zip(cosines, FILTERS, strict=True):
        seen = [
            (-cosine, document.id)
            for cosine, document in zip(row.tolist(), ROWS, strict=True)
            if document.sequence <= until
            and (not asking.scopes or set(asking.scopes) & set(document.scopes))
            and (not asking.use_scopes or set(asking.use_scopes) & set(document.scopes))
        ]
        found.append([pk for _cosine, pk in sorted(seen)[:LIMIT]])
    return found


@pytest.mark.parametrize("until", [0, 2, 9])
@pytest.mark.parametrize("cuts", [(COUNT,), (30, COUNT), (1, 2, 60, COUNT)])
@pytest.mark.parametrize("block", [4, 8_192])
def test_the_nearest_visible_documents_are_found_however_they_are_cut(
    until: int, cuts: tuple[int, ...], block: int
) -> None:
    firsts = (0, *cuts[:-1])
    segments = tuple(VectorSegment.of(ROWS[first:last], DIMENSIONS) for first, last in zip(firsts, cuts, strict=True))
    with patch.object(vector_segments, "BLOCK", block):
        found = Segments(segments, DIMENSIONS, until).nearest(QUERIES, CENTER, FILTERS, LIMIT)
    assert [ids.tolist() for ids in found] == expected(until)


def test_of_equal_documents_the_lower_ids_are_taken() -> None:
    rows = [VectorRow(pk, 0, packed(DOCUMENTS[0]), ()) for pk in (9, 3, 7, 5)]
    segments = Segments((VectorSegment.of(rows, DIMENSIONS),), DIMENSIONS, 0)
    (found,) = segments.nearest(QUERIES[:1], CENTER, [Asking()], 2)
    assert found.tolist() == [3, 5]


def test_a_table_holds_what_is_asked_for_and_current_in_order() -> None:
    segment = VectorSegment.of(ROWS[:10], DIMENSIONS)
    segment.is_current[2] = False
    later = VectorSegment.of([VectorRow(102, 0, packed(DOCUMENTS[80]), ())], DIMENSIONS)
    table = Segments((segment, later), DIMENSIONS, 9).table(np.array([999, 105, 102]))
    assert table.ids.tolist() == [102, 105]
    assert (table.vectors[0] == DOCUMENTS[80]).all()
    assert Segments((segment, later), DIMENSIONS, 9).table().ids.tolist() == list(range(100, 110))


def test_no_documents_give_no_neighbors() -> None:
    segments = Segments((VectorSegment.of([], DIMENSIONS),), DIMENSIONS, 0)
    assert [ids.size for ids in segments.nearest(QUERIES, CENTER, FILTERS, LIMIT)] == [0] * 5
    assert segments.table().vectors.shape == (0, DIMENSIONS)
    assert Segments((), DIMENSIONS, 0).table().ids.size == 0
