"""What will go, and when: the one list. A route or a parameter named here says so with every answer."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from django.utils.http import http_date


class Deprecation(NamedTuple):
    """Since when something should not be used any more, from when it may be gone, and what to use instead."""

    since: date
    sunset: date
    instead: str


DEPRECATED: dict[str, Deprecation] = {}
"""By the name of a route (`api:resources-list`), or of a parameter of it (`api:resources-list?status`)."""


def deprecation_of(route: str, parameters: Collection[str] = ()) -> Deprecation | None:
    """The one that ends first, of a route and the parameters it was asked with."""
    named = [DEPRECATED[name] for name in (route, *(f"{route}?{one}" for one in parameters)) if name in DEPRECATED]
    return min(named, key=lambda one: one.sunset, default=None)


def headers_of(told: Deprecation) -> dict[str, str]:
    """`Deprecation` (RFC 9745), `Sunset` (RFC 8594), and where it is written what to use instead."""
    return {
        "Deprecation": f"@{_seconds(told.since)}",
        "Sunset": http_date(_seconds(told.sunset)),
        "Link": f'<{told.instead}>; rel="deprecation"',
    }


def _seconds(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())
