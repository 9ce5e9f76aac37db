"""Webhooks as the Standard Webhooks specification says: one id however often it is sent, signed with the time of each
sending, asked again ten times over three days, and then left until somebody replays it.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from datetime import timedelta
from typing import Any, Final

from egress.client import Message, Reply
from egress.errors import EgressError
from ledger.clock import database_seconds
from ledger.valves import Flow
from notifications.channels import posting
from notifications.channels.base import Channel, Outcome, Outgoing, Target
from notifications.channels.reasons import Reason, told

LIMIT: Final = 20_000
FLOW: Final = Flow("webhook", burst=20, seconds=0.5)
"""What a small receiver stands: 20 at once, two a second."""
PREFIX: Final = "whsec_"
SECRET_BYTES: Final = 32
HOUR: Final = timedelta(hours=1)
WAITS: Final = (
    timedelta(seconds=5), timedelta(minutes=5), timedelta(minutes=30), 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR,
    20 * HOUR, 24 * HOUR,
)  # fmt: skip
GONE: Final = 410
SLOW_DOWN: Final = frozenset({429, 503})


def new_secret() -> str:
    """A fresh secret, as the specification spells it."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(secret: str, name: str, seconds: int, body: bytes) -> str:
    """One signature over id, time and body. Raises ValueError for what is no secret."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error as error:
        raise ValueError("not a secret of a webhook") from error
    signed = f"{name}.{seconds}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def body_of(outgoing: Outgoing) -> bytes:
    """What is posted: the same bytes for the same message. Items that do not fit are counted, not cut."""
    items = [{"title": item.title, "text": item.text, "url": item.url} for item in outgoing.items]
    body = _encoded(outgoing, items, 0)
    while len(body) > LIMIT and items:
        items = items[: len(items) * LIMIT // (len(body) + 1)]
        body = _encoded(outgoing, items, len(outgoing.items) - len(items))
    return body


def _encoded(outgoing: Outgoing, items: list[dict[str, str]], left_out: int) -> bytes:
    content: dict[str, Any] = {
        "type": outgoing.kind,
        "timestamp": outgoing.created_at.isoformat(),
        "data": {
            "title": outgoing.title,
            "language": outgoing.language,
            "url": outgoing.url,
            "items": items,
            "items_left_out": left_out,
        },
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def send(outgoing: Outgoing, target: Target) -> Outcome:
    """Post it once. While a secret is being changed, the target has two, and both sign."""
    seconds, body = int(database_seconds()), body_of(outgoing)
    signatures = " ".join(signature(secret, outgoing.id, seconds, body) for secret in target.secret.split())
    headers = {
        "Content-Type": "application/json",
        "webhook-id": outgoing.id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": signatures,
    }
    try:
        return _read(posting.post(target.address, Message("POST", body, headers)))
    except EgressError as error:
        return posting.outcome_of(error, may_repeat=True)


def _read(reply: Reply) -> Outcome:
    """Any answer but success is asked again; 410 says never again."""
    if reply.is_success:
        return Outcome.sent()
    if reply.status == GONE:
        return Outcome.dead(told(Reason.GONE, reply.status), is_gone=True)
    if reply.status in SLOW_DOWN:
        return Outcome.retry(told(Reason.BUSY, reply.status), reply.retry_after)
    return Outcome.retry(told(Reason.STATUS, reply.status))


CHANNEL: Final = Channel(
    "webhook", "deliver-webhook", LIMIT, may_repeat=True, waits=WAITS, send=send,
    reads=lambda outgoing: body_of(outgoing).decode(), flow=FLOW,
)  # fmt: skip
