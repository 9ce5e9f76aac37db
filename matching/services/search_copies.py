"""What this process searches: segments of every subject, from the files of the host or from the rows, followed by
batch numbers.

Files are made by a worker and mapped by every process; what has changed since stands in small segments in memory.
"""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Final, NamedTuple

import numpy as np
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from ledger.models import Follower
from matching.engine.records import ENCODING_VERSION
from matching.models import NeedDocument, ResourceDocument
from matching.services.search_sources import SOURCES, Source, history_of
from zones.errors import DomainError
from zones.models import Association, Code, Membership, Organization, Zone
from zones.scoping import today
from zones.search.asking import Pool
from zones.search.facets import COLUMNS
from zones.search.requests import NEED, ORGANIZATION, RESOURCE
from zones.search.segments import Segment, read_segment, segment_of, write_segment

LAYOUT: Final = 1
"""Raised when what a segment holds, or how, is changed."""
MAX_IN_MEMORY: Final = 20_000
"""More records than this are read from files only: no page makes its reader wait for them."""
MAX_SEGMENTS: Final = 12
LEAST_BEHIND: Final = 1_000
BEHIND_SHARE: Final = 0.02
"""Files are made anew when a fiftieth of what they hold has changed."""
MAX_READERS: Final = 64
"""For so many groups of people who see the same a process remembers what that is."""
Scopes = tuple[str, ...] | None
PLACES: Final = (Zone, Membership, Association, Code)


class SearchNotReady(DomainError):
    """The files of this host are still being made."""

    code = "search_not_ready"
    retry_seconds = 20


class Stamp(NamedTuple):
    """How far everything is that search reads. `latest`: subject → number; `epochs`: which count it belongs to;
    `places`: of zones, memberships, associations and codes.
    """

    latest: Mapping[str, int]
    epochs: Mapping[str, str]
    places: tuple[object, ...]


def read_stamp() -> Stamp:
    """Ask for all numbers at once."""
    latest = [
        _newest(ResourceDocument, "sequence"), _newest(history_of(Organization), "pgh_id"),
        _newest(NeedDocument, "sequence"),
    ]  # fmt: skip
    epochs = [f"(SELECT epoch::text FROM {Follower._meta.db_table} WHERE name = '{name}')" for name in (RESOURCE, NEED)]
    places = [_newest(history_of(model), "pgh_id") for model in PLACES]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([*latest, *epochs, *places])}")
        row = cursor.fetchone()
    return Stamp(
        dict(zip((RESOURCE, ORGANIZATION, NEED), row[:3], strict=True)),
        {RESOURCE: row[3] or "", ORGANIZATION: row[3] or "", NEED: row[4] or ""},
        (*row[5:], today()),
    )


def _newest(model: Any, column: str) -> str:
    return f"(SELECT coalesce(max({column}), 0) FROM {model._meta.db_table})"


@dataclass(slots=True)
class Copy:
    """One subject as this process has it. `base` is the number up to which the first segment goes."""

    source: Source
    epoch: str
    base: int = -1
    seen: int = -1
    segments: tuple[Segment, ...] = ()

    def follow(self, latest: int) -> None:
        """Apply what has changed since. Raises SearchNotReady."""
        newest = _newest_file(self.source.subject, self.epoch)
        if self.seen < 0 or latest < self.seen or len(self.segments) > MAX_SEGMENTS or newest > self.base:
            self._begin(newest, latest)
        if latest > self.seen:
            self._apply(latest)

    def _begin(self, newest: int, latest: int) -> None:
        self.base = self.seen = newest if newest <= latest else -1
        self.segments = (_mapped(self.source.subject, self.epoch, self.base),) if self.base >= 0 else ()
        if self.base < 0 and len(self.source.changed(after=-1, until=latest)) > MAX_IN_MEMORY:
            raise SearchNotReady(_("检索数据正在准备，请稍后再试。"))

    def _apply(self, latest: int) -> None:
        changed = np.array(self.source.changed(after=self.seen, until=latest), dtype=np.int64)
        newest = segment_of(self.source.subject, self.source.batches(after=self.seen, until=latest), COLUMNS)
        kept = tuple(segment.without(changed) for segment in self.segments)
        self.segments = (*kept, newest) if len(newest) else kept
        self.seen = latest


