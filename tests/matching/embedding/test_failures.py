"""Servers and folders that are no good: EmbeddingFailed with a reason, never a wrong vector, never a secret."""

import json
from pathlib import Path

import numpy as np
import pytest

from matching.embedding import Embedder, EmbeddingFailed, EmbeddingSettings, Role, embedder_of, problems_of
from tests.egress.servers import Answer, Asked, drip, hang_up, says, serving

KEY = "sk-very-secret"


def answers(*vectors: object, first: int = 0) -> bytes:
    rows = [{"index": place, "embedding": vector} for place, vector in enumerate(vectors, start=first)]
    return json.dumps({"data": rows}).encode()


BAD: dict[str, Answer] = {
    "an error": says(500, b"oops"),
    "too many requests": says(429),
    "HTML": says(200, b"<html>Welcome</html>"),
    "nothing": says(200),
    "another JSON": says(200, b'{"error": "no model"}'),
    "a list": says(200, b"[]"),
    "one vector too few": says(200, answers([1.0, 0.0])),
    "one vector too many": says(200, answers([1.0], [1.0], [1.0])),
    "wrong numbers": says(200, answers([1.0], [1.0], first=1)),
    "rows of different length": says(200, answers([1.0, 0.0], [1.0])),
    "no dimensions": says(200, answers([], [])),
    "NaN": says(200, answers([1.0, float("nan")], [1.0, 0.0])),
    "infinity": says(200, answers([1.0, float("inf")], [1.0, 0.0])),
    "zero": says(200, answers([0.0, 0.0], [1.0, 0.0])),
    "words": says(200, answers(["a", "b"], ["c", "d"])),
    "a drip": drip,
    "no answer": hang_up,
    "too much": says(200, b"x" * 3_000_000),
    "a redirect": says(302, b"", Location="https://example.com/"),
}


def made(url: str, seconds: float = 0.8) -> Embedder:
    found = embedder_of(EmbeddingSettings("openai", url=url, model="m", api_key=KEY, timeout_seconds=seconds))
    assert found is not None
    return found


@pytest.mark.parametrize("answer", BAD.values(), ids=BAD.keys())
def test_a_bad_answer_fails_with_a_reason_and_without_the_key(answer: Answer) -> None:
    with serving(answer) as server, pytest.raises(EmbeddingFailed) as caught:
        made(server.url).embed(["a", "b"], Role.QUERY)
    assert str(caught.value)
    assert KEY not in str(caught.value)


def test_vectors_are_put_into_the_order_of_their_numbers_and_to_length_one() -> None:
    body = b'{"data": [{"index": 1, "embedding": [0, 2]}, {"index": 0, "embedding": [3, 0]}]}'
    with serving(says(200, body)) as server:
        vectors = made(server.url, 5).embed(["a", "b"], Role.QUERY)
    np.testing.assert_allclose(vectors, [[1, 0], [0, 1]])


def test_dimensions_that_change_between_two_batches_fail() -> None:
    def growing(asked: Asked) -> None:
        (count,) = (len(json.loads(body)["input"]) for _, _, body in asked.server.seen[-1:])
        asked.reply(200, answers(*([[1.0] * len(asked.server.seen)] * count)))

    with serving(growing) as server, pytest.raises(EmbeddingFailed, match="dimensions"):
        made(server.url, 5).embed(["a"] * 33, Role.QUERY)


def test_the_key_goes_into_the_header_and_the_role_into_the_body() -> None:
    with serving(says(200, answers([1.0]))) as server:
        made(f"{server.url}/v1", 5).embed(["a"], Role.PASSAGE)
    ((path, headers, body),) = server.seen
    assert (path, headers["Authorization"]) == ("/v1/embeddings", f"Bearer {KEY}")
    assert json.loads(body) == {"model": "m", "input": ["a"], "encoding_format": "float", "input_type": "passage"}


def test_a_server_that_refuses_the_role_is_asked_without_it() -> None:
    def strict(asked: Asked) -> None:
        is_known = "input_type" not in json.loads(asked.server.seen[-1][2])
        asked.reply(200 if is_known else 400, answers([1.0]))

    with serving(strict) as server:
        embedder = made(server.url, 5)
        embedder.embed(["a"], Role.PASSAGE)
        embedder.embed(["a"], Role.PASSAGE)
    assert len(server.seen) == 3


@pytest.mark.parametrize(("settings", "word"), [
    (EmbeddingSettings("magic"), "EMBEDDING_BACKEND"),
    (EmbeddingSettings("openai", model="m"), "EMBEDDING_URL"),
    (EmbeddingSettings("openai", url="https://example.com/v1"), "EMBEDDING_MODEL"),
    (EmbeddingSettings("openai", url="file:///etc/passwd", model="m"), "EMBEDDING_URL"),
    (EmbeddingSettings("local", model="/nowhere"), "EMBEDDING_MODEL"),
])  # fmt: skip
def test_what_is_missing_is_said_by_the_setting_s_name(settings: EmbeddingSettings, word: str) -> None:
    assert any(word in problem for problem in problems_of(settings))


@pytest.mark.parametrize("backend", ["bundled", "local"])
def test_a_package_that_is_not_installed_is_named(
    backend: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("matching.embedding.choice.find_spec", lambda name: None)
    assert any(
        "zonelink[semantic]" in problem for problem in problems_of(EmbeddingSettings(backend, model=str(tmp_path)))
    )


def test_complete_settings_have_no_problem() -> None:
    assert problems_of(EmbeddingSettings("openai", url="http://localhost:1/v1", model="m")) == []
    assert problems_of(EmbeddingSettings()) == []


def test_the_key_is_not_in_the_representation() -> None:
    assert KEY not in repr(EmbeddingSettings("openai", api_key=KEY))


def test_a_model_folder_is_not_read_before_the_first_text_and_a_broken_one_is_told(tmp_path: Path) -> None:
    """The web process asks for the name only, and holds no model."""
    for name in ("model.onnx", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"not a model")
    embedder = embedder_of(EmbeddingSettings("local", model=str(tmp_path)))
    assert embedder is not None
    assert embedder.model.startswith(f"local:{tmp_path.name}-")
    with pytest.raises(EmbeddingFailed, match="cannot be read"):
        embedder.embed(["a"], Role.QUERY)
