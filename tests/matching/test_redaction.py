"""Every kind of fact an explanation is made of, and who may read it: two worlds that differ in one hidden fact tell the
same.
"""

from typing import Any

import pytest

from matching.engine.config import COMPONENTS
from matching.engine.wording import COMPONENT_LABELS
from matching.models import Match
from matching.services.explanations import Explanation, explain
from tests.builders import make_facts, make_match, make_need, make_resource
from tests.conftest import World
from zones.scoping import scope_of

BOTH, NEED_SIDE, RESOURCE_SIDE = "both", "need side", "resource side"
READERS = {"ana": NEED_SIDE, "eve": NEED_SIDE, "auditor": NEED_SIDE, "bo": RESOURCE_SIDE, "lin": RESOURCE_SIDE}
WHO_READS_COMPONENT = dict.fromkeys(COMPONENTS, BOTH) | {
    "budget": NEED_SIDE,
    "time": NEED_SIDE,
    "mode": NEED_SIDE,
    "track": RESOURCE_SIDE,
}
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


def shifted(component: str, other: str) -> list[dict[str, Any]]:
    """The same score, made up otherwise: a hidden part is larger, another hidden one smaller."""
    shares = {component: (0.03, 0.9), other: (0.01, 0.1)}
    rows: list[dict[str, Any]] = make_facts(0.5)["contributions"]
    for row in rows:
        if row["component"] in shares:
            row["contribution"], row["fit"] = shares[row["component"]]
    return rows


def reads(person: str, rule: str) -> bool:
    return rule in (BOTH, READERS[person])


def test_every_component_and_every_fact_has_a_rule() -> None:
    assert set(WHO_READS_COMPONENT) == set(COMPONENT_LABELS) >= set(COMPONENTS)
    kinds = set(make_facts(0.5)) - {"score", "confidence", "contributions", "counterfactual"}
    assert kinds == set(PUBLIC_FACTS) | UNTOLD


@pytest.mark.parametrize("person", READERS)
def test_hidden_components_are_not_told_one_by_one_and_the_parts_still_sum(
    world: World, match: Match, person: str
) -> None:
    parts = told(world, match, person).contributions
    hidden = {name for name, rule in WHO_READS_COMPONENT.items() if not reads(person, rule)}
    assert hidden.isdisjoint(part.name for part in parts)
    assert {part.name for part in parts} == set(COMPONENTS) - hidden | ({"other"} if hidden else set())
    assert sum(part.value for part in parts) == pytest.approx(match.score, abs=1e-9)


@pytest.mark.parametrize(
    ("person", "one", "other"),
    [("bo", "budget", "time"), ("lin", "budget", "mode"), ("bo", "time", "mode"), ("lin", "mode", "budget")],
)
def test_two_worlds_that_differ_in_a_part_of_the_other_side_are_told_alike(
    world: World, match: Match, person: str, one: str, other: str
) -> None:
    answers: dict[str, list[Explanation]] = {person: [], "ana": []}
    for reader, answered in answers.items():
        for world_of in ((one, other), (other, one)):
            match.facts = make_facts(0.5, contributions=shifted(*world_of))
            answered.append(told(world, match, reader))
    assert answers[person][0] == answers[person][1]
    assert answers["ana"][0] != answers["ana"][1], "the need's side is told, else nothing would be compared"


@pytest.mark.parametrize("person", READERS)
def test_how_often_a_resource_was_accepted_is_told_to_its_own_side(world: World, match: Match, person: str) -> None:
    answers = []
    for fit in (0.2, 0.9):
        rows = make_facts(0.5)["contributions"]
        next(row for row in rows if row["component"] == "track")["fit"] = fit
        match.facts = make_facts(0.5, contributions=rows)
        answers.append(told(world, match, person))
    assert (answers[0] != answers[1]) is reads(person, RESOURCE_SIDE)


@pytest.mark.parametrize("kind", WHO_READS_CHANGE)
@pytest.mark.parametrize("person", ["ana", "bo"])
def test_a_change_that_tells_of_a_hidden_field_is_told_to_its_side(
    world: World, match: Match, person: str, kind: str
) -> None:
    match.facts = make_facts(0.5)
    without = told(world, match, person)
    change = {"kind": kind, "subject": "分辨率", "value": "9000000", "score": [0.5, 0.7], "confidence": [0.8, 0.8]}
    match.facts = make_facts(0.5, counterfactual=change)
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
