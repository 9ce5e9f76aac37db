"""Ticks: a due slot is a row, so two beats do the work once and a missed slot is caught up once."""

from datetime import UTC, date, datetime, time

from django.db import connection


def take_daily_tick(task: str, *, on: date) -> bool:
    """True for exactly one caller per day, whoever asks and however often; undone with the caller's transaction."""
    slot = datetime.combine(on, time.min, tzinfo=UTC)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO ledger_tick (task, due_slot) VALUES (%s, %s) ON CONFLICT DO NOTHING", [task, slot])
        inserted: int = cursor.rowcount
    return inserted == 1
