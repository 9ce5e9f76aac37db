"""One contract for every back end: unit vectors, in order, the same each time, whatever the text."""

import numpy as np
import pytest

from matching.embedding import Embedder, EmbeddingSettings, Role, embedder_of

TEXTS = ["激光焊接", "氮化镓外延片缺陷检测", "laser welding of thin films", "纳米银膏"]
ODD = {
    "empty": "",
    "blank": "  \n",
    "one": "a",
    "endless": "激光 laser " * 20_000,
    "nul": "a\0b",
    "surrogate": "a\ud800b",
}


def test_no_back_end_means_no_embedder() -> None:
    assert embedder_of(EmbeddingSettings("none")) is None


def test_there_is_a_unit_vector_of_one_length_for_every_text(embedder: Embedder) -> None:
    vectors = embedder.embed(TEXTS, Role.PASSAGE)
    assert vectors.dtype == np.float32
    assert vectors.shape[0] == len(TEXTS)
    assert vectors.shape[1] >= 16
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_no_texts_give_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed([], Role.QUERY).shape[0] == 0


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_an_odd_text_has_a_vector_too(embedder: Embedder, text: str) -> None:
    vectors = embedder.embed([text], Role.PASSAGE)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_the_same_texts_give_the_same_bytes(embedder: Embedder) -> None:
    first, second = (embedder.embed(TEXTS, Role.QUERY).tobytes() for _ in range(2))
    assert first == second


def test_vectors_come_in_the_order_of_the_texts(embedder: Embedder) -> None:
    forward, backward = embedder.embed(TEXTS, Role.PASSAGE), embedder.embed(TEXTS[::-1], Role.PASSAGE)
    np.testing.assert_allclose(forward, backward[::-1], atol=2e-2)
    assert (np.argmax(forward @ backward[::-1].T, axis=1) == np.arange(len(TEXTS))).all()


def test_more_texts_than_one_batch_holds_stay_in_order(embedder: Embedder) -> None:
    many = [TEXTS[place % 4] for place in range(embedder.batch + 3)]
    vectors = embedder.embed(many, Role.PASSAGE)
    assert (np.argmax(vectors @ vectors[:4].T, axis=1) == np.arange(len(many)) % 4).all()


def test_a_query_is_embedded_otherwise_than_a_passage(embedder: Embedder) -> None:
    query, passage = (embedder.embed(["激光焊接"], role) for role in (Role.QUERY, Role.PASSAGE))
    assert not np.allclose(query, passage)
    assert float((query @ passage.T)[0, 0]) > 0.5


def test_back_ends_have_different_names(embedder: Embedder) -> None:
    assert embedder.model.partition(":")[0] in {"bundled", "openai", "local"}
