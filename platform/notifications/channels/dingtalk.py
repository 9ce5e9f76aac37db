"""Robots of DingTalk groups: each request is signed anew; at most 20,000 bytes."""

import base64
import hashlib
import hmac
from datetime import timedelta
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from ledger.clock import database_seconds
from ledger.valves import Flow
from notifications.channels.base import Channel, Outcome, Outgoing, Target
from notifications.channels.markdown import composed, cut, plain
from notifications.channels.robots import WAITS, Codes, say, within

LIMIT: Final = 20_000
FLOW: Final = Flow("dingtalk", burst=5, seconds=4.0)
"""20 in any minute: 5 at once and 15 that come back."""
TITLE_CHARACTERS: Final = 60
REST: Final = timedelta(minutes=10)
"""Who says more than 20 messages in a minute is not heard for ten minutes."""
CODES: Final = Codes(
    fields=("errcode",),
    busy={-1: timedelta(minutes=1), 90030: REST, 130101: REST, 410100: REST},
    gone=frozenset({300001, 400013, 400101, 400102, 400106}),  # no such token, group dissolved, robot stopped
)


def signed(address: str, secret: str, milliseconds: int) -> str:
    """The address with its signature: of the time and the secret, encoded for an address once."""
    if not secret:
        return address
    told = f"{milliseconds}\n{secret}".encode()
    sign = base64.b64encode(hmac.new(secret.encode(), told, hashlib.sha256).digest()).decode()
    return f"{address}&{urlencode({'timestamp': milliseconds, 'sign': sign})}"


def content(title: str, text: str) -> dict[str, Any]:
    return {"msgtype": "markdown", "markdown": {"title": title, "text": text}}


def title_of(outgoing: Outgoing) -> str:
    """What the list of conversations shows."""
    return cut(plain(outgoing.title), lambda text: len(text) <= TITLE_CHARACTERS)


def text_of(outgoing: Outgoing) -> str:
    """What the group reads."""
    return composed(outgoing, within(LIMIT, partial(content, title_of(outgoing))))


def send(outgoing: Outgoing, target: Target) -> Outcome:
    """Say it in the group."""
    address = signed(target.address, target.secret, int(database_seconds() * 1_000))
    return say(address, content(title_of(outgoing), text_of(outgoing)), CODES)


CHANNEL: Final = Channel(
    "dingtalk", "deliver-dingtalk", LIMIT, may_repeat=False, waits=WAITS, send=send, reads=text_of, flow=FLOW
)
