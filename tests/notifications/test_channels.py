"""What the ledger may rely on, whatever the channel."""

from datetime import timedelta

import pytest

from notifications.channels.base import Channel, Outcome, Target

MINUTE = timedelta(minutes=1)
CHANNEL = Channel("slow", "deliver-slow", 100, False, (MINUTE, 5 * MINUTE), lambda outgoing, target: Outcome.sent())


@pytest.mark.parametrize(("attempts", "outcome", "wait"), [
    (1, Outcome.retry("500"), MINUTE),
    (2, Outcome.retry("500"), 5 * MINUTE),
    (3, Outcome.retry("500"), None),
    (1, Outcome.retry("429", after=10 * MINUTE), 10 * MINUTE),
    (2, Outcome.retry("429", after=MINUTE), 5 * MINUTE),
    (9, Outcome.held("20 a minute", after=MINUTE), MINUTE),
])  # fmt: skip
def test_the_next_attempt_waits_as_long_as_its_channel_and_the_other_side_ask_for(
    attempts: int, outcome: Outcome, wait: timedelta | None
) -> None:
    assert CHANNEL.wait_after(attempts, outcome) == wait


def test_a_target_shows_neither_its_address_nor_its_secret() -> None:
    assert repr(Target("robot-1", "https://example.com/send?key=k", "s")) == "Target(key='robot-1')"
