"""How fast a target is told: one bucket and one breaker for all processes, on the database's clock."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.db.models import F
from django.db.models.functions import Now

from ledger import valves
from ledger.models import Valve
from ledger.valves import Flow
from notifications.channels import sending
from notifications.channels.base import Channel, Outcome, Target
from notifications.channels.registry import CHANNELS
from tests.notifications.receivers import outgoing

FLOW = Flow("robot", burst=5, seconds=4.0)


def pass_time(seconds: float) -> None:
    """As if it had gone by: what stands in the rows lies that much further back."""
    gone = timedelta(seconds=seconds)
    Valve.objects.update(free_at=F("free_at") - gone, rests_until=F("rests_until") - gone)


@pytest.mark.django_db
def test_a_bucket_gives_its_burst_and_then_one_at_a_time() -> None:
    assert [valves.take(FLOW, "a") for _message in range(5)] == [None] * 5
    wait = valves.take(FLOW, "a")
    assert wait is not None
    assert 3 < wait.total_seconds() <= 4
    assert valves.take(FLOW, "b") is None
    pass_time(4)
    assert valves.take(FLOW, "a") is None
    assert valves.take(FLOW, "a") is not None


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "most", "window"), [
    ("wecom", 20, 60), ("dingtalk", 20, 60), ("feishu", 100, 60), ("feishu", 5, 1),
])  # fmt: skip
def test_no_window_holds_more_than_the_vendor_allows(kind: str, most: int, window: int) -> None:
    flow = CHANNELS[kind].flow
    assert flow is not None
    assert flow.burst + window / flow.seconds <= most


@pytest.mark.django_db(transaction=True)
def test_many_at_once_take_no_more_than_there_is() -> None:
    start, taken = Barrier(16), []

    def take() -> None:
        start.wait()
        taken.append(valves.take(FLOW, "a") is None)
        connection.close()

    threads = [Thread(target=take) for _number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) == 5


@pytest.mark.django_db
def test_a_target_that_fails_again_and_again_is_left_alone_and_then_tried_by_one() -> None:
    for _message in range(valves.FAILURES):
        pass_time(60)
        assert valves.take(FLOW, "a") is None
        valves.failed(FLOW, "a")
    wait = valves.take(FLOW, "a")
    assert wait is not None
    assert 28 < wait.total_seconds() <= 30
    pass_time(31)
    assert valves.take(FLOW, "a") is None
    assert valves.take(FLOW, "a") is not None
    valves.failed(FLOW, "a")
    wait = valves.take(FLOW, "a")
    assert wait is not None
    assert 58 < wait.total_seconds() <= 60
    pass_time(61)
    assert valves.take(FLOW, "a") is None
    valves.worked(FLOW, "a")
    assert valves.take(FLOW, "a") is None


@pytest.mark.django_db
def test_what_is_held_was_not_sent_and_a_target_that_asks_for_time_gets_it() -> None:
    asked: list[str] = []

    def busy(message: object, target: Target) -> Outcome:
        asked.append(target.key)
        return Outcome.retry("busy 429", timedelta(minutes=20))

    channel = Channel("slow", "deliver-slow", 100, may_repeat=False, waits=(), send=busy, flow=FLOW)
    assert sending.send(channel, outgoing(), Target("a", "")).is_attempt
    held = sending.send(channel, outgoing(), Target("a", ""))
    assert (held.is_attempt, held.reason, asked) == (False, "rest", ["a"])
    assert held.after is not None
    assert held.after > timedelta(minutes=19)


@pytest.mark.django_db
def test_rows_name_no_target_and_go_when_they_say_nothing_any_more() -> None:
    valves.take(FLOW, "robot-of-the-east")
    assert not Valve.objects.filter(key__contains="east").exists()
    assert valves.forget_past() == 0
    Valve.objects.update(free_at=Now() - timedelta(days=2))
    assert valves.forget_past() == 1
