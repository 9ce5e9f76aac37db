"""Vectors of texts as the engine keeps them: whole numbers, so that sums are exact and no order of adding matters.

A unit vector x becomes round(4064 · x), int16. Products of two of them are whole, and every partial sum stays below
2²⁴ (Cauchy and Schwarz: |Σ aᵢbᵢ| ≤ |a| · |b| ≤ 4096²), so float32 holds it exactly: a matrix product gives the same
bits whatever the library, the number of threads and the rows beside it. The rounding moves a cosine by some 10⁻⁴.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from matching.engine.facts import NeedFacts, ResourceFacts
from matching.engine.packing import Flags, Floats, Integers

Whole = NDArray[np.int16]
SCALE: Final = 4064.0
"""4096 less what rounding can add to the length of a vector of up to 4,096 numbers."""
DIGEST_BYTES: Final = 16


def text_of(facts: NeedFacts | ResourceFacts) -> str:
    """Return what is embedded of a need or resource: title, keywords, text and items, each line said once."""
    items = facts.items if isinstance(facts, ResourceFacts) else ()
    title, text = facts.title.strip(), facts.text.strip()
    rest = text.removeprefix(title).lstrip(" 。.\n") if title else text
    lines = (title, "、".join(facts.keywords), rest, "、".join(items))
    return "\n".join(line for line in lines if line)


def text_hash(text: str) -> bytes:
    """Return the 16 bytes by which a text is known again."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST_BYTES).digest()


def whole(vectors: NDArray[np.floating]) -> Whole:
    """Return unit vectors (rows) as whole numbers; a row of zeros stays one."""
    lengths = np.linalg.norm(vectors.astype(np.float64), axis=-1, keepdims=True)
    return _scaled(vectors.astype(np.float64), lengths)


def moved(vectors: Whole, center: Whole) -> Whole:
    """Return the vectors less ``center``, to unit length again; lengths are square roots of exact sums."""
    rest = vectors.astype(np.int64) - center.astype(np.int64)
    return _scaled(rest.astype(np.float64), lengths_of(rest)[:, None])


def lengths_of(vectors: NDArray[np.integer]) -> Floats:
    """Return the Euclidean length of each row of whole numbers; float64[rows]."""
    return np.sqrt(squares_of(vectors))


def squares_of(vectors: NDArray[np.integer]) -> Floats:
    """Return the inner product of each row with itself, exactly; float64[rows]."""
    long = vectors.astype(np.int64)
    squares: Floats = np.einsum("ij,ij->i", long, long).astype(np.float64)
    return squares


def products(left: Whole, right: Whole) -> Floats:
    """Return all inner products, exactly: float64[left, right]."""
    return (left.astype(np.float32) @ right.astype(np.float32).T).astype(np.float64)


def _scaled(vectors: Floats, lengths: Floats) -> Whole:
    unit = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
    return np.rint(SCALE * unit).astype(np.int16)


@dataclass(frozen=True, slots=True)
class VectorTable:
    """Vectors by id. ids int64[n], ascending; vectors int16[n, dimensions]."""

    ids: Integers
    vectors: Whole

    @classmethod
    def of(cls, rows: Iterable[tuple[int, bytes]], dimensions: int) -> "VectorTable":
        """Build from ids and packed vectors, in any order."""
        ordered = sorted(rows)
        data = b"".join(packed for _, packed in ordered)
        ids = np.array([identifier for identifier, _ in ordered], dtype=np.int64)
        return cls(ids, np.frombuffer(data, dtype="<i2").reshape(len(ordered), dimensions))

    def rows_of(self, ids: Integers) -> tuple[Integers, Flags]:
        """Return the row of each id, and whether it has one (row 0 stands where it has none)."""
        if self.ids.size == 0:
            return np.zeros(ids.shape, dtype=np.int64), np.zeros(ids.shape, dtype=np.bool_)
        found = np.minimum(np.searchsorted(self.ids, ids), self.ids.size - 1)
        is_known = self.ids[found] == ids
        return np.where(is_known, found, 0), is_known


def packed(vector: Whole) -> bytes:
    """Return one vector as stored."""
    return vector.astype("<i2").tobytes()
