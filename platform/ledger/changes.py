"""Change marks: a database trigger leaves one for every change of a watched row; one reader per cluster takes them
away.

Taking is a DELETE in the transaction that does the work, so nothing is lost when it fails, and no mark that
commits late
can be overlooked. The reader's row lock puts its batches in commit order: `sequence` counts them, and whatever a batch
writes can be followed by any number of readers with `sequence > seen`.
"""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.db import connection, transaction

from ledger.models import Follower

Handler = Callable[[list[int], int], None]
MARK = "INSERT INTO ledger_changemark (subject, object_id) SELECT %s, unnest(%s::bigint[])"
TAKE = "DELETE FROM ledger_changemark WHERE subject = %s RETURNING object_id"
DROP = "DELETE FROM ledger_changemark WHERE subject = %s AND object_id = ANY(%s)"


def take_changes(subject: str, handle: Handler) -> list[int]:
    """Hand the ids that changed and the number of this batch to `handle`, in one transaction; [] when there are none.

    One process at a time: another one that comes meanwhile gets [] at once.
    """
    with transaction.atomic(savepoint=False):
        follower = _locked(subject, must_wait=False)
        return [] if follower is None else _handled(follower, _taken(subject), handle)


def hand_over(subject: str, ids: list[int], handle: Handler) -> None:
    """Hand ids to the same handler, marked or not, in order with the others; waits for its turn.

    Marks they carry are dropped first, so that nothing is done twice; a change that commits later leaves its own.
    """
    with transaction.atomic():
        follower = _locked(subject, must_wait=True)
        if follower is not None:
            with connection.cursor() as cursor:
                cursor.execute(DROP, [subject, ids])
            _handled(follower, ids, handle)


def mark_changes(subject: str, ids: list[int]) -> None:
    """Leave marks as the trigger does: for a change that is not in the watched row but concerns who follows it."""
    with connection.cursor() as cursor:
        cursor.execute(MARK, [subject, ids])


def begin_anew(subject: str) -> None:
    """Let everybody who follows read all again: rows that are gone leave no batch number."""
    Follower.objects.filter(name=subject).update(epoch=uuid4())


def epoch_of(subject: str) -> UUID:
    """Which count the batch numbers of `subject` belong to."""
    return Follower.objects.get_or_create(name=subject)[0].epoch


def _locked(subject: str, *, must_wait: bool) -> Follower | None:
    followers = Follower.objects.filter(name=subject)
    locked = followers.select_for_update(skip_locked=not must_wait)
    follower = locked.first()
    if follower is None and not followers.exists():
        Follower.objects.get_or_create(name=subject)
        follower = locked.first()
    return follower


def _taken(subject: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(TAKE, [subject])
        return sorted({row[0] for row in cursor.fetchall()})


def _handled(follower: Follower, ids: list[int], handle: Handler) -> list[int]:
    if ids:
        follower.sequence += 1
        handle(ids, follower.sequence)
        follower.save(update_fields=["sequence"])
    return ids
