"""Which words two texts share, and how much of the text score each is worth: bigrams joined back to the words people
wrote."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np

from lexicon.tokenise import plain_tokens
from matching.engine.encoding import NeedTable, ResourceTable
from matching.engine.retrieval import mean_lengths_of, norms_of, text_queries
from matching.engine.text_kernels import K1
from matching.engine.vocabulary import FIELD_COUNT, TermStatistics

MINIMUM_SHARE: Final = 0.01
MAX_CHAIN_TOKENS: Final = 7


def shared_terms(
    needs: NeedTable, need_row: int, resources: ResourceTable, resource_row: int, statistics: TermStatistics, limit: int
) -> list[dict[str, Any]]:
    """Return at most ``limit`` shared words with their share (idf · tf) of the BM25F score, the largest first.

    The need's keywords come whole where all of them is shared, then the longest shared stretches of its title, then
    single tokens (no stems that nobody wrote); no token counts twice.
    """
    shares = _token_shares(needs, need_row, resources, resource_row, statistics)
    details = needs.details_of(need_row)
    words: list[tuple[float, str]] = []
    for word, tokens in _phrases(details["keywords"], details["title"], shares):
        share = sum(shares.pop(token, 0.0) for token in tokens)
        if share > 0 and word:
            words.append((share, word))
    written = f"{details['title']} {' '.join(details['keywords'])}".lower()
    words.extend(
        (share, token)
        for token, share in shares.items()
        if len(token) > 1 and (not token.isascii() or token in written.split())
    )
    best = sorted(words, key=lambda pair: (-pair[0], pair[1]))[:limit]
    return [{"term": word, "share": round(share, 4)} for share, word in best if share >= MINIMUM_SHARE]


def _token_shares(
    needs: NeedTable, need_row: int, resources: ResourceTable, resource_row: int, statistics: TermStatistics
) -> dict[str, float]:
    """Return the share of each shared token in the BM25F score of the pair; the shares sum to 1."""
    _, mine, theirs = np.intersect1d(
        needs.tokens.row(need_row), resources.tokens.row(resource_row), assume_unique=True, return_indices=True
    )
    counts = resources.counts.row(resource_row).view(np.uint32)[theirs]
    norms = norms_of(resources.take(np.array([resource_row])), mean_lengths_of(statistics))[0]
    tf = sum(norms[field] * ((counts >> np.uint32(8 * field)) & np.uint32(0xFF)) for field in range(FIELD_COUNT))
    worth = text_queries(needs.take(np.array([need_row])), statistics).bm25[mine] * tf / (K1 + tf)
    total = float(np.cumsum(worth)[-1]) if worth.size else 0.0
    texts = needs.tokens_of(need_row)
    return {
        texts[place]: float(value) / total for place, value in zip(mine, worth, strict=True) if value > 0 and total > 0
    }


def _phrases(keywords: Iterable[str], title: str, shared: dict[str, float]) -> Iterator[tuple[str, list[str]]]:
    """Yield words people wrote with the tokens they consist of, all of which are shared."""
    used: set[str] = set()
    for keyword in keywords:
        tokens = plain_tokens(keyword)
        if tokens and all(token in shared or token in used for token in tokens if len(token) > 1):
            yield keyword, tokens
            used.update(tokens)
    yield from _chains([token for token in plain_tokens(title) if len(token) > 1], shared, used)


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
