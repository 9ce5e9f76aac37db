"""Which words two texts share, and how much of the text score each is worth: bigrams joined back to the words people
wrote."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np

from lexicon.tokenise import plain_tokens
from matching.engine.encoding import NeedTable, ResourceTable
from matching.engine.packing import Floats, Integers, Words
from matching.engine.retrieval import TextQueries, mean_lengths_of, norms_of, text_queries
from matching.engine.text_kernels import K1
from matching.engine.vocabulary import FIELD_COUNT, TermStatistics

DetailsOf = Callable[[int], dict[str, Any]]
MINIMUM_SHARE: Final = 0.01
MAX_CHAIN_TOKENS: Final = 7
NEVER_FIRST: Final = "的与及或和"
NEVER_LAST: Final = "的与及或"
"""Characters that join words: no word a reader would miss begins or ends with them (饱和 does end with 和)."""


class _Words(NamedTuple):
    """What people wrote in a need: its tokens in the order of their hashes, keywords and title with their tokens, all
    words of both, and the pairs of characters that its keywords divide into."""

    tokens: list[str]
    keywords: list[tuple[str, list[str]]]
    title: list[str]
    written: frozenset[str]
    pairs: frozenset[str]


@dataclass(frozen=True, slots=True)
class SharedTerms:
    """Finds shared words for many pairs of two tables; what only one side decides is computed once.

    norms float64[resources, 4], see ``text_kernels.field_norms``; need_details, resource_details: what people read of
    the side in a row of its table.
    """

    needs: NeedTable
    resources: ResourceTable
    queries: TextQueries
    norms: Floats
    need_details: DetailsOf
    resource_details: DetailsOf
    words: dict[int, _Words] = field(default_factory=dict)
    pairs: dict[int, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        needs: NeedTable,
        resources: ResourceTable,
        statistics: TermStatistics,
        need_details: DetailsOf | None = None,
        resource_details: DetailsOf | None = None,
    ) -> "SharedTerms":
        """Prepare two tables; who has read details already hands over where they are kept."""
        norms = norms_of(resources, mean_lengths_of(statistics))
        return cls(
            needs, resources, text_queries(needs, statistics), norms,
            need_details or needs.details_of, resource_details or resources.details_of,
        )  # fmt: skip

    def best(self, need_row: int, resource_row: int, limit: int) -> list[dict[str, Any]]:
        """Return at most ``limit`` shared words with their share (idf · tf) of the BM25F score, the largest first.

        The need's keywords come whole where all of them is shared, then the longest shared stretches of its title, then
        single tokens (no stems that nobody wrote); no token counts twice. A pair of characters stands alone only where
        a keyword of either side has it as a part: 试验台 consists of 试验 and 台, so 验台 is nobody's word.
        """
        words = self._words_of(need_row)
        shares = self._token_shares(need_row, resource_row, words.tokens)
        pairs = words.pairs | self._pairs_of(resource_row)
        whole = {keyword for keyword, _tokens in words.keywords}
        found: list[tuple[float, str]] = []
        for word, tokens in _phrases(words.keywords, words.title, shares):
            share = sum(shares.pop(token, 0.0) for token in tokens)
            shown = word if word in whole else _word_in(word, pairs)
            if share > 0 and shown:
                found.append((share, shown))
        found.extend(
            (share, token)
            for token, share in shares.items()
            if len(token) > 1 and (token in words.written if token.isascii() else token in pairs)
        )
        largest = sorted(found, key=lambda pair: (-pair[0], pair[1]))[:limit]
        return [{"term": word, "share": round(share, 4)} for share, word in largest if share >= MINIMUM_SHARE]

    def _words_of(self, need_row: int) -> _Words:
        if need_row not in self.words:
            self.words[need_row] = _words(self.needs.tokens_of(need_row), self.need_details(need_row))
        return self.words[need_row]

    def _pairs_of(self, resource_row: int) -> frozenset[str]:
        if resource_row not in self.pairs:
            self.pairs[resource_row] = _pairs(self.resource_details(resource_row)["keywords"])
        return self.pairs[resource_row]

    def _token_shares(self, need_row: int, resource_row: int, tokens: list[str]) -> dict[str, float]:
        """Return the share of each shared token in the BM25F score of the pair; the shares sum to 1."""
        mine, theirs = _common(self.needs.tokens.row(need_row), self.resources.tokens.row(resource_row))
        counts = self.resources.counts.row(resource_row).view(np.uint32)[theirs]
        norms = self.norms[resource_row]
        tf = sum(norms[field] * ((counts >> np.uint32(8 * field)) & np.uint32(0xFF)) for field in range(FIELD_COUNT))
        worth = self.queries.bm25[self.queries.row(need_row)][mine] * tf / (K1 + tf)
        total = float(np.cumsum(worth)[-1]) if worth.size else 0.0
        pairs = zip(mine.tolist(), worth.tolist(), strict=True)
        return {tokens[place]: value / total for place, value in pairs if value > 0 and total > 0}


def _words(tokens: list[str], details: dict[str, Any]) -> _Words:
    keywords = [(keyword, plain_tokens(keyword)) for keyword in details["keywords"]]
    title = [token for token in plain_tokens(details["title"]) if len(token) > 1]
    return _Words(
        tokens,
        keywords,
        title,
        frozenset(f"{details['title']} {' '.join(details['keywords'])}".lower().split()),
        _pairs(details["keywords"]),
    )


def _pairs(keywords: Iterable[str]) -> frozenset[str]:
    """Return the pairs of characters that keywords divide into: the first one of each, and all of an even one."""
    found: set[str] = set()
    for keyword in keywords:
        run = keyword.strip()
        end = len(run) if len(run) % 2 == 0 else 2
        found.update(run[at : at + 2] for at in range(0, end, 2) if not run[at : at + 2].isascii())
    return frozenset(found)


def _word_in(stretch: str, pairs: frozenset[str]) -> str:
    """Return a stretch of a title without joining characters at its ends, or nothing where only a fragment stays."""
    word = stretch.lstrip(NEVER_FIRST).rstrip(NEVER_LAST)
    return word if len(word) > 2 or word in pairs else ""


def _common(left: Words, right: Words) -> tuple[Integers, Integers]:
    """Return where the words that two ascending rows share stand in each, in ascending order of the words."""
    if right.size == 0:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    place = np.minimum(np.searchsorted(right, left), right.size - 1)
    mine = np.flatnonzero(right[place] == left)
    return mine, place[mine]


def _phrases(
    keywords: Iterable[tuple[str, list[str]]], title: list[str], shared: dict[str, float]
) -> Iterator[tuple[str, list[str]]]:
    """Yield words people wrote with the tokens they consist of, all of which are shared."""
    used: set[str] = set()
    for keyword, tokens in keywords:
        if tokens and all(token in shared or token in used for token in tokens if len(token) > 1):
            yield keyword, tokens
            used.update(tokens)
    yield from _chains(title, shared, used)


def _chains(tokens: list[str], shared: dict[str, float], used: set[str]) -> Iterator[tuple[str, list[str]]]:
    """Join overlapping shared bigrams of a title: 外延 延片 gives 外延片.

    A bigram that only links a keyword to its neighbour (杠螺 between 丝杠 and 螺母) is nobody's word: it comes with an
    empty one.
    """
    chain: list[str] = []
    neighbours = ["", *tokens, ""]
    for place, token in enumerate([*tokens, ""]):
        is_link = token not in used and not used.isdisjoint((neighbours[place], *neighbours[place + 2 : place + 3]))
        fits = token in shared and not is_link and len(token) == 2 and not token.isascii()
        if chain and not (fits and token[0] == chain[-1][1] and len(chain) < MAX_CHAIN_TOKENS):
            yield chain[0] + "".join(link[1:] for link in chain[1:]), chain
            chain = []
        if fits:
            chain = [*chain, token]
        elif is_link and token:
            yield "", [token]
