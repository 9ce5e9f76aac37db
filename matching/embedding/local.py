"""A model folder of the operator's: ONNX with its tokenizer, as exported for sentence-transformers."""

import hashlib
import json
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from matching.embedding.base import Embedder, EmbeddingFailed, Role

MODEL_FILES: Final = ("model.onnx", "onnx/model.onnx")
TOKENIZER: Final = "tokenizer.json"
PROMPTS: Final = "config_sentence_transformers.json"
POOLING: Final = "1_Pooling/config.json"
MAX_TOKENS: Final = 512
PROMPT_NAMES: Final = {Role.QUERY: ("query",), Role.PASSAGE: ("passage", "document")}


class LocalEmbedder(Embedder):
    """The model is read when the first text comes, once per process: who only asks for its name need not hold it."""

    def __init__(self, folder: Path) -> None:
        path = model_file(folder)
        if path is None:
            raise EmbeddingFailed(f"{folder} holds no {' or '.join(MODEL_FILES)} with {TOKENIZER}")
        self.model = f"local:{folder.name}-{_fingerprint(path)}"
        self._folder, self._path = folder, path

    def _embed(self, texts: Sequence[str], role: Role) -> NDArray[np.floating]:
        return self._loaded.vectors_of(texts, role)

    @cached_property
    def _loaded(self) -> "_Model":
        try:
            return _Model(self._folder, self._path)
        except Exception as error:  # a file of others may be broken in any way
            raise EmbeddingFailed(f"{self._path} cannot be read: {type(error).__name__}") from error


class _Model:
    """Token vectors are averaged (or the first taken, where the folder says so); prompts come from the folder too."""

    def __init__(self, folder: Path, path: Path) -> None:
        from onnxruntime import InferenceSession
        from tokenizers import Tokenizer

        self._session = InferenceSession(str(path), providers=["CPUExecutionProvider"])
        self._inputs = {entry.name for entry in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()
        self._takes_first = bool(_read(folder / POOLING).get("pooling_mode_cls_token"))
        self._prompts = _prompts(_read(folder / PROMPTS).get("prompts") or {})

    def vectors_of(self, texts: Sequence[str], role: Role) -> NDArray[np.floating]:
        encoded = self._tokenizer.encode_batch([self._prompts[role] + text for text in texts])
        ids = np.array([entry.ids for entry in encoded], dtype=np.int64)
        mask = np.array([entry.attention_mask for entry in encoded], dtype=np.int64)
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        output = self._session.run(None, {name: given[name] for name in self._inputs & given.keys()})[0]
        return self._pooled(np.asarray(output), mask)

    def _pooled(self, output: NDArray[np.floating], mask: NDArray[np.int64]) -> NDArray[np.floating]:
        if output.ndim == 2:
            return output
        if self._takes_first:
            return output[:, 0]
        weights = mask[:, :, None].astype(output.dtype)
        total: NDArray[np.floating] = (output * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
        return total


def model_file(folder: Path) -> Path | None:
    """The model of a folder that has one with its tokenizer."""
    found = next((folder / name for name in MODEL_FILES if (folder / name).is_file()), None)
    return found if (folder / TOKENIZER).is_file() else None


def _prompts(named: dict[str, str]) -> dict[Role, str]:
    return {role: next((named[name] for name in names if name in named), "") for role, names in PROMPT_NAMES.items()}


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return content


def _fingerprint(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()[:12]
