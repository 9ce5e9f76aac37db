"""Bytes of one record: a header of lengths, then sections of 8-byte words; many records decode as one array, without a
loop.

Layout, little-endian, every part padded to whole words::

    word 0        version (byte 0), kind of record (byte 1), number of sections (byte 2), words in all (bytes 4..7)
    words 1..S    words in each section
    then          the sections, in order
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

WORD: Final = 8
Words = NDArray[np.uint64]
Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class EncodingMismatch(ValueError):
    """A record was written by another version of the layout or the lexicon: encode it again from its facts."""


@dataclass(frozen=True, slots=True)
class Ragged:
    """Rows of different length inside one shared array of words: row i is ``words[start[i] : start[i] + length[i]]``.

    words uint64[total]; start, length int64[rows]. Nothing is copied when rows are taken.
    """

    words: Words
    start: Integers
    length: Integers

    @classmethod
    def of(cls, rows: Sequence[Sequence[int]]) -> "Ragged":
        """Return rows made of these integers, each in ascending order as kernels expect them."""
        length = np.array([len(row) for row in rows], dtype=np.int64)
        words = np.array([value for row in rows for value in sorted(row)], dtype=np.uint64)
        return cls(words, np.cumsum(length) - length, length)

    def row(self, index: int) -> Words:
        """Return the words of one row."""
        start = int(self.start[index])
        return self.words[start : start + int(self.length[index])]

    def text(self, index: int) -> str:
        """Return one row as the UTF-8 text it holds."""
        return self.row(index).tobytes().rstrip(b"\0").decode("utf-8")

    def take(self, rows: Integers) -> "Ragged":
        """Return the given rows, in the given order."""
        return Ragged(self.words, self.start[rows], self.length[rows])


@dataclass(frozen=True, slots=True)
class Joined:
    """Records one after the other. words uint64[total]; size int64[records]: words of each."""

    words: Words
    size: Integers

    @classmethod
    def of(cls, blobs: Sequence[bytes]) -> "Joined":
        """Copy the records into one array."""
        words = np.frombuffer(bytearray().join(blobs), dtype="<u8") if blobs else np.empty(0, dtype="<u8")
        return cls(words, np.fromiter(map(len, blobs), dtype=np.int64, count=len(blobs)) // WORD)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """Decoded records of one kind: their sections by number."""

    sections: tuple[Ragged, ...]

    def integers(self, section: int, width: int) -> Integers:
        """Return a section of fixed width as int64[records, width]; missing words never occur within one version."""
        ragged = self.sections[section]
        index = ragged.start[:, None] + np.arange(width, dtype=np.int64)
        values: Integers = ragged.words.view(np.int64)[index]
        return values


def pack(version: int, kind: int, sections: Sequence[bytes]) -> bytes:
    """Return the record of these sections."""
    padded = [part + b"\0" * (-len(part) % WORD) for part in sections]
    lengths = np.array([len(part) // WORD for part in padded], dtype="<u8")
    total = 1 + len(padded) + int(lengths.sum())
    head = bytes((version, kind, len(padded), 0)) + total.to_bytes(4, "little")
    return b"".join([head, lengths.tobytes(), *padded])


def unpack(records: Sequence[bytes] | Joined, *, version: int, kind: int, sections: int) -> Unpacked:
    """Decode records that :func:`pack` wrote; raises ``EncodingMismatch`` for any other version, kind or damaged
    length."""
    joined = records if isinstance(records, Joined) else Joined.of(records)
    words, size = joined.words, joined.size
    first = np.cumsum(size) - size
    _check(words, first, size, int.from_bytes(bytes((version, kind, sections, 0)), "little"), sections)
    length = words.view(np.int64)[first[:, None] + np.arange(1, sections + 1)]
    start = first[:, None] + 1 + sections + np.cumsum(length, axis=1) - length
    if not np.array_equal(start[:, -1] + length[:, -1], first + size):
        raise EncodingMismatch("section lengths do not add up")
    columns = (
        Ragged(words, np.ascontiguousarray(start[:, s]), np.ascontiguousarray(length[:, s])) for s in range(sections)
    )
    return Unpacked(tuple(columns))


def _check(words: Words, first: Integers, size: Integers, expected: int, sections: int) -> None:
    if size.size and (int(size.min()) < 1 + sections or int(size.sum()) != words.size):
        raise EncodingMismatch("a record is too short to be one")
    head = words[first]
    if (head & np.uint64(0xFFFFFFFF) != expected).any() or ((head >> np.uint64(32)).astype(np.int64) != size).any():
        raise EncodingMismatch("records of another version, kind or length")


def flat_index(start: Integers, length: Integers) -> tuple[Integers, Integers]:
    """Return where the elements of ragged rows lie, row after row, and the end of each row: int64[elements], int64[rows
    + 1]."""
    ends = np.concatenate([[0], np.cumsum(length)]).astype(np.int64)
    return np.repeat(start - ends[:-1], length) + np.arange(int(ends[-1]), dtype=np.int64), ends


def float_words(values: Sequence[float | None]) -> bytes:
    """Return numbers as words, ``None`` as NaN."""
    return np.array([np.nan if value is None else value for value in values], dtype="<f8").tobytes()


def integer_words(values: Sequence[int]) -> bytes:
    """Return integers as words."""
    return np.array(values, dtype="<i8").tobytes()


def hash_words(values: Sequence[int]) -> bytes:
    """Return 64-bit hashes as words, sorted and without repetition: rows are compared by merging."""
    return np.array(sorted(set(values)), dtype="<u8").tobytes()
