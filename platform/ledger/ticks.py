"""Ticks: a due slot is a row, so two beats do the work once and a missed slot is caught up once."""

from datetime import UTC, datetime

from django.db import connection


def database_now() -> datetime:
    """The one clock of leases, due times and ticks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now


def take_tick(task: str, *, every_seconds: int) -> bool:
    """True for exactly one caller per slot of `every_seconds`, whoever asks and however often."""
    epoch = int(database_now().timestamp())
    slot = datetime.fromtimestamp(epoch - epoch % every_seconds, tz=UTC)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO ledger_tick (task, due_slot) VALUES (%s, %s) ON CONFLICT DO NOTHING", [task, slot])
        inserted: int = cursor.rowcount
    return inserted == 1
