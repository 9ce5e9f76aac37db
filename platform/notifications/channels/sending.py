"""One sending through a channel, within what its target stands: the ledger calls this and nothing below it."""

from datetime import timedelta
from typing import Final

from ledger import valves
from notifications.channels.base import Channel, Outcome, Outgoing, Result, Target
from notifications.channels.reasons import Reason, told

GENTLE: Final = timedelta(seconds=1)


def send(channel: Channel, outgoing: Outgoing, target: Target) -> Outcome:
    """Send once, or say how long to wait before that. Called outside any transaction."""
    if channel.flow is None:
        return channel.send(outgoing, target)
    wait = valves.take(channel.flow, target.key)
    if wait is not None:
        return Outcome.held(told(Reason.REST), max(wait, GENTLE))
    outcome = channel.send(outgoing, target)
    _remember(channel.flow, target, outcome)
    return outcome


def _remember(flow: valves.Flow, target: Target, outcome: Outcome) -> None:
    """A plain no is an answer: only what went unanswered or was put off counts against a target."""
    if outcome.result in (Result.SENT, Result.DEAD):
        valves.worked(flow, target.key)
    else:
        valves.failed(flow, target.key, asked=outcome.after)
