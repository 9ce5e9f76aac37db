"""What decisions teach: other weights, and only when they are certainly better."""

from dataclasses import replace

import numpy as np
import pytest

from matching.engine.calibration import sigmoid
from matching.engine.config import COMPONENTS
from matching.engine.exploration import explored
from matching.engine.learning import (
    Decisions,
    Split,
    judge_weights,
    learn_weights,
    ndcg_of_needs,
    split_by_time,
)
from matching.engine.parts import Parts
from matching.engine.records import DEFAULT, ScoringConfig
from matching.engine.scoring import combine

TEXT, METRIC = COMPONENTS.index("text"), COMPONENTS.index("metric")
SEED = 11


def decisions(needs: int, weights: tuple[float, ...] = DEFAULT.weights, *, seed: int = SEED) -> Decisions:
    """Five decisions per need by somebody for whom components weigh so much."""
    rng = np.random.default_rng(seed)
    value = rng.random((needs * 5, len(COMPONENTS)))
    parts = Parts(value, np.ones_like(value))
    liking = combine(parts, replace(DEFAULT, weights=weights)).score
    grade = (rng.random(needs * 5) < sigmoid(30 * (liking - 0.5))).astype(np.float64)
    return Decisions(np.repeat(np.arange(needs), 5), parts, grade)


def only(*columns: int) -> tuple[float, ...]:
    """Weights that ask for nothing else."""
    return tuple(1.0 if column in columns else 0.0 for column in range(len(COMPONENTS)))


def learned_from(given: Decisions) -> ScoringConfig:
    learned = learn_weights(given, DEFAULT)
    assert learned is not None
    return learned


def test_weights_move_towards_what_people_look_at() -> None:
    learned = learned_from(decisions(200, only(METRIC)))
    assert learned.weights[METRIC] > 1.5 * DEFAULT.weights[METRIC]
    assert learned.weights[TEXT] < DEFAULT.weights[TEXT]


def test_the_sum_of_the_weights_is_kept_and_none_is_negative() -> None:
    learned = learned_from(decisions(400, only(METRIC)))
    assert sum(learned.weights) == pytest.approx(sum(DEFAULT.weights))
    assert min(learned.weights) >= 0


def test_everything_but_the_weights_stays() -> None:
    learned = learned_from(decisions(100))
    assert replace(learned, weights=DEFAULT.weights) == DEFAULT


@pytest.mark.parametrize("grade", [0.0, 1.0])
def test_decisions_that_are_all_alike_teach_nothing(grade: float) -> None:
    given = decisions(50)
    assert learn_weights(replace(given, grade=np.full(len(given), grade)), DEFAULT) is None


def test_fewer_than_twenty_needs_teach_nothing() -> None:
    assert learn_weights(decisions(19), DEFAULT) is None
    assert learn_weights(decisions(20), DEFAULT) is not None


def test_people_who_like_what_scores_low_teach_nothing() -> None:
    given = decisions(100)
    contrary = replace(given, grade=1.0 - given.grade)
    assert learn_weights(contrary, DEFAULT) is None


def test_the_same_decisions_give_the_same_weights() -> None:
    assert learn_weights(decisions(60), DEFAULT) == learn_weights(decisions(60), DEFAULT)


def test_a_later_need_is_never_trained_on() -> None:
    given = decisions(20)
    shuffled = given.take(np.random.default_rng(3).permutation(len(given)))
    split = split_by_time(shuffled)
    train, test = set(split.train.need.tolist()), set(split.test.need.tolist())
    assert len(train) == 14
    assert train.isdisjoint(test)
    first = {need: int(np.flatnonzero(shuffled.need == need)[0]) for need in range(20)}
    assert max(first[need] for need in train) < min(first[need] for need in test)


def test_the_guard_lets_better_weights_pass() -> None:
    split = split_by_time(decisions(300, only(METRIC)))
    verdict = judge_weights(split, DEFAULT, learned_from(split.train), seed=SEED)
    assert verdict.gain.low > 0
    assert verdict.is_promoted


def test_the_guard_refuses_worse_weights() -> None:
    split = split_by_time(decisions(300))
    verdict = judge_weights(split, DEFAULT, replace(DEFAULT, weights=only(TEXT)), seed=SEED)
    assert verdict.gain.high < 0
    assert not verdict.is_promoted


def test_the_guard_refuses_what_is_no_different() -> None:
    split = split_by_time(decisions(100))
    assert not judge_weights(split, DEFAULT, DEFAULT, seed=SEED).is_promoted


def test_the_guard_refuses_a_gain_on_few_needs() -> None:
    given = decisions(200, only(METRIC))
    few = Split(given, given.take(np.flatnonzero(given.need < 9)))
    assert not judge_weights(few, replace(DEFAULT, weights=only(TEXT)), learned_from(given), seed=SEED).is_promoted


def test_only_decided_pairs_are_ranked() -> None:
    value = np.full((3, len(COMPONENTS)), 0.5)
    value[:, TEXT] = [0.9, 0.5, 0.1]
    given = Decisions(np.zeros(3, dtype=np.int64), Parts(value, np.ones_like(value)), np.array([0.0, 0.0, 1.0]))
    assert ndcg_of_needs(given, DEFAULT) == [pytest.approx(1 / np.log2(4))]
    assert ndcg_of_needs(replace(given, grade=np.zeros(3)), DEFAULT) == []


def test_exploration_is_the_same_for_the_same_run_and_another_for_the_next() -> None:
    places = list(range(5, 50))
    first = explored(places, 2, need_id=1, seed="a")
    assert first == explored(places, 2, need_id=1, seed="a")
    assert len(first) == 2
    assert set(first) <= set(places)
    assert len({tuple(explored(places, 2, need_id=1, seed=str(seed))) for seed in range(20)}) > 10
    assert explored([], 2, need_id=1, seed="a") == []
    assert explored(places, 0, need_id=1, seed="a") == []


def test_exploration_reaches_every_place() -> None:
    seen = {place for need in range(400) for place in explored(range(5, 15), 1, need_id=need, seed="a")}
    assert seen == set(range(5, 15))
