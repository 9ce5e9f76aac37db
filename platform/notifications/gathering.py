"""What comes in quick succession in one talk is gathered: the first line is told at once, the rest goes with a digest,
in one notice that counts them all when it is read.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models.functions import Now

from notifications.choices import Rhythm
from notifications.kinds.registry import ALL
from notifications.models import Notice
from zones.scoping import SYSTEM

WITHIN: Final = timedelta(hours=4)
TALK: Final = frozenset(kind.name for kind in ALL if kind.is_talk)
Key = tuple[int, str, UUID]


def gathered(notices: Sequence[Notice]) -> list[Notice]:
    """Without those that one before them, unread and not sent yet, counts already."""
    talk = [one for one in notices if _is_talk(one)]
    if not talk:
        return list(notices)
    earlier = _unread(talk)
    return [one for one in notices if not _is_talk(one) or _is_kept(one, earlier)]


def _is_talk(notice: Notice) -> bool:
    """A webhook is a program: it is told everything."""
    return notice.kind in TALK and notice.user_id is not None


def _is_kept(notice: Notice, earlier: dict[Key, list[Notice]]) -> bool:
    before = earlier[_key(notice)]
    if any(one.delivery_id is None and one.rhythm != Rhythm.IMMEDIATE for one in before):
        return False
    if before and notice.rhythm == Rhythm.IMMEDIATE:
        notice.rhythm = Rhythm.DAILY
    before.append(notice)
    return True


def _unread(talk: Iterable[Notice]) -> dict[Key, list[Notice]]:
    """What their readers have not read yet of the same talks, of the last hours."""
    found: dict[Key, list[Notice]] = defaultdict(list)
    for row in _rows(talk):
        found[_key(row)].append(row)
    return found


def _rows(talk: Iterable[Notice]) -> Iterator[Any]:
    users, records = {one.user_id for one in talk}, {one.object_public_id for one in talk}
    rows = Notice.objects.visible_to(SYSTEM).filter(
        user_id__in=users, object_public_id__in=records, kind__in=TALK, read_at__isnull=True,
        created_at__gt=Now() - WITHIN,
    )  # fmt: skip
    return iter(rows.order_by("pk"))


def _key(notice: Notice) -> Key:
    return notice.user_id or 0, notice.kind, notice.object_public_id
