"""The back end the settings ask for, made once per process."""

from functools import lru_cache

from django.conf import settings

from matching.embedding import Embedder, EmbeddingFailed, EmbeddingSettings, embedder_of, problems_of


def embedder() -> Embedder | None:
    """The back end; None for `none`. Raises EmbeddingFailed where the settings are not complete."""
    return _made(settings.EMBEDDING)


@lru_cache(maxsize=1)
def _made(asked: EmbeddingSettings) -> Embedder | None:
    problems = problems_of(asked)
    if problems:
        raise EmbeddingFailed("; ".join(problems))
    return embedder_of(asked)
