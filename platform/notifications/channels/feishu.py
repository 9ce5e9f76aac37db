"""Robots of Feishu groups: a card of markdown, signed where the group asks for it; at most 20,000 bytes."""

import base64
import hashlib
import hmac
from datetime import timedelta
from functools import partial
from typing import Any, Final

from ledger.clock import database_seconds
from ledger.valves import Flow
from notifications.channels.base import Channel, Outcome, Outgoing, Target
from notifications.channels.markdown import composed, cut, plain
from notifications.channels.robots import WAITS, Codes, say, within

LIMIT: Final = 20_000
FLOW: Final = Flow("feishu", burst=4, seconds=1.0)
"""5 in any second and 100 in any minute: 4 at once, one a second."""
TITLE_CHARACTERS: Final = 80
CODES: Final = Codes(
    fields=("code", "StatusCode"),
    busy={9499: timedelta(minutes=1), 11232: timedelta(minutes=1), 11233: timedelta(minutes=1)},
    gone=frozenset({19001}),  # no such robot
)


def signature(secret: str, seconds: int) -> str:
    """As Feishu wants it: time and secret are the key, and the text that is signed is empty."""
    key = f"{seconds}\n{secret}".encode()
    return base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()


def content(title: str, secret: str, seconds: int, text: str) -> dict[str, Any]:
    signed = {"timestamp": str(seconds), "sign": signature(secret, seconds)} if secret else {}
    header = {"title": {"tag": "plain_text", "content": title}}
    card = {"config": {"wide_screen_mode": True}, "header": header, "elements": [{"tag": "markdown", "content": text}]}
    return {**signed, "msg_type": "interactive", "card": card}


def text_of(outgoing: Outgoing, secret: str = "signed", seconds: int = 1_800_000_000) -> str:
    """What the group reads; a signature is as long whatever it signs."""
    return composed(outgoing, within(LIMIT, partial(content, title_of(outgoing), secret, seconds)))


def title_of(outgoing: Outgoing) -> str:
    return cut(plain(outgoing.title), lambda text: len(text) <= TITLE_CHARACTERS)


def send(outgoing: Outgoing, target: Target) -> Outcome:
    """Say it in the group."""
    seconds = int(database_seconds())
    text = text_of(outgoing, target.secret, seconds)
    return say(target.address, content(title_of(outgoing), target.secret, seconds, text), CODES)


CHANNEL: Final = Channel(
    "feishu", "deliver-feishu", LIMIT, may_repeat=False, waits=WAITS, send=send, reads=text_of, flow=FLOW
)
