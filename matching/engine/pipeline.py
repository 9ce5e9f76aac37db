"""The run, as pure functions: needs in, ranked candidates with parts and reasons out. The only module that knows all
the others.

Nothing here depends on how needs are cut into chunks or in which order they come: a pair's numbers are functions of the
pair, the statistics, the surroundings, the settings and ``today``; ties end with the lower id.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.engine import constraints, explanation, features, reasons, reranking, retrieval, scoring, semantics
from matching.engine.config import COMPONENTS, DEFAULT, ScoringConfig
from matching.engine.encoding import (
    NeedTable,
    ResourceTable,
    decode_needs,
    decode_resources,
    encode_need,
    encode_resource,
)
from matching.engine.facts import NeedFacts, Quantity, ResourceFacts
from matching.engine.packing import Flags, Floats, Integers
from matching.engine.postings import Postings
from matching.engine.retrieval import CandidateQuery, CandidateSource, TextQueries
from matching.engine.scoring import ScoredPairs
from matching.engine.surroundings import CodeTree, Geography, Market
from matching.engine.vector_statistics import Semantics
from matching.engine.vocabulary import TermStatistics

SLICE: Final = 50
"""Needs scored at once: bounds the memory of decoded candidates (50 × 200 records of some 5 KB)."""

Load = Callable[[Integers], ResourceTable]
"""ids int64[n] → a table of those that still exist, in any order."""


class Judged(NamedTuple):
    """Pairs that may be scored, and the others: ruled_out int64[n], their places among all pairs, the reason of each
    (int8[n], position in ``reasons.REASONS``) and its need row (int64[n])."""

    pairs: ScoredPairs
    ruled_out: Integers
    reasons: NDArray[np.int8]
    reason_need_rows: Integers


@dataclass(frozen=True, slots=True)
class ChunkResult:
    """The result for a chunk of needs. ``pairs`` is ordered by need row, best first: ``keep`` per need, and what else
    everybody is told of; ``is_told`` bool[pairs]: among the ``top`` of its need by the numbers that everybody may be
    told, before any judgment; ``need_ids`` int64[needs] translates need rows; ``reasons`` counts ruled-out pairs per
    reason over the chunk, ``reasons_of_need`` per need; ``considered`` int64[needs]: candidates looked at; ``bars``
    float64[needs]: the rank value of the last of the ``keep`` before any judgment, 0 where there is none: what a
    newcomer must reach."""

    need_ids: Integers
    pairs: ScoredPairs
    is_told: Flags
    bars: Floats
    reasons: dict[str, int]
    reasons_of_need: tuple[dict[str, int], ...]
    considered: Integers

    def rows_of(self, need_row: int) -> slice:
        """Return where the pairs of one need lie."""
        first, last = np.searchsorted(self.pairs.need_row, [need_row, need_row + 1])
        return slice(int(first), int(last))


def match_chunk(
    needs: NeedTable,
    source: CandidateSource,
    load: Load,
    statistics: TermStatistics,
    geography: Geography,
    codes: CodeTree,
    config: ScoringConfig,
    today: int,
    semantics: Semantics | None = None,
) -> ChunkResult:
    """Match needs against everything ``source`` knows: retrieval, constraints, features, scores, the best ``keep`` per
    need."""
    market = Market(statistics, geography, codes, config, today, semantics)
    slices = [np.arange(first, min(first + SLICE, len(needs))) for first in range(0, len(needs), SLICE)]
    parts = [_match_slice(needs, rows, source, load, market) for rows in slices]
    return _joined(needs, parts, config)


def rerank(result: ChunkResult, judgments: Floats, config: ScoringConfig) -> ChunkResult:
    """Return the same candidates with judgments laid over, in their new order; judgments float64[pairs], NaN: none.

    Which of them everybody is told of stays as it was: who was judged may depend on what not everybody may be told.
    """
    judged = reranking.laid_over(result.pairs, judgments, config)
    order = scoring.order_of(judged)
    return replace(result, pairs=judged.take(order), is_told=result.is_told[order])


def score_all(needs: NeedTable, resources: ResourceTable, market: Market, queries: TextQueries | None = None) -> Judged:
    """Judge every need with every resource, resource by resource; for the reverse direction and for small worlds."""
    need_rows = np.tile(np.arange(len(needs)), len(resources))
    resource_rows = np.repeat(np.arange(len(resources)), len(needs))
    return judge(
        needs, resources, need_rows, resource_rows, market, queries or retrieval.text_queries(needs, market.statistics)
    )


def reverse(
    changed: ResourceTable,
    needs: NeedTable,
    statistics: TermStatistics,
    geography: Geography,
    codes: CodeTree,
    config: ScoringConfig,
    today: int,
    queries: TextQueries | None = None,
    semantics: Semantics | None = None,
) -> Floats:
    """Return the rank value of each open need with each changed resource: float64[needs, changed], NaN where ruled out.

    The same numbers as a run would give, so they compare with the rank values stored for the need. ``queries`` is
    ``retrieval.text_queries(needs, statistics)``, worth keeping while needs and statistics stay.
    """
    judged = score_all(needs, changed, Market(statistics, geography, codes, config, today, semantics), queries)
    ranks = np.full((len(needs), len(changed)), np.nan)
    columns, _ = _rows_of(judged.pairs.resource_id, changed)
    ranks[judged.pairs.need_row, columns] = judged.pairs.rank_value
    return ranks


def explain_chunk(
    result: ChunkResult,
    needs: NeedTable,
    load: Load,
    statistics: TermStatistics,
    geography: Geography,
    codes: CodeTree,
    config: ScoringConfig,
    today: int,
    semantics: Semantics | None = None,
) -> dict[tuple[int, int], dict[str, Any]]:
    """Return the facts of the best ``top`` pairs of each need, and of those that everybody is told of, by (need id,
    resource id); ``needs`` is the chunk's own table."""
    market = Market(statistics, geography, codes, config, today, semantics)
    starts = np.searchsorted(result.pairs.need_row, result.pairs.need_row)
    is_shown = (np.arange(len(result.pairs)) - starts < config.top) | result.is_told
    best = result.pairs.take(np.flatnonzero(is_shown))
    resources = load(np.unique(best.resource_id))
    place, is_loaded = _rows_of(best.resource_id, resources)
    best, place = best.take(np.flatnonzero(is_loaded)), place[is_loaded]
    facts = explanation.facts_of(explanation.Cases(needs, best.need_row, resources, place, best, market))
    names = zip(result.need_ids[best.need_row].tolist(), best.resource_id.tolist(), strict=True)
    return dict(zip(names, facts, strict=True))


