"""Who is proposed to whom: one contract for all solvers, against brute force, scipy and each other."""

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from matching.engine.assignment import SOLVERS, Assignment, Choices, Limits, assign

THRESHOLD = 0.2
TIE = 1e-5
"""What confidence and lower ids may be worth in a whole solution."""

HOME_PENALTY = 2.0


@pytest.fixture(params=sorted(SOLVERS))
def solver(request: pytest.FixtureRequest) -> str:
    return str(request.param)


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
    solver: str,
    *,
    wanted: Any = 1,
    capacity: Any = 1,
    home: NDArray[np.bool_] | None = None,
    minimum: Any = 0,
    new: NDArray[np.bool_] | None = None,
    exposures: int | None = None,
    threshold: float = THRESHOLD,
) -> Assignment:
    """Solve a matrix; numbers stand for all needs or all resources, sequences for each."""
    needs, resources = matrix.shape
    ids = range(1, resources + 1)
    limits = Limits(
        np.broadcast_to(np.asarray(wanted), needs).astype(np.int64),
        dict(zip(ids, np.broadcast_to(np.asarray(capacity), resources).tolist(), strict=True)),
        np.ones(matrix.size, dtype=np.bool_) if home is None else ~home.reshape(-1),
        np.broadcast_to(np.asarray(minimum), needs).astype(np.int64),
        threshold,
        None if new is None else new.reshape(-1),
        None if exposures is None else dict.fromkeys(ids, exposures),
    )
    return assign(choices_of(matrix), limits, solver=solver)


