"""The one client: what comes back from servers that behave, and that those which do not harm nobody."""

import logging
import socket
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from egress.client import Limits, Message, send
from egress.endpoints import trusted, untrusted
from egress.errors import BrokenOff, EgressError, Redirected, Refused, TooLarge, TooSlow, Unreachable
from tests.egress.servers import Answer, Asked, drip, drip_headers, hang_up, pour, says, serving

SHORT = Limits(seconds=0.6, body=1_000)
SECRET = "sk-very-secret"


def ask(answer: Answer, limits: Limits | None = None) -> Any:
    with serving(answer) as server:
        return send(trusted(f"{server.url}/path?key={SECRET}"), Message("GET", headers={"X-Key": SECRET}), limits)


@pytest.mark.parametrize("status", [200, 204, 404, 429, 500])
def test_an_answer_comes_back_with_its_status(status: int) -> None:
    reply = ask(says(status, b"" if status == 204 else b'{"a": 1}'))
    assert (reply.status, reply.is_success) == (status, status < 300)
    assert reply.body == (b"" if status == 204 else b'{"a": 1}')


def test_json_is_posted_with_its_headers_and_the_host_s_name() -> None:
    with serving(says(200, b"{}")) as server:
        send(
            trusted(server.url.replace("127.0.0.1", "localhost") + "/v1?a=1"),
            Message.of_json({"名": 1}, {"X-Key": "k"}),
        )
    ((path, headers, body),) = server.seen
    assert (path, body.decode()) == ("/v1?a=1", '{"名": 1}')
    assert headers["Host"].startswith("localhost:")
    assert (headers["X-Key"], headers["Content-Type"]) == ("k", "application/json")


@pytest.mark.parametrize(("told", "wait"), [
    ("120", timedelta(minutes=2)),
    (" 0 ", timedelta()),
    ("999999999999999999", timedelta(days=1)),
    ("31536000", timedelta(days=1)),
    ("Fri, 27 Nov 2026 08:05:00 GMT", timedelta(minutes=5)),
    ("Fri, 27 Nov 2026 07:00:00 GMT", timedelta()),
    ("-5", None), ("soon", None), ("", None), ("27 Nov", None),
])  # fmt: skip
def test_how_long_an_answer_asks_to_wait_is_handed_on(told: str, wait: timedelta | None) -> None:
    """A date counts from that of the answer: our clock and theirs may differ."""

    def answer(asked: Asked) -> None:
        asked.date_time_string = lambda timestamp=None: "Fri, 27 Nov 2026 08:00:00 GMT"  # type: ignore[method-assign]
        asked.reply(429, b"", Retry_After=told)

    assert ask(answer).retry_after == wait


def test_a_connection_that_breaks_off_is_told_from_one_that_never_stood() -> None:
    with pytest.raises(BrokenOff):
        ask(hang_up)


def test_a_redirect_is_not_followed() -> None:
    with serving(says(200, b"secret")) as inside, pytest.raises(Redirected):
        ask(says(302, b"", Location=inside.url))
    assert inside.seen == []


@pytest.mark.parametrize(("answer", "error"), [
    (drip, TooSlow), (drip_headers, TooSlow), (hang_up, Unreachable), (pour, TooLarge),
    (says(200, b"x" * 2_000), TooLarge),
])  # fmt: skip
def test_a_bad_server_is_left_before_the_deadline(answer: Answer, error: type[EgressError]) -> None:
    began = time.monotonic()
    with pytest.raises(error) as caught:
        ask(answer, SHORT)
    assert time.monotonic() - began < SHORT.seconds + 1.0
    assert SECRET not in str(caught.value)


def test_a_packed_body_is_not_unpacked() -> None:
    assert ask(says(200, b"\x1f\x8bpacked", Content_Encoding="gzip")).body == b"\x1f\x8bpacked"


def test_a_port_where_nobody_listens_is_unreachable() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unreachable) as caught:
        send(trusted(f"http://127.0.0.1:{port}/"), Message("GET"), SHORT)
    assert not isinstance(caught.value, BrokenOff)


def test_a_name_nobody_has_is_unreachable() -> None:
    with pytest.raises(EgressError) as caught:
        send(trusted("https://nobody.invalid/"), Message("GET"), Limits(seconds=3))
    assert isinstance(caught.value, (Unreachable, TooSlow))


def test_a_user_s_endpoint_that_stands_for_this_host_is_refused_before_anybody_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with serving(says(200, b"inside")) as server:
        port = int(server.url.rpartition(":")[2])
        monkeypatch.setattr("egress.endpoints.PORTS", frozenset({port}))
        for host in ("localhost", "127.0.0.1", "[::ffff:127.0.0.1]"):
            with pytest.raises(Refused):
                send(untrusted(f"https://{host}:{port}/"), Message("GET"), SHORT)
    assert server.seen == []


def test_one_forbidden_address_among_those_of_a_name_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    def both(*args: Any, **kwargs: Any) -> list[Any]:
        return [(2, 1, 6, "", (address, 443)) for address in ("93.184.215.14", "10.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    with pytest.raises(Refused):
        send(untrusted("https://example.com/"), Message("GET"), SHORT)


def test_the_name_is_asked_once_and_that_address_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that stands for another address the second time (DNS rebinding) gains nothing."""
    asked: list[str] = []

    def changing(host: str, *args: Any, **kwargs: Any) -> list[Any]:
        asked.append(host)
        return [(2, 1, 6, "", ("127.0.0.1" if len(asked) == 1 else "10.9.9.9", 0))]

    with serving(says(200, b"{}")) as server:
        monkeypatch.setattr("egress.client.socket.getaddrinfo", changing)
        reply = send(trusted(server.url.replace("127.0.0.1", "embeddings.test")), Message("GET"))
    assert (reply.status, asked) == (200, ["embeddings.test"])


def test_a_resolver_that_hangs_does_not_hold_up_the_caller(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*args: Any, **kwargs: Any) -> list[Any]:
        time.sleep(3)
        return []

    monkeypatch.setattr("egress.client.socket.getaddrinfo", hang)
    began = time.monotonic()
    with pytest.raises(TooSlow):
        send(trusted("https://slow.test/"), Message("GET"), SHORT)
    assert time.monotonic() - began < 2.0


@pytest.fixture
def proxy() -> Iterator[str]:
    with serving(says(200, b"from the proxy")) as server:
        yield server.url


def test_no_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy)
    monkeypatch.setenv("ALL_PROXY", proxy)
    assert ask(says(200, b"direct")).body == b"direct"


def test_secrets_stand_neither_in_representations_nor_in_logs(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    ask(says(500))
    assert SECRET not in repr(Message("GET", headers={"X-Key": SECRET}))
    assert SECRET not in caplog.text
