"""Who is proposed to whom: against brute force, and the promises in properties."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from matching.engine.assignment import Assignment, Choices, assign

THRESHOLD = 0.2


def choices_of(matrix: NDArray[np.float64]) -> Choices:
    """All pairs of a needs × resources matrix of rank values; resource ids are 1, 2, …"""
    needs, resources = matrix.shape
    return Choices(
        np.repeat(np.arange(needs), resources),
        np.tile(np.arange(1, resources + 1), needs),
        matrix.reshape(-1),
        np.full(matrix.size, 0.5),
    )


def solve(
    matrix: NDArray[np.float64],
    *,
    wanted: int = 1,
    capacity: int = 1,
    other: NDArray[np.bool_] | None = None,
    minimum: int = 0,
) -> Assignment:
    pairs = choices_of(matrix)
    return assign(
        pairs,
        np.full(len(matrix), wanted),
        dict.fromkeys(range(1, matrix.shape[1] + 1), capacity),
        is_other_zone=np.ones(matrix.size, dtype=np.bool_) if other is None else other.reshape(-1),
        minimum_other_zone=np.full(len(matrix), minimum),
        threshold=THRESHOLD,
    )


def chosen(matrix: NDArray[np.float64], wanted: int = 1) -> set[tuple[int, int]]:
    pairs = choices_of(matrix)
    return {(int(pairs.need_row[pair]), int(pairs.resource_id[pair])) for pair in solve(matrix, wanted=wanted).pair}


def brute_force(matrix: NDArray[np.float64], wanted: int, capacity: int) -> tuple[int, float]:
    """Needs served and total value of the best solution: every subset of every need's resources is tried."""
    needs, resources = matrix.shape
    subsets = [
        [s for s in range(1 << resources) if s.bit_count() <= wanted and _usable(matrix[need], s)]
        for need in range(needs)
    ]
    best = (0, 0.0)
    for solution in product(*subsets):
        load = [sum(s >> resource & 1 for s in solution) for resource in range(resources)]
        if max(load) <= capacity:
            value = sum(matrix[need, r] for need, s in enumerate(solution) for r in range(resources) if s >> r & 1)
            best = max(best, (sum(s > 0 for s in solution), value))
    return best


def _usable(row: NDArray[np.float64], subset: int) -> bool:
    return all(row[resource] >= THRESHOLD for resource in range(row.size) if subset >> resource & 1)


def test_the_best_total_beats_the_greedy_choice() -> None:
    matrix = np.array([[0.9, 0.8], [0.8, 0.3]])
    assert chosen(matrix) == {(0, 2), (1, 1)}


def test_no_need_stays_empty_to_please_another() -> None:
    matrix = np.array([[0.9, 0.9, 0.9], [0.21, 0.0, 0.0]])
    assert (1, 1) in chosen(matrix, wanted=3)


def test_pairs_below_the_threshold_are_never_chosen() -> None:
    result = solve(np.array([[0.19]]))
    assert result.pair.size == 0
    assert result.empty_needs.tolist() == [0]


def test_a_full_resource_serves_nobody() -> None:
    assert solve(np.array([[0.9]]), capacity=0).empty_needs.tolist() == [0]


def test_more_partners_wanted_than_there_are() -> None:
    assert solve(np.array([[0.9, 0.8]]), wanted=50).pair.tolist() == [0, 1]


def test_places_for_other_zones_are_kept() -> None:
    other = np.array([[False, False, True]])
    result = solve(np.array([[0.9, 0.8, 0.3]]), wanted=2, other=other, minimum=1)
    assert result.pair.tolist() == [0, 2]


def test_a_kept_place_stays_free_when_no_other_zone_fits() -> None:
    other = np.array([[False, False]])
    assert solve(np.array([[0.9, 0.8]]), wanted=2, other=other, minimum=1).pair.tolist() == [0]


def test_a_need_with_candidates_at_home_only_is_still_served() -> None:
    other = np.array([[False, False]])
    assert solve(np.array([[0.9, 0.8]]), wanted=1, other=other, minimum=1).pair.tolist() == [0]


