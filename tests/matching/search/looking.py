"""Asking as somebody, after the documents have followed."""

from accounts.models import User
from matching.services.documents import follow_resources
from matching.services.need_documents import follow_needs
from matching.services.search import search
from tests.conftest import principal_of
from zones.scoping import VISITOR, Principal
from zones.search.requests import read_request
from zones.search.results import FacetValue, SearchPage


def as_principal(user: User | None) -> Principal:
    return principal_of(user) if user else VISITOR


def follow() -> None:
    """Make the documents of what has changed."""
    follow_resources()
    follow_needs()


def look(user: User | None, words: str = "", **parameters: str | list[str]) -> SearchPage:
    """Search as a user, or as a visitor."""
    given = {name: value if isinstance(value, list) else [value] for name, value in parameters.items()}
    return search(as_principal(user), read_request({"q": [words], **given}))


def names(page: SearchPage) -> list[str]:
    return [str(hit.row) for hit in page.hits]


def counts(page: SearchPage, facet: str) -> dict[str, int]:
    values: list[FacetValue] = list(page.facets[facet])
    return {value.value: value.count for value in values if value.count}