@dataclass(slots=True)
class Copies:
    """The copies of all subjects, and the lock under which they follow."""

    by_subject: dict[str, Copy] = field(default_factory=dict)
    pools_of: dict[Scopes, list[Pool]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def pools(self, stamp: Stamp, scopes: Scopes) -> list[Pool]:
        """All segments as of a stamp, or later, with what those who have the scopes may see of them."""
        with self.lock:
            for source in SOURCES:
                self._current(source, stamp).follow(stamp.latest[source.subject])
            segments = [segment for copy in self.by_subject.values() for segment in copy.segments]
            kept = self.pools_of.pop(scopes, [])
            if [pool.segment for pool in kept] != segments:
                kept = [Pool.of(segment, segment.visible(scopes)) for segment in segments]
            self.pools_of[scopes] = kept
            if len(self.pools_of) > MAX_READERS:
                del self.pools_of[next(iter(self.pools_of))]
            return kept

    def _current(self, source: Source, stamp: Stamp) -> Copy:
        epoch = stamp.epochs[source.subject]
        kept = self.by_subject.get(source.subject)
        if kept is None or kept.epoch != epoch:
            kept = self.by_subject[source.subject] = Copy(source, epoch)
        return kept


_copies = Copies()


def current_pools(stamp: Stamp, scopes: Scopes) -> list[Pool]:
    """What this process searches, up to date. Raises SearchNotReady."""
    return _copies.pools(stamp, scopes)


def write_search_files() -> list[str]:
    """Make the files of this host anew where much has changed since; returns of which subjects."""
    stamp = read_stamp()
    return [source.subject for source in SOURCES if _is_behind(source, stamp) and _write(source, stamp)]


def _is_behind(source: Source, stamp: Stamp) -> bool:
    latest = stamp.latest[source.subject]
    newest = _newest_file(source.subject, stamp.epochs[source.subject])
    if newest < 0 or newest > latest:
        return True
    changed = len(source.changed(after=newest, until=latest)) if latest > newest else 0
    held = len(_mapped(source.subject, stamp.epochs[source.subject], newest))
    return changed > max(LEAST_BEHIND, BEHIND_SHARE * held)


def _write(source: Source, stamp: Stamp) -> bool:
    """Write into a folder beside and rename it: what has its name is whole. Who has mapped older ones keeps them."""
    latest, place = stamp.latest[source.subject], _place(source.subject, stamp.epochs[source.subject])
    with _one_writer(place):
        if (place / str(latest)).exists():
            return False
        draft = Path(tempfile.mkdtemp(dir=place, prefix="draft-"))
        write_segment(segment_of(source.subject, source.batches(after=-1, until=latest), COLUMNS), draft)
        draft.rename(place / str(latest))
        for old in place.iterdir():
            if old.is_dir() and old.name != str(latest):
                shutil.rmtree(old)
    return True


def _newest_file(subject: str, epoch: str) -> int:
    """Up to which number the files of this host go; -1 where there are none."""
    place = _place(subject, epoch)
    return max((int(one.name) for one in place.iterdir() if one.name.isdigit()), default=-1) if place.exists() else -1


def _mapped(subject: str, epoch: str, number: int) -> Segment:
    return read_segment(_place(subject, epoch) / str(number))


def _place(subject: str, epoch: str) -> Path:
    """The files of one subject: copies of another database or of an old layout are never read."""
    folder = Path(settings.DATA_PATHS.index) / "search"
    return folder / f"{subject}-{epoch}-{ENCODING_VERSION}-{LAYOUT}"


@contextmanager
def _one_writer(place: Path) -> Iterator[None]:
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
