"""Ways to searches: their addresses, and what is found there."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from zones.search.requests import PARAMETERS, SearchRequest, read_request


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


def map_url(request: SearchRequest, **more: str) -> str:
    """The same search on the map; `more`: where it looks, which arcs it draws."""
    parameters = urlencode([*replace(request, page=1, size=SearchRequest().size).parameters(), *more.items()])
    return reverse("portal:map") + (f"?{parameters}" if parameters else "")


def read_address(parameters: QueryDict) -> SearchRequest:
    """What an address asks for. A form sends empty fields: they say nothing. Raises InvalidInput."""
    given = {name: [value for value in values if value] for name, values in parameters.lists()}
    return read_request({name: values for name, values in given.items() if values or name not in PARAMETERS})