def explain_pairs(
    needs: NeedTable,
    resources: ResourceTable,
    need_rows: Integers,
    resource_rows: Integers,
    market: Market,
    judgments: Floats | None = None,
) -> list[dict[str, Any]]:
    """Score pairs and return the facts of each, or why it was ruled out: ``{"removed_by": reason}``.

    need_rows, resource_rows int64[pairs]; judgments float64[pairs], NaN: none.
    """
    queries = retrieval.text_queries(needs, market.statistics)
    judged = judge(needs, resources, need_rows, resource_rows, market, queries)
    told: list[dict[str, Any]] = [{} for _ in need_rows]
    for place, reason in zip(judged.ruled_out.tolist(), judged.reasons.tolist(), strict=True):
        told[place] = {"removed_by": reasons.REASONS[reason]}
    free = np.setdiff1d(np.arange(need_rows.size), judged.ruled_out, assume_unique=True)
    pairs = judged.pairs if judgments is None else reranking.laid_over(judged.pairs, judgments[free], market.config)
    cases = explanation.Cases(needs, need_rows[free], resources, resource_rows[free], pairs, market)
    for place, facts in zip(free.tolist(), explanation.facts_of(cases), strict=True):
        told[place] = facts
    return told


def explain_pair(needs: NeedTable, resources: ResourceTable, market: Market) -> dict[str, Any]:
    """Return the facts of the pair made by row 0 of each table, or why it was ruled out: ``{"removed_by": reason}``."""
    first = np.zeros(1, dtype=np.int64)
    return explain_pairs(needs.take(first), resources.take(first), first, first, market)[0]


