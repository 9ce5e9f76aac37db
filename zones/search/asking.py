"""Which records answer a question, how much of it each covers, and in which order: BM25F over what one may see.

How rare a word is, is counted among the records the reader may see: what is hidden changes neither scores nor order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lexicon.hashing import token_hash
from zones.search.segments import Flags, Segment
from zones.search.words import MAX_UNITS, AskedToken, Question

ALL, MOST, SOME, ANY = "all", "most", "some", "any"
LEVELS: Final = {ALL: 1.0, MOST: 0.6, SOME: 0.3, ANY: 0.0}
LONG_LEVELS: Final = {SOME: 0.25, ANY: 0.0}
"""Which share of the units a record must cover, tried in turn until something is found."""
LONG_TOKENS: Final = 200
LONG_MAX_SHARE: Final = 0.1
MAX_KNOWN: Final = 50_000
LIGHT_MAX_SHARE: Final = 0.05
LONG_LEAST: Final = 8
"""Of a long text: the first 200 distinct tokens are looked up; those in more than a tenth of all records count only
where fewer than 8 others remain."""


@dataclass(frozen=True, slots=True)
class Pool:
    """A segment and what of it may be seen: visible bool[d], `size` of them. `known` remembers in how many of these a
    token stands.
    """

    segment: Segment
    visible: Flags
    size: int
    known: dict[str, int]

    @classmethod
    def of(cls, segment: Segment, visible: Flags) -> "Pool":
        return cls(segment, visible, int(np.count_nonzero(visible)), {})

    def count(self, token: str) -> int:
        """In how many visible records a token stands."""
        if token not in self.known:
            if len(self.known) >= MAX_KNOWN:
                self.known.clear()
            postings = self.segment.postings
            found = self.visible[postings.rows[postings.of(token_hash(token))]]
            self.known[token] = int(np.count_nonzero(found))
        return self.known[token]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question put to all pools. Per pool: covered uint64[d], the units each record covers; scores float64[d];
    matched bool[d]. `known`: in how many visible records each token stands.
    """

    pools: Sequence[Pool]
    question: Question
    covered: list[NDArray[np.uint64]]
    scores: list[NDArray[np.float64]]
    matched: list[Flags]
    level: str
    known: dict[str, int]

    @property
    def total(self) -> int:
        """How many records answer."""
        return sum(int(np.count_nonzero(flags)) for flags in self.matched)

    def covering(self, units: int) -> int:
        """How many visible records cover all of these units."""
        bits = np.uint64(units)
        return sum(
            int(np.count_nonzero(pool.visible & ((covered & bits) == bits)))
            for pool, covered in zip(self.pools, self.covered, strict=True)
        )


def ask(pools: Sequence[Pool], question: Question) -> Outcome:
    """Put a question. One without words is answered by everything one may see."""
    size = sum(pool.size for pool in pools)
    read = [token for token in question.tokens if token.weight >= 1.0][:LONG_TOKENS]
    tokens = read if question.is_long else question.tokens
    known = {token.text: sum(pool.count(token.text) for pool in pools) for token in tokens}
    if question.is_long:
        question = _with_units(question, read, known, size)
    covered = [np.zeros(len(pool.segment), dtype=np.uint64) for pool in pools]
    scores = [np.zeros(len(pool.segment)) for pool in pools]
    for token in question.tokens:
        if _is_worth(token, known.get(token.text, 0), size):
            gain = token.weight * _idf(known[token.text], size)
            for pool, bits, points in zip(pools, covered, scores, strict=True):
                _add(pool.segment, token, gain, bits, points)
    level, matched = _matched(pools, covered, question)
    return Outcome(pools, question, covered, scores, matched, level, known)


def _with_units(question: Question, tokens: Sequence[AskedToken], known: dict[str, int], size: int) -> Question:
    """The most telling tokens of a long text become its units."""
    found = [token for token in tokens if known[token.text]]
    rare = [token for token in found if known[token.text] <= LONG_MAX_SHARE * size]
    usable = rare if len(rare) >= LONG_LEAST else found
    best = sorted(usable, key=lambda token: (-token.weight * _idf(known[token.text], size), token.text))[:MAX_UNITS]
    chosen = tuple(token._replace(units=1 << place) for place, token in enumerate(best))
    return Question(chosen, (), question.phrases, len(chosen), True, question.is_cut)


def _is_worth(token: AskedToken, count: int, size: int) -> bool:
    """A character that stands beside others says nothing where it is common, and is the longest to add up."""
    return count > 0 and (token.units > 0 or token.weight >= 1.0 or count <= LIGHT_MAX_SHARE * size)


def _idf(count: int, size: int) -> float:
    return log(1.0 + (size - count + 0.5) / (count + 0.5))


def _add(
    segment: Segment, token: AskedToken, gain: float, covered: NDArray[np.uint64], scores: NDArray[np.float64]
) -> None:
    place = segment.postings.of(token_hash(token.text))
    rows = segment.postings.rows[place].astype(np.intp)  # once, not with each use
    scores[rows] += gain * segment.postings.worth[place]
    if token.units:
        covered[rows] |= np.uint64(token.units)


def _matched(
    pools: Sequence[Pool], covered: Sequence[NDArray[np.uint64]], question: Question
) -> tuple[str, list[Flags]]:
    """Take the records that cover all of the question; where there is none, those that cover most of it, and so on."""
    if not question.tokens and not question.units:
        return ALL, [_with_phrases(pool, pool.visible.copy(), question.phrases) for pool in pools]
    counts = [np.bitwise_count(bits) for bits in covered]
    for level, share in (LONG_LEVELS if question.is_long else LEVELS).items():
        least = max(ceil(share * question.units), 1)
        flags = [
            _with_phrases(pool, pool.visible & (number >= least), question.phrases)
            for pool, number in zip(pools, counts, strict=True)
        ]
        if any(found.any() for found in flags):
            return level, flags
    return ALL, [np.zeros(len(pool.segment), dtype=np.bool_) for pool in pools]


def _with_phrases(pool: Pool, flags: Flags, phrases: Sequence[str]) -> Flags:
    """Keep the records whose text has every quoted phrase in it, as it stands."""
    for phrase in phrases:
        written = phrase.encode()
        for row in np.flatnonzero(flags).tolist():
            flags[row] = pool.segment.holds(row, written)
    return flags
