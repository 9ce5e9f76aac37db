"""Where a run takes resources from: a full run from files that hold all of them, made once per host and input; any
other from the host's text index and the documents, which follow every change.
"""

import fcntl
import json
import shutil
import tempfile
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from ledger.changes import epoch_of
from ledger.crash import crash_point
from matching.choices import RunKind
from matching.engine.market_files import MarketFiles, write_market
from matching.engine.packing import Integers
from matching.engine.postings import MAX_BYTES, needed_bytes
from matching.engine.records import ResourceTable, TermStatistics
from matching.engine.retrieval import CandidateSource
from matching.models import MatchRun
from matching.services.documents import caught_up_index
from matching.services.index_places import SUBJECT, index_path, latest_sequence
from matching.services.statistics import statistics_of
from matching.snapshot import ResourceReader, searchable_records

VERSION_FILE: Final = "version.json"


@dataclass(slots=True)
class FileReader:
    """Reads resources from files and remembers from which version each was, as `ResourceReader` does."""

    files: MarketFiles
    versions: dict[int, int] = field(default_factory=dict)

    def __call__(self, ids: Integers) -> ResourceTable:
        rows = self.files.rows_of(ids)
        table = self.files.table.take(rows)
        self.versions.update(zip(table.id.tolist(), self.files.versions[rows].tolist(), strict=True))
        return table


class Source(NamedTuple):
    """Proposes candidates and reads them; ``version`` is the last batch of documents it has seen."""

    candidates: CandidateSource
    reader: ResourceReader | FileReader
    version: int


def source_of(run: MatchRun) -> Source:
    """The source for a step of the run."""
    statistics = statistics_of(run.statistics_id or 0)
    if run.kind == RunKind.FULL and needed_bytes(statistics) <= MAX_BYTES:
        files, version = _files_of(run, statistics)
        return Source(files.postings, FileReader(files), version)
    index = caught_up_index()
    return Source(index, ResourceReader(), index.version)


def _files_of(run: MatchRun, statistics: TermStatistics) -> tuple[MarketFiles, int]:
    """The files of the run's input, which the first process of the host to come makes.

    Their name is the hash of the input: equal hashes mean equal documents. A document that changes while the run works
    leaves its mark, and is compared with all needs after it.
    """
    folder = index_path().parent / "full-run" / str(epoch_of(SUBJECT)) / run.input_hash
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            return _read(folder)
        except (OSError, ValueError):  # not made yet, or cut short when the host went down
            _make(folder, statistics)
            return _read(folder)


def _make(folder: Path, statistics: TermStatistics) -> None:
    """Write into a folder beside and rename it: what has its name is whole. Those of earlier runs go; who has mapped
    them keeps them.
    """
    for old in folder.parent.glob("*/"):
        shutil.rmtree(old)
    draft = Path(tempfile.mkdtemp(dir=folder.parent))
    version = latest_sequence()
    write_market(searchable_records(), statistics, draft)
    (draft / VERSION_FILE).write_text(json.dumps(version), encoding="utf-8")
    crash_point("before_full_run_files")
    draft.rename(folder)


@lru_cache(maxsize=1)
def _read(folder: Path) -> tuple[MarketFiles, int]:
    return MarketFiles.read(folder), json.loads((folder / VERSION_FILE).read_text(encoding="utf-8"))


def let_go() -> None:
    """Unmap the files: a process that goes on to something else has its memory for that."""
    _read.cache_clear()
