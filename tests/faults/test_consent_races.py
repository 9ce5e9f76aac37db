"""Consents given, withdrawn and looked behind at the same moment, on connections of their own, in any order."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread
from typing import Final

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from ledger.models import OutboxEvent
from matching.choices import ExchangeState as State
from matching.choices import Side
from matching.models import Consent, Disclosure, Exchange
from matching.services.consents import are_open, withdraw_consent
from matching.services.exchanges import give_up
from matching.services.invariants import exchanges_off_their_path
from tests.builders import principal_of
from tests.conftest import World
from tests.exchanges import make_exchange
from tests.matching.test_consents import give, look, pair_of
from zones.errors import DomainError

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

WITHIN_SECONDS: Final = 60.0
GIVE, WITHDRAW, LOOK, END = "give", "withdraw", "look", "end"
MOVES = st.tuples(st.sampled_from([GIVE, GIVE, GIVE, WITHDRAW, LOOK, LOOK]), st.sampled_from(list(Side)))
Move = tuple[str, Side]


def at_once(works: Sequence[Callable[[], object]]) -> list[str]:
    """Do all at the same moment; of each whether it was done or refused."""
    start, outcomes = Barrier(len(works), timeout=WITHIN_SECONDS), [""] * len(works)

    def work_on(place: int) -> None:
        try:
            start.wait()
            works[place]()
            outcomes[place] = "done"
        except DomainError:
            outcomes[place] = "refused"
        finally:
            connection.close()

    threads = [Thread(target=work_on, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WITHIN_SECONDS)
    return outcomes


class Racing(RuleBasedStateMachine):
    """Whatever happens at once: a side has one standing consent at most, what was given and not withdrawn stands, and
    contacts are open exactly while both stand. The world is the test's; each example has an exchange of its own.
    """

    world: World

    @initialize()
    def begin(self) -> None:
        self.people = {Side.NEED: self.world.eve, Side.RESOURCE: self.world.lin}
        self.exchange = make_exchange(*pair_of(self.world), state=State.CONSENT_PENDING)
        self.counts = {(move, side): 0 for move in (GIVE, WITHDRAW, LOOK) for side in Side}

    @rule(moves=st.lists(MOVES, min_size=2, max_size=4))
    def race(self, moves: list[Move]) -> None:
        for move, outcome in zip(moves, at_once([self.work_of(move) for move in moves]), strict=True):
            assert outcome in ("done", "refused")
            self.counts[move] += outcome == "done"

    def work_of(self, move: Move) -> Callable[[], object]:
        kind, side = move
        user, exchange = self.people[side], Exchange.plain.get(pk=self.exchange.pk)
        works: dict[str, Callable[[], object]] = {
            GIVE: lambda: give(user, exchange, side),
            WITHDRAW: lambda: withdraw_consent(principal_of(user), exchange_id=exchange.pk),
            LOOK: lambda: look(user, exchange),
        }
        return works[kind]

    @invariant()
    def nothing_is_lost_and_nothing_stands_twice(self) -> None:
        for side in Side:
            rows = Consent.plain.filter(exchange=self.exchange, side=side)
            given, withdrawn = self.counts[GIVE, side], self.counts[WITHDRAW, side]
            assert (rows.count(), rows.filter(withdrawn_at__isnull=False).count()) == (given, withdrawn)
            assert given - withdrawn in (0, 1)
            events = OutboxEvent.objects.filter(object_public_id=self.exchange.public_id)
            assert events.filter(kind=f"consent.given.{side}").count() == given
            assert events.filter(kind=f"consent.withdrawn.{side}").count() == withdrawn
            assert Disclosure.plain.filter(exchange=self.exchange, side=side).count() == self.counts[LOOK, side]

    @invariant()
    def contacts_are_open_while_both_stand(self) -> None:
        both = all(self.counts[GIVE, side] > self.counts[WITHDRAW, side] for side in Side)
        now = Exchange.plain.get(pk=self.exchange.pk)
        assert now.state == (State.DISCLOSED if both else State.CONSENT_PENDING)
        assert {are_open(principal_of(user), now) for user in self.people.values()} == {both}
        assert exchanges_off_their_path() == 0


def test_whatever_happens_at_once_contacts_follow_the_consents(world: World) -> None:
    class InThisWorld(Racing):
        pass

    InThisWorld.world = world
    steps = settings(max_examples=12, stateful_step_count=8, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(InThisWorld, settings=steps)


def works_of(world: World, exchange: Exchange) -> dict[str, Callable[[], object]]:
    """Eve, whose the need is, gives or withdraws; Lin looks, or ends it."""
    eve, lin = principal_of(world.eve), principal_of(world.lin)
    return {
        GIVE: lambda: give(world.eve, exchange, Side.NEED),
        WITHDRAW: lambda: withdraw_consent(eve, exchange_id=exchange.pk),
        LOOK: lambda: look(world.lin, exchange),
        END: lambda: give_up(lin, exchange_id=exchange.pk, version=None, reason="other"),
    }


@pytest.mark.parametrize("rivals", [(LOOK, GIVE), (LOOK, WITHDRAW), (GIVE, END), (WITHDRAW, END)])
def test_an_end_or_a_withdrawal_and_what_needs_consent_come_one_after_the_other(
    world: World, rivals: tuple[str, str]
) -> None:
    """Forty times each: whoever is second finds what the first has left."""
    for _turn in range(40):
        exchange = make_exchange(*pair_of(world), state=State.CONSENT_PENDING)
        give(world.lin, exchange, Side.RESOURCE)
        if GIVE not in rivals:
            give(world.eve, exchange, Side.NEED)
        works = works_of(world, exchange)
        assert "" not in at_once([works[name] for name in rivals])
        exchange.refresh_from_db()
        both = Consent.plain.filter(exchange=exchange, withdrawn_at__isnull=True).count() == len(Side)
        over = END in rivals
        expected = State.FAILED if over else State.DISCLOSED if both else State.CONSENT_PENDING
        assert (exchange.state, are_open(principal_of(world.lin), exchange)) == (expected, both and not over)
    assert exchanges_off_their_path() == 0