def chosen(matrix: NDArray[np.float64], result: Assignment) -> set[tuple[int, int]]:
    """(need row, resource id) of the chosen pairs."""
    return {(int(pair) // matrix.shape[1], int(pair) % matrix.shape[1] + 1) for pair in result.pair}


def worth(matrix: NDArray[np.float64], result: Assignment, home: NDArray[np.bool_], kept: int, wanted: int) -> float:
    """Total value less what partners at home cost on places kept for other zones."""
    at_home = np.bincount(result.pair // matrix.shape[1], home.reshape(-1)[result.pair], minlength=len(matrix))
    return result.total_value - HOME_PENALTY * float(np.maximum(at_home - (wanted - kept), 0).sum())


class Small:
    """A small market with all kinds of limits, and its best solution: every subset of every need's resources."""

    def __init__(self, seed: int, *, steps: int = 1000) -> None:
        random = np.random.default_rng(seed)
        shape = (int(random.integers(1, 5)), int(random.integers(1, 6)))
        self.matrix = np.round(random.integers(0, steps + 1, shape) / steps, 3)
        self.home, self.new = random.random(shape) < 0.4, random.random(shape) < 0.6
        self.wanted, self.capacity = int(random.integers(1, 4)), int(random.integers(0, 3))
        self.kept, self.exposures = int(random.integers(0, self.wanted + 1)), int(random.integers(0, 3))

    def solved(self, solver: str) -> Assignment:
        limits: dict[str, Any] = {
            "wanted": self.wanted, "capacity": self.capacity, "home": self.home, "minimum": self.kept,
            "new": self.new, "exposures": self.exposures,
        }  # fmt: skip
        return solve(self.matrix, solver, **limits)

    def best(self) -> tuple[int, float]:
        """Needs served and worth of the best solution."""
        best = (0, 0.0)
        for solution in product(*map(self._subsets, range(len(self.matrix)))):
            taken = np.array(solution, dtype=np.bool_)
            if taken.sum(axis=0).max() <= self.capacity and (taken & self.new).sum(axis=0).max() <= self.exposures:
                best = max(best, (int(taken.any(axis=1).sum()), self._worth(taken)))
        return best

    def _subsets(self, need: int) -> list[tuple[bool, ...]]:
        usable = self.matrix[need] >= THRESHOLD
        subsets = product(*[(False, True) if is_usable else (False,) for is_usable in usable])
        return [subset for subset in subsets if sum(subset) <= self.wanted]

    def _worth(self, taken: NDArray[np.bool_]) -> float:
        over = np.maximum((taken & self.home).sum(axis=1) - (self.wanted - self.kept), 0)
        return float(self.matrix[taken].sum() - HOME_PENALTY * over.sum())


def test_the_best_total_beats_the_greedy_choice(solver: str) -> None:
    matrix = np.array([[0.9, 0.8], [0.8, 0.3]])
    assert chosen(matrix, solve(matrix, solver)) == {(0, 2), (1, 1)}


def test_no_need_stays_empty_to_please_another(solver: str) -> None:
    matrix = np.array([[0.9, 0.9, 0.9], [0.21, 0.0, 0.0]])
    assert (1, 1) in chosen(matrix, solve(matrix, solver, wanted=3))


def test_pairs_below_the_threshold_are_never_chosen(solver: str) -> None:
    result = solve(np.array([[0.19]]), solver)
    assert (result.pair.size, result.empty_needs.tolist()) == (0, [0])


@pytest.mark.parametrize("capacity", [0, -1])
def test_a_full_resource_serves_nobody(solver: str, capacity: int) -> None:
    assert solve(np.array([[0.9]]), solver, capacity=capacity).empty_needs.tolist() == [0]


def test_more_partners_wanted_than_there_are(solver: str) -> None:
    assert solve(np.array([[0.9, 0.8]]), solver, wanted=50).pair.tolist() == [0, 1]


def test_places_for_other_zones_are_kept(solver: str) -> None:
    home = np.array([[True, True, False]])
    result = solve(np.array([[0.9, 0.8, 0.3]]), solver, wanted=2, home=home, minimum=1)
    assert result.pair.tolist() == [0, 2]


def test_a_kept_place_stays_free_when_no_other_zone_fits(solver: str) -> None:
    home = np.array([[True, True]])
    assert solve(np.array([[0.9, 0.8]]), solver, wanted=2, home=home, minimum=1).pair.tolist() == [0]


def test_a_need_with_candidates_at_home_only_is_still_served(solver: str) -> None:
    home = np.array([[True, True]])
    assert solve(np.array([[0.9, 0.8]]), solver, wanted=1, home=home, minimum=1).pair.tolist() == [0]


def test_a_resource_is_put_before_no_more_new_needs_than_the_week_allows(solver: str) -> None:
    matrix = np.array([[0.9], [0.8], [0.7]])
    result = solve(matrix, solver, capacity=3, new=np.array([[True], [True], [False]]), exposures=1)
    assert (chosen(matrix, result), result.empty_needs.tolist()) == ({(0, 1), (2, 1)}, [1])
    assert result.held_back.tolist() == [1]


def test_a_worn_out_resource_keeps_its_old_needs_and_the_new_ones_are_told(solver: str) -> None:
    matrix = np.array([[0.9], [0.8]])
    result = solve(matrix, solver, capacity=3, new=np.array([[True], [False]]), exposures=0)
    assert (chosen(matrix, result), result.held_back.tolist()) == ({(1, 1)}, [0])


def test_an_old_need_moves_so_that_a_new_one_can_be_served(solver: str) -> None:
    matrix = np.array([[0.9, 0.5], [0.3, 0.0]])
    new = np.array([[False, False], [True, True]])
    assert chosen(matrix, solve(matrix, solver, new=new, exposures=1)) == {(0, 2), (1, 1)}


def test_equal_values_prefer_confidence_then_the_lower_id(solver: str) -> None:
    pairs = Choices(np.zeros(3, dtype=np.int64), np.array([7, 5, 3]), np.full(3, 0.5), np.array([0.4, 0.9, 0.9]))
    limits = Limits(np.array([2]), {3: 1, 5: 1, 7: 1}, np.ones(3, dtype=np.bool_), np.array([0]), 0.0)
    assert pairs.resource_id[assign(pairs, limits, solver=solver).pair].tolist() == [3, 5]


@pytest.mark.parametrize("held", [[[False, True], [True, False]], [[True, False], [False, True]]])
def test_of_equal_solutions_the_one_that_is_proposed_now_stays(held: list[list[bool]]) -> None:
    """The exact solver; the auction moves pairs among solutions within its certified gap."""
    matrix = np.full((2, 2), 0.5)
    is_held = np.array(held).reshape(-1)
    limits = Limits(
        np.ones(2, dtype=np.int64), {1: 1, 2: 1}, np.ones(4, dtype=np.bool_), np.zeros(2, dtype=np.int64), THRESHOLD,
        is_new=~is_held, exposures={1: 20, 2: 20}, is_held=is_held,
    )  # fmt: skip
    assert assign(choices_of(matrix), limits).pair.tolist() == np.flatnonzero(is_held).tolist()


def test_nothing_to_assign(solver: str) -> None:
    rows, values, flags = np.empty(0, dtype=np.int64), np.empty(0), np.empty(0, dtype=np.bool_)
    limits = Limits(np.array([1]), {}, flags, np.array([1]), 0.0)
    result = assign(Choices(rows, rows, values, values), limits, solver=solver)
    assert (result.pair.size, result.total_value, result.empty_needs.tolist(), result.gap) == (0, 0.0, [0], 0.0)


@pytest.mark.parametrize("value", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("capacity", [0, 1, 2])
def test_all_ties_and_all_zeros_fill_every_place(solver: str, value: float, capacity: int) -> None:
    result = solve(np.full((4, 3), value), solver, wanted=2, capacity=capacity, threshold=0.0)
    served = min(4, 3 * capacity)
    assert (result.pair.size, 4 - result.empty_needs.size) == (min(8, 3 * capacity), served)


def test_an_unknown_solver_is_refused() -> None:
    with pytest.raises(KeyError):
        solve(np.array([[0.9]]), "luck")


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("steps", [4, 1000])
def test_small_markets_are_solved_as_brute_force_solves_them(solver: str, seed: int, steps: int) -> None:
    market = Small(seed, steps=steps)
    served, best = market.best()
    result = market.solved(solver)
    found = worth(market.matrix, result, market.home, market.kept, market.wanted)
    assert len(market.matrix) - result.empty_needs.size == served
    assert best - result.gap - TIE <= found <= best + TIE
    assert solver != "flow" or result.gap == 0.0


@pytest.mark.parametrize("seed", range(4))
def test_six_by_six_with_one_partner_each(solver: str, seed: int) -> None:
    matrix = np.round(np.random.default_rng(seed).random((6, 6)) * 0.8 + 0.2, 3)
    rows, columns = linear_sum_assignment(matrix, maximize=True)
    result = solve(matrix, solver)
    best = matrix[rows, columns].sum()
    assert best - result.gap - TIE <= result.total_value <= best + TIE


@pytest.mark.parametrize("shape", [(60, 40), (40, 60), (200, 50)])
def test_larger_markets_agree_with_scipy_within_the_certified_gap(solver: str, shape: tuple[int, int]) -> None:
    matrix = np.round(np.random.default_rng(7).random(shape) * 0.8 + 0.2, 4)
    expanded = np.repeat(matrix, 3, axis=1)
    rows, columns = linear_sum_assignment(expanded, maximize=True)
    result, best = solve(matrix, solver, capacity=3), expanded[rows, columns].sum()
    assert best - result.gap - 1e-3 <= result.total_value <= best + 1e-3
    assert result.gap <= 0.002 * best
    assert len(matrix) - result.empty_needs.size == min(len(matrix), 3 * matrix.shape[1])


@pytest.mark.parametrize("seed", range(6))
def test_solvers_agree_on_scarce_markets_with_floors(seed: int) -> None:
    random = np.random.default_rng(seed)
    matrix, home = np.round(random.random((80, 30)), 4), random.random((80, 30)) < 0.5
    limits: dict[str, Any] = {"wanted": 3, "capacity": 2, "home": home, "minimum": 1, "threshold": 0.7}
    exact, bid = (solve(matrix, name, **limits) for name in ("flow", "auction"))
    assert exact.empty_needs.size == bid.empty_needs.size
    best, found = (worth(matrix, result, home, 1, 3) for result in (exact, bid))
    assert best - bid.gap - 1e-3 <= found <= best + 1e-3


markets = st.tuples(st.integers(1, 6), st.integers(1, 6)).flatmap(
    lambda shape: st.lists(
        st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


@pytest.mark.parametrize("name", sorted(SOLVERS))
@settings(max_examples=60)
@given(
    rows=markets,
    wanted=st.integers(0, 8),
    capacity=st.integers(0, 3),
    minimum=st.integers(0, 3),
    seed=st.integers(0, 99),
)
def test_promises_hold_in_any_market(
    name: str, rows: list[list[float]], wanted: int, capacity: int, minimum: int, seed: int
) -> None:
    matrix = np.array(rows)
    home = np.random.default_rng(seed).random(matrix.shape) < 0.5
    result = solve(matrix, name, wanted=wanted, capacity=capacity, home=home, minimum=minimum)
    taken = np.zeros(matrix.size, dtype=np.bool_)
    taken[result.pair] = True
    partners = taken.reshape(matrix.shape)
    assert partners.sum(axis=1).max() <= wanted
    assert partners.sum(axis=0).max() <= capacity
    assert (matrix[partners] >= THRESHOLD).all()
    at_home = (partners & home).sum(axis=1)
    assert (at_home <= np.maximum(wanted - min(minimum, wanted), 1)).all()
    again = solve(matrix, name, wanted=wanted, capacity=capacity, home=home, minimum=minimum)
    assert again.pair.tobytes() == result.pair.tobytes()


@pytest.mark.parametrize("name", sorted(SOLVERS))
@settings(max_examples=60)
@given(rows=markets, seed=st.integers(0, 2**32 - 1))
def test_the_order_of_pairs_does_not_matter(name: str, rows: list[list[float]], seed: int) -> None:
    matrix = np.array(rows)
    pairs = choices_of(matrix)
    order = np.random.default_rng(seed).permutation(matrix.size)
    shuffled = pairs.take(order)
    flags, wanted = np.ones(matrix.size, dtype=np.bool_), np.full(len(matrix), 2)
    limits = Limits(wanted, dict.fromkeys(range(1, 7), 1), flags, np.zeros_like(wanted), THRESHOLD)
    results = [(some, assign(some, limits, solver=name)) for some in (pairs, shuffled)]
    found = [
        list(zip(some.need_row[result.pair].tolist(), some.resource_id[result.pair].tolist(), strict=True))
        for some, result in results
    ]
    assert found[0] == found[1]
