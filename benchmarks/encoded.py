"""Synthetic resources, each encoded once: by several processes, into files of a folder, from which every world takes
its first n.

What is there already is not made again, so that modules that are given the same folder share it.
"""

import multiprocessing
import os
import pickle
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import Final

from benchmarks.demo_market import load_demo, load_reference
from benchmarks.synthetic import Writer
from benchmarks.world import Record, record_of
from matching.engine.records import ENCODING_VERSION

PART: Final = 2_500
RECORDS_HELP: Final = "folder where encoded records are kept, and found by the next module"


@dataclass(frozen=True, slots=True)
class Encoded:
    """The first ``count`` records of a seed, in files of :data:`PART` records."""

    folder: Path
    seed: int
    count: int

    def first(self, count: int) -> Iterator[Record]:
        """Read the first records, one file at a time."""
        if count > self.count:
            raise ValueError(f"only {self.count:,} of {count:,} records were encoded")
        paths = (self.folder / _name(self.seed, first) for first in range(1, count + 1, PART))
        return islice(chain.from_iterable(map(_read, paths)), count)


def encoded(folder: Path, seed: int, count: int, tell: Callable[[str], None] = print) -> Encoded:
    """Write the parts that are not there yet, with as many processes as the machine has cores."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [first for first in range(1, count + 1, PART) if not (folder / _name(seed, first)).exists()]
    started = time.perf_counter()
    with ProcessPoolExecutor(os.cpu_count(), mp_context=multiprocessing.get_context("spawn")) as pool:
        parts = [pool.submit(_write, folder, seed, first) for first in missing]
        for done, part in enumerate(as_completed(parts), start=1):
            part.result()
            rate = done / (time.perf_counter() - started)
            tell(f"encoded {done} of {len(parts)} parts of {PART:,} · ETA {(len(parts) - done) / rate:.0f} s")
    return Encoded(folder, seed, count)


@contextmanager
def records_folder(given: Path | None) -> Iterator[Path]:
    """Yield the folder that was asked for, else one that goes away."""
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _write(folder: Path, seed: int, first: int) -> None:
    """Encode a whole part; its file is whole once it has its name."""
    records = [record_of(facts) for facts in _writer(seed).resources(PART, first)]
    path = folder / _name(seed, first)
    draft = path.with_suffix(".draft")
    draft.write_bytes(pickle.dumps(records))
    draft.replace(path)


def _read(path: Path) -> list[Record]:
    records: list[Record] = pickle.loads(path.read_bytes())
    return records


def _name(seed: int, first: int) -> str:
    return f"{seed}-{ENCODING_VERSION}-{first}.records"


@cache
def _writer(seed: int) -> Writer:
    return Writer(load_demo(load_reference()), seed)
