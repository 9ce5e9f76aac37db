"""How common every token is among the resources: frozen for a run, a pure function of the records."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.engine.encoding import ResourceTable, decode_resources
from matching.engine.facts import ENCODING_VERSION
from matching.engine.packing import Floats, Integers, Words, flat_index, pack, unpack

STATISTICS_RECORD: Final = 3
BATCH: Final = 5_000
FIELD_COUNT: Final = 3


class _Tally(NamedTuple):
    """Tokens and in how many documents they occur. hashes uint64[v], ascending; df int64[v]."""

    hashes: Words
    df: Integers


@dataclass(frozen=True, slots=True)
class TermStatistics:
    """Document frequencies. hashes uint64[v], ascending; df uint32[v]; mean_lengths float64[3]: title, keywords, text
    in tokens; mean_square_idf: mean of idf² over all postings, the scale of the cosine's document norm."""

    hashes: Words
    df: NDArray[np.uint32]
    document_count: int
    mean_lengths: tuple[float, float, float]
    mean_square_idf: float

    @classmethod
    def of(cls, blobs: Iterable[bytes]) -> "TermStatistics":
        """Count over the records of resources; the order of the records does not matter."""
        tallies = [_Tally(np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64))]
        lengths, documents = np.zeros(FIELD_COUNT, dtype=np.int64), 0
        for batch in _batches(iter(blobs)):
            table = decode_resources(batch)
            _push(tallies, _Tally(*np.unique(_all_tokens(table), return_counts=True)))
            lengths += _field_lengths(table)
            documents += len(table)
        whole = reduce(_merged, reversed(tallies))
        return cls._frozen(whole.hashes, whole.df, documents, lengths)

    @classmethod
    def _frozen(cls, hashes: Words, df: Integers, documents: int, lengths: Integers) -> "TermStatistics":
        title, keywords, text = (float(total) / max(documents, 1) for total in lengths)
        square = np.square(idf(df, documents)) * df
        # math on sorted arrays in one fixed order: the sum is the same whatever order the documents came in
        mean_square = float(np.cumsum(square)[-1] / df.sum()) if df.size else 1.0
        return cls(hashes, df.astype(np.uint32), documents, (title, keywords, text), mean_square)

    @property
    def mean_terms(self) -> float:
        """Mean number of distinct tokens of a document."""
        return float(self.df.sum()) / max(self.document_count, 1)

    def document_frequencies(self, hashes: Words) -> Integers:
        """Return in how many documents each token occurs; 0 for a token nobody wrote."""
        if self.hashes.size == 0:
            return np.zeros(hashes.shape, dtype=np.int64)
        found = np.minimum(np.searchsorted(self.hashes, hashes), self.hashes.size - 1)
        return np.where(self.hashes[found] == hashes, self.df[found], 0).astype(np.int64)

    def idf_of(self, df: Integers) -> Floats:
        """Return :func:`idf` among these documents."""
        return idf(df, self.document_count)

    def to_bytes(self) -> bytes:
        """Return the statistics as one deterministic record."""
        numbers = np.array([*self.mean_lengths, self.mean_square_idf], dtype="<f8").tobytes()
        counts = np.array([self.document_count, self.df.size], dtype="<i8").tobytes()
        return pack(ENCODING_VERSION, STATISTICS_RECORD, [counts, numbers, self.hashes.tobytes(), self.df.tobytes()])

    @classmethod
    def from_bytes(cls, data: bytes) -> "TermStatistics":
        """Read what :meth:`to_bytes` wrote; raises ``EncodingMismatch`` for another version."""
        counts, numbers, hashes, df = unpack(
            [data], version=ENCODING_VERSION, kind=STATISTICS_RECORD, sections=4
        ).sections
        documents, size = (int(count) for count in counts.row(0))
        title, keywords, text, mean_square = (float(number) for number in numbers.row(0).view(np.float64))
        return cls(hashes.row(0), df.row(0).view(np.uint32)[:size], documents, (title, keywords, text), mean_square)


def idf(df: Integers, documents: int) -> Floats:
    """Return ln(1 + (N − df + ½) / (df + ½)) per document frequency (Robertson and Zaragoza 2009, with Lucene's 1
    +)."""
    rest = np.maximum(documents - df, 0)
    return np.log(1.0 + (rest + 0.5) / (df + 0.5))


def _batches(blobs: Iterator[bytes]) -> Iterator[list[bytes]]:
    while batch := list(islice(blobs, BATCH)):
        yield batch


def _all_tokens(table: ResourceTable) -> Words:
    index, _ = flat_index(table.tokens.start, table.tokens.length)
    return table.tokens.words[index]


def _field_lengths(table: ResourceTable) -> Integers:
    fields = (table.title_length, table.keyword_length, table.text_length)
    return np.array([int(field.sum()) for field in fields], dtype=np.int64)


def _push(tallies: list[_Tally], tally: _Tally) -> None:
    """Add a tally; neighbours of similar size become one, so that a large vocabulary is not merged with every batch."""
    while len(tallies) > 1 and tallies[-1].hashes.size <= 2 * tally.hashes.size:
        tally = _merged(tallies.pop(), tally)
    tallies.append(tally)


def _merged(a: _Tally, b: _Tally) -> _Tally:
    """Add the counts of two sorted vocabularies."""
    union, place = np.unique(np.concatenate([a.hashes, b.hashes]), return_inverse=True)
    total = np.zeros(union.size, dtype=np.int64)
    np.add.at(total, place, np.concatenate([a.df, b.df]))
    return _Tally(union, total)
