"""Robots of WeCom groups: the key in the address is their only secret; markdown of at most 4,096 bytes."""

from datetime import timedelta
from typing import Any, Final

from ledger.valves import Flow
from notifications.channels.base import Channel, Outcome, Outgoing, Target
from notifications.channels.markdown import composed
from notifications.channels.robots import WAITS, Codes, say

LIMIT: Final = 4_096
FLOW: Final = Flow("wecom", burst=5, seconds=4.0)
"""20 in any minute: 5 at once and 15 that come back."""
CODES: Final = Codes(
    fields=("errcode",),
    busy={-1: timedelta(minutes=1), 45009: timedelta(minutes=2)},  # busy; more than 20 messages a minute
    gone=frozenset({93000}),  # no such robot, or removed from its group
)


def content(text: str) -> dict[str, Any]:
    return {"msgtype": "markdown", "markdown": {"content": text}}


def text_of(outgoing: Outgoing) -> str:
    """What the group reads. The limit counts the text, not the request around it."""
    return composed(outgoing, lambda said: len(said.encode()) <= LIMIT)


def send(outgoing: Outgoing, target: Target) -> Outcome:
    """Say it in the group."""
    return say(target.address, content(text_of(outgoing)), CODES)


CHANNEL: Final = Channel(
    "wecom", "deliver-wecom", LIMIT, may_repeat=False, waits=WAITS, send=send, reads=text_of, flow=FLOW
)
