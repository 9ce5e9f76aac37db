"""Notices as one reader may read them now: records by `visible_to`, words in the language that is active."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from notifications.following import thread_of
from notifications.kinds.base import Subject, Told
from notifications.kinds.registry import KINDS
from notifications.models import Notice
from zones.scoping import Principal


class Shown(NamedTuple):
    """A notice and what it says; None: its record is not for this reader any more, or nothing is left to say. `why` it
    was told, and the `thread` that can be muted.
    """

    notice: Notice
    told: Told | None
    why: str = ""
    thread: tuple[str, UUID] | None = None


def shown(notices: Sequence[Notice], principal: Principal) -> list[Shown]:
    """In the order of the notices; one query for each table they are about."""
    rows = _rows(notices, principal)
    return [_shown(notice, rows, principal) for notice in notices]


def readable(notices: Sequence[Notice], principal: Principal) -> list[tuple[Notice, Told]]:
    """Those of them that say something."""
    return [(one.notice, one.told) for one in shown(notices, principal) if one.told is not None]


def _rows(notices: Iterable[Notice], principal: Principal) -> dict[tuple[str, UUID], Any]:
    wanted: dict[Subject, set[UUID]] = defaultdict(set)
    for notice in notices:
        if notice.kind in KINDS:
            wanted[KINDS[notice.kind].subject].add(notice.object_public_id)
    return {
        (subject.label, key): row
        for subject, ids in wanted.items()
        for key, row in subject.rows(principal, ids).items()
    }


def _shown(notice: Notice, rows: dict[tuple[str, UUID], Any], principal: Principal) -> Shown:
    kind, row = KINDS.get(notice.kind), rows.get((notice.object_type, notice.object_public_id))
    told = None if kind is None or row is None else kind.told(row, notice, principal)
    if kind is None or told is None:
        return Shown(notice, None)
    return Shown(notice, told, str(kind.why), thread_of(kind, row))
