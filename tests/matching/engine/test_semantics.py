"""Meaning besides words: exact numbers that depend on the pair and the run only, and nothing at all without vectors."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from matching.engine import pipeline
from matching.engine.config import COMPONENTS, DEFAULT, ScoringConfig
from matching.engine.facts import NeedFacts, ResourceFacts
from matching.engine.parts import Parts
from matching.engine.pipeline import ChunkResult, match_chunk, reverse
from matching.engine.scales import cosines_of
from matching.engine.scoring import combine
from matching.engine.vector_statistics import Semantics, VectorStatistics
from matching.engine.vectors import (
    SCALE,
    VectorTable,
    moved,
    packed,
    products,
    text_hash,
    text_of,
    whole,
)
from tests.matching.engine import worlds

DIMENSIONS = 48
SEMANTIC, TEXT = COMPONENTS.index("semantic"), COMPONENTS.index("text")


def vector_of(text: str) -> NDArray[np.int16]:
    """A vector that knows topics, not words: a direction per topic and a little of the text's own."""
    topics = {"检测": 1, "inspection": 1, "焊接": 2, "welding": 2, "其他": 3}
    total = 0.4 * np.random.default_rng(int.from_bytes(text_hash(text)[:4], "little")).normal(size=DIMENSIONS)
    for word, seed in topics.items():
        if word in text:
            total = total + 1.5 * np.random.default_rng(seed).normal(size=DIMENSIONS)
    found: NDArray[np.int16] = whole(total[None, :])[0]
    return found


def table_of(facts: Sequence[NeedFacts | ResourceFacts]) -> VectorTable:
    return VectorTable.of([(fact.id, packed(vector_of(text_of(fact)))) for fact in facts], DIMENSIONS)


@dataclass(frozen=True)
class Everything:
    """A source that proposes every document it is given, nearest or not."""

    ids: tuple[int, ...]

    def nearest(self, queries: Any, center: Any, filters: Sequence[Any], limit: int) -> list[NDArray[np.int64]]:
        return [np.array(self.ids, dtype=np.int64)[:limit] for _ in filters]


RESOURCES = (
    worlds.make_resource(id=1),
    worlds.make_resource(id=2, title="激光焊接平台", keywords=(), text="激光焊接。"),
    worlds.make_resource(id=3, title="Wafer inspection system", keywords=(), text="Inspection of wafers and films."),
    worlds.make_resource(id=4, title="Welding robot", keywords=(), text="Welding of steel."),
    *worlds.OTHERS[:30],
)
NEEDS = tuple(
    worlds.make_need(id=number, title=f"{topic}需求{number}", keywords=(), text=f"求{topic}。")
    for number, topic in enumerate(["缺陷检测", "激光焊接", "外延片检测", "无损检测", "焊接"], start=1)
)


def semantics_of(resources: Sequence[ResourceFacts] = RESOURCES, needs: Sequence[NeedFacts] = NEEDS) -> Semantics:
    vectors, asked = table_of(resources), table_of(needs)
    statistics, source = VectorStatistics.of("test", asked, vectors), Everything(tuple(fact.id for fact in resources))
    return Semantics(statistics, asked, lambda ids: vectors, source)


def match(
    needs: Sequence[NeedFacts], semantics: Semantics | None, config: ScoringConfig = DEFAULT, words: int = 1_000
) -> ChunkResult:
    shelf = worlds.Shelf(RESOURCES[:words])
    whole_shelf = worlds.Shelf(RESOURCES)
    statistics = worlds.statistics_of(RESOURCES)
    surroundings = (worlds.geography(), worlds.codes(), config, worlds.TODAY)
    return match_chunk(worlds.needs_of(*needs), shelf, whole_shelf.load, statistics, *surroundings, semantics)


def row_of(result: ChunkResult, need_row: int, resource: int) -> int:
    rows = range(len(result.pairs))
    return next(
        row for row in rows if result.pairs.need_row[row] == need_row and result.pairs.resource_id[row] == resource
    )


def numbers(result: ChunkResult, need_row: int) -> list[tuple[int, bytes]]:
    rows = range(*result.rows_of(need_row).indices(len(result.pairs)))
    return [
        (int(result.pairs.resource_id[row]), result.pairs.parts[row].tobytes() + result.pairs.score[row].tobytes())
        for row in rows
    ]


def test_sums_are_exact_whatever_stands_beside_a_vector() -> None:
    random = np.random.default_rng(3)
    left, right = (whole(random.normal(size=(size, 384))) for size in (37, 211))
    exact = left.astype(np.int64) @ right.astype(np.int64).T
    assert (products(left, right) == exact).all()
    assert products(left[:1], right[5:6])[0, 0] == exact[0, 5]
    assert np.abs(exact).max() <= 4096**2


def test_a_cosine_keeps_four_digits_as_whole_numbers() -> None:
    random = np.random.default_rng(5)
    vectors = random.normal(size=(20, 384))
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    center = np.zeros(384, dtype=np.int16)
    np.testing.assert_allclose(cosines_of(whole(vectors), whole(vectors), center), unit @ unit.T, atol=5e-4)
    assert np.abs(whole(vectors).astype(float) / SCALE - unit).max() <= 0.5 / SCALE + 1e-12


def test_moving_a_vector_takes_the_center_away() -> None:
    random = np.random.default_rng(6)
    vectors, center = whole(random.normal(size=(9, 64))), whole(random.normal(size=(1, 64)))[0] // 2
    rest = vectors.astype(float) - center
    expected = rest / np.linalg.norm(rest, axis=1, keepdims=True)
    np.testing.assert_allclose(moved(vectors, center) / SCALE, expected, atol=2e-4)


