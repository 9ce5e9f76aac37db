"""What a kind of notice says of itself: of which event, to whom, about what, in which words, and why."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.apps import apps
from django.urls import NoReverseMatch, reverse

from ledger.models import OutboxEvent
from notifications.channels.base import Attachment, Item
from notifications.choices import Topic
from notifications.models import Notice
from zones.scoping import NO_IDS, SYSTEM, Ids, Principal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

SHOWN_ITEMS: Final = 5


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom to tell: staff of zones, members of organizations, secretariats, accounts; `but` leaves accounts out."""

    zones: Ids = NO_IDS
    organizations: Ids = NO_IDS
    secretariats: Ids = NO_IDS
    users: Ids = NO_IDS
    but: Ids = NO_IDS


NOBODY: Final = Audience()


@dataclass(frozen=True, slots=True)
class Tiding:
    """What one audience is told of an event. `part` tells several tidings of one event apart."""

    audience: Audience
    facts: Mapping[str, Any] = field(default_factory=dict)
    part: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as its reader may read it now."""

    title: str
    text: str
    url: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Subject:
    """A table that notices are about: what a row is called and where its reader finds it."""

    label: str
    name_of: Callable[[Any], str]
    url_of: Callable[[Any, Principal], str]
    related: tuple[str, ...] = ()
    key: str = "public_id"

    def rows(self, principal: Principal, ids: Iterable[UUID]) -> dict[UUID, Any]:
        """Those of the records that the principal may see now."""
        found = apps.get_model(self.label)._default_manager.none() if not ids else self._visible(principal, ids)
        return {getattr(row, self.key): row for row in found}

    def _visible(self, principal: Principal, ids: Iterable[UUID]) -> Any:
        model: Any = apps.get_model(self.label)
        rows = model.objects.visible_to(principal).filter(**{f"{self.key}__in": list(ids)})
        return rows.select_related(*self.related) if self.related else rows


class Places(Subject):
    """A table everybody reads."""

    def _visible(self, principal: Principal, ids: Iterable[UUID]) -> Any:
        return apps.get_model(self.label)._default_manager.filter(public_id__in=list(ids))


def _of_event(event: OutboxEvent) -> UUID:
    return event.object_public_id


def named_in(payload_key: str) -> Callable[[OutboxEvent], UUID]:
    """The record an event names in its payload, where the event's own row is another."""
    return partial(_named, payload_key)


def _named(payload_key: str, event: OutboxEvent) -> UUID:
    return UUID(event.payload[payload_key])


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of notice. `title` and `sentence` may name `%(name)s`, the record, and the facts of the tiding.

    `is_urgent`: sent at once to whoever has not switched the topic off. `who` and `why` stand in the table of all
    notices and, `why`, at the foot of a mail. `news` tells a second kind of one event from the first, which is told
    before it, and to nobody twice. `is_talk`: what comes in quick succession is gathered in one notice.
    """

    event: str
    topic: Topic
    subject: Subject
    title: "StrPromise"
    sentence: "StrPromise"
    who: "StrPromise"
    why: "StrPromise"
    audience: Callable[[Any, OutboxEvent], Audience]
    record: Callable[[OutboxEvent], UUID] = _of_event
    is_urgent: bool = False
    is_for_watchers: bool = False
    is_talk: bool = False
    news: str = ""

    @property
    def name(self) -> str:
        return f"{self.event}.{self.news}" if self.news else self.event

    def thread(self, row: Any) -> tuple[str, UUID]:
        """What is muted by whoever wants to hear no more of this record: its table and public id."""
        return self.subject.label, getattr(row, self.subject.key)

    def threads(self, row: Any) -> frozenset[UUID]:
        """What somebody follows, or has muted, who is told of this record, or is not."""
        return frozenset({self.thread(row)[1]})

    def attachments(self, row: Any) -> tuple[Attachment, ...]:
        """Files that go with a mail about this notice alone."""
        return ()

    def tidings(self, row: Any, event: OutboxEvent) -> Sequence[Tiding]:
        return [Tiding(self.audience(row, event))]

    def told(self, row: Any, notice: Notice, principal: Principal) -> Told | None:
        """The notice in words, in the language that is active; None: there is nothing to say any more."""
        words = {**notice.facts, "name": self.subject.name_of(row)}
        return Told(str(self.title) % words, str(self.sentence) % words, self.subject.url_of(row, principal))


def address(*candidates: tuple[str, Sequence[object]]) -> str:
    """The path of the first page that exists."""
    for name, arguments in candidates:
        try:
            return reverse(name, args=list(arguments))
        except NoReverseMatch:
            continue
    return "/"


def only(*ids: int | None) -> Ids:
    """Ids without the missing ones."""
    return frozenset(pk for pk in ids if pk is not None)


def owners(row: Any) -> Audience:
    """The members of a record's organization and the staff of its zone."""
    return Audience(zones=only(row.zone_id), organizations=only(row.organization_id))


def members(row: Any) -> Audience:
    return Audience(organizations=only(row.organization_id))


def nobody(row: Any, event: OutboxEvent) -> Audience:
    """Those who follow the record, and nobody by role."""
    return NOBODY


def loaded(subject: Subject, ids: Iterable[UUID]) -> dict[UUID, Any]:
    """The records of events that are to be told, whoever may see them."""
    return subject.rows(SYSTEM, ids)
