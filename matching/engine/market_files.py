"""All resources of a run in a folder: their records as they are, and the postings made of them. Written once, mapped
into memory by every process of the host.

Pages are read when they are used, and shared between processes. Mappings are copy-on-write, for the kernels are
compiled for arrays that may be written; nobody writes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

import numpy as np

from matching.engine.encoding import ResourceTable, decode_resources
from matching.engine.packing import WORD, Integers, Joined
from matching.engine.postings import BATCH, Postings
from matching.engine.vocabulary import TermStatistics

RECORDS: Final = "records.bin"
SIZES: Final = "sizes"
VERSIONS: Final = "versions"
POSTINGS: Final = tuple(column.name for column in fields(Postings))


@dataclass(frozen=True, slots=True)
class MarketFiles:
    """What :func:`write_market` wrote, mapped. table: all resources, by ascending id; versions int64[d]."""

    postings: Postings
    table: ResourceTable
    versions: Integers

    @classmethod
    def read(cls, folder: Path) -> "MarketFiles":
        """Map a folder; raises ``OSError`` or ``ValueError`` where it is not whole."""
        postings = Postings(*(_mapped(folder, name) for name in POSTINGS))
        return cls(postings, _table(folder), _mapped(folder, VERSIONS))

    def rows_of(self, ids: Integers) -> Integers:
        """Return the rows of those of the ids that are here."""
        rows = np.minimum(np.searchsorted(self.table.id, ids), max(len(self.table) - 1, 0))
        return rows[self.table.id[rows] == ids] if len(self.table) else rows[:0]


def write_market(records: Iterable[tuple[int, bytes]], statistics: TermStatistics, folder: Path) -> None:
    """Write resources into an existing folder: version and packed record of each, by ascending id."""
    sizes, versions = [], []
    with (folder / RECORDS).open("wb") as stream:
        for version, packed in records:
            stream.write(packed)
            sizes.append(len(packed) // WORD)
            versions.append(version)
    _save(folder, SIZES, np.array(sizes, dtype=np.int64))
    _save(folder, VERSIONS, np.array(versions, dtype=np.int64))
    postings = Postings.of_tables(_batches(_table(folder)), statistics)
    for name in POSTINGS:
        _save(folder, name, getattr(postings, name))


def _batches(table: ResourceTable) -> Iterator[ResourceTable]:
    rows = np.arange(len(table))
    return (table.take(rows[first : first + BATCH]) for first in range(0, len(table), BATCH))


def _table(folder: Path) -> ResourceTable:
    sizes = _mapped(folder, SIZES)
    path = folder / RECORDS
    words = np.memmap(path, dtype="<u8", mode="c") if path.stat().st_size else np.empty(0, dtype="<u8")
    return decode_resources(Joined(np.asarray(words), sizes))


def _save(folder: Path, name: str, column: Any) -> None:
    np.save(folder / f"{name}.npy", column, allow_pickle=False)


def _mapped(folder: Path, name: str) -> Any:
    return np.asarray(np.load(folder / f"{name}.npy", mmap_mode="c", allow_pickle=False))
