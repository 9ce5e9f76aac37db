"""The fault tests of sending can fail: each goes red where the guard it is about is taken away from the senders."""

from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing import active_children

import pytest

from tests.conftest import World
from tests.faults import test_notification_kills as kills
from tests.faults import test_zombies_and_clocks as clocks
from tests.faults.outside import Outside, happen, make_recipients, standing_outside
from tests.faults.senders import MISSING, Order, run

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
Suite = Callable[[Outside, World], None]


@pytest.fixture
def outside(world: World) -> Iterator[Outside]:
    with standing_outside() as running:
        make_recipients(world, running)
        happen(world)
        yield running


def killed(point: str, is_on_its_way: bool, outside: Outside, world: World) -> None:
    kills.test_whichever_sender_dies_each_channel_keeps_its_promise(outside, point, is_on_its_way)


def woken(point: str, outside: Outside, world: World) -> None:
    assert run(Order(works=("plan", "look"))) == 0
    clocks.test_a_sender_that_wakes_after_its_lease_changes_nothing(outside, point)


def silent(outside: Outside, world: World) -> None:
    assert run(Order(works=("plan", "look"))) == 0
    clocks.test_senders_that_fall_silent_lose_the_places_of_their_channel(outside)


def with_another_clock(outside: Outside, world: World) -> None:
    assert run(Order(works=("plan", "look"))) == 0
    clocks.test_a_lease_is_kept_whatever_another_s_clock_says(outside, 2.0)


def planning_dies(outside: Outside, world: World) -> None:
    kills.test_what_dies_while_it_plans_leaves_nothing_by_halves(outside, "before_plan_commit:1")


CASES: dict[str, Suite] = {
    "fence": partial(woken, "after_send"),
    "second question": partial(woken, "before_send"),
    "end of silence": silent,
    "restraint": partial(killed, "after_send", True),
    "follow-up": partial(killed, "after_claim", False),
    "common clock": with_another_clock,
    "day in the key": kills.test_beats_that_fire_at_once_tell_once,
    "one transaction": planning_dies,
}


@pytest.mark.parametrize("guard", list(CASES))
def test_a_guard_that_is_gone_is_missed(world: World, outside: Outside, guard: str) -> None:
    MISSING.append(guard)
    try:
        with pytest.raises(AssertionError):
            CASES[guard](outside, world)
    finally:
        MISSING.clear()
        outside.release()
        for left in active_children():
            left.kill()
            left.join()
