"""Every term with the documents that hold it, in arrays: exact BM25F of everything at once, for runs over many needs.

Another source of candidates beside the text index. It is built from packed records in one pass, lives in memory, knows
no changes, and is refused where it would not fit; the text index then serves alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lexicon.hashing import token_hash
from matching.engine.config import DEFAULT
from matching.engine.encoding import ResourceTable, decode_resources
from matching.engine.packing import Flags, Floats, Integers, Words, flat_index
from matching.engine.postings_kernels import add_terms, best_rows, place_postings
from matching.engine.retrieval import CandidateQuery, mean_lengths_of, norms_of
from matching.engine.text_kernels import K1, KEYWORD_WEIGHT, TITLE_WEIGHT
from matching.engine.vocabulary import TermStatistics, idf

BATCH: Final = 5_000
BYTES_PER_POSTING: Final = 12
BYTES_WHILE_SORTED: Final = BYTES_PER_POSTING + 4
"""While postings are sorted the term of each is kept too."""
MAX_BYTES: Final = 1_000_000_000
USE_PREFIX: Final = "use:"

Scopes = tuple[tuple[int, ...], tuple[int, ...]]
"""Hashes of the scopes that may see a document, and of those that may use it."""


class PostingsTooLarge(MemoryError):
    """The documents need more memory than allowed: search the text index instead."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Postings of term t: ``[starts[t], starts[t + 1])``, by ascending document.

    ids int64[d]; hashes uint64[t], ascending; starts int64[t + 1]; document int32[p]; saturated float32[p]: (k1 + 1) ·
    tf / (k1 + tf) with the BM25F tf of ``text_kernels.score_texts``; angular float32[p]: (1 + ln weighted count) / √
    (distinct terms); audience int32[d]: which audience may see and use a document; see_scope uint64[s], ascending, and
    see_audience int32[s]: which scopes are in which audiences and may see; use_scope, use_audience: and may use.
    """

    ids: Integers
    hashes: Words
    starts: Integers
    document: NDArray[np.int32]
    saturated: NDArray[np.float32]
    angular: NDArray[np.float32]
    audience: NDArray[np.int32]
    see_scope: Words
    see_audience: NDArray[np.int32]
    use_scope: Words
    use_audience: NDArray[np.int32]

    @classmethod
    def of(cls, blobs: Iterable[bytes], statistics: TermStatistics, *, max_bytes: int = MAX_BYTES) -> "Postings":
        """Build from the records of resources in ascending id; raises :class:`PostingsTooLarge` beyond ``max_bytes``.

        Terms and lengths are those of ``statistics``, which were counted over the same records; a term they do not know
        cannot be asked for.
        """
        return cls.of_tables(_tables(blobs), statistics, max_bytes=max_bytes)

    @classmethod
    def of_tables(
        cls, tables: Iterable[ResourceTable], statistics: TermStatistics, *, max_bytes: int = MAX_BYTES
    ) -> "Postings":
        """Build from decoded resources, some at a time, as :meth:`of` does."""
        batches = [_Batch.of(table, statistics) for table in _within(tables, max_bytes)]
        return _joined(batches, statistics)

    def __len__(self) -> int:
        return int(self.ids.size)

    @property
    def nbytes(self) -> int:
        """Memory of the postings themselves."""
        return self.document.nbytes + self.saturated.nbytes + self.angular.nbytes + self.starts.nbytes

    def candidates(self, queries: Sequence[CandidateQuery], limit: int) -> list[Integers]:
        """Return, per query, the ids (int64) of the at most ``limit`` best documents, best first, then by lower id."""
        scores = np.zeros(len(self))
        return [self._candidates(query, limit, scores) for query in queries]

    def _candidates(self, query: CandidateQuery, limit: int, scores: Floats) -> Integers:
        if limit <= 0 or not query.terms or len(self) == 0:
            return np.empty(0, dtype=np.int64)
        scores[:] = 0.0
        add_terms(*self.terms_of(query), self.starts, self.document, self.saturated, self.angular, scores)
        rows: Integers = best_rows(scores, self.audience, self._open_to(query), min(limit, len(self)))
        found: Integers = self.ids[rows]
        return found

    def terms_of(self, query: CandidateQuery) -> tuple[Integers, Floats]:
        """Return the terms of a query that are here, int64[n], and the factors of both halves of each, float64[n, 2].

        There must be documents.
        """
        hashes = np.array([token_hash(token) for token, _ in query.terms], dtype=np.uint64)
        term = np.minimum(np.searchsorted(self.hashes, hashes), self.hashes.size - 1)
        known = self.hashes[term] == hashes
        return term[known], self._worth(query, term)[known]

    def _worth(self, query: CandidateQuery, term: Integers) -> Floats:
        """Return the factors of both halves of each term; a query without them is plain BM25: weight · idf."""
        if query.worth:
            return np.array(query.worth, dtype=np.float64)
        df = self.starts[term + 1] - self.starts[term]
        weights = np.array([weight for _, weight in query.terms])
        return np.column_stack([weights * idf(df, len(self)), np.zeros(term.size)])

    def _open_to(self, query: CandidateQuery) -> Flags:
        """Return which audiences include the need's side: bool[audiences]."""
        may_use = tuple(scope.removeprefix(USE_PREFIX) for scope in query.use_scopes)
        sees = self._carrying(query.scopes, self.see_scope, self.see_audience)
        return sees & self._carrying(may_use, self.use_scope, self.use_audience)

    def _carrying(self, scopes: Sequence[str], scope: Words, audience: NDArray[np.int32]) -> Flags:
        """Return which audiences have one of the scopes; all where none is asked for."""
        flags = np.full(int(self.audience.max(initial=-1)) + 1, not scopes)
        hashes = np.array([token_hash(name) for name in scopes], dtype=np.uint64)
        firsts, lasts = (np.searchsorted(scope, hashes, side) for side in ("left", "right"))
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
            flags[audience[first:last]] = True
        return flags


