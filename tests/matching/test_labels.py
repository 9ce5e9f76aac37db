"""Labels: what somebody said about a pair, with what the engine said then; silence leaves no row."""

import pytest

from ledger.history import event_model
from ledger.models import OutboxEvent
from matching.choices import Grade, LabelSource
from matching.models import Label, Match
from matching.services.labels import ratings_of, record_label
from tests.builders import make_match, make_need, make_resource
from tests.conftest import World
from zones.errors import InvalidInput, NotAllowed, NotFound
from zones.scoping import SYSTEM, scope_of


@pytest.fixture
def match(world: World) -> Match:
    need = make_need(organization=world.enterprise, visibility="national")
    return make_match(need, make_resource(organization=world.laboratory), score=0.4)


def rate(match: Match, grade: int, *, by: object = SYSTEM, source: str = LabelSource.RATING) -> Label:
    principal = SYSTEM if by is SYSTEM else scope_of(by)
    return record_label(principal, need_id=match.need_id, resource_id=match.resource_id, source=source, grade=grade)


def test_a_label_keeps_what_the_engine_said_when_it_was_given(world: World, match: Match) -> None:
    label = rate(match, Grade.SUITABLE, by=world.ana)
    assert (label.run, label.config_number, label.score) == (match.run, match.run.config.number, 0.4)
    assert label.parts["text"] == [0.5, 1.0]
    assert label.decided_by == world.ana
    match.delete()
    label.refresh_from_db()
    assert label.score == 0.4


def test_deciding_anew_replaces_and_is_told_again(world: World, match: Match) -> None:
    first = rate(match, Grade.SUITABLE, by=world.ana)
    again = rate(match, Grade.UNSUITABLE, by=world.ana)
    assert (again.pk, again.grade, again.version) == (first.pk, Grade.UNSUITABLE, 2)
    assert OutboxEvent.objects.filter(kind="label.recorded", object_public_id=first.public_id).count() == 2


def test_saying_the_same_again_changes_nothing(world: World, match: Match) -> None:
    rate(match, Grade.SUITABLE, by=world.ana)
    assert rate(match, Grade.SUITABLE, by=world.ana).version == 1
    assert OutboxEvent.objects.filter(kind="label.recorded").count() == 1


def test_each_source_has_its_own_word(match: Match) -> None:
    rate(match, Grade.SUITABLE)
    rate(match, Grade.CONTRACTED, source=LabelSource.CONTRACT)
    assert Label.objects.visible_to(SYSTEM).count() == 2


def test_every_change_is_kept_in_the_history(match: Match) -> None:
    label = rate(match, Grade.SUITABLE)
    rate(match, Grade.MET)
    history = event_model(type(label)).objects.filter(pgh_obj=label)
    assert list(history.order_by("pgh_id").values_list("grade", flat=True)) == [Grade.SUITABLE, Grade.MET]


@pytest.mark.parametrize(
    ("person", "refusal"), [("bo", NotAllowed), ("lin", NotAllowed), ("auditor", NotAllowed), ("cy", NotAllowed)]
)
def test_only_the_need_s_editors_rate(world: World, match: Match, person: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        rate(match, Grade.SUITABLE, by=getattr(world, person))
    assert not Label.objects.visible_to(SYSTEM).exists()


def test_a_hidden_need_cannot_be_rated_or_told_apart_from_none(world: World) -> None:
    sealed = make_match(make_need(organization=world.enterprise, visibility="sealed"))
    with pytest.raises(NotFound):
        rate(sealed, Grade.SUITABLE, by=world.bo)


def test_a_hidden_resource_cannot_be_rated(world: World) -> None:
    need = make_need(organization=world.enterprise)
    hidden = make_resource(organization=world.outside, visibility="zone")
    with pytest.raises(NotFound):
        record_label(scope_of(world.ana), need_id=need.pk, resource_id=hidden.pk, source="rating", grade=1)


def test_a_pair_without_a_live_match_may_be_decided_but_teaches_nothing(world: World) -> None:
    need, resource = make_need(organization=world.enterprise), make_resource(organization=world.laboratory)
    label = record_label(SYSTEM, need_id=need.pk, resource_id=resource.pk, source="dismissal", grade=0)
    assert (label.score, label.parts) == (None, {})


@pytest.mark.parametrize(("source", "grade", "field"), [("guess", 1, "source"), ("rating", 5, "grade")])
def test_unknown_sources_and_grades_are_refused_by_name(match: Match, source: str, grade: int, field: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        rate(match, grade, source=source)
    assert list(refusal.value.errors) == [field]


@pytest.mark.parametrize(
    ("person", "may_read"),
    [("ana", True), ("auditor", True), ("eve", True), ("ops", True), ("bo", False), ("lin", False), ("cy", False)],
)
def test_ratings_are_read_by_the_need_s_side_only(world: World, match: Match, person: str, may_read: bool) -> None:
    rate(match, Grade.SUITABLE, by=world.ana)
    reader = scope_of(getattr(world, person))
    told = ratings_of(reader, need_id=match.need_id, resource_ids=[match.resource_id])
    assert bool(told) is may_read
