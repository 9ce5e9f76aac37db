"""Every kind of fact an explanation is made of, and who may read it: two worlds that differ in one hidden fact tell the
same.
"""

from typing import Any

import numpy as np
import pytest

from matching.engine.config import COMPONENTS, DEFAULT
from matching.engine.parts import Parts
from matching.engine.scoring import combine, combine_told
from matching.engine.wording import COMPONENT_LABELS
from matching.models import Match
from matching.services.explanations import Explanation, explain
from tests.builders import make_facts, make_match, make_need, make_resource
from tests.conftest import World
from zones.scoping import scope_of

BOTH, NEED_SIDE, RESOURCE_SIDE = "both", "need side", "resource side"
READERS = {"ana": NEED_SIDE, "eve": NEED_SIDE, "auditor": NEED_SIDE, "bo": RESOURCE_SIDE, "lin": RESOURCE_SIDE}
WHO_READS_COMPONENT = dict.fromkeys(COMPONENTS, BOTH) | {"budget": NEED_SIDE}
NUMBERS = ("score", "confidence")
"""Of a match: each has a twin without the budget."""
WHO_READS_CHANGE = {
    "confirm_metric": BOTH,
    "relax_metric": BOTH,
    "relax_trl": BOTH,
    "reconfirm": BOTH,
    "extend_deadline": BOTH,
    "raise_budget": NEED_SIDE,
}
METRIC = {"name": "分辨率", "is_must": True, "need": "≤ 5 nm", "offer": "1 nm", "verdict": "ok"}
PUBLIC_FACTS: dict[str, Any] = {
    "terms": [{"term": "晶圆", "share": 1.0}],
    "codes": [{"scheme": "industries", "need": "1.1", "resource": "1.1", "similarity": 1.0}],
    "metrics": [METRIC],
    "items": ["扫描电子显微镜"],
    "trl": {"need": 6, "offer": 4},
    "zones": {"is_cross_zone": True, "relation": "same_alliance"},
}
UNTOLD = {"rank_value", "modes"}
"""Stored and told to nobody: rank values tell of other candidates, modes are told as a component."""


@pytest.fixture
def match(world: World) -> Match:
    need = make_need(organization=world.enterprise, visibility="national")
    return make_match(need, make_resource(organization=world.laboratory))


def told(world: World, match: Match, person: str) -> Explanation:
    return explain(match, principal=scope_of(getattr(world, person)), language="zh-hans")


def facts_of(fits: dict[str, float | None]) -> dict[str, Any]:
    """What the engine says of a pair of these fits, half of everything else fitting."""
    value = np.array([[fits.get(name, 0.5) for name in COMPONENTS]], dtype=np.float64)
    parts = Parts(value, (~np.isnan(value)).astype(np.float64))
    whole, told = combine(parts, DEFAULT), combine_told(parts, DEFAULT)
    shares, told_shares = whole.contributions[0].tolist(), told.contributions[0].tolist()
    rows = [
        {
            "component": name, "weight": DEFAULT.weights[column], "known": float(parts.known[0, column]),
            "fit": fits.get(name, 0.5), "contribution": shares[column], "told": told_shares[column],
        }
        for column, name in enumerate(COMPONENTS)
    ]  # fmt: skip
    numbers = {"score": float(whole.score[0]), "confidence": float(whole.confidence[0])}
    twins = {"told_score": float(told.score[0]), "told_confidence": float(told.confidence[0])}
    return make_facts(0.5, contributions=rows) | numbers | twins


def in_world(match: Match, facts: dict[str, Any]) -> Match:
    """The match as a run that found these facts would have stored it."""
    match.facts, match.contributions = facts, facts["contributions"]
    for name in (*NUMBERS, *(f"told_{name}" for name in NUMBERS)):
        setattr(match, name, facts[name])
    return match


def reads(person: str, rule: str) -> bool:
    return rule in (BOTH, READERS[person])


