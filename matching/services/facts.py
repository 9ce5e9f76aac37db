"""Facts of pairs, taken while a run works: what explanations are made from afterwards."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from matching.engine.constraints import conflicts
from matching.engine.packing import Integers
from matching.engine.pipeline import ChunkResult, Load, explain_chunk, explain_pairs
from matching.engine.records import NeedTable, ResourceTable
from matching.engine.surroundings import Market
from matching.models import MatchRun
from matching.services.configs import settings_of
from matching.services.meaning import semantics_of
from matching.services.reranking import judgments_of
from matching.services.statistics import statistics_of
from matching.snapshot import read_needs, read_resources
from matching.surroundings import read_codes, read_geography

Facts = dict[str, Any]
REMOVED = "removed_by"


def market_of(run: MatchRun) -> Market:
    """Everything a pair's score depends on besides the pair, as of the run."""
    return Market(
        statistics_of(run.statistics_id or 0),
        read_geography(on=run.as_of),
        read_codes(),
        settings_of(run.config),
        run.as_of.toordinal(),
        semantics_of(run),
    )


def facts_of_best(needs: NeedTable, result: ChunkResult, market: Market, load: Load) -> dict[int, list[Facts | None]]:
    """Facts of the candidates of each need that are shown whatever is assigned, by their places, None between them;
    `load` reads them as it did for the result.
    """
    explained = explain_chunk(
        result, needs, load, market.statistics, market.geography, market.codes, market.config, market.today,
        market.semantics,
    )  # fmt: skip
    facts: dict[int, list[Facts | None]] = {}
    for row, need_id in enumerate(needs.id.tolist()):
        ids = result.pairs.resource_id[result.rows_of(row)].tolist()
        found = [explained.get((need_id, resource_id)) for resource_id in ids]
        last = max((place for place, told in enumerate(found) if told is not None), default=-1)
        facts[need_id] = found[: last + 1]
    return facts


def facts_of_pairs(run: MatchRun, wanted: Mapping[int, Sequence[int]]) -> dict[tuple[int, int], Facts]:
    """Facts of single pairs, by (need id, resource id), scored again as the run scores them.

    A pair that a filter removes by now is left out.
    """
    return {pair: facts for pair, facts in _explained(run, wanted).items() if REMOVED not in facts}


def reasons_of_pairs(run: MatchRun, wanted: Mapping[int, Sequence[int]]) -> dict[tuple[int, int], str]:
    """Which filter removes single pairs now, by (need id, resource id); a pair that none removes is left out."""
    return {pair: facts[REMOVED] for pair, facts in _explained(run, wanted).items() if REMOVED in facts}


def facts_of_pair(run: MatchRun, need_id: int, resource_id: int) -> Facts:
    """Facts of one pair, or `{"removed_by": reason}`; nothing of a resource that has no document yet."""
    return _explained(run, {need_id: [resource_id]}).get((need_id, resource_id), {})


def conflict_of_pair(run: MatchRun, need_id: int, resource_id: int) -> str:
    """What keeps one pair apart whatever else is said of it; empty where nothing does."""
    read = _read(run, {need_id: [resource_id]})
    found = conflicts(read.needs, read.resources, read.need_rows, read.resource_rows, settings_of(run.config))
    return found[0] if found else ""


class _Read(NamedTuple):
    """Both tables and, for each pair, its rows in them."""

    needs: NeedTable
    resources: ResourceTable
    pairs: list[tuple[int, int]]
    need_rows: Integers
    resource_rows: Integers


def _read(run: MatchRun, wanted: Mapping[int, Sequence[int]]) -> _Read:
    needs = read_needs(sorted(wanted), on=run.as_of)
    resources = read_resources(np.unique([pk for ids in wanted.values() for pk in ids]).astype(np.int64))
    need_row, resource_row = _rows(needs.id), _rows(resources.id)
    pairs = [(need, pk) for need in need_row for pk in wanted[need] if pk in resource_row]
    need_rows = np.array([need_row[need] for need, _ in pairs], dtype=np.int64)
    resource_rows = np.array([resource_row[pk] for _, pk in pairs], dtype=np.int64)
    return _Read(needs, resources, pairs, need_rows, resource_rows)


def _explained(run: MatchRun, wanted: Mapping[int, Sequence[int]]) -> dict[tuple[int, int], Facts]:
    if not wanted:
        return {}
    market, read = market_of(run), _read(run, wanted)
    judgments = judgments_of(run, read.pairs)
    told = explain_pairs(read.needs, read.resources, read.need_rows, read.resource_rows, market, judgments)
    return dict(zip(read.pairs, told, strict=True))


def _rows(ids: Integers) -> dict[int, int]:
    return {pk: row for row, pk in enumerate(ids.tolist())}
