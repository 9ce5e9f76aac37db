"""A site of a million resources on disk: fewer records, repeated under new ids, as rows would be read and as the text
index holds them.

Writing a million distinct records would take an hour of processor. Postings and rows are as many and as long as those
of a million; the vocabulary is that of the distinct ones. Copies lie apart, record n of copy c under the id
c · distinct + n.
"""

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

import numpy as np

from benchmarks.encoded import Encoded
from benchmarks.world import Record
from matching.engine.packing import WORD, Integers
from matching.engine.records import ResourceTable, TermStatistics, decode_resources
from zones.search.index import IndexedDocument, TextIndex

RECORDS: Final = "records.bin"
ENDS: Final = "ends.npy"
INDEX: Final = "index"
STATISTICS: Final = "statistics.bin"
TELL_SECONDS: Final = 10.0
SECTIONS_BYTE: Final = 2
Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Repeated:
    """``times`` copies of the first ``distinct`` records."""

    records: Encoded
    distinct: int
    times: int

    def __len__(self) -> int:
        return self.distinct * self.times

    def each(self) -> Iterator[Record]:
        """Read all records under their new ids, in the order of these; one file at a time."""
        for copy in range(self.times):
            for record in self.records.first(self.distinct):
                identifier = record.document.id + copy * self.distinct
                yield Record(renumbered(record.packed, identifier), record.document._replace(id=identifier))

    def tokens(self) -> list[str]:
        """Return the documents of the distinct records: tokens joined by blanks."""
        return [record.document.tokens for record in self.records.first(self.distinct)]


@dataclass(frozen=True, slots=True)
class RecordFile:
    """Records on disk, read one by one as rows are: nothing is mapped. ends int64[n + 1]: where they begin and end."""

    descriptor: int
    ends: Integers

    @classmethod
    def open(cls, folder: Path) -> "RecordFile":
        """Open what :func:`write_site` wrote."""
        return cls(os.open(folder / RECORDS, os.O_RDONLY), np.load(folder / ENDS))

    def load(self, ids: Integers) -> ResourceTable:
        """Read and decode the resources with these ids."""
        places = zip(self.ends[ids - 1].tolist(), self.ends[ids].tolist(), strict=True)
        return decode_resources([os.pread(self.descriptor, end - start, start) for start, end in places])

    def each(self) -> Iterator[bytes]:
        """Read all records, in order."""
        for start, end in zip(self.ends[:-1].tolist(), self.ends[1:].tolist(), strict=True):
            yield os.pread(self.descriptor, end - start, start)


def renumbered(packed: bytes, identifier: int) -> bytes:
    """Return the same record with another id: the first word of the first section."""
    place = WORD * (1 + packed[SECTIONS_BYTE])
    return packed[:place] + identifier.to_bytes(WORD, "little") + packed[place + WORD :]


def write_site(site: Repeated, folder: Path) -> None:
    """Write records, text index and term statistics into a folder."""
    index = TextIndex(folder / INDEX)
    index.add(_written(told(site.each(), len(site), "records written and indexed"), folder))
    index.commit(1)
    records = told(RecordFile.open(folder).each(), len(site), "records counted")
    (folder / STATISTICS).write_bytes(TermStatistics.of(records).to_bytes())


def _written(records: Iterable[Record], folder: Path) -> Iterator[IndexedDocument]:
    """Write what is packed and pass on what is indexed."""
    sizes = [0]
    with (folder / RECORDS).open("wb") as stream:
        for record in records:
            sizes.append(stream.write(record.packed))
            yield record.document
    np.save(folder / ENDS, np.cumsum(sizes))


def told(things: Iterable[Thing], count: int, what: str) -> Iterator[Thing]:
    """Pass things on and tell now and then how many have gone by and when the last one will."""
    started = latest = time.perf_counter()
    for done, thing in enumerate(things, start=1):
        yield thing
        now = time.perf_counter()
        if now - latest > TELL_SECONDS:
            latest = now
            print(f"{done:,} of {count:,} {what} · ETA {(count - done) * (now - started) / done:.0f} s", flush=True)
