"""What came of cooperations: polls once a year, and parties that rate each other."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from ledger.models import OutboxEvent
from matching.choices import CooperationState as State
from matching.choices import Gain, OutcomeResult
from matching.models import Cooperation, CooperationParty, CooperationRating, OutcomePoll
from matching.services import outcomes
from matching.services.cooperation_ratings import rate_party, rateable
from matching.services.outcomes import anniversary, answer_poll, answerable, sweep
from tests.builders import plain_create, principal_of
from tests.conftest import World
from tests.cooperations import make_cooperation, make_party, make_poll
from zones.errors import Conflict, IllegalTransition, InvalidInput, NotFound
from zones.scoping import today

YEAR_AGO = today() - timedelta(days=370)


def told() -> list[str]:
    return list(OutboxEvent.objects.filter(kind__startswith="outcome.").order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def row(world: World) -> Cooperation:
    """East's and West's, signed a year ago."""
    return make_cooperation(world.enterprise, world.laboratory, signed_on=YEAR_AGO)


def party_of(row: Cooperation, owner: Any) -> CooperationParty:
    return CooperationParty.plain.get(cooperation=row, organization=owner)


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(outcomes, "today", lambda: day)


def test_each_party_is_asked_once_a_year_reminded_once_and_closed_once(
    row: Cooperation, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (sweep(), sweep()) == (2, 0)
    poll = OutcomePoll.plain.first()
    assert poll is not None
    assert (poll.year, poll.due_on - poll.asked_on) == (1, timedelta(days=30))
    on(monkeypatch, poll.due_on - timedelta(days=7))
    assert (sweep(), sweep()) == (2, 0)
    on(monkeypatch, poll.due_on + timedelta(days=1))
    assert (sweep(), sweep()) == (2, 0)
    assert told() == ["outcome.asked"] * 2 + ["outcome.reminded"] * 2 + ["outcome.unanswered"] * 2
    on(monkeypatch, anniversary(YEAR_AGO, 2))
    assert sweep() == 2
    on(monkeypatch, anniversary(YEAR_AGO, 4))
    assert sweep() == 2  # the second poll is closed; a fourth is never asked
    assert sorted(OutcomePoll.plain.values_list("year", flat=True)) == [1, 1, 2, 2]


def test_nobody_is_asked_of_what_does_not_count_or_is_not_yet_a_year_old(world: World) -> None:
    make_cooperation(world.enterprise, world.laboratory, state=State.PROPOSED, signed_on=YEAR_AGO)
    make_cooperation(world.enterprise, world.laboratory, signed_on=today() - timedelta(days=300))
    lonely = make_cooperation(world.enterprise, signed_on=YEAR_AGO)
    make_party(lonely, world.laboratory, organization=None, name_zh="平台外的研究所", position=2)
    assert sweep() == 1
    assert OutcomePoll.plain.get().party.organization == world.enterprise


def test_a_leap_day_has_its_anniversary_on_the_first_of_march() -> None:
    assert anniversary(date(2024, 2, 29), 1) == date(2025, 3, 1)
    assert anniversary(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_a_party_answers_for_itself_and_may_put_it_right_until_the_term(
    row: Cooperation, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep()
    eve, poll = principal_of(world.eve), OutcomePoll.plain.get(party=party_of(row, world.enterprise))
    gains = [Gain.SALES, Gain.PATENT]
    known: dict[str, Any] = {"poll_id": poll.pk, "result": OutcomeResult.ON_TRACK, "gains": gains}
    answered = answer_poll(eve, version=1, revenue=Decimal("1200000"), patents=2, **known)
    assert answered.gains == [Gain.PATENT, Gain.SALES]
    assert answered.answered_at is not None
    with pytest.raises(Conflict):
        answer_poll(eve, version=1, **known)
    assert answer_poll(eve, version=2, **known).patents is None
    for wrong in ({"result": "splendid"}, {"gains": ["splendid"]}, {"revenue": Decimal(-1)}, {"words": "长" * 501}):
        with pytest.raises(InvalidInput):
            answer_poll(eve, version=3, **(known | wrong))
    with pytest.raises(NotFound):
        answer_poll(principal_of(world.lin), version=3, **known)
    on(monkeypatch, poll.due_on + timedelta(days=1))
    with pytest.raises(IllegalTransition):
        answer_poll(eve, version=3, **known)


def test_what_nobody_has_answered_comes_first(row: Cooperation, world: World) -> None:
    eve, party = principal_of(world.eve), party_of(row, world.enterprise)
    done, waiting = make_poll(party), make_poll(party, year=2)
    answer_poll(eve, poll_id=done.pk, version=1, result=OutcomeResult.REACHED)
    make_poll(party, year=3, asked_on=YEAR_AGO, due_on=YEAR_AGO + timedelta(30))
    assert list(answerable(eve)) == [waiting, done]
    assert not answerable(principal_of(world.auditor)).exists()


def test_an_answer_is_read_by_its_own_side_only(row: Cooperation, world: World) -> None:
    sweep()
    for user, count in ((world.eve, 1), (world.ana, 1), (world.lin, 1), (world.cy, 0)):
        assert OutcomePoll.objects.visible_to(principal_of(user)).count() == count, user
    assert OutcomePoll.objects.editable_by(principal_of(world.auditor)).count() == 0


def test_ratings_are_read_by_the_other_party_once_both_have_rated(world: World) -> None:
    row = make_cooperation(world.enterprise, world.laboratory, state=State.COMPLETED)
    eve, lin = principal_of(world.eve), principal_of(world.lin)
    east, west = party_of(row, world.enterprise), party_of(row, world.laboratory)
    rate_party(eve, cooperation_id=row.pk, rated=west.public_id, stars=5, comment="按期交付。")
    assert CooperationRating.objects.visible_to(lin).count() == 0
    assert CooperationRating.objects.visible_to(eve).count() == 1
    rate_party(lin, cooperation_id=row.pk, rated=east.public_id, stars=4)
    for reader, count in ((lin, 2), (eve, 2), (principal_of(world.cy), 0)):
        assert CooperationRating.objects.visible_to(reader).count() == count
    assert rateable(eve, row) == []
    with pytest.raises(IllegalTransition):
        rate_party(eve, cooperation_id=row.pk, rated=west.public_id, stars=1)


def test_a_rating_nobody_answers_is_read_when_the_time_is_over(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = make_cooperation(world.enterprise, world.laboratory, state=State.TERMINATED)
    eve, west = principal_of(world.eve), party_of(row, world.laboratory)
    rate_party(eve, cooperation_id=row.pk, rated=west.public_id, stars=2)
    assert CooperationRating.objects.visible_to(principal_of(world.lin)).count() == 0
    for place in ("zones.scoping.cooperating", "matching.services.cooperation_ratings"):
        monkeypatch.setattr(f"{place}.PARTY_RATING_DAYS", 0)
    assert CooperationRating.objects.visible_to(principal_of(world.lin)).count() == 1
    assert rateable(principal_of(world.lin), row) == []


def test_nobody_rates_before_the_end_or_with_a_way_to_be_reached(row: Cooperation, world: World) -> None:
    eve, west = principal_of(world.eve), party_of(row, world.laboratory)
    with pytest.raises(IllegalTransition):
        rate_party(eve, cooperation_id=row.pk, rated=west.public_id, stars=5)
    done = make_cooperation(world.enterprise, world.laboratory, state=State.COMPLETED)
    other = party_of(done, world.laboratory)
    for wrong in ({"stars": 6}, {"stars": 0}, {"stars": 5, "comment": "请致电 13800000001"}):
        with pytest.raises(InvalidInput):
            rate_party(eve, cooperation_id=done.pk, rated=other.public_id, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        plain_create(CooperationRating, {"rater": other, "rated": other, "stars": 5})