def test_equal_values_prefer_confidence_then_the_lower_id() -> None:
    pairs = Choices(np.zeros(3, dtype=np.int64), np.array([7, 5, 3]), np.full(3, 0.5), np.array([0.4, 0.9, 0.9]))
    result = assign(
        pairs,
        np.array([2]),
        {3: 1, 5: 1, 7: 1},
        is_other_zone=np.ones(3, dtype=np.bool_),
        minimum_other_zone=np.array([0]),
        threshold=0.0,
    )
    assert pairs.resource_id[result.pair].tolist() == [3, 5]


def test_nothing_to_assign() -> None:
    rows, values = np.empty(0, dtype=np.int64), np.empty(0)
    empty = Choices(rows, rows, values, values)
    result = assign(
        empty,
        np.array([1]),
        {},
        is_other_zone=np.empty(0, dtype=np.bool_),
        minimum_other_zone=np.array([1]),
        threshold=0.0,
    )
    assert (result.pair.size, result.total_value, result.empty_needs.tolist()) == (0, 0.0, [0])


@pytest.mark.parametrize("seed", range(12))
def test_small_markets_are_solved_as_brute_force_solves_them(seed: int) -> None:
    random = np.random.default_rng(seed)
    matrix = np.round(random.random((int(random.integers(1, 5)), int(random.integers(1, 6)))), 3)
    wanted, capacity = int(random.integers(1, 4)), int(random.integers(1, 3))
    served, value = brute_force(matrix, wanted, capacity)
    result = solve(matrix, wanted=wanted, capacity=capacity)
    assert len(matrix) - result.empty_needs.size == served
    assert result.total_value == pytest.approx(value, abs=1e-4)


def test_six_by_six_with_one_partner_each() -> None:
    matrix = np.round(np.random.default_rng(99).random((6, 6)), 3)
    served, value = brute_force(matrix, 1, 1)
    result = solve(matrix)
    assert (6 - result.empty_needs.size, round(result.total_value, 3)) == (served, round(value, 3))


markets = st.tuples(st.integers(1, 6), st.integers(1, 6)).flatmap(
    lambda shape: st.lists(
        st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


@settings(deadline=None)
@given(markets, st.integers(0, 3), st.integers(0, 3))
def test_promises_hold_in_any_market(rows: list[list[float]], wanted: int, capacity: int) -> None:
    matrix = np.array(rows)
    pairs, result = choices_of(matrix), solve(matrix, wanted=wanted, capacity=capacity)
    assert np.bincount(pairs.need_row[result.pair], minlength=1).max() <= wanted
    assert np.bincount(pairs.resource_id[result.pair], minlength=1).max() <= capacity
    assert (pairs.rank_value[result.pair] >= THRESHOLD).all()
    assert result.pair.tolist() == solve(matrix, wanted=wanted, capacity=capacity).pair.tolist()


@settings(deadline=None)
@given(markets, st.integers(0, 2**32 - 1))
def test_the_order_of_pairs_does_not_matter(rows: list[list[float]], seed: int) -> None:
    matrix = np.array(rows)
    pairs = choices_of(matrix)
    order = np.random.default_rng(seed).permutation(matrix.size)
    shuffled = Choices(
        pairs.need_row[order], pairs.resource_id[order], pairs.rank_value[order], pairs.confidence[order]
    )
    arguments = {
        "is_other_zone": np.ones(matrix.size, dtype=np.bool_),
        "minimum_other_zone": np.zeros(len(matrix), int),
    }
    results = [
        assign(some, np.full(len(matrix), 2), dict.fromkeys(range(1, 7), 1), threshold=THRESHOLD, **arguments)
        for some in (pairs, shuffled)
    ]
    found = [
        list(zip(some.need_row[result.pair].tolist(), some.resource_id[result.pair].tolist(), strict=True))
        for some, result in zip((pairs, shuffled), results, strict=True)
    ]
    assert found[0] == found[1]
