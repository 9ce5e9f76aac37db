"""The only writer of outbox rows."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid5

from ledger.bell import EVENTS, ring_after_commit
from ledger.models import OutboxEvent
from ledger.rowsets import insert_new_rows

FACTS = UUID("6f7b2c1e-5a0d-4c8e-9f63-2d1b7e4a9c05")


def record_event(
    kind: str, *, object_type: str, public_id: UUID, version: int = 1, payload: dict[str, Any] | None = None
) -> None:
    """Write the outbox row of a fact, in the transaction of the fact; repeating the same fact writes nothing more."""
    _write([_row(kind, object_type, public_id, version, payload or {})])


def record_events(kind: str, *, object_type: str, versions: Iterable[tuple[UUID, int]]) -> None:
    """The outbox rows of one fact about many objects, each with the version it is true of."""
    rows = [_row(kind, object_type, public_id, version, {}) for public_id, version in versions]
    _write(rows)


def record_fact(kind: str, *, object_type: str, key: object, payload: dict[str, Any]) -> None:
    """Write the outbox row of a fact about a row without public id and version.

    It is named by a UUID made of its table and key.
    """
    record_again(kind, object_type=object_type, public_id=uuid5(FACTS, f"{object_type}:{key}"), payload=payload)


def record_again(kind: str, *, object_type: str, public_id: UUID, payload: dict[str, Any]) -> None:
    """Write the outbox row of a fact that comes true of an object again and again: its version counts how often."""
    told = OutboxEvent.objects.filter(dedupe_key__startswith=f"{kind}:{object_type}:{public_id}:").count()
    record_event(kind, object_type=object_type, public_id=public_id, version=told + 1, payload=payload)


def _write(rows: list[OutboxEvent]) -> None:
    insert_new_rows(OutboxEvent, rows)
    ring_after_commit(EVENTS)


def _row(kind: str, object_type: str, public_id: UUID, version: int, payload: dict[str, Any]) -> OutboxEvent:
    return OutboxEvent(
        dedupe_key=f"{kind}:{object_type}:{public_id}:{version}",
        kind=kind,
        object_type=object_type,
        object_public_id=public_id,
        object_version=version,
        payload=payload,
    )
