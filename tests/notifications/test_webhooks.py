"""Signed webhooks, read by another implementation of the specification."""

import json
from datetime import timedelta
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from egress.client import Limits
from notifications.channels import posting, webhook
from notifications.channels.base import Item, Outcome, Result, Target
from tests.egress.servers import Answer, drip, hang_up, pour, says, serving
from tests.notifications.receivers import ITEM, outgoing, receiving

SECRET = webhook.new_secret()
pytestmark = pytest.mark.django_db


def post(monkeypatch: pytest.MonkeyPatch, answer: Answer, secret: str = SECRET) -> tuple[Outcome, Any]:
    with receiving(monkeypatch, answer) as server:
        return webhook.send(outgoing(), Target("endpoint", f"{server.url}/hooks?a=1", secret)), server.seen


def test_another_implementation_reads_the_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    outcome, ((path, headers, body),) = post(monkeypatch, says(204))
    told = Webhook(SECRET).verify(body, {name.lower(): value for name, value in headers.items()})
    assert outcome == Outcome.sent()
    assert (path, told["type"]) == ("/hooks?a=1", "digest.weekly")
    assert told["data"]["items"] == [{"title": ITEM.title, "text": ITEM.text, "url": ITEM.url}]


def test_a_signature_of_another_secret_or_body_is_not_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    _outcome, ((_path, headers, body),) = post(monkeypatch, says(200))
    named = {name.lower(): value for name, value in headers.items()}
    for reader, read in ((webhook.new_secret(), body), (SECRET, body + b" ")):
        with pytest.raises(WebhookVerificationError):
            Webhook(reader).verify(read, named)


def test_id_and_body_are_the_same_each_time_and_the_time_is_that_of_the_sending(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(webhook, "database_seconds", iter([1_800_000_000.7, 1_800_000_005.2]).__next__)
    with receiving(monkeypatch, says(500)) as server:
        for _attempt in range(2):
            webhook.send(outgoing(), Target("endpoint", server.url, SECRET))
    (_path, first, body), (_path, second, again) = server.seen
    assert first["webhook-id"] == second["webhook-id"] == outgoing().id
    assert body == again
    assert (first["webhook-timestamp"], second["webhook-timestamp"]) == ("1800000000", "1800000005")


def test_while_a_secret_is_changed_both_are_good(monkeypatch: pytest.MonkeyPatch) -> None:
    new = webhook.new_secret()
    _outcome, ((_path, headers, body),) = post(monkeypatch, says(200), f"{new} {SECRET}")
    named = {name.lower(): value for name, value in headers.items()}
    for secret in (new, SECRET):
        Webhook(secret).verify(body, named)


@pytest.mark.parametrize(("answer", "result", "reason", "after"), [
    (says(500), Result.RETRY, "status 500", None),
    (says(404), Result.RETRY, "status 404", None),
    (says(429, b"", Retry_After="30"), Result.RETRY, "busy 429", timedelta(seconds=30)),
    (says(503, b"", Retry_After="3600"), Result.RETRY, "busy 503", timedelta(hours=1)),
    (says(410), Result.DEAD, "gone 410", None),
    (drip, Result.RETRY, "broke_off", None),
    (hang_up, Result.RETRY, "broke_off", None),
    (pour, Result.RETRY, "broke_off", None),
])  # fmt: skip
def test_what_an_answer_means(
    monkeypatch: pytest.MonkeyPatch, answer: Answer, result: Result, reason: str, after: timedelta | None
) -> None:
    monkeypatch.setattr(posting, "LIMITS", Limits(seconds=0.5))
    outcome, _seen = post(monkeypatch, answer)
    assert (outcome.result, outcome.reason, outcome.after) == (result, reason, after)
    assert outcome.is_gone == (result == Result.DEAD)


def test_a_redirect_to_an_inner_address_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(says(200, b"inside")) as inside:
        outcome, _seen = post(monkeypatch, says(307, b"", Location=f"{inside.url}/secret"))
    assert (outcome.result, outcome.reason) == (Result.RETRY, "redirect")
    assert inside.seen == []


def test_an_address_of_this_host_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(says(200)) as inside:
        port = int(inside.url.rpartition(":")[2])
        monkeypatch.setattr("egress.endpoints.PORTS", frozenset({port}))
        for address in (inside.url, f"https://localhost:{port}/", f"https://127.0.0.1:{port}/"):
            outcome = webhook.send(outgoing(), Target("endpoint", address, SECRET))
            assert (outcome.result, outcome.reason) == (Result.DEAD, "address")
    assert inside.seen == []


def test_ten_attempts_are_made_as_the_specification_spaces_them() -> None:
    retry = Outcome.retry("status 500")
    waits = [webhook.CHANNEL.wait_after(attempt, retry) for attempt in range(1, 11)]
    seconds = [None if wait is None else wait.total_seconds() for wait in waits]
    assert seconds == [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, None]


def test_a_body_stays_within_its_limit_and_says_how_much_is_missing() -> None:
    items = tuple(Item(f"第{number}条", "需要确认交期" * 20, ITEM.url) for number in range(300))
    body = webhook.body_of(outgoing(*items))
    told = json.loads(body)["data"]
    assert len(body) <= webhook.LIMIT
    assert 0 < len(told["items"]) == 300 - told["items_left_out"]
