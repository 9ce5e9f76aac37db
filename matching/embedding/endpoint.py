"""Any server that speaks OpenAI's `/v1/embeddings`, through the one egress client."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from egress.client import Limits, Message, Reply, send
from egress.endpoints import trusted
from egress.errors import EgressError
from matching.embedding.base import Embedder, EmbeddingFailed, Role

BYTES_PER_TEXT: Final = 128 * 1024
"""3,072 numbers of some 20 characters each, twice."""
ROLE_NOT_KNOWN: Final = frozenset({400, 422})


class EndpointEmbedder(Embedder):
    """``url`` is the base (`https://host/v1`) or the whole address; the key goes into a header and nowhere else."""

    def __init__(self, *, url: str, model: str, api_key: str, timeout_seconds: float) -> None:
        self.model = f"openai:{model}"
        self._endpoint = trusted(url if url.rstrip("/").endswith("/embeddings") else f"{url.rstrip('/')}/embeddings")
        self._name, self._key, self._seconds = model, api_key, timeout_seconds
        self._tells_role = True

    def _embed(self, texts: Sequence[str], role: Role) -> NDArray[np.floating]:
        reply = self._ask(texts, role)
        if reply.status in ROLE_NOT_KNOWN and self._tells_role:
            self._tells_role = False
            reply = self._ask(texts, role)
        if not reply.is_success:
            raise EmbeddingFailed(f"{self._endpoint} answers {reply.status}")
        try:
            return _vectors(reply.json(), len(texts))
        except (KeyError, TypeError, ValueError) as error:
            raise EmbeddingFailed(f"{self._endpoint} answers something that is no list of vectors") from error

    def _ask(self, texts: Sequence[str], role: Role) -> Reply:
        """Ask once; ``input_type`` is what servers with two kinds of vectors call the role."""
        content = {"model": self._name, "input": list(texts), "encoding_format": "float"}
        if self._tells_role:
            content["input_type"] = role.value
        return post(self._endpoint, content, key=self._key, limits=Limits(self._seconds, BYTES_PER_TEXT * len(texts)))


def post(endpoint: Any, content: object, *, key: str, limits: Limits) -> Reply:
    """Send JSON with the operator's key. Raises EmbeddingFailed where nothing usable comes back."""
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        return send(endpoint, Message.of_json(content, headers), limits)
    except EgressError as error:
        raise EmbeddingFailed(str(error)) from error


def _vectors(answer: Any, count: int) -> NDArray[np.floating]:
    """Return the vectors in the order of the texts: servers number them and may send them in any order."""
    rows = {int(row["index"]): row["embedding"] for row in answer["data"]}
    if sorted(rows) != list(range(count)):
        raise ValueError("not one vector per text")
    return np.array([rows[place] for place in range(count)], dtype=np.float64)
