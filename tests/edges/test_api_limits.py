"""The API answers so many requests in a minute: by address, by account, by token; without Valkey, all of them."""

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client

import ledger.rates
from tests.conftest import World
from tests.tokens import make_token, program_of, with_token

ROOT = "/api/v1/"
NOON = "2026-11-26T04:00:10Z"
LIMITS = {"API_VISITOR_REQUESTS": 2, "API_SESSION_REQUESTS": 3, "API_TOKEN_REQUESTS": 4}


@pytest.fixture(autouse=True)
def limits(settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Iterator[None]:
    """Small ones, of a minute of their own."""
    for name, most in LIMITS.items():
        setattr(settings, name, most)
    settings.SECRET_KEY = str(tmp_path)  # the counts of another test are under another key
    monkeypatch.setattr(ledger.rates._Silence, "until", 0.0)
    with time_machine.travel(NOON, tick=False):
        yield


def statuses(client: Client, times: int, path: str = "zones/") -> list[int]:
    return [client.get(ROOT + path).status_code for _ in range(times)]


def test_who_asks_too_often_is_told_when_to_come_again(world: World) -> None:
    visitor = Client(headers={"accept-language": "en"})
    answers = [visitor.get(ROOT + "zones/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer["RateLimit"] for answer in answers] == [f'"visitor";r={left};t=50' for left in (1, 0, 0)]
    assert {answer["RateLimit-Policy"] for answer in answers} == {'"visitor";q=2;w=60'}
    refused = answers[2]
    assert (refused["Content-Type"], refused["Retry-After"]) == ("application/problem+json", "50")
    assert refused.json()["type"] == "urn:zonelink:too_many_requests"
    assert refused.json()["detail"] == "Too many requests: try again in 50 seconds."
    with time_machine.travel("2026-11-26T04:01:00Z", tick=False):
        assert visitor.get(ROOT + "zones/").status_code == 200


def test_visitors_accounts_and_tokens_are_counted_apart(world: World) -> None:
    browsers = [Client(), Client()]
    for browser in browsers:
        browser.force_login(world.eve)
    assert [client.get(ROOT).status_code for client in browsers * 2] == [200, 200, 200, 429]
    tokens = [program_of(world.eve), program_of(world.eve)]
    assert [statuses(client, 5) for client in tokens] == [[200, 200, 200, 200, 429]] * 2
    assert statuses(Client(), 3) == [200, 200, 429]


def test_visitors_are_told_apart_by_address_and_ipv6_by_network(world: World) -> None:
    def ask(address: str) -> int:
        return Client(REMOTE_ADDR=address).get(ROOT).status_code

    for address in ("10.0.0.1", "10.0.0.2", ""):
        assert [ask(address) for _ in range(3)] == [200, 200, 429]
    assert [ask(f"2001:db8:0:1::{n}") for n in range(1, 4)] == [200, 200, 429]
    assert ask("2001:db8:0:2::1") == 200
    assert [ask(f"::ffff:10.0.1.{n}") for n in (1, 1, 1, 2)] == [200, 200, 429, 200]
    assert ask("10.0.1.1") == 429


def test_worthless_tokens_are_counted_by_address(world: World) -> None:
    assert [with_token(f"zl_{n:064}").get(ROOT).status_code for n in range(3)] == [401, 401, 429]
    assert Client().get(ROOT).status_code == 429
    assert program_of(world.eve).get(ROOT).status_code == 200


def test_everything_counts_whatever_its_answer(world: World) -> None:
    client = program_of(world.eve)
    asked = [client.get(ROOT + "zones/?colour=red"), client.get(ROOT + "needs/x/"), client.put(ROOT + "zones/"),
             client.post(ROOT + "needs/", "{", content_type="application/json"), client.get(ROOT)]  # fmt: skip
    assert [answer.status_code for answer in asked] == [400, 404, 405, 400, 429]
    assert all("RateLimit" in answer for answer in asked)


def test_a_refused_write_writes_nothing(world: World) -> None:
    client = program_of(world.eve)
    statuses(client, 4)
    answer = client.post(ROOT + "needs/", "{}", content_type="application/json")
    assert answer.status_code == 429


def test_zero_is_no_limit(world: World, settings: Any) -> None:
    settings.API_VISITOR_REQUESTS = 0
    answer = Client().get(ROOT)
    assert (answer.status_code, "RateLimit" in answer) == (200, False)


def test_many_at_once_are_counted_together(world: World, settings: Any) -> None:
    settings.API_VISITOR_REQUESTS = 10
    start = threading.Barrier(8)

    def ask(_number: int) -> list[int]:
        start.wait(timeout=30)
        try:
            return [Client().get(ROOT).status_code for _ in range(5)]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        told = [status for answers in threads.map(ask, range(8)) for status in answers]
    assert (told.count(200), told.count(429)) == (10, 30)


def test_without_valkey_nothing_is_counted_and_nobody_waits(
    world: World, settings: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    settings.REDIS_URL = "unix:///nowhere/at/all.sock"
    assert statuses(Client(), 5) == [200] * 5
    assert [record.getMessage().partition(":")[0] for record in caplog.records].count("requests are not counted") == 1


def test_a_valkey_that_does_not_answer_is_waited_for_by_one_request_and_not_long(
    world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Told by how often it was asked, and by how long the client waits: a clock would tell how busy the machine is."""
    monkeypatch.setattr(ledger.rates, "ASKED_AGAIN_AFTER_SECONDS", 3600.0)
    with socket.socket(socket.AF_INET) as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(16)
        silent.setblocking(False)
        settings.REDIS_URL = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        with time_machine.travel(NOON, tick=True):
            assert statuses(Client(), 5) == [200] * 5
        asked, _address = silent.accept()
        asked.close()
        with pytest.raises(BlockingIOError):
            silent.accept()
    waits = ledger.rates._client().connection_pool.connection_kwargs
    assert (waits["socket_timeout"], waits["socket_connect_timeout"]) == (0.25, 0.25)


def test_what_is_counted_names_nobody(world: World) -> None:
    text = make_token(world.eve)
    with_token(text).get(ROOT)
    Client(REMOTE_ADDR="203.0.113.77").get(ROOT)
    keys = [key.decode() for key in ledger.rates._client().keys("*rate:*")]
    assert keys
    assert not any("203.0.113" in key or text[3:] in key for key in keys)