def test_a_text_is_said_once_and_known_again() -> None:
    need = worlds.make_need(title="氮化镓检测", keywords=("氮化镓",), text="氮化镓检测。需要无损检测")
    assert text_of(need) == "氮化镓检测\n氮化镓\n需要无损检测"
    assert text_of(worlds.make_resource(title="甲", keywords=(), text="", items=("乙", "丙"))) == "甲\n乙、丙"
    assert text_hash("a") == text_hash("a") != text_hash("b")


def test_a_pair_has_the_same_numbers_alone_and_in_any_company() -> None:
    together = match(NEEDS, semantics_of())
    for row, need in enumerate(NEEDS):
        assert numbers(match([need], semantics_of()), 0) == numbers(together, row)
    backward = match(NEEDS[::-1], semantics_of())
    assert numbers(backward, 0) == numbers(together, len(NEEDS) - 1)


def test_the_reverse_direction_gives_the_same_numbers() -> None:
    forward, needs = match(NEEDS, semantics_of()), worlds.needs_of(*NEEDS)
    surroundings = (worlds.statistics_of(RESOURCES), worlds.geography(), worlds.codes(), DEFAULT, worlds.TODAY)
    for resource in RESOURCES[:4]:
        ranks = reverse(worlds.resources_of(resource), needs, *surroundings, semantics=semantics_of())
        for row in range(len(NEEDS)):
            assert ranks[row, 0] == forward.pairs.rank_value[row_of(forward, row, resource.id)]


def test_contributions_sum_to_the_score_and_meaning_is_one_of_them() -> None:
    result = match(NEEDS, semantics_of())
    scores = combine(Parts(result.pairs.parts, result.pairs.known), DEFAULT)
    np.testing.assert_allclose(scores.contributions.sum(axis=1), result.pairs.score, atol=1e-9)
    assert scores.contributions[row_of(result, 0, 1), SEMANTIC] > 0


@pytest.mark.parametrize("missing", [
    {"needs": VectorTable.of([], DIMENSIONS)},
    {"load": lambda ids: VectorTable.of([], DIMENSIONS)},
    {"statistics": VectorStatistics.of("test", table_of(NEEDS), table_of(RESOURCES[:3]))},
], ids=["of the needs", "of the resources", "enough to compare with"])  # fmt: skip
def test_without_vectors_every_number_is_that_of_words_alone(missing: dict[str, Any]) -> None:
    words, without = match(NEEDS, None), match(NEEDS, replace(semantics_of(), **missing))
    for name in ("resource_id", "parts", "known", "score", "confidence", "rank_value"):
        assert getattr(words.pairs, name).tobytes() == getattr(without.pairs, name).tobytes()
    assert np.isnan(without.pairs.parts[:, SEMANTIC]).all()
    assert (without.pairs.known[:, SEMANTIC] == 0).all()


def test_meaning_neither_raises_nor_lowers_the_confidence() -> None:
    words, both = match(NEEDS, None), match(NEEDS, semantics_of())
    for resource in (1, 2, 3):
        confidences = [result.pairs.confidence[row_of(result, 0, resource)] for result in (words, both)]
        assert confidences[0] == pytest.approx(confidences[1], abs=1e-12)


def test_short_needs_trust_meaning_more_and_other_scripts_entirely() -> None:
    long = replace(NEEDS[0], id=99, text="求缺陷检测与各种设备的服务。" * 10)
    both = match([NEEDS[0], long], semantics_of(needs=(*NEEDS, long)))
    for row, resource, share in ((0, 1, 0.7), (1, 1, 0.25), (0, 3, 1.0), (1, 3, 1.0)):
        place = row_of(both, row, resource)
        assert both.pairs.known[place, SEMANTIC] == pytest.approx(share)
        assert both.pairs.known[place, TEXT] == pytest.approx(1 - share)


def test_a_chinese_need_finds_the_english_resource_of_its_topic_which_words_do_not_propose() -> None:
    result = match(NEEDS[:1], semantics_of(), words=1)
    ranked = [int(pk) for pk in result.pairs.resource_id]
    assert 3 in ranked
    assert ranked.index(3) < ranked.index(4)
    assert 3 not in [int(pk) for pk in match(NEEDS[:1], None, words=1).pairs.resource_id]


def test_statistics_survive_their_bytes_and_the_order_of_their_rows() -> None:
    made = VectorStatistics.of("model", table_of(NEEDS), table_of(RESOURCES))
    again = VectorStatistics.of("model", table_of(NEEDS[::-1]), table_of(RESOURCES[::-1]))
    assert made.to_bytes() == again.to_bytes()
    read = VectorStatistics.from_bytes(made.to_bytes())
    assert (read.model, read.to_bytes()) == ("model", made.to_bytes())


def test_needs_are_centered_from_a_hundred_on() -> None:
    many = [worlds.make_need(id=number, title=f"检测{number}") for number in range(100)]
    few, enough = (VectorStatistics.of("m", table_of(some), table_of(RESOURCES)) for some in (many[:99], many))
    assert not few.need_center.any()
    assert enough.need_center.any()


def test_the_reason_speaks_of_meaning_where_words_are_not_shared() -> None:
    resources, needs = worlds.resources_of(RESOURCES[2]), worlds.needs_of(NEEDS[0])
    market = replace(worlds.market_of(RESOURCES), semantics=semantics_of())
    facts = pipeline.explain_pair(needs, resources, market)
    by_name = {row["component"]: row for row in facts["contributions"]}
    assert by_name["text"]["fit"] is None
    assert by_name["semantic"]["contribution"] > 0
    assert sum(row["contribution"] for row in facts["contributions"]) == pytest.approx(facts["score"], abs=1e-9)