def needed_bytes(statistics: TermStatistics) -> int:
    """Return the memory that making postings takes, before anything is read."""
    return BYTES_WHILE_SORTED * int(statistics.df.sum(dtype=np.int64))


class _Batch(NamedTuple):
    """Some documents, and which term each of their tokens is: int32[tokens], -1 where the statistics know none."""

    table: ResourceTable
    term: NDArray[np.int32]

    @classmethod
    def of(cls, table: ResourceTable, statistics: TermStatistics) -> "_Batch":
        index, _ = flat_index(table.tokens.start, table.tokens.length)
        hashes = table.tokens.words[index]
        if statistics.hashes.size == 0:
            return cls(table, np.full(hashes.size, -1, dtype=np.int32))
        term = np.minimum(np.searchsorted(statistics.hashes, hashes), statistics.hashes.size - 1)
        return cls(table, np.where(statistics.hashes[term] == hashes, term, -1).astype(np.int32))


def _worth_of(
    table: ResourceTable, owner: NDArray[np.int32], ends: Integers, norms: Floats
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the saturated and the angular factor of every token of every document; float32[tokens] each.

    A token of items only counts as one occurrence in the text, at the share that items have in the score.
    """
    index, _ = flat_index(2 * table.counts.start, np.diff(ends))
    packed = table.counts.words.view(np.uint32)[index]
    counts = [((packed >> np.uint32(shift)) & np.uint32(0xFF)).astype(np.float64) for shift in (0, 8, 16)]
    tf = sum(norms[owner, column] * count for column, count in enumerate(counts))
    is_item = tf == 0.0
    tf = np.where(is_item, norms[owner, 2], tf)
    weighted = np.maximum(TITLE_WEIGHT * counts[0] + KEYWORD_WEIGHT * counts[1] + counts[2], 1.0)
    share = np.where(is_item, DEFAULT.item_gain, norms[owner, 4])
    saturated = share * (K1 + 1.0) * tf / (K1 + tf)
    angular = share * (1.0 + np.log(weighted)) / norms[owner, 3]
    return saturated.astype(np.float32), angular.astype(np.float32)


def _audiences_of(table: ResourceTable, audiences: dict[Scopes, int]) -> NDArray[np.int32]:
    """Number the pairs of scopes: thousands of documents share a few dozen."""
    keys = [
        (tuple(table.see_scopes.row(row).tolist()), tuple(table.use_scopes.row(row).tolist()))
        for row in range(len(table))
    ]
    return np.array([audiences.setdefault(key, len(audiences)) for key in keys], dtype=np.int32)


def _tables(blobs: Iterable[bytes]) -> Iterator[ResourceTable]:
    records = iter(blobs)
    while batch := list(islice(records, BATCH)):
        yield decode_resources(batch)


def _within(tables: Iterable[ResourceTable], max_bytes: int) -> Iterator[ResourceTable]:
    """Stop before the postings grow too large."""
    total = 0
    for table in tables:
        total += BYTES_WHILE_SORTED * int(table.tokens.length.sum())
        if total > max_bytes:
            raise PostingsTooLarge(f"postings would need more than {max_bytes:,} bytes")
        yield table


def _joined(batches: Sequence[_Batch], statistics: TermStatistics) -> Postings:
    """Sort the postings of all batches by term, and within a term by document.

    Only terms are kept until all are counted: what postings are worth is computed when there is a place for them.
    """
    size, means = statistics.hashes.size, mean_lengths_of(statistics)
    counts = sum((np.bincount(term[term >= 0], minlength=size) for _, term in batches), np.zeros(size, dtype=np.int64))
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    document = np.empty(int(starts[-1]), dtype=np.int32)
    saturated, angular = np.empty(document.size, dtype=np.float32), np.empty(document.size, dtype=np.float32)
    free, first, audiences = starts[:-1].copy(), 0, dict[Scopes, int]()
    ids, audience = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int32)]
    for table, term in batches:
        _, ends = flat_index(table.tokens.start, table.tokens.length)
        owner = np.repeat(np.arange(len(table), dtype=np.int32), np.diff(ends))
        worth = _worth_of(table, owner, ends, norms_of(table, means))
        place_postings(term, owner + np.int32(first), *worth, free, document, saturated, angular)
        first += len(table)
        ids.append(table.id)
        audience.append(_audiences_of(table, audiences))
    see, use = zip(*audiences, strict=True) if audiences else ((), ())
    scopes = (*_by_scope(see), *_by_scope(use))
    columns = (statistics.hashes, starts, document, saturated, angular)
    return Postings(np.concatenate(ids), *columns, np.concatenate(audience), *scopes)


def _by_scope(groups: Sequence[Sequence[int]]) -> tuple[Words, NDArray[np.int32]]:
    """Return the scopes of all groups, ascending, and the position of the group each is of."""
    scopes = np.array([scope for group in groups for scope in group], dtype=np.uint64)
    places = np.repeat(np.arange(len(groups), dtype=np.int32), [len(group) for group in groups])
    order = np.argsort(scopes, kind="stable")
    return scopes[order], places[order]
