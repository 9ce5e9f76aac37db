"""Every term with the documents that hold it, in arrays: exact BM25F of everything at once, for runs over many needs.

Another source of candidates beside the text index. It is built from packed records in one pass, lives in memory, knows
no changes, and is refused where it would not fit; the text index then serves alone.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

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
    (distinct terms); audience int32[d]: which of ``audiences`` may see and use a document.
    """

    ids: Integers
    hashes: Words
    starts: Integers
    document: NDArray[np.int32]
    saturated: NDArray[np.float32]
    angular: NDArray[np.float32]
    audience: NDArray[np.int32]
    audiences: tuple[Scopes, ...]
    open_to: dict[tuple[tuple[str, ...], tuple[str, ...]], Flags] = field(default_factory=dict, compare=False)

    @classmethod
    def of(cls, blobs: Iterable[bytes], statistics: TermStatistics, *, max_bytes: int = MAX_BYTES) -> "Postings":
        """Build from the records of resources in ascending id; raises :class:`PostingsTooLarge` beyond ``max_bytes``.

        Terms and lengths are those of ``statistics``, which were counted over the same records; a term they do not know
        cannot be asked for.
        """
        audiences: dict[Scopes, int] = {}
        batches = [_Batch.of(table, statistics, audiences) for table in _within(_tables(blobs), max_bytes)]
        return _joined(batches, statistics.hashes, tuple(audiences))

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
        hashes = np.array([token_hash(token) for token, _ in query.terms], dtype=np.uint64)
        term = np.minimum(np.searchsorted(self.hashes, hashes), self.hashes.size - 1)
        known = self.hashes[term] == hashes
        scores[:] = 0.0
        add_terms(
            term[known],
            self._worth(query, term)[known],
            self.starts,
            self.document,
            self.saturated,
            self.angular,
            scores,
        )
        rows: Integers = best_rows(scores, self.audience, self._open_to(query), min(limit, len(self)))
        found: Integers = self.ids[rows]
        return found

    def _worth(self, query: CandidateQuery, term: Integers) -> Floats:
        """Return the factors of both halves of each term; a query without them is plain BM25: weight · idf."""
        if query.worth:
            return np.array(query.worth, dtype=np.float64)
        df = self.starts[term + 1] - self.starts[term]
        weights = np.array([weight for _, weight in query.terms])
        return np.column_stack([weights * idf(df, len(self)), np.zeros(term.size)])

    def _open_to(self, query: CandidateQuery) -> Flags:
        """Return which audiences include the need's side; kept, for most needs of a zone ask with the same scopes."""
        key = (query.scopes, query.use_scopes)
        if key not in self.open_to:
            see = {token_hash(scope) for scope in query.scopes}
            use = {token_hash(scope.removeprefix(USE_PREFIX)) for scope in query.use_scopes}
            self.open_to[key] = np.array(
                [
                    (not see or not see.isdisjoint(seen)) and (not use or not use.isdisjoint(used))
                    for seen, used in self.audiences
                ],
                dtype=np.bool_,
            )
        return self.open_to[key]


@dataclass(frozen=True, slots=True)
class _Batch:
    """Postings of some documents in the order of the documents; columns as in :class:`Postings`, term int32[p]."""

    ids: Integers
    term: NDArray[np.int32]
    length: Integers
    saturated: NDArray[np.float32]
    angular: NDArray[np.float32]
    audience: NDArray[np.int32]

    @classmethod
    def of(cls, table: ResourceTable, statistics: TermStatistics, audiences: dict[Scopes, int]) -> "_Batch":
        index, ends = flat_index(table.tokens.start, table.tokens.length)
        hashes = table.tokens.words[index]
        term = np.minimum(np.searchsorted(statistics.hashes, hashes), max(statistics.hashes.size - 1, 0))
        owner = np.repeat(np.arange(len(table)), np.diff(ends))
        saturated, angular = _worth_of(table, owner, ends, norms_of(table, mean_lengths_of(statistics)))
        known = statistics.hashes[term] == hashes if statistics.hashes.size else np.zeros(0, dtype=np.bool_)
        return cls(
            table.id,
            term[known].astype(np.int32),
            np.bincount(owner[known], minlength=len(table)),
            saturated[known],
            angular[known],
            _audiences_of(table, audiences),
        )


def _worth_of(
    table: ResourceTable, owner: Integers, ends: Integers, norms: Floats
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
    """Stop before the postings grow too large; while they are sorted they exist twice."""
    total = 0
    for table in tables:
        total += 2 * BYTES_PER_POSTING * int(table.tokens.length.sum())
        if total > max_bytes:
            raise PostingsTooLarge(f"postings would need more than {max_bytes:,} bytes")
        yield table


def _joined(batches: Sequence[_Batch], hashes: Words, audiences: tuple[Scopes, ...]) -> Postings:
    """Sort the postings of all batches by term, and within a term by document."""
    counts = sum(
        (np.bincount(batch.term, minlength=hashes.size) for batch in batches), np.zeros(hashes.size, dtype=np.int64)
    )
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    document = np.empty(int(starts[-1]), dtype=np.int32)
    saturated, angular = np.empty(document.size, dtype=np.float32), np.empty(document.size, dtype=np.float32)
    free, first = starts[:-1].copy(), 0
    for batch in batches:
        owner = np.repeat(np.arange(first, first + batch.ids.size, dtype=np.int32), batch.length)
        place_postings(batch.term, owner, batch.saturated, batch.angular, free, document, saturated, angular)
        first += batch.ids.size
    ids = np.concatenate([np.empty(0, dtype=np.int64), *(batch.ids for batch in batches)])
    audience = np.concatenate([np.empty(0, dtype=np.int32), *(batch.audience for batch in batches)])
    return Postings(ids, hashes, starts, document, saturated, angular, audience, audiences)
