"""How needs compare with the sample: the same bytes as without keeping, and only what is new or changed is computed."""

from typing import Any

import numpy as np
import pytest

from matching.engine import scales
from matching.engine.scales import Scales, cosines_of
from matching.engine.vector_statistics import VectorStatistics
from matching.engine.vectors import VectorTable, moved, whole

DIMENSIONS = 24


def vectors(count: int, seed: int) -> Any:
    return whole(np.random.default_rng(seed).normal(size=(count, DIMENSIONS)))


STATISTICS = VectorStatistics.of(
    "m", VectorTable(np.arange(120), vectors(120, 1)), VectorTable(np.arange(50), vectors(50, 2))
)


@pytest.fixture
def computed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many needs were compared with the sample, each time."""
    counts: list[int] = []
    compare = scales._compared

    def counting(some: Any, frozen: VectorStatistics) -> Any:
        counts.append(len(some))
        return compare(some, frozen)

    monkeypatch.setattr(scales, "_compared", counting)
    return counts


def bytes_of(found: Any) -> list[bytes]:
    return [numbers.tobytes() for numbers in found]


def test_a_scale_is_mean_and_spread_of_the_cosines_with_the_sample() -> None:
    asked = vectors(3, 3)
    found = Scales(STATISTICS).of(np.array([7, 5, 9]), asked)
    queries = moved(asked, STATISTICS.need_center)
    cosines = cosines_of(queries, STATISTICS.sample, STATISTICS.resource_center)
    assert (found.queries == queries).all()
    np.testing.assert_allclose(found.mean, cosines.mean(axis=1), atol=1e-15)
    np.testing.assert_allclose(found.spread, cosines.std(axis=1), atol=1e-15)


def test_what_is_kept_is_not_computed_again_in_any_order(computed: list[int]) -> None:
    kept, ids, asked = Scales(STATISTICS), np.arange(100, 140), vectors(40, 4)
    first = kept.of(ids, asked)
    order = np.random.default_rng(5).permutation(40)[:25]
    again = kept.of(ids[order], asked[order])
    assert computed == [40]
    assert bytes_of(again) == bytes_of(first.take(order))


def test_only_changed_and_new_vectors_are_computed_and_all_numbers_are_those_of_computing_anew(
    computed: list[int],
) -> None:
    kept, ids, asked = Scales(STATISTICS), np.arange(10, 30), vectors(20, 6)
    kept.of(ids, asked)
    later, more = asked.copy(), np.concatenate([np.arange(3, 6), ids])
    later[4] = vectors(1, 7)[0]
    all_vectors = np.concatenate([vectors(3, 8), later])
    found = kept.of(more, all_vectors)
    assert computed == [20, 4]
    assert bytes_of(found) == bytes_of(Scales(STATISTICS).of(more, all_vectors))
    assert bytes_of(kept.of(ids, asked)) == bytes_of(Scales(STATISTICS).of(ids, asked))


def test_no_needs_have_no_scale() -> None:
    assert [len(numbers) for numbers in Scales(STATISTICS).of(np.empty(0, dtype=np.int64), vectors(0, 1))] == [0, 0, 0]
