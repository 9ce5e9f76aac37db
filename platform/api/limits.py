"""How many requests the API answers in a minute: visitors by address, browsers by account, programs by token."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.request import Request

from accounts.addresses import address_of
from accounts.models import Token
from ledger.rates import WINDOW_SECONDS, Count, Rate, counted


class TooManyRequests(exceptions.APIException):
    status_code = 429
    default_code = "too_many_requests"
    default_detail = _("请求过于频繁：请在 {seconds} 秒后重试。")

    def __init__(self, seconds: int) -> None:
        super().__init__(str(self.default_detail).format(seconds=seconds))
        self.wait = seconds


def counted_request(request: Request) -> Count | None:
    """Count the request of whoever it is from; None where it is not counted."""
    if isinstance(request.auth, Token):
        return counted(Rate("token", settings.API_TOKEN_REQUESTS), str(request.auth.public_id))
    if request.user.is_authenticated:
        return counted(Rate("session", settings.API_SESSION_REQUESTS), str(request.user.pk))
    return counted_address(request)


def counted_address(request: Request) -> Count | None:
    """Count the request as a visitor's; also one whose token is worth nothing."""
    return counted(Rate("visitor", settings.API_VISITOR_REQUESTS), _place(address_of(request._request)))


def must_be_within(count: Count | None) -> None:
    """Raise TooManyRequests."""
    if count is not None and not count.is_within:
        raise TooManyRequests(count.seconds)


def tell(answer: Any, count: Count) -> None:
    """The headers of draft-ietf-httpapi-ratelimit-headers-10: what may be, and what is left of it for how long."""
    answer["RateLimit-Policy"] = f'"{count.rate.name}";q={count.rate.most};w={WINDOW_SECONDS}'
    answer["RateLimit"] = f'"{count.rate.name}";r={count.left};t={count.seconds}'


def _place(address: str) -> str:
    """Of IPv6 the network: whoever has one has all its addresses. IPv4 in IPv6 is IPv4: all of it is one network."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    parsed = getattr(parsed, "ipv4_mapped", None) or parsed
    return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else str(parsed)
