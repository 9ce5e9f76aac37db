"""Whom agreements are told to: each of its terms once, to all parties; a promise to who made it."""

from datetime import timedelta

import pytest

from matching.models import Agreement
from matching.services import agreements
from notifications.feeds.dates import entries_for
from notifications.sweeping import tell_of_expiring_agreements
from tests.agreements import make_agreement, make_commitment
from tests.builders import principal_of
from tests.conftest import World
from tests.notifications.test_cooperations import titles
from zones.scoping import today


@pytest.mark.parametrize(("days", "told"), [(30, "协议 30 天后到期"), (7, "协议 7 天后到期"), (1, "协议明天到期")])
def test_each_term_is_told_once_to_every_party(world: World, days: int, told: str) -> None:
    make_agreement(world.east, world.laboratory, world.alliance, valid_to=today() + timedelta(days))
    tell_of_expiring_agreements()
    tell_of_expiring_agreements()
    for person in (world.ana, world.bo, world.lin, world.secretariat):
        assert titles(person) == [told], person
    assert titles(world.cy) == titles(world.eve) == []


def test_a_promise_that_is_due_is_told_to_who_made_it_and_stands_in_calendars(world: World) -> None:
    row = make_agreement(world.east, world.laboratory, world.enterprise, title_zh="框架协议")
    make_commitment(row, party_position=2)
    agreements.sweep()
    assert [titles(one) for one in (world.lin, world.ana, world.eve)] == [
        ["承诺事项 7 天内到期"], ["承诺事项 7 天内到期"], [],
    ]  # fmt: skip
    uids = [entry.uid.partition("-")[0] for entry in entries_for(principal_of(world.eve))]
    assert uids == ["commitment", "agreement"]
    Agreement.plain.update(state="draft")
    assert not list(entries_for(principal_of(world.eve)))