def judge(
    needs: NeedTable,
    resources: ResourceTable,
    need_rows: Integers,
    resource_rows: Integers,
    market: Market,
    queries: TextQueries,
) -> Judged:
    """Apply constraints to pairs and score those that are free."""
    metrics = features.metrics_of(needs, resources, need_rows, resource_rows)
    verdicts = constraints.check(needs, resources, need_rows, resource_rows, metrics.impossible, market.config)
    free = np.flatnonzero(verdicts.is_free)
    kept = features.Metrics(metrics.fit[free], metrics.known_share[free], metrics.impossible[free])
    pairs = _score(needs, resources, need_rows[free], resource_rows[free], kept, market, queries)
    ruled_out = np.flatnonzero(~verdicts.is_free)
    return Judged(pairs, ruled_out, verdicts.reason[ruled_out], need_rows[ruled_out])


def _score(
    needs: NeedTable,
    resources: ResourceTable,
    need_rows: Integers,
    resource_rows: Integers,
    metrics: features.Metrics,
    market: Market,
    queries: TextQueries,
) -> ScoredPairs:
    text = retrieval.score_pairs_of_text(
        needs, queries, resources, need_rows, resource_rows, statistics=market.statistics, config=market.config
    )
    meaning = _meaning(needs, resources, need_rows, resource_rows, market)
    parts = features.parts_of(
        needs, resources, need_rows, resource_rows, text=text.score,
        semantic=semantics.fit_of(meaning.z, market.config), semantic_share=meaning.share, metrics=metrics,
        geography=market.geography, codes=market.codes, config=market.config, today=market.today,
    )  # fmt: skip
    scores, told = scoring.combine(parts, market.config), scoring.combine_told(parts, market.config)
    return ScoredPairs(
        need_rows,
        resources.id[resource_rows],
        parts.value,
        parts.known,
        scores.score,
        scores.confidence,
        scores.rank_value,
        told.score,
        told.confidence,
        told.rank_value,
        text.items,
    )


def _meaning(
    needs: NeedTable, resources: ResourceTable, need_rows: Integers, resource_rows: Integers, market: Market
) -> semantics.Meaning:
    if market.semantics is None:
        return semantics.Meaning(np.full(need_rows.shape, np.nan), np.zeros(need_rows.shape))
    return semantics.meaning_of(needs, resources, need_rows, resource_rows, market.semantics, market.config)


def warm_up() -> None:
    """Compile all loops (or read them from the cache), so that the first need of a process does not wait for it."""
    metric = Quantity("key", "name", low=1.0, unit="mm", op=">=", is_must=True)
    need = NeedFacts(0, 1, "", 1, 1, "consortium", "title", industry_codes=("a",), quantities=(metric,))
    resource = ResourceFacts(
        0, 2, "", 2, 2, "service", "title", items=("title",), industry_codes=("a",), quantities=(metric,)
    )
    blob, needs = encode_resource(resource), decode_needs([encode_need(need)])
    market = Market(TermStatistics.of([blob]), Geography.of([1, 2]), CodeTree.of({}), DEFAULT, 0)
    explain_pair(needs, decode_resources([blob]), market)
    queries = retrieval.queries_of(needs, market.statistics, DEFAULT, retrieval.text_queries(needs, market.statistics))
    Postings.of([blob], market.statistics).candidates(queries, 1)


class _Slice(NamedTuple):
    pairs: ScoredPairs
    reasons: NDArray[np.int8]
    reason_need_rows: Integers
    considered: Integers


def _match_slice(needs: NeedTable, rows: Integers, source: CandidateSource, load: Load, market: Market) -> _Slice:
    """Match some rows of the chunk; need rows of the result count from the beginning of the chunk."""
    some = needs.take(rows)
    texts = retrieval.text_queries(some, market.statistics)
    queries = retrieval.queries_of(some, market.statistics, market.config, texts)
    by_words = source.candidates(queries, market.config.depth)
    by_meaning = _nearest(some, queries, market)
    found = [np.unique(np.concatenate(both)) for both in zip(by_words, by_meaning, strict=True)]
    wanted = np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)
    resources = load(wanted)
    need_rows, resource_rows = _pairs(found, resources)
    judged = judge(some, resources, need_rows, resource_rows, market, texts)
    best = _best(judged.pairs, market.config)
    considered = np.bincount(need_rows, minlength=len(rows))
    shifted = ScoredPairs(best.need_row + rows[0], *(getattr(best, name) for name in ScoredPairs.__slots__[1:]))
    return _Slice(shifted, judged.reasons, judged.reason_need_rows + rows[0], considered)


