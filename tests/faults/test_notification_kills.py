"""Notices survive `kill -9` at every named point, on every channel: nobody misses anything, at most the one message
that was on its way comes twice, under the same id, and no robot says anything twice.
"""

import signal
from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connection

from ledger.events import record_event
from notifications.channels.registry import CHANNELS
from notifications.choices import DeliveryState as State
from notifications.choices import Way
from notifications.models import Delivery, Notice
from notifications.planning import plan
from tests.builders import make_need
from tests.conftest import World
from tests.faults.outside import (
    ALL_DUE,
    MEMBERS,
    MESSAGES,
    ROBOTS,
    Outside,
    happen,
    make_recipients,
    standing_outside,
)
from tests.faults.senders import Order, broken_invariants, ended, pass_time, run, settle, started

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]

KILLED = -signal.SIGKILL


@pytest.fixture
def outside(world: World) -> Iterator[Outside]:
    """Everybody who is to be told, and what they are to be told of."""
    with standing_outside() as running:
        make_recipients(world, running)
        happen(world)
        yield running


def came(outside: Outside) -> dict[str, tuple[int, int]]:
    """Of each channel: how many messages came, and how many came in all."""
    counts = {channel: outside.arrived(channel) for channel in CHANNELS}
    return {channel: (len(found), sum(found.values())) for channel, found in counts.items()}


def told_in_inboxes() -> list[int]:
    """How much stands in the inbox of each member."""
    rows = Notice.plain.filter(user__username__startswith="member", is_in_inbox=True)
    members = rows.order_by().values_list("user", flat=True).distinct()
    return [rows.filter(user=pk).count() for pk in members]


def unknown() -> dict[str, int]:
    """Of each channel: how many messages nobody knows the end of."""
    return {channel: Delivery.plain.filter(channel=channel, state=State.UNKNOWN).count() for channel in CHANNELS}


ONCE_EACH = {channel: (count, count) for channel, count in ALL_DUE.items()}
NONE_UNKNOWN = dict.fromkeys(CHANNELS, 0)


@pytest.mark.parametrize("crash_at", ["before_plan_commit:1", "before_digest_commit:1"])
def test_what_dies_while_it_plans_leaves_nothing_by_halves(outside: Outside, crash_at: str) -> None:
    order = Order(mail_port=outside.mail_port)
    assert run(Order(crash_at=crash_at)) == KILLED
    is_planned = crash_at != "before_plan_commit:1"
    assert told_in_inboxes() == ([MESSAGES] * MEMBERS if is_planned else [])
    assert not Delivery.plain.exclude(kind="notice").exists()
    settle(order)
    assert (came(outside), unknown()) == (ONCE_EACH, NONE_UNKNOWN)
    assert told_in_inboxes() == [MESSAGES] * MEMBERS
    assert broken_invariants() == {}


@pytest.mark.parametrize(
    ("point", "is_on_its_way"), [("after_claim", False), ("before_send", False), ("after_send", True)]
)
def test_whichever_sender_dies_each_channel_keeps_its_promise(
    outside: Outside, point: str, is_on_its_way: bool
) -> None:
    """The first message of each channel, and of mail the last one too."""
    assert run(Order(works=("plan", "look"))) == 0
    for channel in CHANNELS:
        assert run(Order(works=(channel,), mail_port=outside.mail_port, crash_at=f"{point}:1")) == KILLED
    settle(Order(mail_port=outside.mail_port))
    for channel, (different, in_all) in came(outside).items():
        if channel in ROBOTS:
            assert different == in_all == ALL_DUE[channel] - (not is_on_its_way)
            assert unknown()[channel] == 1
        else:
            assert (different, in_all) == (ALL_DUE[channel], ALL_DUE[channel] + is_on_its_way)
            assert unknown()[channel] == 0
    assert set(Delivery.plain.values_list("state", flat=True)) == {State.SENT, State.UNKNOWN}
    assert told_in_inboxes() == [MESSAGES] * MEMBERS
    assert broken_invariants() == {}


@pytest.mark.parametrize(("crash_at", "twice"), [("before_send:2", 0), ("after_send:3", 1)])
def test_nobody_misses_a_mail_when_a_later_one_is_hit(outside: Outside, crash_at: str, twice: int) -> None:
    assert run(Order(mail_port=outside.mail_port, crash_at=crash_at)) == KILLED
    settle(Order(mail_port=outside.mail_port))
    assert came(outside) == ONCE_EACH | {"mail": (ALL_DUE["mail"], ALL_DUE["mail"] + twice)}


def test_two_that_send_at_once_send_nothing_twice(outside: Outside) -> None:
    """A lease that a busy machine cannot outlast: who loses one is sent twice by right."""
    order = Order(mail_port=outside.mail_port, lease_seconds=60)
    for one in [started(order) for _number in range(3)]:
        assert ended(one) == 0
    settle(order)
    assert (came(outside), unknown()) == (ONCE_EACH, NONE_UNKNOWN)


def test_servers_that_are_away_lose_nothing(outside: Outside, world: World) -> None:
    assert run(Order(works=("plan", "look", "mail"), mail_port=1)) == 0
    assert set(Delivery.plain.filter(channel=Way.MAIL).values_list("state", "reason")) == {
        (State.PENDING, "no_connection")
    }
    pass_time(timedelta(minutes=2))
    settle(Order(mail_port=outside.mail_port))
    assert came(outside) == ONCE_EACH


def test_beats_that_fire_at_once_tell_once(outside: Outside, world: World) -> None:
    """Four at the same moment, as of two beats that both made up for a missed slot; and again."""
    make_need(organization=world.enterprise, state="open", expires_on=_tomorrow(), title_zh="仪器检测丙")
    for _turn in range(2):
        for one in [started(Order(works=("sweep", "look"))) for _number in range(4)]:
            assert ended(one) == 0
    near = Notice.plain.filter(kind="need.expiring_1", user__username__startswith="member")
    assert near.count() == near.values("user").distinct().count() == MEMBERS
    assert told_in_inboxes() == [MESSAGES + 1] * MEMBERS
    assert Delivery.plain.filter(kind="daily").count() == 1
    assert broken_invariants() == {}


def _tomorrow() -> Any:
    from zones.scoping import today

    return today() + timedelta(days=1)


def test_events_of_many_writers_are_planned_once_each(world: World) -> None:
    """Four connections write while two plan: every event is told once to each, whichever commits last."""
    needs = [make_need(organization=world.enterprise) for _number in range(20)]

    def write(part: list[Any]) -> None:
        for need in part:
            record_event("need.opened", object_type="matching.need", public_id=need.public_id)
        connection.close()

    def keep_planning() -> None:
        for _turn in range(10):
            plan()
        connection.close()

    threads = [Thread(target=write, args=(needs[start::4],)) for start in range(4)]
    threads += [Thread(target=keep_planning) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    plan()
    assert Notice.plain.filter(user=world.eve).count() == len(needs)
