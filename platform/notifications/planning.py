"""From facts to notices: every outbox event is looked at once, in the order of commits, and becomes one notice per
recipient, with a delivery for what leaves at once.

A trigger marks each event as it is written; marks are taken away in the transaction that plans, so that none is
overlooked, however late it commits, and nothing is planned twice (`ledger.changes`).
"""

import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import OperationalError, transaction
from django.utils.translation import override

from ledger.bell import ring_after_commit
from ledger.changes import mark_changes, take_changes
from ledger.crash import crash_point
from ledger.locks import Lock, hold, leave, take_for_session
from ledger.models import OutboxEvent
from ledger.rowsets import insert_new_rows
from notifications.bells import bell_of
from notifications.choices import DeliveryKind, Rhythm, Topic, Way
from notifications.directory import Directory, Recipient
from notifications.gathering import gathered
from notifications.hours import first_hour_outside
from notifications.kinds.base import NOBODY, Kind, Tiding, loaded
from notifications.kinds.registry import KINDS, KINDS_OF_EVENT
from notifications.models import Delivery, Notice
from zones.scoping import SYSTEM, Principal

log = logging.getLogger(__name__)
SUBJECT: Final = "outbox"
"""The subject of the marks that the trigger of outbox events leaves."""
FAILED: Final = "outbox_failed"
AT_ONCE: Final = 2_000
PERSONAL: Final = frozenset({"matching.savedsearch", "zones.registration", "zones.invitation"})
"""Tables of which an account sees rows as itself, not by its places."""


def plan() -> int:
    """Plan what was written since the last time; returns how many notices came of it.

    One process plans and one waits for its turn; a third leaves at once, because the one that waits will see what it
    would have seen.
    """
    if not take_for_session(Lock.WAIT_TO_PLAN):
        return 0
    made = [0]
    with transaction.atomic():
        try:
            hold(Lock.PLAN_NOTICES)
        finally:
            leave(Lock.WAIT_TO_PLAN)
        take_changes(SUBJECT, lambda ids, _sequence: made.append(_planned(ids)))
        crash_point("before_plan_commit")
    return sum(made)


def _planned(ids: Sequence[int]) -> int:
    directory, count = Directory(), 0
    for start in range(0, len(ids), AT_ONCE):
        rows = OutboxEvent.objects.filter(pk__in=ids[start : start + AT_ONCE], kind__in=KINDS_OF_EVENT.keys())
        events = list(rows.order_by("pk"))
        notices = gathered(list(_notices(events, directory)))
        insert_new_rows(Notice, notices)
        _deliver_at_once([one for one in notices if one.rhythm == Rhythm.IMMEDIATE], directory)
        count += len(notices)
    return count


def _notices(events: Sequence[OutboxEvent], directory: Directory) -> Iterator[Notice]:
    """The events of each kind with their records, in the order in which they were written."""
    named = list(_named(events))
    records = _records(named)
    tellings = [
        _Telling(one, records[one.kind.name, one.public_id], directory)
        for one in named
        if (one.kind.name, one.public_id) in records
    ]
    met: set[tuple[int, str]] = set()
    for telling in tellings:
        for notice in _told_of(telling):
            key = (telling.event.pk, f"u{notice.user_id}" if notice.user_id else f"e{notice.endpoint_id}")
            if telling.kind.news and key in met:
                continue
            met.add(key)
            yield notice


def notices_for(events: Sequence[OutboxEvent], directory: Directory) -> list[Notice]:
    """What facts would be told to those a directory knows, in their order; none of it is written."""
    return list(_notices(events, directory))


class _Named(NamedTuple):
    """A kind of notice of an event, and the record it is about."""

    kind: Kind
    event: OutboxEvent
    public_id: UUID


def _named(events: Sequence[OutboxEvent]) -> Iterator[_Named]:
    """One whose payload does not name its record is set aside like one that cannot be told."""
    for event in events:
        for kind in KINDS_OF_EVENT[event.kind]:
            try:
                yield _Named(kind, event, kind.record(event))
            except Exception:  # whatever is wrong with one event
                _set_aside(event)


def _told_of(telling: "_Telling") -> list[Notice]:
    """The notices of one event. One that cannot be told is marked, tried again each day, and holds up no other."""
    try:
        with transaction.atomic():
            return list(telling.notices())
    except OperationalError:
        raise
    except Exception:  # whatever is wrong with one record
        _set_aside(telling.event)
        return []


def _set_aside(event: OutboxEvent) -> None:
    log.exception("event %s cannot be told", event.dedupe_key)
    mark_changes(FAILED, [event.pk])


def plan_failed_again() -> None:
    """Let events that could not be told be looked at once more."""
    take_changes(FAILED, lambda ids, _sequence: mark_changes(SUBJECT, ids))