def test_every_component_and_every_fact_has_a_rule() -> None:
    assert set(WHO_READS_COMPONENT) == set(COMPONENT_LABELS) >= set(COMPONENTS)
    numbers = {*NUMBERS, *(f"told_{name}" for name in NUMBERS)}
    kinds = set(make_facts(0.5)) - numbers - {"contributions", "counterfactual", "told_counterfactual"}
    assert kinds == set(PUBLIC_FACTS) | UNTOLD


@pytest.mark.parametrize("person", READERS)
def test_hidden_components_are_not_told_and_the_parts_sum_to_what_is(world: World, match: Match, person: str) -> None:
    answer = told(world, in_world(match, facts_of({"budget": 0.1, "mode": None})), person)
    hidden = {name for name, rule in WHO_READS_COMPONENT.items() if not reads(person, rule)}
    assert {part.name for part in answer.contributions} == set(COMPONENTS) - hidden
    assert sum(part.value for part in answer.contributions) == pytest.approx(answer.score, abs=1e-9)
    assert (answer.score == match.score) is reads(person, NEED_SIDE)


@pytest.mark.parametrize("component", COMPONENTS)
@pytest.mark.parametrize("person", READERS)
def test_worlds_that_differ_in_one_component_are_told_apart_by_those_who_may_read_it(
    world: World, match: Match, person: str, component: str
) -> None:
    answers = [told(world, in_world(match, facts_of({component: fit})), person) for fit in (0.1, 0.9, None)]
    assert (answers[0] != answers[1]) is reads(person, WHO_READS_COMPONENT[component])
    assert (answers[0] != answers[2]) is reads(person, WHO_READS_COMPONENT[component])


@pytest.mark.parametrize("person", READERS)
def test_the_band_is_that_of_the_confidence_that_is_told(world: World, match: Match, person: str) -> None:
    match.confidence, match.told_confidence = 0.76, 0.74
    answer = told(world, match, person)
    expected = (0.76, "高") if reads(person, NEED_SIDE) else (0.74, "中")
    assert (answer.confidence, answer.confidence_band) == expected


@pytest.mark.parametrize("kind", WHO_READS_CHANGE)
@pytest.mark.parametrize("person", ["ana", "bo"])
def test_a_change_that_tells_of_a_hidden_field_is_told_to_its_side(
    world: World, match: Match, person: str, kind: str
) -> None:
    match.facts = make_facts(0.5)
    without = told(world, match, person)
    change = {"kind": kind, "subject": "分辨率", "value": "9000000", "score": [0.5, 0.7], "confidence": [0.8, 0.8]}
    told_change = change if WHO_READS_CHANGE[kind] == BOTH else None
    match.facts = make_facts(0.5, counterfactual=change, told_counterfactual=told_change)
    answer = told(world, match, person)
    assert (answer != without) is reads(person, WHO_READS_CHANGE[kind])
    if not reads(person, WHO_READS_CHANGE[kind]):
        assert "9000000" not in answer.sentence


@pytest.mark.parametrize("fact", PUBLIC_FACTS)
def test_facts_made_of_public_fields_are_told_to_both_sides(world: World, match: Match, fact: str) -> None:
    for person in READERS:
        match.facts = make_facts(0.5)
        without = told(world, match, person)
        match.facts = make_facts(0.5, **{fact: PUBLIC_FACTS[fact]})
        assert told(world, match, person) != without, person


@pytest.mark.parametrize("fact", sorted(UNTOLD))
def test_what_is_told_to_nobody_changes_nothing(world: World, match: Match, fact: str) -> None:
    match.facts = make_facts(0.5)
    without = told(world, match, "ana")
    match.facts = make_facts(0.5, **{fact: 0.9 if fact == "rank_value" else ["M1"]})
    assert told(world, match, "ana") == without


@pytest.mark.parametrize("secret", ["budget_source_zh", "payment_zh", "ip_preference_zh"])
def test_the_sentence_quotes_no_scoped_field_of_the_need(world: World, match: Match, secret: str) -> None:
    setattr(match.need, secret, "只给自己看的话")
    match.need.save()
    assert "只给自己看的话" not in str(told(world, match, "bo"))
