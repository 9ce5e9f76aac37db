"""Which addresses may be asked. Endpoints are of two kinds: those an operator configured, and those a user typed in.

An operator's endpoint may be any https address, or http on this host. A user's endpoint must be https on an allowed
port, and every address its name stands for must be a public one: `is_private` is no filter (100.100.100.200, the
metadata service of a cloud, passes it).
"""

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from egress.errors import Refused

Address = IPv4Address | IPv6Address
PORTS: Final = frozenset({443, 8443})
DEFAULT_PORTS: Final = {"http": 80, "https": 443}
TRANSLATED: Final = tuple(map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))
"""IPv6 prefixes that lead on to an IPv4 address of the sender's choice."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that was found to be well-formed; made by :func:`trusted` or :func:`untrusted`."""

    scheme: str
    host: str
    port: int
    target: str
    is_trusted: bool

    def check(self, address: Address) -> None:
        """Raise Refused for an address this endpoint may not lead to."""
        if self.is_trusted:
            if self.scheme == "http" and not address.is_loopback:
                raise Refused(f"{self.host}: http is for this host only; use https")
        elif not is_public(address):
            raise Refused(f"{self.host} does not stand for a public address")

    def __str__(self) -> str:
        return f"{self.scheme}://{self.host}:{self.port}"


def trusted(url: str) -> Endpoint:
    """An endpoint of the operator's, from the settings. Raises Refused where it is not an address."""
    return _endpoint(url, schemes=("http", "https"), is_trusted=True)


def untrusted(url: str) -> Endpoint:
    """An endpoint somebody typed in. Raises Refused for anything but https on an allowed port."""
    endpoint = _endpoint(url, schemes=("https",), is_trusted=False)
    if endpoint.port not in PORTS:
        raise Refused(f"{endpoint.host}: port {endpoint.port} is not allowed; use {sorted(PORTS)}")
    return endpoint


def is_public(address: Address) -> bool:
    """Whether the address is one of the open internet; an IPv4 address inside an IPv6 one counts as what it is."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in TRANSLATED):
            return False
    return address.is_global and not address.is_multicast


def _endpoint(url: str, *, schemes: tuple[str, ...], is_trusted: bool) -> Endpoint:
    try:
        parts = urlsplit(url)
        port = parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
        host = _ascii_host(parts.hostname or "")
    except (UnicodeError, ValueError) as error:
        raise Refused("not an address: expected https://host/path") from error
    if parts.scheme not in schemes or not host:
        raise Refused(f"not an address of {' or '.join(schemes)}: expected https://host/path")
    if parts.username is not None or parts.password is not None:
        raise Refused(f"{host}: put no user or password into the address")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Endpoint(parts.scheme, host, port, target, is_trusted)


def _ascii_host(host: str) -> str:
    """Return a literal address as it is, a name in its ASCII form."""
    try:
        return str(ip_address(host))
    except ValueError:
        return host.rstrip(".").encode("idna").decode("ascii")
