"""Following the change marks: what changed in a table since a place in the log, missing no late commit.

A place is a transaction number: every mark of an earlier transaction has been seen. Readers stop before the oldest
transaction that still runs, so a mark that commits late is never behind them.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.db import connection, transaction

from ledger.models import Follower

START = 0


class Changes(NamedTuple):
    """Distinct ids, ascending, and the place to go on from (unchanged when nothing changed)."""

    ids: list[int]
    place: int


_NEXT = """
SELECT object_id, max("transaction") FROM ledger_changemark
WHERE subject = %s AND "transaction" >= %s AND "transaction" < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
GROUP BY object_id ORDER BY object_id
"""


def changes_since(place: int, *, subject: str) -> Changes:
    """What changed in `subject` since `place`."""
    with connection.cursor() as db:
        db.execute(_NEXT, [subject, place])
        rows = db.fetchall()
    return Changes([row[0] for row in rows], max((row[1] + 1 for row in rows), default=place))


def latest_place(*, subject: str) -> int:
    """The place after the last mark that everybody can see: how far a reader could be."""
    with connection.cursor() as db:
        db.execute('SELECT coalesce(max("transaction") + 1, 0) FROM ledger_changemark WHERE subject = %s', [subject])
        place: int = db.fetchone()[0]
    return place


def follow(name: str, *, subject: str, handle: Callable[[list[int]], None]) -> list[int]:
    """Hand the changed ids to `handle` and move the follower, in one transaction; [] when there are none.

    One process at a time: another one that comes meanwhile gets [] at once.
    """
    Follower.objects.get_or_create(name=name)
    with transaction.atomic():
        follower = Follower.objects.select_for_update(skip_locked=True).filter(name=name).first()
        if follower is None:
            return []
        changes = changes_since(follower.place, subject=subject)
        if changes.ids:
            handle(changes.ids)
            follower.place = changes.place
            follower.save(update_fields=["place"])
    return changes.ids
