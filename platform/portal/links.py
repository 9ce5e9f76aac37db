"""Ways to searches: their addresses, and what is found there."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from zones.search.requests import SearchRequest


@dataclass(frozen=True, slots=True)
class Way:
    """A way on: what it is called, where it leads, and how many records there are."""

    name: str
    url: str
    count: int | None = None


def search_url(request: SearchRequest) -> str:
    """The address that asks the same again: parameters in one order, so that one search has one address."""
    parameters = urlencode(request.parameters())
    return reverse("portal:search") + (f"?{parameters}" if parameters else "")