def _nearest(needs: NeedTable, queries: Sequence[CandidateQuery], market: Market) -> list[Integers]:
    if market.semantics is None:
        return [np.empty(0, dtype=np.int64)] * len(needs)
    return semantics.nearest_of(needs, queries, market.semantics, market.config.semantic_depth)


def _pairs(found: Sequence[Integers], resources: ResourceTable) -> tuple[Integers, Integers]:
    """Return need rows and resource rows of all candidates that could be loaded, by need, then by id."""
    need_rows = np.repeat(np.arange(len(found)), [ids.size for ids in found])
    ids = np.concatenate(found) if found else np.empty(0, dtype=np.int64)
    rows, is_loaded = _rows_of(ids, resources)
    return need_rows[is_loaded], rows[is_loaded]


def _rows_of(ids: Integers, resources: ResourceTable) -> tuple[Integers, Flags]:
    """Return the row of each id in the table and whether it is there."""
    if len(resources) == 0:
        return np.zeros(ids.shape, dtype=np.int64), np.zeros(ids.shape, dtype=np.bool_)
    order = np.argsort(resources.id, kind="stable")
    rows = order[np.minimum(np.searchsorted(resources.id[order], ids), order.size - 1)]
    return rows, resources.id[rows] == ids


def _best(pairs: ScoredPairs, config: ScoringConfig) -> ScoredPairs:
    """Return the best ``keep`` pairs of each need and those that everybody is told of, in order."""
    order = scoring.order_of(pairs)
    is_kept = scoring.is_first(pairs.need_row, order, config.keep) | _is_told(pairs, config)
    return pairs.take(order[is_kept[order]])


def _is_told(pairs: ScoredPairs, config: ScoringConfig) -> Flags:
    """Return which pairs are the best few of their need by what everybody may be told."""
    return scoring.is_first(pairs.need_row, scoring.told_order_of(pairs), min(config.top, config.keep))


def _joined(needs: NeedTable, slices: Sequence[_Slice], config: ScoringConfig) -> ChunkResult:
    pairs = _concatenated([part.pairs for part in slices])
    reasons = np.concatenate([part.reasons for part in slices]) if slices else np.empty(0, dtype=np.int8)
    rows = np.concatenate([part.reason_need_rows for part in slices]) if slices else np.empty(0, dtype=np.int64)
    considered = np.concatenate([part.considered for part in slices]) if slices else np.empty(0, dtype=np.int64)
    by_need = tuple(constraints.counts_per_reason(reasons[rows == row]) for row in range(len(needs)))
    bars = _bars(len(needs), pairs, config.keep)
    return ChunkResult(
        needs.id, pairs, _is_told(pairs, config), bars, constraints.counts_per_reason(reasons), by_need, considered
    )


def _bars(needs: int, pairs: ScoredPairs, keep: int) -> Floats:
    """Return the rank value of the last of the best ``keep`` pairs of each need, 0 where it has none."""
    starts, ends = np.searchsorted(pairs.need_row, [np.arange(needs), np.arange(1, needs + 1)])
    has_pairs = ends > starts
    bars = np.zeros(needs)
    bars[has_pairs] = pairs.rank_value[np.minimum(starts + keep, ends)[has_pairs] - 1]
    return bars


def _concatenated(parts: Sequence[ScoredPairs]) -> ScoredPairs:
    if not parts:
        return _no_pairs()
    columns: list[Any] = [np.concatenate([getattr(part, name) for part in parts]) for name in ScoredPairs.__slots__]
    return ScoredPairs(*columns)


def _no_pairs() -> ScoredPairs:
    width = len(COMPONENTS)
    rows, values = np.empty(0, dtype=np.int64), np.empty(0)
    return ScoredPairs(
        rows, rows, np.empty((0, width)), np.empty((0, width)), values, values, values, values, values, values,
        np.empty((0, 3), dtype=np.int64),
    )  # fmt: skip
