"""Locks of the database that hang on no row: their numbers, and how one is taken."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum, unique

from django.db import connection


@unique
class Lock(IntEnum):
    """One number per thing that one transaction, or one session, does at a time; the same on every host."""

    REQUEST_RUN = 7_401_001
    LOOK = 7_401_002
    PROMISE_PLACES = 7_401_003
    WAIT_TO_LOOK = 7_401_004
    PLAN_EMBEDDING = 7_401_005
    ANSWER_ONCE = 7_401_006
    PLAN_NOTICES = 7_401_007
    WAIT_TO_PLAN = 7_401_008
    SEND = 7_401_009
    KEEP_FIGURES = 7_401_010
    NAME_FUND = 7_401_011
    IMPORT = 7_401_012


def hold(lock: Lock) -> None:
    """Wait for a lock and keep it until the transaction ends."""
    _ask("SELECT pg_advisory_xact_lock(%s)", lock)


def hold_of(lock: Lock, number: int) -> None:
    """Wait for one of many locks of a kind, by a number of 32 bits, and keep it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [int(lock), number])


def take_of(lock: Lock, number: int) -> bool:
    """Take one of many locks of a kind, by a number of 32 bits, until the transaction ends, if nobody has it. Such
    pairs of numbers are apart from the single ones.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [int(lock), number])
        return bool(cursor.fetchone()[0])


def take_of_for_session(lock: Lock, number: int) -> bool:
    """Take one of many locks of a kind, if nobody has it; it ends with `leave_of`, or with the session."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [int(lock), number])
        return bool(cursor.fetchone()[0])


def leave_of(lock: Lock, number: int) -> None:
    """Give back one of many locks of the session."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [int(lock), number])


def end_when_silent(seconds: int | None) -> None:
    """Have PostgreSQL end this session, and what it holds, once nothing was heard of it for so long; None: never."""
    value = "0" if seconds is None else f"{seconds}s"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('idle_session_timeout', %s, false), "
            "set_config('idle_in_transaction_session_timeout', %s, false)",
            [value, value],
        )


def take_for_session(lock: Lock) -> bool:
    """Take a lock if nobody has it; it ends with `leave`, or with the session, whatever ends that."""
    return bool(_ask("SELECT pg_try_advisory_lock(%s)", lock))


def leave(lock: Lock) -> None:
    """Give back a lock of the session."""
    _ask("SELECT pg_advisory_unlock(%s)", lock)


@contextmanager
def holding(*locks: Lock) -> Iterator[None]:
    """Keep what nobody has of some locks of the session: who would take one meanwhile leaves at once."""
    taken = [lock for lock in locks if take_for_session(lock)]
    try:
        yield
    finally:
        for lock in taken:
            leave(lock)


def _ask(query: str, lock: Lock) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query, [int(lock)])
        return cursor.fetchone()[0]