def _records(named: Sequence[_Named]) -> dict[tuple[str, UUID], Any]:
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for one in named:
        wanted[one.kind.name].add(one.public_id)
    return {(name, key): row for name, ids in wanted.items() for key, row in loaded(KINDS[name].subject, ids).items()}


class _Telling:
    """One event, told to everybody whom it concerns, who may see its record and has not muted it."""

    def __init__(self, named: _Named, row: Any, directory: Directory) -> None:
        self.kind, self.event, self.public_id = named
        self.row, self.directory = row, directory
        self._answers: dict[tuple[Principal, str], bool] = {}

    def notices(self) -> Iterator[Notice]:
        met: set[str] = set()
        threads = self.kind.threads(self.row)
        muted = self.directory.muted(threads)
        for tiding in self.kind.tidings(self.row, self.event):
            part = tiding.part or self.kind.news
            for recipient in self._recipients(tiding, threads):
                if recipient.user_id in muted:
                    continue
                key = f"{self.event.dedupe_key}:{part}:{recipient.key}"
                if key not in met and self._may_read(recipient, tiding):
                    met.add(key)
                    yield self._notice(recipient, tiding, key)

    def _recipients(self, tiding: Tiding, threads: frozenset[UUID]) -> list[Recipient]:
        found = [] if tiding.audience == NOBODY else self.directory.recipients(tiding.audience)
        if self.kind.is_for_watchers:
            known = {one.user_id for one in found}
            found += [one for one in self.directory.followers(threads) if one.user_id not in known]
        return found

    def _may_read(self, recipient: Recipient, tiding: Tiding) -> bool:
        """Whether there is anything to read: asked once for all who stand in the same places."""
        principal = self.directory.principal_of(recipient)
        place = principal if self.kind.subject.label in PERSONAL else replace(principal, user_id=None)
        key = (place, tiding.part)
        if key not in self._answers:
            notice = Notice(kind=self.kind.name, facts=dict(tiding.facts), object_public_id=self.public_id)
            row = self.kind.subject.rows(principal, [self.public_id]).get(self.public_id)
            with override("zh-hans"):
                self._answers[key] = row is not None and self.kind.told(row, notice, principal) is not None
        return self._answers[key]

    def _notice(self, recipient: Recipient, tiding: Tiding, key: str) -> Notice:
        return Notice(
            user_id=recipient.user_id,
            endpoint_id=recipient.endpoint_id,
            kind=self.kind.name,
            topic=self.kind.topic,
            object_type=self.kind.subject.label,
            object_public_id=self.public_id,
            facts=dict(tiding.facts),
            is_in_inbox=self.directory.is_in_inbox(recipient, self.kind.topic),
            rhythm=self._rhythm(recipient),
            dedupe_key=key,
            happened_at=self.event.created_at,
        )

    def _rhythm(self, recipient: Recipient) -> Rhythm:
        rhythm = self.directory.rhythm_of(recipient, self.kind)
        is_mail = rhythm == Rhythm.IMMEDIATE and recipient.user_id is not None
        if is_mail and not self.directory.may_mail_now(recipient.user_id or 0):
            return Rhythm.DAILY
        return rhythm


def _deliver_at_once(notices: Sequence[Notice], directory: Directory) -> None:
    """One delivery for each, unless it has one, and the bell of its channel."""
    if not notices:
        return
    deliveries = [_delivery(notice, directory) for notice in notices]
    insert_new_rows(Delivery, deliveries)
    stored = dict(
        Delivery.objects.visible_to(SYSTEM)
        .filter(dedupe_key__in=[one.dedupe_key for one in deliveries])
        .values_list("dedupe_key", "pk")
    )
    rows = Notice.objects.visible_to(SYSTEM).filter(dedupe_key__in=stored, delivery__isnull=True)
    for notice in rows:
        notice.delivery_id = stored[notice.dedupe_key]
    Notice.plain.bulk_update(rows, ["delivery"], batch_size=1_000)
    for channel in {one.channel for one in deliveries}:
        ring_after_commit(bell_of(channel))


def _delivery(notice: Notice, directory: Directory) -> Delivery:
    """Its key is the notice's: one message per event, object, version, recipient and channel."""
    if notice.endpoint_id is not None:
        channel = directory.endpoint(notice.endpoint_id).kind
        return Delivery(
            endpoint_id=notice.endpoint_id, channel=channel, kind=DeliveryKind.NOTICE, dedupe_key=notice.dedupe_key
        )
    assert notice.user_id is not None
    settings = directory.settings_of(notice.user_id)
    delivery = Delivery(
        user_id=notice.user_id, channel=Way.MAIL, kind=DeliveryKind.NOTICE, dedupe_key=notice.dedupe_key
    )
    later = None if KINDS[notice.kind].topic in AT_ANY_HOUR else first_hour_outside(settings)
    if later is not None:
        delivery.next_at = later
    return delivery


AT_ANY_HOUR: Final = frozenset({Topic.ACCOUNTS})
"""What somebody waits for at the screen is not held back at night."""
