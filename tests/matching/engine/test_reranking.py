"""What a reranking model says of the best pairs: a bounded part of the score, and nothing where it says nothing."""

from dataclasses import replace

import numpy as np
import pytest

from matching.engine import pipeline
from matching.engine.config import COMPONENTS, DEFAULT, RERANK
from matching.engine.parts import Parts
from matching.engine.pipeline import ChunkResult, rerank
from matching.engine.replaying import Stored, replay
from matching.engine.scoring import combine
from matching.engine.wording import sentence
from tests.matching.engine import worlds
from tests.matching.engine.test_semantics import NEEDS, RESOURCES, match, row_of, semantics_of

COLUMN = COMPONENTS.index(RERANK)


def judged(result: ChunkResult, **values: float) -> ChunkResult:
    """Judge resources of the first need: r1=0.9 is resource 1."""
    judgments = np.full(len(result.pairs), np.nan)
    for name, value in values.items():
        judgments[row_of(result, 0, int(name[1:]))] = value
    return rerank(result, judgments, DEFAULT)


def test_without_judgments_every_number_keeps_its_bits() -> None:
    before = match(NEEDS, semantics_of())
    after = judged(before)
    for name in before.pairs.__slots__:
        assert getattr(before.pairs, name).tobytes() == getattr(after.pairs, name).tobytes()


def test_a_judgment_moves_a_pair_and_changes_no_other() -> None:
    before = match(NEEDS, semantics_of())
    after = judged(before, r1=0.0, r2=1.0)
    assert row_of(before, 0, 1) < row_of(before, 0, 2)
    assert row_of(after, 0, 1) > row_of(after, 0, 2)
    for resource in (3, 4):
        old, new = row_of(before, 0, resource), row_of(after, 0, resource)
        assert before.pairs.score[old] == after.pairs.score[new]
    assert (after.pairs.need_row == before.pairs.need_row).all()
    assert sorted(after.pairs.resource_id.tolist()) == sorted(before.pairs.resource_id.tolist())


def test_contributions_sum_to_the_score_and_the_confidence_stays() -> None:
    before = match(NEEDS, semantics_of())
    after = judged(before, r1=0.9, r3=0.4)
    scores = combine(Parts(after.pairs.parts, after.pairs.known), DEFAULT)
    np.testing.assert_allclose(scores.contributions.sum(axis=1), after.pairs.score, atol=1e-9)
    for resource in (1, 3):
        old, new = row_of(before, 0, resource), row_of(after, 0, resource)
        assert before.pairs.confidence[old] == pytest.approx(after.pairs.confidence[new], abs=1e-12)
        assert scores.contributions[new, COLUMN] > 0


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_a_judgment_decides_no_more_than_its_share_of_the_topic(value: float) -> None:
    before = match(NEEDS, None)
    row = row_of(before, 0, 1)
    after = judged(before, r1=value)
    weight = DEFAULT.weights[COLUMN] * DEFAULT.rerank_share / (before.pairs.confidence[row] * DEFAULT.full_weight)
    assert abs(after.pairs.score[row_of(after, 0, 1)] - before.pairs.score[row]) <= weight + 1e-12


def test_the_bar_is_that_before_any_judgment() -> None:
    before = match(NEEDS, semantics_of(), replace(DEFAULT, keep=3))
    last = [before.pairs.rank_value[before.rows_of(row).stop - 1] for row in range(len(NEEDS))]
    after = rerank(before, np.full(len(before.pairs), 0.99), DEFAULT)
    assert before.bars.tolist() == after.bars.tolist() == last
    assert after.pairs.rank_value.min() > 0


def test_stored_pairs_give_their_judged_scores_back() -> None:
    pairs = judged(match(NEEDS, semantics_of()), r1=0.9, r2=0.1, r3=0.6).pairs
    stored = Stored(pairs.resource_id, pairs.parts, pairs.score, pairs.confidence)
    other = replace(
        DEFAULT, weights=tuple(weight * (2 if place > COLUMN else 1) for place, weight in enumerate(DEFAULT.weights))
    )
    result = replay(stored, DEFAULT, other)
    assert result.is_exact.all()
    expected = combine(Parts(pairs.parts, pairs.known), other)
    np.testing.assert_allclose(result.after.score, expected.score, atol=1e-9)


@pytest.mark.parametrize("share", [-0.1, 0.95, 1.0])
def test_the_share_of_a_model_of_others_is_bounded(share: float) -> None:
    with pytest.raises(ValueError, match="rerank_share"):
        replace(DEFAULT, rerank_share=share)


def test_the_reason_names_the_part_and_says_relevant_in_other_words() -> None:
    resources, needs = worlds.resources_of(RESOURCES[2]), worlds.needs_of(NEEDS[0])
    first = np.zeros(1, dtype=np.int64)
    market = worlds.market_of(RESOURCES)
    (facts,) = pipeline.explain_pairs(needs, resources, first, first, market, np.array([0.8]))
    (plain,) = pipeline.explain_pairs(needs, resources, first, first, market, np.array([np.nan]))
    by_name = {row["component"]: row for row in facts["contributions"]}
    assert by_name[RERANK]["fit"] == 0.8
    assert sum(row["contribution"] for row in facts["contributions"]) == pytest.approx(facts["score"], abs=1e-9)
    assert "用词不同而语义相近" in sentence(facts, "zh")
    assert "Close in meaning, in other words" in sentence(facts, "en")
    assert "Few words in common" in sentence(plain, "en")
