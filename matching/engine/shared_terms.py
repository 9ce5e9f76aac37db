"""Which words two texts share, and how much of the text score each is worth: bigrams joined back to the words people
wrote."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import numpy as np

from lexicon.normalise import normalise
from lexicon.tokenise import plain_tokens
from matching.engine.encoding import NeedTable, ResourceTable
from matching.engine.packing import Floats, Integers, Words
from matching.engine.retrieval import TextQueries, mean_lengths_of, norms_of, text_queries
from matching.engine.text_kernels import K1
from matching.engine.vocabulary import FIELD_COUNT, TermStatistics
from matching.engine.written_words import Run, known_terms, runs_of, stretches

DetailsOf = Callable[[int], dict[str, Any]]
MINIMUM_SHARE: Final = 0.01


class _Words(NamedTuple):
    """What people wrote on one side: keywords with their tokens, the Chinese runs of the title, all Latin words of
    both, the words known from them, and the whole in one string.
    """

    keywords: list[tuple[str, list[str]]]
    runs: list[Run]
    latin: frozenset[str]
    known: frozenset[str]
    text: str


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
    need_words: dict[int, tuple[list[str], _Words]] = field(default_factory=dict)
    resource_words: dict[int, _Words] = field(default_factory=dict)

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

        The keywords of both sides come whole where all of them is shared, then the longest words of the need's title,
        then words that keywords consist of (no stems that nobody wrote); no token counts twice.
        """
        tokens, mine = self._need_words(need_row)
        theirs = self._resource_words(resource_row)
        shares = self._token_shares(need_row, resource_row, tokens)
        found: list[tuple[float, str]] = []
        for word, parts in _words_in(mine, theirs, frozenset(shares)):
            share = sum(shares.pop(token, 0.0) for token in parts)
            if share > 0:
                found.append((share, word))
        found.extend((share, token) for token, share in shares.items() if len(token) > 1 and token in mine.latin)
        largest = sorted(found, key=lambda pair: (-pair[0], pair[1]))[:limit]
        return [{"term": word, "share": round(share, 4)} for share, word in largest if share >= MINIMUM_SHARE]

    def _need_words(self, row: int) -> tuple[list[str], _Words]:
        if row not in self.need_words:
            self.need_words[row] = self.needs.tokens_of(row), _written(self.need_details(row))
        return self.need_words[row]

    def _resource_words(self, row: int) -> _Words:
        if row not in self.resource_words:
            self.resource_words[row] = _written(self.resource_details(row))
        return self.resource_words[row]

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


def _written(details: Mapping[str, Any]) -> _Words:
    keywords = [(keyword, plain_tokens(keyword)) for keyword in details["keywords"]]
    text = " ".join([details["title"], *details["keywords"]])
    return _Words(
        keywords,
        runs_of(details["title"]),
        frozenset(word for word in normalise(text).split() if word.isascii() and not word.replace(".", "").isdigit()),
        known_terms(details["keywords"], text),
        normalise("\n".join([text, *details.get("items", ())])),
    )


def _words_in(mine: _Words, theirs: _Words, shared: frozenset[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield words people wrote with the tokens they consist of, all of which are shared; what comes first counts."""
    taken = []
    for keyword, tokens in (*mine.keywords, *theirs.keywords):
        if _are_shared(tokens, shared):
            yield keyword, tokens
            taken.append(normalise(keyword))
    known = mine.known | theirs.known
    for run in mine.runs:
        for word in stretches(run, shared.__contains__, known, taken=taken, theirs=theirs.text):
            yield word, plain_tokens(word)
    for word in sorted(known, key=lambda word: (-len(word), word)):
        if _are_shared(tokens := plain_tokens(word), shared):
            yield word, tokens


def _are_shared(tokens: list[str], shared: frozenset[str]) -> bool:
    """Whether all tokens are, but for single Chinese characters: 8 of 8英寸 counts."""
    return bool(tokens) and shared.issuperset(token for token in tokens if len(token) > 1 or token.isascii())


def _common(left: Words, right: Words) -> tuple[Integers, Integers]:
    """Return where the words that two ascending rows share stand in each, in ascending order of the words."""
    if right.size == 0:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    place = np.minimum(np.searchsorted(right, left), right.size - 1)
    mine = np.flatnonzero(right[place] == left)
    return mine, place[mine]
