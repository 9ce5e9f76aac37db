"""Real servers on this host that answer as badly as servers do."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = Callable[["Asked"], None]


class Asked(BaseHTTPRequestHandler):
    """One request; ``answer`` of the server says what is done with it."""

    server: "BadServer"

    def do_GET(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        self.server.seen.append((self.path, dict(self.headers), self.rfile.read(length)))
        self.server.answer(self)

    do_POST = do_GET

    def log_message(self, *args: Any) -> None:
        """Stay quiet."""

    def reply(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class BadServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, answer: Answer) -> None:
        super().__init__(("127.0.0.1", 0), Asked)
        self.answer = answer
        self.seen: list[tuple[str, dict[str, str], bytes]] = []


@dataclass(frozen=True)
class Running:
    """Where a server listens and what it was asked: path, headers, body."""

    url: str
    seen: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def serving(answer: Answer) -> Iterator[Running]:
    """Answer every request in that way as long as the block lasts."""
    server = BadServer(answer)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield Running(f"http://127.0.0.1:{server.server_address[1]}", server.seen)
    finally:
        server.shutdown()
        server.server_close()


def says(status: int, body: bytes = b"", **headers: str) -> Answer:
    """An answer that is always the same."""
    return lambda asked: asked.reply(status, body, **headers)


def drip(asked: Asked) -> None:
    """One byte every tenth of a second, for as long as anybody listens."""
    asked.send_response(200)
    asked.send_header("Content-Length", "1000")
    asked.end_headers()
    _drip(asked, b"x" * 1000)


def drip_headers(asked: Asked) -> None:
    """A status line that never ends."""
    _drip(asked, b"HTTP/1.1 200 OK" + b" " * 1000)


def hang_up(asked: Asked) -> None:
    """Close without a word."""
    asked.connection.shutdown(socket.SHUT_RDWR)


def pour(asked: Asked) -> None:
    """More than anybody wants, without saying how much."""
    asked.send_response(200)
    asked.send_header("Connection", "close")
    asked.end_headers()
    try:
        for _ in range(1_000):
            asked.wfile.write(b"x" * 65_536)
    except OSError:
        return


def _drip(asked: Asked, text: bytes) -> None:
    try:
        for place in range(len(text)):
            asked.wfile.write(text[place : place + 1])
            asked.wfile.flush()
            time.sleep(0.1)
    except OSError:
        return
