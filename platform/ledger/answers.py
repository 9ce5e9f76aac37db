"""One effect per key: what was answered to a request is kept in the transaction of its effect, and given again.

A crash loses both or neither. What failed had no effect and is not kept: its key may be used again.
"""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Final, NamedTuple

from django.db import transaction
from django.db.models.functions import Now

from ledger.crash import crash_point
from ledger.locks import Lock, take_of
from ledger.models import KeptAnswer

KEPT_FOR: Final = timedelta(hours=48)


class Answer(NamedTuple):
    """What was answered, as far as it is the same whenever it is given."""

    status: int
    headers: dict[str, str]
    body: str


class Given(NamedTuple):
    answer: Answer
    is_repeated: bool


class UnderWay(Exception):
    """A request with this key is being worked on by another connection."""


class AskedOtherwise(Exception):
    """The key was used for something else."""


@transaction.atomic
def once(*, user_id: int, key: str, asked: str, act: Callable[[], Answer]) -> Given:
    """Act, and keep what was answered; where that was done for this key of the user, give it again.

    `asked` is all that makes two requests the same. Raises UnderWay, AskedOtherwise, and whatever `act` raises.
    """
    key_hash = _hash(f"{user_id}:{key}")
    if not _is_alone(key_hash):
        raise UnderWay
    mine = KeptAnswer.objects.filter(key_hash=key_hash)
    kept = mine.filter(created_at__gt=Now() - KEPT_FOR).first()
    if kept is not None:
        if kept.asked_hash != _hash(asked):
            raise AskedOtherwise
        return Given(Answer(kept.status, kept.headers, kept.body), is_repeated=True)
    mine.delete()
    answer = act()
    crash_point("answer.before_kept")
    KeptAnswer.objects.create(user_id=user_id, key_hash=key_hash, asked_hash=_hash(asked), **answer._asdict())
    crash_point("answer.kept")
    return Given(answer, is_repeated=False)


def _is_alone(key_hash: str) -> bool:
    """Lock the key until the transaction ends, without waiting: who comes meanwhile is told to come again."""
    return take_of(Lock.ANSWER_ONCE, int.from_bytes(bytes.fromhex(key_hash[:8]), signed=True))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
