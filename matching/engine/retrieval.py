"""Which resources could concern a need at all, and how well the words fit: candidates from a text index, exact scores
from arrays.

The index proposes (its own BM25, its own state); what it proposes is scored again here with the frozen statistics of
the run, so that a score depends on the need, the resource and the statistics only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

import numpy as np

from lexicon.tokenise import UNIGRAM_WEIGHT
from matching.engine.config import ScoringConfig
from matching.engine.encoding import LIGHT_TOKEN, NeedTable, ResourceTable
from matching.engine.packing import Flags, Floats, Integers, Words, flat_index
from matching.engine.text_kernels import field_norms, score_texts, term_factors
from matching.engine.vocabulary import TermStatistics

NEED_FIELD_WEIGHTS: Final = (3.0, 2.0, 1.0)
LONG_NEED_CHARACTERS: Final = 80
SHORT_NEED_UNIGRAM_WEIGHT: Final = 0.8
"""A question of a line has so few bigrams that its single characters matter: STARD nDCG@10 .498 against .486 at 0.3."""

IDEAL_TERMS: Final = 16
HALF_SCORE: Final = 0.4
COSINE_SCALE: Final = 4.8


class CandidateQuery(NamedTuple):
    """A need as a source of candidates sees it: weighted terms, and the scopes of which at least one must see and one
    may use it.

    No scopes means no restriction. ``terms`` weigh for an index that multiplies by an idf of its own; ``worth`` holds,
    for the same terms, the factors of the exact score: of a saturated and of an angular term weight.
    """

    terms: tuple[tuple[str, float], ...]
    scopes: tuple[str, ...] = ()
    use_scopes: tuple[str, ...] = ()
    worth: tuple[tuple[float, float], ...] = ()


class CandidateSource(Protocol):
    """A text index, seen from the engine; ``zones.search.index.TextIndex`` is one."""

    def candidates(self, queries: Sequence[CandidateQuery], limit: int) -> list[Integers]:
        """Return, per query, at most ``limit`` resource ids (int64), best first."""
        ...


@dataclass(frozen=True, slots=True)
class TextQueries:
    """Needs ready to be scored; keep it beside a table of needs that is matched again and again.

    Row i of the token columns is ``[ends[i], ends[i + 1])``, in the order of the need's hashes. ends int64[needs + 1];
    hashes uint64[tokens]; df int64[tokens]; idf, bm25, cosine float64[tokens]: factors of a document's saturated and
    logarithmic term weights; is_long bool[needs].
    """

    ends: Integers
    hashes: Words
    df: Integers
    idf: Floats
    bm25: Floats
    cosine: Floats
    is_long: Flags

    def row(self, need_row: int) -> slice:
        """Return where the tokens of one need lie."""
        return slice(int(self.ends[need_row]), int(self.ends[need_row + 1]))


class TextScores(NamedTuple):
    """score float64[pairs] in [0, 1); items int64[pairs, 3]: positions of the best items, -1 for none."""

    score: Floats
    items: Integers


def text_queries(needs: NeedTable, statistics: TermStatistics) -> TextQueries:
    """Return the factors of every term of every need, so normalised that scores of different needs compare.

    BM25F of a document is divided by the score of an ideal one that contains the ``IDEAL_TERMS`` most valuable terms of
    the need once each: a long need is not asked to be covered word by word. Long needs (> 80 characters) take half of
    it from a TF-IDF cosine with the pivoted norm √(distinct terms) (Singhal et al. 1996), scaled to the same range.
    """
    index, ends = flat_index(needs.tokens.start, needs.tokens.length)
    hashes = needs.tokens.words[index]
    is_long = needs.characters > LONG_NEED_CHARACTERS
    weight, lightness = _term_weights(needs, ends, is_long)
    df = statistics.document_frequencies(hashes)
    idf = statistics.idf_of(df)
    scale = COSINE_SCALE / float(np.sqrt(statistics.mean_square_idf))
    bm25, cosine = term_factors(ends, weight, lightness, idf, IDEAL_TERMS, scale)
    return TextQueries(ends, hashes, df, idf, bm25, cosine, is_long)


def score_pairs_of_text(
    needs: NeedTable,
    queries: TextQueries,
    resources: ResourceTable,
    need_rows: Integers,
    resource_rows: Integers,
    *,
    statistics: TermStatistics,
    config: ScoringConfig,
) -> TextScores:
    """Return the text component of each pair: x / (x + 0.4), x being the normalised score of :func:`text_queries`.

    A laboratory or team with items (instruments, achievements) gains ``item_gain`` of the distance to 1 times the mean
    of its best three items; one without keeps the score of its own text.
    """
    means = mean_lengths_of(statistics)
    is_by_need = bool(np.count_nonzero(np.diff(need_rows)) <= np.count_nonzero(np.diff(resource_rows)))
    counts = resources.counts.words.view(np.uint32)
    own, best, items = score_texts(
        need_rows,
        resource_rows,
        is_by_need,
        (needs.tokens.words, needs.tokens.start, needs.tokens.length),
        (queries.ends, queries.bm25, queries.cosine),
        queries.is_long,
        (resources.tokens.words, resources.tokens.start, resources.tokens.length),
        norms_of(resources, means),
        (counts, resources.counts.start, resources.items.start, resources.items.length),
        means[0],
    )
    fit, item_fit = (part / (part + HALF_SCORE) for part in (own, best))
    return TextScores(fit + config.item_gain * item_fit * (1.0 - fit), items)


def norms_of(resources: ResourceTable, means: Floats) -> Floats:
    """Return the norms of each resource: float64[resources, 5], see ``text_kernels.field_norms``."""
    lengths = np.column_stack([resources.title_length, resources.keyword_length, resources.text_length]).astype(
        np.float64
    )
    return field_norms(lengths, resources.own_terms, means)


def mean_lengths_of(statistics: TermStatistics) -> Floats:
    """Return the mean lengths of title, keywords and text, at least 1 each: float64[3]."""
    means: Floats = np.maximum(np.array(statistics.mean_lengths), 1.0)
    return means


def queries_of(
    needs: NeedTable, statistics: TermStatistics, config: ScoringConfig, queries: TextQueries | None = None
) -> list[CandidateQuery]:
    """Return the index query of each need: its most valuable terms with their weights, common terms only where few
    others remain."""
    known = queries or text_queries(needs, statistics)
    worth = _expected_worth(known, statistics)
    return [_query(needs, row, known, worth[known.row(row)], statistics, config) for row in range(len(needs))]


def _query(
    needs: NeedTable, row: int, queries: TextQueries, worth: Floats, statistics: TermStatistics, config: ScoringConfig
) -> CandidateQuery:
    """Weigh terms so that the index's plain BM25 comes close to the exact score: a term's worth, without the idf the
    index adds."""
    place = queries.row(row)
    df, hashes, texts = queries.df[place], queries.hashes[place], needs.tokens_of(row)
    usable = (df > 0) & (worth > 0)
    rare = usable & (df <= config.max_document_share * statistics.document_count)
    chosen = rare if int(rare.sum()) >= config.minimum_query_terms else usable
    order = np.lexsort((hashes, np.where(chosen, -worth, 0.0)))[: min(config.query_terms, int(chosen.sum()))]
    boosts = worth[order] / queries.idf[place][order]
    largest = float(boosts.max(initial=0.0)) or 1.0
    terms = tuple((texts[index], float(boost) / largest) for index, boost in zip(order, boosts, strict=True))
    scopes = tuple(needs.details_of(row)["scopes"])
    exact = _exact_worth(queries, row)[order]
    return CandidateQuery(terms, scopes, tuple(f"use:{scope}" for scope in scopes), tuple(map(tuple, exact.tolist())))


def _exact_worth(queries: TextQueries, row: int) -> Floats:
    """Return the factors of the saturated and the angular weight of each term in the score; float64[tokens, 2]."""
    place, is_long = queries.row(row), bool(queries.is_long[row])
    bm25, cosine = (0.5, 0.5) if is_long else (1.0, 0.0)
    return np.column_stack([bm25 * queries.bm25[place], cosine * queries.cosine[place]])


def _expected_worth(queries: TextQueries, statistics: TermStatistics) -> Floats:
    """Return what one occurrence of each term adds to the exact score of a document of mean length; float64[tokens]."""
    blended = 0.5 * queries.bm25 + 0.5 * queries.cosine / np.sqrt(max(statistics.mean_terms, 1.0))
    return np.where(np.repeat(queries.is_long, np.diff(queries.ends)), blended, queries.bm25)


def _term_weights(needs: NeedTable, ends: Integers, is_long: Flags) -> tuple[Floats, Floats]:
    """Return 3 · title + 2 · keywords + 1 · text counts per token times its lightness, and that lightness.

    Light tokens (single characters) weigh 0.3 in a long need and 0.8 in a short one, all others 1. float64[tokens]
    both.
    """
    index, _ = flat_index(2 * needs.counts.start, np.diff(ends))
    counts = needs.counts.words.view(np.uint32)[index]
    weight = np.zeros(counts.shape)
    for field, field_weight in enumerate(NEED_FIELD_WEIGHTS):
        weight += field_weight * ((counts >> np.uint32(8 * field)) & np.uint32(0xFF))
    light = np.repeat(np.where(is_long, UNIGRAM_WEIGHT, SHORT_NEED_UNIGRAM_WEIGHT), np.diff(ends))
    lightness = np.where(counts & np.uint32(LIGHT_TOKEN), light, 1.0)
    return weight * lightness, lightness
