"""The only writer of outbox rows."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from ledger.models import OutboxEvent


def record_event(
    kind: str, *, object_type: str, public_id: UUID, version: int = 1, payload: dict[str, Any] | None = None
) -> OutboxEvent:
    """Write the outbox row of a fact, in the transaction of the fact; repeating the same fact writes nothing more."""
    event, _ = OutboxEvent.objects.get_or_create(
        dedupe_key=f"{kind}:{object_type}:{public_id}:{version}",
        defaults={
            "kind": kind,
            "object_type": object_type,
            "object_public_id": public_id,
            "object_version": version,
            "payload": payload or {},
        },
    )
    return event


def record_events(kind: str, *, object_type: str, versions: Iterable[tuple[UUID, int]]) -> None:
    """The outbox rows of one fact about many objects, each with the version it is true of."""
    OutboxEvent.objects.bulk_create(
        [
            OutboxEvent(
                dedupe_key=f"{kind}:{object_type}:{public_id}:{version}",
                kind=kind,
                object_type=object_type,
                object_public_id=public_id,
                object_version=version,
            )
            for public_id, version in versions
        ],
        ignore_conflicts=True,
    )
