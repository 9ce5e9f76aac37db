"""What surrounds a match: which zones are close to each other, and which codes are close to each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from lexicon.hashing import token_hash
from matching.engine.config import ScoringConfig
from matching.engine.packing import Flags, Integers, Words
from matching.engine.vector_statistics import Semantics
from matching.engine.vocabulary import TermStatistics

CROSSWALK_REACH: Final = 0.5
"""A crosswalk between two codes also serves their relatives at least this similar."""

MAX_DEPTH: Final = 16


@dataclass(frozen=True, slots=True)
class Geography:
    """Relations between zones. zone_ids int64[z], ascending; the others bool[z, z], symmetric."""

    zone_ids: Integers
    same_network: Flags
    same_alliance: Flags
    same_region_group: Flags

    @classmethod
    def of(
        cls,
        zone_ids: Iterable[int],
        *,
        networks: Iterable[Iterable[int]] = (),
        alliances: Iterable[Iterable[int]] = (),
        region_groups: Iterable[Iterable[int]] = (),
    ) -> "Geography":
        """Build from groups of zone ids: the members of each network, each alliance and each region group."""
        ids = np.unique(np.fromiter(zone_ids, dtype=np.int64))
        return cls(ids, _related(ids, networks), _related(ids, alliances), _related(ids, region_groups))

    def positions(self, zones: Integers) -> Integers:
        """Return the row of each zone, -1 for a zone that is not listed."""
        return _positions(self.zone_ids, zones)


@dataclass(frozen=True, slots=True)
class CodeTree:
    """Similarity of classification codes in [0, 1]. hashes uint64[c], ascending; similarity float32[c, c], symmetric.

    Within a tree: Wu and Palmer (1994), 2 · depth(common ancestor) / (depth a + depth b); across trees: the crosswalk's
    weight.
    """

    hashes: Words
    similarity: NDArray[np.float32]

    @classmethod
    def of(cls, parents: Mapping[str, str], crosswalk: Iterable[tuple[str, str, float]] = ()) -> "CodeTree":
        """Build from each code's parent ("" for a root) and pairs (code, code, weight) across schemes."""
        hash_of = {code: token_hash(code) for code in {*parents, *parents.values()} - {""}}
        codes = sorted(hash_of, key=lambda code: hash_of[code])
        hashes = np.array([hash_of[code] for code in codes], dtype=np.uint64)
        similarity = _wu_palmer([_lineage(code, parents) for code in codes])
        place = {code: index for index, code in enumerate(codes)}
        bridges = sorted((a, b, w) for a, b, w in crosswalk if a in place and b in place)
        for a, b, weight in bridges:
            _bridge(similarity, place[a], place[b], weight)
        return cls(hashes, similarity)

    def positions(self, codes: Words) -> Integers:
        """Return the row of each code, -1 for a code that is not in the tree."""
        return _positions(self.hashes, codes)


@dataclass(frozen=True, slots=True)
class Market:
    """All that the score of a pair depends on besides the pair; ``today`` is a proleptic ordinal."""

    statistics: TermStatistics
    geography: Geography
    codes: CodeTree
    config: ScoringConfig
    today: int
    semantics: Semantics | None = None
    """Vectors and their frozen statistics; None without a model."""


def _related(ids: Integers, groups: Iterable[Iterable[int]]) -> Flags:
    related = np.zeros((ids.size, ids.size), dtype=np.bool_)
    for group in groups:
        rows = _positions(ids, np.fromiter(group, dtype=np.int64))
        rows = rows[rows >= 0]
        related[np.ix_(rows, rows)] = True
    return related


def _positions(ordered: NDArray[np.generic], wanted: NDArray[np.generic]) -> Integers:
    if ordered.size == 0:
        return np.full(wanted.shape, -1, dtype=np.int64)
    found = np.minimum(np.searchsorted(ordered, wanted), ordered.size - 1)
    return np.where(ordered[found] == wanted, found, -1).astype(np.int64)


def _lineage(code: str, parents: Mapping[str, str]) -> list[str]:
    """Return the code's ancestors from the root down, itself last; a circle in the table ends at MAX_DEPTH."""
    line = [code]
    while (parent := parents.get(line[-1], "")) and len(line) < MAX_DEPTH:
        line.append(parent)
    return line[::-1]


def _wu_palmer(lineages: Sequence[list[str]]) -> NDArray[np.float32]:
    depth = np.array([len(line) for line in lineages], dtype=np.float32)
    common = np.zeros((depth.size, depth.size), dtype=np.float32)
    for level in range(int(depth.max(initial=0))):
        _add_level(common, [line[level] if level < len(line) else "" for line in lineages])
    return (2 * common / (depth[:, None] + depth[None, :])).astype(np.float32) if depth.size else common


def _add_level(common: NDArray[np.float32], ancestors: list[str]) -> None:
    """Count one more common ancestor for all pairs whose ancestor on this level is the same."""
    for name in sorted(set(ancestors) - {""}):
        members = np.array([index for index, other in enumerate(ancestors) if other == name])
        common[np.ix_(members, members)] += 1


def _bridge(similarity: NDArray[np.float32], a: int, b: int, weight: float) -> None:
    """Let relatives of ``a`` meet relatives of ``b``, less the further they are from the two."""
    left, right = (np.flatnonzero(similarity[node] >= CROSSWALK_REACH) for node in (a, b))
    reach = np.float32(weight) * np.outer(similarity[a, left], similarity[b, right])
    similarity[np.ix_(left, right)] = np.maximum(similarity[np.ix_(left, right)], reach)
    similarity[np.ix_(right, left)] = np.maximum(similarity[np.ix_(right, left)], reach.T)
