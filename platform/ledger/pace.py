"""How often something may be tried: counted in rows, so that it holds for all processes and hosts together."""

import hashlib
import hmac
from typing import Final, NamedTuple

from django.conf import settings
from django.db import connection

COUNT: Final = """
    INSERT INTO ledger_pacecount AS pace (key, slot, taken)
    VALUES (%(key)s, floor(extract(epoch FROM now()) / %(seconds)s), 1)
    ON CONFLICT (key) DO UPDATE SET
        taken = CASE WHEN pace.slot = excluded.slot THEN pace.taken + 1 ELSE 1 END,
        slot = excluded.slot
    RETURNING taken
"""
"""One statement, so that two at once are counted as two."""


class Pace(NamedTuple):
    """At most so many times within one window of so many seconds."""

    name: str
    most: int
    seconds: int


def is_within(pace: Pace, subject: str) -> bool:
    """Count one more try of `subject` (an address, a code), and tell whether it is still one of the allowed."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": _key(pace, subject), "seconds": pace.seconds})
        (taken,) = cursor.fetchone()
    return bool(taken <= pace.most)


def _key(pace: Pace, subject: str) -> str:
    """A keyed hash: addresses are few enough to be guessed from a plain one."""
    told = f"{pace.name}:{subject}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()
