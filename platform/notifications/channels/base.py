"""How a channel is called: what goes out, where to, and what became of it. Here is no ledger and no HTTP.

The ledger claims a delivery, asks at that moment what its receiver may read, and hands the result to the channel of its
kind. A channel sends once and says what happened; it never waits, never retries, writes no delivery.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from operator import attrgetter

from ledger.valves import Flow


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is told: a line, what stands below it, where to read on. `is_below`: a part of the one before."""

    title: str
    text: str = ""
    url: str = ""
    is_below: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail."""

    name: str
    content: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message as its receiver may read it now. `id` is the delivery's public id: the same however often it is sent.

    `text`, `html` and `markdown` are each the whole message; a channel with a byte limit puts its own together from
    `title` and `items`, and leaves items out at the end. `unsubscribe`: where one POST, without logging in, ends it.
    `why` it comes and where its keeper stops it (`stop_url`) are said to groups, who know of neither.
    """

    id: str
    kind: str
    language: str
    title: str
    created_at: datetime
    text: str = ""
    html: str = ""
    markdown: str = ""
    items: tuple[Item, ...] = ()
    url: str = ""
    unsubscribe: str = ""
    why: str = ""
    stop_url: str = ""
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """Where to. `key` names the target in logs, counts and breakers; a robot's address holds its secret."""

    key: str
    address: str = field(repr=False)
    secret: str = field(default="", repr=False)


class Result(StrEnum):
    SENT = "sent"
    RETRY = "retry"
    UNKNOWN = "unknown"
    DEAD = "dead"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one sending, with a reason for people that holds no secret and no content.

    `after` is how long the other side asks to be left alone. `is_attempt` is false where nothing was sent because of
    our own limits: that uses up no attempt. `is_gone`: the target does not want to be told again, ever.
    """

    result: Result
    reason: str = ""
    after: timedelta | None = None
    is_attempt: bool = True
    is_gone: bool = False

    @classmethod
    def sent(cls) -> "Outcome":
        return cls(Result.SENT)

    @classmethod
    def retry(cls, reason: str, after: timedelta | None = None) -> "Outcome":
        """It was not taken, and may be later."""
        return cls(Result.RETRY, reason, after)

    @classmethod
    def held(cls, reason: str, after: timedelta) -> "Outcome":
        """Nothing was sent: the target's bucket is empty, or its breaker open."""
        return cls(Result.RETRY, reason, after, is_attempt=False)

    @classmethod
    def unknown(cls, reason: str) -> "Outcome":
        """It may have arrived, and must not be sent again."""
        return cls(Result.UNKNOWN, reason)

    @classmethod
    def dead(cls, reason: str, *, is_gone: bool = False) -> "Outcome":
        """It will not be taken however often it is sent."""
        return cls(Result.DEAD, reason, is_gone=is_gone)


@dataclass(frozen=True, slots=True)
class Channel:
    """A way out. `waits` are the pauses before the second, third, … attempt; after the last one it is dead.

    `may_repeat`: whether a delivery whose sender died on the way may be sent again under the same id. Mail and webhooks
    carry an id by which a receiver knows it; a robot would say everything twice: there it becomes `unknown`.
    `flow` is how fast one target may be told, by all processes together; None: mail, whose server says so itself.
    `reads`: the text that is read of a message there, as it would be sent now.
    """

    kind: str
    queue: str
    limit_bytes: int
    may_repeat: bool
    waits: tuple[timedelta, ...]
    send: Callable[[Outgoing, Target], Outcome]
    reads: Callable[[Outgoing], str] = attrgetter("text")
    flow: Flow | None = None

    def wait_after(self, attempts: int, outcome: Outcome) -> timedelta | None:
        """How long to wait after that many attempts that count; None: that was the last."""
        if not outcome.is_attempt:
            return outcome.after or timedelta()
        if attempts > len(self.waits):
            return None
        return max(self.waits[attempts - 1], outcome.after or timedelta())
