"""Every component of the score is explained, bounded, and the page says what the code does."""

from pathlib import Path

import numpy as np

from matching.engine import pipeline
from matching.engine.components import COMPONENTS_EXPLAINED, components_table
from matching.engine.config import COMPONENTS, DEFAULT
from matching.engine.retrieval import HALF_SCORE, LONG_NEED_CHARACTERS
from tests.matching.engine.cases import read_cases
from tests.matching.engine.worlds import market_of, needs_of, resources_of

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-matching-works.md"


def test_the_page_holds_the_table_of_all_components() -> None:
    assert components_table() in PAGE.read_text(encoding="utf-8")


def test_every_component_of_the_score_is_explained() -> None:
    explained = [one.name for one in COMPONENTS_EXPLAINED]
    assert sorted(set(COMPONENTS) - set(explained)) == []
    assert [name for name in COMPONENTS if name in explained] == [name for name in explained if name in COMPONENTS]


def test_the_numbers_of_the_table_are_those_of_the_settings() -> None:
    table = components_table()
    numbers = (
        f"+ {HALF_SCORE})", f"{LONG_NEED_CHARACTERS} characters", f"to {DEFAULT.item_gain} of",
        f"{DEFAULT.same_zone} in the same zone", f"{DEFAULT.cross_zone_bonus} + {1 - DEFAULT.cross_zone_bonus:g}",
        f"{DEFAULT.same_network:g} network, {DEFAULT.same_alliance} alliance, {DEFAULT.same_region_group} region",
        f"{DEFAULT.other_zone} other", f"accepted + {DEFAULT.track_prior_accepted:g}",
        f"days / {DEFAULT.freshness_half_life_days:g}", f"z / {DEFAULT.semantic_ceiling:g},",
        f"takes {DEFAULT.semantic_short:g} of",
        f"up to {LONG_NEED_CHARACTERS} characters, {DEFAULT.semantic_long:g} in longer",
    )  # fmt: skip
    assert [number for number in numbers if number not in table] == []


def test_parts_are_known_and_bounded_or_unknown() -> None:
    market = read_cases()
    needs, resources = needs_of(*(case.need for case in market.cases)), resources_of(*market.resources)
    pairs = pipeline.score_all(needs, resources, market_of(market.resources)).pairs
    unknown = np.isnan(pairs.parts)
    assert ((pairs.known == 0) == unknown).all()
    assert ((pairs.parts[~unknown] >= 0) & (pairs.parts[~unknown] <= 1)).all()
