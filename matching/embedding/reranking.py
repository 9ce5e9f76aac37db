"""Any server with a `/rerank` endpoint, through the one egress client: a query and texts in, their relevances out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from egress.endpoints import trusted
from egress.errors import EgressError, Refused
from matching.embedding.base import readable_text

Relevances = NDArray[np.float64]
BYTES_PER_TEXT: Final = 16 * 1024
"""Servers may send the text back beside its number."""
OTHER_FORM: Final = frozenset({400, 404, 422})
SLACK: Final = 1e-6
"""By so much a number may leave [0, 1] by rounding."""


@dataclass(frozen=True, slots=True)
class RerankSettings:
    """What the operator set; off without an address. ``model`` may be empty where the server has one only."""

    url: str = ""
    model: str = ""
    api_key: str = field(default="", repr=False)
    timeout_seconds: float = 10.0


class RerankFailed(Exception):
    """No usable relevances; the text says why, for operators, without secrets."""


class Reranker:
    """``model`` names who judges. Asks as Cohere, Jina, vLLM and Infinity are asked (`documents`), and, where that is
    refused, as text-embeddings-inference is (`texts`).
    """

    def __init__(self, settings: RerankSettings) -> None:
        self._endpoint = trusted(settings.url)
        self._settings = settings
        self._texts_name = "documents"
        self.model = f"rerank:{settings.model or self._endpoint}"

    def judge(self, query: str, texts: Sequence[str]) -> Relevances:
        """Return float64[texts] in [0, 1], in the order of the texts. Raises RerankFailed."""
        if not texts:
            return np.empty(0)
        query, readable = readable_text(query), [readable_text(text) for text in texts]
        reply = self._ask(query, readable, self._texts_name)
        if reply.status in OTHER_FORM and self._texts_name == "documents":
            other = self._ask(query, readable, "texts")
            if other.is_success:
                self._texts_name, reply = "texts", other
        if not reply.is_success:
            raise RerankFailed(f"{self._endpoint} answers {reply.status}")
        try:
            return _relevances(reply.json(), len(readable))
        except (KeyError, TypeError, ValueError) as error:
            raise RerankFailed(f"{self._endpoint} answers no relevance in [0, 1] for each text: {error}") from error

    def _ask(self, query: str, texts: Sequence[str], name: str) -> Any:
        from egress.client import Limits, Message, send  # brings the HTTP client, which pages need not load

        key, model = self._settings.api_key, self._settings.model
        content: dict[str, Any] = {"query": query, name: list(texts)} | ({"model": model} if model else {})
        if name == "texts":
            content["truncate"] = True
        message = Message.of_json(content, {"Authorization": f"Bearer {key}"} if key else {})
        try:
            return send(self._endpoint, message, Limits(self._settings.timeout_seconds, BYTES_PER_TEXT * len(texts)))
        except EgressError as error:
            raise RerankFailed(str(error)) from error


def rerank_problems_of(settings: RerankSettings) -> list[str]:
    """What is wrong with the settings, one sentence each; nothing when it is off."""
    try:
        if settings.url:
            trusted(settings.url)
    except Refused as error:
        return [f"RERANK_URL: {error}"]
    return []


def _relevances(answer: Any, count: int) -> Relevances:
    """Read `results` of `index` and `relevance_score`, or a bare list of `index` and `score`, in any order."""
    rows = answer["results"] if isinstance(answer, dict) else answer
    found = {row["index"]: row["relevance_score"] if "relevance_score" in row else row["score"] for row in rows}
    if len(rows) != count or set(found) != set(range(count)):
        raise ValueError(f"{len(rows)} rows for {count} texts, or a number twice")
    values = [found[place] for place in range(count)]
    if any(isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) for value in values):
        raise ValueError("a relevance is no number")
    if min(values) < -SLACK or max(values) > 1 + SLACK:
        raise ValueError("let the server give relevances in [0, 1], not raw ones")
    return np.clip(np.array(values, dtype=np.float64), 0.0, 1.0)
