"""Servers that judge pairs of texts, good and bad: a relevance for each text, or RerankFailed with a reason."""

import json
from typing import Any

import numpy as np
import pytest

from matching.embedding.reranking import Reranker, RerankFailed, RerankSettings, rerank_problems_of
from tests.egress.servers import Answer, Asked, drip, hang_up, says, serving

KEY = "sk-very-secret"


def rows(*values: object, name: str = "relevance_score", first: int = 0) -> list[dict[str, object]]:
    return [{"index": place, name: value} for place, value in enumerate(values, start=first)]


def body(content: object) -> bytes:
    return json.dumps(content).encode()


def judged(answer: Answer, texts: list[str] | None = None, **settings: Any) -> Any:
    with serving(answer) as server:
        asked = RerankSettings(f"{server.url}/v1/rerank", **{"timeout_seconds": 5.0} | settings)
        return Reranker(asked).judge("q", ["a", "b"] if texts is None else texts).tolist()


@pytest.mark.parametrize("content", [
    {"results": rows(0.25, 0.75)},
    {"results": rows(0.25, 0.75)[::-1], "id": "x"},
    {"results": [row | {"document": {"text": "a"}} for row in rows(0.25, 0.75)]},
    rows(0.25, 0.75, name="score"),
    rows(0.25, 0.75, name="score")[::-1],
], ids=["Cohere and Jina", "in any order", "with the texts", "TEI", "TEI, best first"])  # fmt: skip
def test_both_forms_of_answer_are_read_in_the_order_of_the_texts(content: object) -> None:
    assert judged(says(200, body(content))) == [0.25, 0.75]


BAD: dict[str, Answer] = {
    "an error": says(500, b"oops"),
    "too many requests": says(429),
    "HTML": says(200, b"<html>Welcome</html>"),
    "nothing": says(200),
    "another JSON": says(200, b'{"error": "no model"}'),
    "a number": says(200, b"3"),
    "one too few": says(200, body({"results": rows(0.5)})),
    "one too many": says(200, body({"results": rows(0.5, 0.5, 0.5)})),
    "wrong numbers": says(200, body({"results": rows(0.5, 0.5, first=1)})),
    "a number twice": says(200, body({"results": [*rows(0.5, 0.5), {"index": 1, "relevance_score": 0.1}]})),
    "twice instead of another": says(200, body([{"index": 0, "score": 0.5}] * 2)),
    "NaN": says(200, body({"results": rows(float("nan"), 0.5)})),
    "infinity": says(200, body({"results": rows(float("inf"), 0.5)})),
    "words": says(200, body({"results": rows("0.5", 0.5)})),
    "truth": says(200, body({"results": rows(True, 0.5)})),
    "no value": says(200, body({"results": [{"index": 0}, {"index": 1}]})),
    "raw numbers below": says(200, body({"results": rows(-4.2, 0.1)})),
    "raw numbers above": says(200, body({"results": rows(0.2, 7.1)})),
    "lists as numbers": says(200, body({"results": [{"index": [0], "score": 1}, {"index": 1, "score": 1}]})),
    "a drip": drip,
    "no answer": hang_up,
    "too much": says(200, b"x" * 3_000_000),
    "a redirect": says(302, b"", Location="https://example.com/"),
}


@pytest.mark.parametrize("answer", BAD.values(), ids=BAD.keys())
def test_a_bad_answer_fails_with_a_reason_and_without_the_key(answer: Answer) -> None:
    with pytest.raises(RerankFailed) as caught:
        judged(answer, api_key=KEY, timeout_seconds=0.8)
    assert str(caught.value)
    assert KEY not in str(caught.value)


def test_what_is_sent_is_the_query_the_texts_the_model_and_the_key_in_the_header() -> None:
    with serving(says(200, body({"results": rows(0.5, 0.5)}))) as server:
        Reranker(RerankSettings(f"{server.url}/v1/rerank", "m", KEY)).judge("q\0", ["a", ""])
    ((path, headers, sent),) = server.seen
    assert (path, headers["Authorization"]) == ("/v1/rerank", f"Bearer {KEY}")
    assert json.loads(sent) == {"query": "q", "documents": ["a", "-"], "model": "m"}


def test_a_server_that_calls_them_texts_is_asked_that_way_from_then_on() -> None:
    def strict(asked: Asked) -> None:
        has_texts = "texts" in json.loads(asked.server.seen[-1][2])
        asked.reply(200 if has_texts else 422, body(rows(0.5, 1.0, name="score")))

    with serving(strict) as server:
        reranker = Reranker(RerankSettings(server.url, timeout_seconds=5))
        assert [reranker.judge("q", ["a", "b"]).tolist() for _ in range(2)] == [[0.5, 1.0]] * 2
    assert [sorted(json.loads(sent)) for _, _, sent in server.seen] == [
        ["documents", "query"], ["query", "texts", "truncate"], ["query", "texts", "truncate"],
    ]  # fmt: skip


def test_a_refused_text_does_not_change_how_a_server_is_asked() -> None:
    with serving(says(400, b"bad text")) as server:
        reranker = Reranker(RerankSettings(server.url, timeout_seconds=5))
        for _ in range(2):
            with pytest.raises(RerankFailed, match="answers 400"):
                reranker.judge("q", ["a"])
    assert ["documents" in json.loads(sent) for _, _, sent in server.seen] == [True, False, True, False]


def test_rounding_may_leave_the_range_by_a_hair() -> None:
    assert judged(says(200, body({"results": rows(-1e-9, 1 + 1e-9)}))) == [0.0, 1.0]


def test_no_texts_ask_nobody() -> None:
    assert np.array(judged(hang_up, [])).size == 0


def test_the_model_is_named_without_secrets_and_the_settings_are_checked() -> None:
    assert Reranker(RerankSettings("https://example.com/rerank?key=x")).model == "rerank:https://example.com:443"
    assert Reranker(RerankSettings("https://example.com/rerank", "bge")).model == "rerank:bge"
    assert rerank_problems_of(RerankSettings()) == []
    assert "RERANK_URL" in rerank_problems_of(RerankSettings("nowhere"))[0]
    assert KEY not in repr(RerankSettings(api_key=KEY))
