"""A real server of vectors that knows what words mean: a direction per topic and a little of the text's own."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import numpy as np

from matching.embedding import EmbeddingSettings
from matching.engine.vectors import text_hash
from tests.egress.servers import Answer, Asked, Running, serving

DIMENSIONS: Final = 48
TOPICS: Final = {"激光焊接": 1, "束流熔合金属": 1, "外延片": 2, "银膏": 3, "显示面板": 4, "传感器": 5}
"""Words of one topic share no character."""


def vector_of(text: str, dimensions: int = DIMENSIONS) -> list[float]:
    """The vector of one text."""
    total = 0.4 * np.random.default_rng(int.from_bytes(text_hash(text)[:4], "little")).normal(size=dimensions)
    for word, seed in TOPICS.items():
        if word in text:
            total = total + 1.5 * np.random.default_rng(seed).normal(size=dimensions)
    found: list[float] = total.tolist()
    return found


def knows(*, dimensions: int = DIMENSIONS, poison: str = "", asked_for: list[str] | None = None) -> Answer:
    """Answer with vectors; a request that holds the word `poison` is refused; `asked_for` collects the texts."""

    def answer(asked: Asked) -> None:
        texts = json.loads(asked.server.seen[-1][2])["input"]
        if asked_for is not None:
            asked_for.extend(texts)
        if poison and any(poison in text for text in texts):
            asked.reply(500, b"cannot read this")
            return
        rows = [{"index": place, "embedding": vector_of(text, dimensions)} for place, text in enumerate(texts)]
        asked.reply(200, json.dumps({"data": rows}).encode())

    return answer


@contextmanager
def embedding_server(answer: Answer) -> Iterator[Running]:
    """Serve on this host."""
    with serving(answer) as running:
        yield running


def settings_for(server: Running, *, model: str = "topics") -> EmbeddingSettings:
    """What an operator would set who trusts it with what is not public."""
    return EmbeddingSettings("openai", url=server.url, model=model, timeout_seconds=2.0, sends_restricted=True)
