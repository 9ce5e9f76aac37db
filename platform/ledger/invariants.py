"""Invariants: what must hold of the rows at any moment. Each counts violations; a new one is a copy of its neighbor.

Here are those of the ledger's own tables; each floor above lists its own in the same shape.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection


@dataclass(frozen=True, slots=True)
class Invariant:
    """`count` gives the number of violations: 0 when all is well."""

    name: str
    sentence: str
    count: Callable[[], int]


def violations(sql: str, *parameters: Any) -> int:
    """Run a query that selects the violating rows and count them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({sql}) AS violation", parameters)
        return int(cursor.fetchone()[0])


def repeated_outbox_keys() -> int:
    return violations("SELECT dedupe_key FROM ledger_outboxevent GROUP BY dedupe_key HAVING count(*) > 1")


def repeated_ticks() -> int:
    return violations("SELECT task, due_slot FROM ledger_tick GROUP BY task, due_slot HAVING count(*) > 1")


INVARIANTS: list[Invariant] = [
    Invariant(
        "one_outbox_row_per_key", "每个事项只有一条待发事件 / one outbox row per dedupe key", repeated_outbox_keys
    ),
    Invariant("one_tick_per_slot", "每个时刻只有一次节拍 / one tick per task and slot", repeated_ticks),
]
