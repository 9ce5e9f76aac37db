"""How fast, and whether at all, another machine is told something: one row per target, for all processes and hosts.

A token bucket and a breaker. Both are rows: what is sent is counted in messages a minute, each of which writes rows
anyway, and a count that was lost with Valkey would get a robot silenced for ten minutes.
"""

from datetime import timedelta
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models.functions import Now

from ledger.models import Valve
from ledger.pace import key_of

IDLE: Final = timedelta(days=1)
FAILURES: Final = 5
"""So many in a row, and the target is left alone for a while; then one message at a time tries."""
FIRST_REST: Final = timedelta(seconds=30)
LONGEST_REST: Final = timedelta(minutes=5)
TRIAL: Final = timedelta(seconds=30)
"""How long nobody else tries while one does."""

TAKE: Final = """
    INSERT INTO ledger_valve AS valve (key, free_at, failures)
    VALUES (%(key)s, clock_timestamp() + %(gap)s, 0)
    ON CONFLICT (key) DO UPDATE SET
        free_at = greatest(valve.free_at, clock_timestamp()) + %(gap)s,
        rests_until = CASE WHEN valve.failures >= %(failures)s THEN clock_timestamp() + %(trial)s END
    WHERE greatest(valve.free_at, clock_timestamp()) + %(gap)s <= clock_timestamp() + %(most)s
        AND coalesce(valve.rests_until <= clock_timestamp(), true)
    RETURNING key
"""
"""One statement, so that two at once take two. Where the bucket is empty or the target rests, no row comes back."""
LEFT: Final = """
    SELECT greatest(free_at + %(gap)s - %(most)s, rests_until, clock_timestamp()) - clock_timestamp()
    FROM ledger_valve WHERE key = %(key)s
"""
FAILED: Final = """
    UPDATE ledger_valve SET failures = failures + 1, rests_until = greatest(
        clock_timestamp() + %(asked)s::interval,
        CASE WHEN failures + 1 >= %(failures)s THEN clock_timestamp() + least(
            %(longest)s, %(first)s * power(2, least(failures + 1 - %(failures)s, 10))) END)
    WHERE key = %(key)s
"""
WORKED: Final = """
    UPDATE ledger_valve SET failures = 0, rests_until = NULL
    WHERE key = %(key)s AND (failures > 0 OR rests_until IS NOT NULL)
"""


class Flow(NamedTuple):
    """At most `burst` at once, and one more each `seconds`: in any window at most burst + window / seconds."""

    name: str
    burst: int
    seconds: float


def take(flow: Flow, target: str) -> timedelta | None:
    """Take leave to send one message to `target`; where there is none, how long to wait."""
    gap = timedelta(seconds=flow.seconds)
    values: dict[str, Any] = {
        "key": key_of(flow.name, target),
        "gap": gap,
        "most": gap * flow.burst,
        "failures": FAILURES,
        "trial": TRIAL,
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKE, values)
        if cursor.fetchone() is not None:
            return None
        cursor.execute(LEFT, values)
        (left,) = cursor.fetchone() or (gap,)
    return max(left, timedelta(milliseconds=100))


def worked(flow: Flow, target: str) -> None:
    """The target took a message: whatever was held against it is forgotten."""
    _run(WORKED, flow, target)


def failed(flow: Flow, target: str, *, asked: timedelta | None = None) -> None:
    """The target took nothing; `asked` is how long it wants to be left alone."""
    _run(FAILED, flow, target, asked=asked, failures=FAILURES, first=FIRST_REST, longest=LONGEST_REST)


def forget_past() -> int:
    """Drop the rows of targets nobody was told anything for a day; returns how many."""
    dropped, _by_table = Valve.objects.filter(free_at__lt=Now() - IDLE).delete()
    return dropped


def _run(statement: str, flow: Flow, target: str, **values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"key": key_of(flow.name, target)} | values)
