"""How often something may be tried: counted in rows, so that it holds for all processes and hosts together."""

import hashlib
import hmac
from datetime import UTC
from typing import Final, NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models.functions import Extract, Now

from ledger.models import PaceCount

COUNT: Final = """
    INSERT INTO ledger_pacecount AS pace (key, slot, taken)
    VALUES (%(key)s, (floor(extract(epoch FROM now()) / %(seconds)s) + 1) * %(seconds)s, 1)
    ON CONFLICT (key) DO UPDATE SET
        taken = CASE WHEN pace.slot = excluded.slot THEN pace.taken + 1 ELSE 1 END,
        slot = excluded.slot
    RETURNING taken
"""
"""One statement, so that two at once are counted as two. A slot is called by the second in which it ends."""


class Pace(NamedTuple):
    """At most so many times within one window of so many seconds."""

    name: str
    most: int
    seconds: int


def is_within(pace: Pace, subject: str) -> bool:
    """Count one more try of `subject` (an address, a code), and tell whether it is still one of the allowed."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"key": key_of(pace.name, subject), "seconds": pace.seconds})
        (taken,) = cursor.fetchone()
    return bool(taken <= pace.most)


def forget(pace: Pace, subject: str) -> None:
    """Begin the count of `subject` anew: what was tried has succeeded."""
    PaceCount.objects.filter(key=key_of(pace.name, subject)).delete()


def forget_past() -> int:
    """Drop the counts of slots that are over, which are worth nothing; returns how many."""
    now = Extract(Now(), "epoch", tzinfo=UTC)
    dropped, _by_table = PaceCount.objects.filter(slot__lte=now).delete()
    return dropped


def key_of(name: str, subject: str) -> str:
    """Under what is counted: a keyed hash, since addresses are few enough to be guessed from a plain one."""
    told = f"{name}:{subject}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), told, hashlib.sha256).hexdigest()
