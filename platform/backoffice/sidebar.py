"""The navigation beside every page, as its reader gets it.

Unfold makes the list anew for every page from settings that might be anything: it copies it, builds a class per rule
and resolves every address three times. Of ours we know what stands in it.
"""

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import get_script_prefix, get_urlconf, reverse

from backoffice.theme import NAVIGATION

HOME = "admin:index"


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """Our groups with the items that the reader may open, the one of this page marked."""
    links = _links(get_script_prefix(), get_urlconf())
    return [group | {"items": [_item(item, links, request) for item in group["items"]]} for group in NAVIGATION]


def _item(item: dict[str, Any], links: dict[str, str], request: HttpRequest) -> dict[str, Any]:
    link = links[item["page"]]
    is_here = request.path == link if item["page"] == HOME else link in request.path
    may = item.get("permission")
    return item | {"link": link, "active": is_here, "has_permission": may is None or may(request)}


@cache
def _links(prefix: str, urlconf: str | None) -> dict[str, str]:
    """The address of every item: the same in every answer of a process, below one prefix."""
    return {item["page"]: reverse(item["page"], urlconf) for group in NAVIGATION for item in group["items"]}
