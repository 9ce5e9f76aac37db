"""What robots of groups have in common: an answer of HTTP 200 says nothing, its code does; nothing is said twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from egress.client import Message, Reply
from egress.errors import EgressError
from notifications.channels import posting
from notifications.channels.base import Outcome
from notifications.channels.reasons import Reason, told

MINUTE: Final = timedelta(minutes=1)
WAITS: Final = (MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 180 * MINUTE)
NOT_DONE: Final = frozenset({429, 500, 503})
"""Answers that say the message was not taken; 502 and 504 come from a gateway that does not know."""


@dataclass(frozen=True, slots=True)
class Codes:
    """What a vendor's codes mean: where one stands in the answer, and which of them are more than a plain no."""

    fields: tuple[str, ...]
    busy: Mapping[int, timedelta]
    gone: frozenset[int] = frozenset()


def say(address: str, content: Mapping[str, Any], codes: Codes) -> Outcome:
    """Post one message to a group and read the answer."""
    try:
        reply = posting.post(address, Message.of_json(content))
    except EgressError as error:
        return posting.outcome_of(error, may_repeat=False)
    return _by_code(reply, codes) if reply.is_success else _by_status(reply)


def within(limit: int, content_of: Callable[[str], Mapping[str, Any]]) -> Callable[[str], bool]:
    """Whether the whole request with that text stays within the limit, in bytes of UTF-8."""
    return lambda text: len(Message.of_json(content_of(text)).body) <= limit


def _by_status(reply: Reply) -> Outcome:
    if reply.status in NOT_DONE:
        return Outcome.retry(
            told(Reason.BUSY if reply.status == 429 else Reason.STATUS, reply.status), reply.retry_after
        )
    if reply.status >= 500:
        return Outcome.unknown(told(Reason.STATUS, reply.status))
    return Outcome.dead(told(Reason.STATUS, reply.status))


def _by_code(reply: Reply, codes: Codes) -> Outcome:
    code = _code(reply, codes)
    if code is None:
        return Outcome.unknown(told(Reason.UNREADABLE))
    if code == 0:
        return Outcome.sent()
    if code in codes.busy:
        return Outcome.retry(told(Reason.BUSY, code), codes.busy[code])
    return Outcome.dead(told(Reason.CODE, code), is_gone=code in codes.gone)


def _code(reply: Reply, codes: Codes) -> int | None:
    """The code of an answer, or None where it has none: then nobody knows."""
    try:
        answer = reply.json()
    except (ValueError, RecursionError):
        return None
    found = [answer[field] for field in codes.fields if field in answer] if isinstance(answer, dict) else []
    return found[0] if found and type(found[0]) is int else None
