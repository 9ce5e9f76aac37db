"""One request: resolve the name once, connect to that address, follow nothing, stop at the deadline and at the limit.

httpx speaks HTTP and TLS; this module says where to and how much. The deadline covers everything from the name to the
last byte, so that a server that drips a byte a second holds nobody up.
"""

import asyncio
import json
import logging
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parsedate_to_datetime
from ipaddress import ip_address
from threading import Thread
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from egress.endpoints import DEFAULT_PORTS, Address, Endpoint
from egress.errors import BrokenOff, Redirected, TooLarge, TooSlow, Unreachable

if TYPE_CHECKING:
    import httpx  # a library that pages, which only read, need not load

DEADLINE_SECONDS: Final = 15.0
BODY_LIMIT: Final = 64 * 1024
AGENT: Final = "ZoneLink"
LONGEST_WAIT: Final = timedelta(days=1)
PATH_CHARACTERS: Final = "%/?#[]@!$&'()*+,;=:~"
logging.getLogger("httpx").setLevel(logging.WARNING)  # at INFO it writes every address with its query


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: any status but a redirect. Of the headers nothing is handed on but how long to wait."""

    status: int
    body: bytes
    retry_after: timedelta | None = None

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Any:
        """Return the body as JSON. Raises ValueError for anything else."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long the whole request may take, and how many bytes may come back."""

    seconds: float = DEADLINE_SECONDS
    body: int = BODY_LIMIT


@dataclass(frozen=True, slots=True)
class Message:
    """What is sent. Headers may hold secrets: they appear in no text."""

    method: str
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of_json(cls, content: object, headers: Mapping[str, str] | None = None) -> "Message":
        """A POST of JSON."""
        body = json.dumps(content, ensure_ascii=False).encode()
        return cls("POST", body, {"Content-Type": "application/json", **(headers or {})})


def send(endpoint: Endpoint, message: Message, limits: Limits | None = None) -> Reply:
    """Send one request and return the answer. Raises EgressError."""
    within = limits or Limits()
    try:
        return asyncio.run(_within(endpoint, message, within))
    except TimeoutError as error:
        raise TooSlow(f"{endpoint} did not answer within {within.seconds:g} s") from error


async def _within(endpoint: Endpoint, message: Message, limits: Limits) -> Reply:
    async with asyncio.timeout(limits.seconds):
        addresses = await _resolve(endpoint)
        for address in addresses:
            endpoint.check(address)
        return await _exchange(endpoint, addresses[0], message, limits)


async def _resolve(endpoint: Endpoint) -> list[Address]:
    """Return all addresses of the name, IPv4 first: asked once, so that it cannot stand for another one later."""
    try:
        found = await _looked_up(endpoint.host)
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"{endpoint.host}: no such name") from error
    return sorted(map(ip_address, found), key=lambda address: (address.version, address.packed))


async def _looked_up(host: str) -> set[str]:
    """Ask the resolver in a thread nobody waits for: it cannot be told to stop, and a loop would wait for its pool."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[set[str]] = loop.create_future()

    def tell(found: set[str], error: Exception | None) -> None:
        if not answer.done():
            answer.set_result(found) if error is None else answer.set_exception(error)

    def look_up() -> None:
        found: set[str] = set()
        failed: Exception | None = None
        try:
            found = {str(entry[4][0]) for entry in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
        except (OSError, UnicodeError) as error:
            failed = error
        with suppress(RuntimeError):  # the loop was closed: the deadline came first
            loop.call_soon_threadsafe(tell, found, failed)

    Thread(target=look_up, daemon=True).start()
    return await answer


async def _exchange(endpoint: Endpoint, address: Address, message: Message, limits: Limits) -> Reply:
    import httpx

    path = quote(endpoint.target, safe=PATH_CHARACTERS).encode("ascii")
    url = httpx.URL(scheme=endpoint.scheme, host=str(address), port=endpoint.port, raw_path=path)
    headers = {"Host": _host_header(endpoint), "User-Agent": AGENT, "Accept-Encoding": "identity", **message.headers}
    client = httpx.AsyncClient(follow_redirects=False, trust_env=False, timeout=limits.seconds)
    async with client:
        request = client.build_request(
            message.method, url, content=message.body, headers=headers, extensions=_server_name(endpoint, client)
        )
        try:
            response = await client.send(request, stream=True)
            status = _status(endpoint, response)
            return Reply(status, await _body(endpoint, response, limits.body), _wait(response.headers))
        except httpx.TimeoutException as error:
            raise TooSlow(f"{endpoint} did not answer within {limits.seconds:g} s") from error
        except httpx.ConnectError as error:
            raise Unreachable(f"{endpoint}: {type(error).__name__}") from error
        except httpx.HTTPError as error:
            raise BrokenOff(f"{endpoint}: {type(error).__name__}") from error


def _server_name(endpoint: Endpoint, client: "httpx.AsyncClient") -> dict[str, Any]:
    """The certificate must be that of the name, not that of the address which is connected to."""
    return {"sni_hostname": endpoint.host, "timeout": client.timeout.as_dict()}


def _status(endpoint: Endpoint, response: "httpx.Response") -> int:
    if 300 <= response.status_code < 400:
        raise Redirected(f"{endpoint} answers with a redirect ({response.status_code}), which is not followed")
    return response.status_code


def _wait(headers: "httpx.Headers") -> timedelta | None:
    """How long the answer asks to wait, a day at most. One until a date counts from the answer's own date."""
    told = headers.get("Retry-After", "").strip()
    if not told:
        return None
    with suppress(ValueError, TypeError, OverflowError):
        wait = _seconds(told) if told.isdecimal() else _between(headers.get("Date", ""), told)
        return min(max(wait, timedelta()), LONGEST_WAIT)
    return None


def _seconds(told: str) -> timedelta:
    return timedelta(seconds=min(int(told), LONGEST_WAIT.total_seconds()))


def _between(date: str, until: str) -> timedelta:
    return parsedate_to_datetime(until) - parsedate_to_datetime(date)


async def _body(endpoint: Endpoint, response: "httpx.Response", limit: int) -> bytes:
    """Return the body as it came over the wire: an encoding nobody asked for is not unpacked."""
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > limit:
            raise TooLarge(f"{endpoint} answers with more than {limit} bytes")
    return bytes(body)


def _host_header(endpoint: Endpoint) -> str:
    host = f"[{endpoint.host}]" if ":" in endpoint.host else endpoint.host
    is_default = endpoint.port == DEFAULT_PORTS[endpoint.scheme]
    return host if is_default else f"{host}:{endpoint.port}"
