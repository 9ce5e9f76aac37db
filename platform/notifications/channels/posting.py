"""One POST to an address somebody typed in, and what it means when nothing usable comes back."""

from typing import Final

from egress.client import Limits, Message, Reply, send
from egress.endpoints import untrusted
from egress.errors import BrokenOff, EgressError, Redirected, Refused, TooLarge, TooSlow
from notifications.channels.base import Outcome
from notifications.channels.reasons import Reason, told

LIMITS: Final = Limits(seconds=9)
"""Less than what the client allows: somebody may wait for a test message in front of a page."""
IN_DOUBT: Final = (BrokenOff, TooSlow, TooLarge)
"""Somebody listened: the message may have arrived."""


def post(address: str, message: Message) -> Reply:
    """Send; only where the address is one of the open internet. Raises EgressError."""
    return send(untrusted(address), message, LIMITS)


def outcome_of(error: EgressError, *, may_repeat: bool) -> Outcome:
    """What a failure means for the message; one in doubt is repeated only where its receiver knows it again."""
    if isinstance(error, Refused):
        return Outcome.dead(told(Reason.ADDRESS))
    if isinstance(error, IN_DOUBT):
        reason = told(Reason.BROKE_OFF)
        return Outcome.retry(reason) if may_repeat else Outcome.unknown(reason)
    if isinstance(error, Redirected):
        return Outcome.retry(told(Reason.REDIRECT)) if may_repeat else Outcome.dead(told(Reason.REDIRECT))
    return Outcome.retry(told(Reason.NO_CONNECTION))
