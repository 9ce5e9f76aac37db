"""What every back end promises: unit vectors in the order of the texts, or EmbeddingFailed with a reason."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
MAX_CHARACTERS: Final = 2_000
"""Longer texts are cut: models read some 512 tokens."""
PLACEHOLDER: Final = "-"
"""Stands for an empty text, which some servers refuse."""
BATCH: Final = 32


class Role(StrEnum):
    """Whether a text asks or answers: models embed the two differently."""

    QUERY = "query"
    PASSAGE = "passage"


class EmbeddingFailed(Exception):
    """No usable vectors; the text says why, for operators, without secrets."""


class Embedder(ABC):
    """A back end. ``model`` names what makes the vectors: vectors of two names are never compared."""

    model: str
    batch: int = BATCH

    def embed(self, texts: Sequence[str], role: Role) -> Vectors:
        """Return float32[texts, dimensions], each row of length 1. Raises EmbeddingFailed."""
        readable = [readable_text(text) for text in texts]
        batches = [
            _checked(self._embed(readable[first : first + self.batch], role), len(readable[first : first + self.batch]))
            for first in range(0, len(readable), self.batch)
        ]
        if len({vectors.shape[1] for vectors in batches}) > 1:
            raise EmbeddingFailed(f"{self.model}: vectors of different dimensions")
        return np.concatenate(batches) if batches else np.empty((0, 0), dtype=np.float32)

    @abstractmethod
    def _embed(self, texts: Sequence[str], role: Role) -> NDArray[np.floating]:
        """Return one row per text, of any length but zero; at least one and at most ``batch`` texts come."""


def readable_text(text: str) -> str:
    """Return the text as every model can read it: no NUL, no lone surrogates, not empty, not endless."""
    told = text[:MAX_CHARACTERS].encode("utf-8", "ignore").decode().replace("\0", " ").strip()
    return told or PLACEHOLDER


def _checked(vectors: NDArray[np.floating], count: int) -> Vectors:
    """Return unit vectors; refuse a wrong shape, NaN, infinity and zero."""
    if vectors.ndim != 2 or vectors.shape[0] != count or vectors.shape[1] == 0:
        raise EmbeddingFailed(f"expected {count} vectors, got an array of shape {vectors.shape}")
    whole = vectors.astype(np.float64)
    lengths = np.linalg.norm(whole, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or (lengths == 0).any():
        raise EmbeddingFailed("a vector is zero or holds a value that is no number")
    unit: Vectors = (whole / lengths).astype(np.float32)
    return unit
