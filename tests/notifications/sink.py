"""A mail server of the tests: it takes mails, and misbehaves when told to."""

import asyncio
import email
import email.policy
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class Sink:
    """What came in, and when. `answer` is said after DATA in place of success; `drops` breaks off in its place, but
    takes it; while it `holds`, no answer is given.
    """

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.accepted: list[tuple[str, float]] = []
        self.answer = "250 OK"
        self.refuses = ""
        self.drops = False
        self.holds = False
        self.is_asked = False
        self.seconds_each = 0.0

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.is_asked = True
        await asyncio.sleep(self.seconds_each)
        while self.holds:
            await asyncio.sleep(0.02)
        if self.answer.startswith("250"):
            parsed = email.message_from_bytes(envelope.content, policy=email.policy.default)
            assert isinstance(parsed, EmailMessage)
            self.mails.append(parsed)
            self.accepted.append((str(parsed["Message-ID"]), time.time()))
        if self.drops:
            server.transport.abort()
        return self.answer


@contextmanager
def sink() -> Iterator[tuple[Sink, int]]:
    """A server on a free port."""
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield handler, controller.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def tarpit(*, drips: bool) -> Iterator[int]:
    """A server that says nothing at all, or a byte every tenth of a second without an end."""
    listener, is_over = socket.create_server(("127.0.0.1", 0)), threading.Event()

    def serve() -> None:
        while not is_over.is_set():
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            threading.Thread(target=drip, args=(connection,), daemon=True).start()

    def drip(connection: socket.socket) -> None:
        with connection:
            while not is_over.is_set():
                try:
                    connection.sendall(b"2" if drips else b"")
                except OSError:
                    return
                time.sleep(0.1)

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        is_over.set()
        listener.close()
