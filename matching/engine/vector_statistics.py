"""What a run freezes of vectors, and where it reads them: the surroundings of the semantic component."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from matching.engine.packing import Floats, Integers
from matching.engine.vectors import VectorTable, Whole

SAMPLE: Final = 2_048
CENTER_FROM_NEEDS: Final = 100
SMALLEST_SAMPLE: Final = 8
"""Fewer documents have no spread worth the name: the component is unknown then."""


@dataclass(frozen=True, slots=True)
class VectorStatistics:
    """What is frozen with a run. need_center, resource_center int16[d]: means to be taken away (zeros: none); sample
    int16[m, d]: documents every need is compared with."""

    model: str
    need_center: Whole
    resource_center: Whole
    sample: Whole

    @classmethod
    def of(cls, model: str, needs: VectorTable, resources: VectorTable) -> "VectorStatistics":
        """Freeze: means of all vectors (of needs: from 100 on), and the sample with the smallest hashes of ids."""
        dimensions = resources.vectors.shape[1]
        has_center = needs.ids.size >= CENTER_FROM_NEEDS
        need_center = _mean(needs.vectors) if has_center else np.zeros(dimensions, dtype=np.int16)
        chosen = sorted(range(resources.ids.size), key=lambda row: _lot(int(resources.ids[row])))[:SAMPLE]
        return cls(model, need_center, _mean(resources.vectors), resources.vectors[np.sort(chosen)])

    @property
    def is_usable(self) -> bool:
        """Whether there are documents enough to compare with."""
        return len(self.sample) >= SMALLEST_SAMPLE

    def to_bytes(self) -> bytes:
        """Return the statistics as one deterministic record: a line of JSON, then the numbers."""
        head = json.dumps({"model": self.model, "rows": self.sample.shape[0]}, ensure_ascii=True, sort_keys=True)
        rows = np.vstack([self.need_center, self.resource_center, self.sample]).astype("<i2")
        return head.encode("ascii") + b"\n" + rows.tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> "VectorStatistics":
        """Read what :meth:`to_bytes` wrote."""
        head, _, numbers = data.partition(b"\n")
        told = json.loads(head)
        rows = np.frombuffer(numbers, dtype="<i2").reshape(told["rows"] + 2, -1)
        return cls(told["model"], rows[0], rows[1], rows[2:])


class Filter(Protocol):
    """For whom is asked: a document must carry one of the scopes and one of the use scopes (none: no restriction)."""

    @property
    def scopes(self) -> Sequence[str]:
        """Who sees it."""
        ...

    @property
    def use_scopes(self) -> Sequence[str]:
        """Who may use it, as ``use:…``."""
        ...


class Nearest(Protocol):
    """A host's copy of all vectors, seen from the engine."""

    def nearest(self, queries: Whole, center: Whole, filters: Sequence[Filter], limit: int) -> list[Integers]:
        """Return, per query, ids (int64) of the at most ``limit`` visible documents of the largest cosine."""
        ...


class Kept(Protocol):
    """How needs compare with the sample, as ``matching.engine.scales`` keeps it."""

    def of(self, ids: Integers, vectors: Whole) -> tuple[Whole, Floats, Floats]:
        """Return queries int16[n, d], mean and spread float64[n] of the needs with these vectors."""
        ...


@dataclass(frozen=True, slots=True)
class Semantics:
    """Everything the component needs: frozen statistics, the vectors of the needs at hand, where those of resources are
    read, and, for who asks again and again, what was computed of the needs before."""

    statistics: VectorStatistics
    needs: VectorTable
    load: Callable[[Integers], VectorTable]
    source: Nearest | None = None
    scales: Kept | None = None

    def count_of(self, need_ids: Integers) -> int:
        """Return how many of the needs can be compared by meaning."""
        return int(np.count_nonzero(self.needs.rows_of(need_ids)[1])) if self.statistics.is_usable else 0


def _mean(vectors: Whole) -> Whole:
    """Return the mean of whole vectors, rounded; sums of whole numbers are exact in any order."""
    total = vectors.sum(axis=0, dtype=np.int64)
    mean: Whole = np.rint(total / max(vectors.shape[0], 1)).astype(np.int16)
    return mean


def _lot(identifier: int) -> bytes:
    return hashlib.blake2b(identifier.to_bytes(8, "little"), digest_size=8).digest()
