"""Which records hold a term and what it is worth there: BM25F with fixed pivots, in arrays."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

K1: Final = 1.2
FIELD_WEIGHTS: Final = (2.0, 2.0, 1.0)
FIELD_B: Final = (0.5, 0.75, 0.75)
PIVOTS: Final = (24.0, 16.0, 160.0)
"""Tokens of a usual title, keywords and text, in place of the means over all records, which would tell of hidden
ones."""


class Tokens(NamedTuple):
    """The distinct tokens of some records, record after record. hashes uint64[n]; size int64[records]; counts
    float64[n, 3]: how often in title, keywords and text, all 0 for one of a part only.
    """

    hashes: NDArray[np.uint64]
    size: NDArray[np.int64]
    counts: NDArray[np.float64]


class Postings(NamedTuple):
    """Postings of term t: ``[starts[t], starts[t + 1])``, by ascending record.

    hashes uint64[t], ascending; starts int64[t + 1]; rows int32[p]; worth float32[p]: (k1 + 1) · tf / (k1 + tf).
    """

    hashes: NDArray[np.uint64]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    worth: NDArray[np.float32]

    def of(self, hashed: int) -> slice:
        """Where the postings of a term lie."""
        term = int(np.searchsorted(self.hashes, np.uint64(hashed)))
        if term == self.hashes.size or int(self.hashes[term]) != hashed:
            return slice(0, 0)
        return slice(int(self.starts[term]), int(self.starts[term + 1]))


class _Batch(NamedTuple):
    """Postings of some records by term: terms uint64[u], sizes int64[u], rows int32[p], worth float32[p]."""

    terms: NDArray[np.uint64]
    sizes: NDArray[np.int64]
    rows: NDArray[np.int32]
    worth: NDArray[np.float32]


def postings_of(tokens: Sequence[Tokens]) -> Postings:
    """Sort the tokens of all batches by term, and within a term by record."""
    batches, first = [], 0
    for part in tokens:
        batches.append(_batch(part, first))
        first += part.size.size
    terms = np.unique(np.concatenate([batch.terms for batch in batches] or [np.empty(0, dtype=np.uint64)]))
    sizes = np.zeros(terms.size, dtype=np.int64)
    for batch in batches:
        sizes[np.searchsorted(terms, batch.terms)] += batch.sizes
    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    rows, worth = np.empty(int(starts[-1]), dtype=np.int32), np.empty(int(starts[-1]), dtype=np.float32)
    free = starts[:-1].copy()
    for batch in batches:
        term = np.searchsorted(terms, batch.terms)
        begins = np.cumsum(batch.sizes) - batch.sizes
        place = np.repeat(free[term] - begins, batch.sizes) + np.arange(batch.rows.size)
        rows[place], worth[place] = batch.rows, batch.worth
        free[term] += batch.sizes
    return Postings(terms, starts, rows, worth)


def _batch(tokens: Tokens, first: int) -> _Batch:
    rows = np.repeat(np.arange(first, first + tokens.size.size, dtype=np.int32), tokens.size)
    worth = _worth(tokens)
    order = np.argsort(tokens.hashes, kind="stable")
    terms, sizes = np.unique(tokens.hashes, return_counts=True)
    return _Batch(terms, sizes.astype(np.int64), rows[order], worth[order])


def _worth(tokens: Tokens) -> NDArray[np.float32]:
    """BM25F (Robertson and Zaragoza 2009): tf = Σ w · count / (1 − b + b · length / pivot); float32[n].

    A token of a part (an instrument of a laboratory) counts as once in the text.
    """
    owner = np.repeat(np.arange(tokens.size.size), tokens.size)
    tf = np.zeros(tokens.hashes.size)
    for field, (weight, b, pivot) in enumerate(zip(FIELD_WEIGHTS, FIELD_B, PIVOTS, strict=True)):
        counts = tokens.counts[:, field]
        length = np.bincount(owner, weights=counts, minlength=tokens.size.size)
        tf += weight * counts / (1.0 - b + b * length / pivot)[owner]
    tf = np.where(tf == 0.0, 1.0, tf)
    return ((K1 + 1.0) * tf / (K1 + tf)).astype(np.float32)
