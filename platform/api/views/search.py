"""Search over resources, organizations and open needs, and how names go on while somebody types."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from api.errors import PROBLEM
from api.formats.base import Row
from api.formats.feeds import Atom
from api.formats.places import GeoJson
from api.formats.tables import Csv
from api.serializers.problems import ProblemSerializer
from api.serializers.search import HitSerializer, SearchPageSerializer, SuggestionSerializer, SuggestionsSerializer
from api.views.base import EVERYWHERE, StrictView, Vocabulary
from matching.services.search import search, suggest
from matching.services.search_json import page_as_json
from zones.scoping import scope_of
from zones.search.requests import (
    DISTANCES,
    FACETS,
    FRESH,
    MAX_PLACE,
    MAX_SIZE,
    PRICES,
    SINGLE,
    SORTS,
    SUBJECTS,
    SearchRequest,
    read_request,
)

MEANINGS = {
    "q": "Words or a whole paragraph, in Chinese or English; “…” for a phrase.",
    "sort": f"One of {', '.join(SORTS)}.",
    "near": "The slug of the zone from which distances are measured.",
    "page": f"From 1; no further than record {MAX_PLACE}.",
    "size": f"Records on a page, at most {MAX_SIZE}.",
}


NOT_READY: dict[Any, Any] = {(503, PROBLEM): ProblemSerializer}
"""While this process reads its copy for the first time; `Retry-After` says when to come again."""
FIXED: dict[str, Any] = {
    "subject": SUBJECTS,
    "trl": [str(level) for level in range(1, 10)],
    "price": PRICES,
    "fresh": list(FRESH),
    "within": DISTANCES,
}


def _parameters() -> list[OpenApiParameter]:
    numbers = {"page": MAX_PLACE, "size": MAX_SIZE}
    single = [
        OpenApiParameter(
            name,
            {"type": "integer", "minimum": 1, "maximum": numbers[name]} if name in numbers else OpenApiTypes.STR,
            enum=[*SORTS, ""] if name == "sort" else None,
            description=MEANINGS[name],
        )
        for name in SINGLE
    ]
    told = "May be given several times: any of them."
    facets = [
        OpenApiParameter(name, OpenApiTypes.STR, many=True, enum=FIXED.get(name), description=told) for name in FACETS
    ]
    return [*single, *facets]


class SearchView(StrictView):
    """One box for everything one may see: words, whole paragraphs, twelve facets with counts, and what else to try."""

    formats = (Csv, GeoJson, Atom)

    @classmethod
    def vocabulary(cls, action: str) -> Vocabulary:
        return Vocabulary((*FACETS, "near", "q"), SORTS, (), cls.format_names(action))

    def refuse_parameters(self, request: Request) -> None:
        """`read_request` does: facets may be given several times."""

    def row_fields(self) -> Mapping[str, Any]:
        return HitSerializer().fields

    def file_name(self) -> str:
        return "search"

    def page_links(self, data: Row) -> dict[str, str]:
        page, address = data["page"], self.request.build_absolute_uri()
        size = int(self.request.query_params.get("size") or SearchRequest().size)
        has_next = page < data["pages"] and page * size < MAX_PLACE
        beside = {"next": page + 1 if has_next else 0, "prev": min(page - 1, data["pages"])}
        return {name: replace_query_param(address, "page", number) for name, number in beside.items() if number > 0}

    @extend_schema(parameters=_parameters(), responses={200: SearchPageSerializer, **NOT_READY})
    def get(self, request: Request) -> Response:
        given = {name: list(values) for name, values in request.query_params.lists() if name not in EVERYWHERE}
        return Response(page_as_json(search(scope_of(request.user), read_request(given))))


class SuggestionsView(StrictView):
    """How names and keywords go on, in characters, pinyin or initials; the most frequent first."""

    parameters = frozenset({"q"})
    formats = (Csv,)

    def row_fields(self) -> Mapping[str, Any]:
        return SuggestionSerializer().fields

    def file_name(self) -> str:
        return "suggestions"

    @extend_schema(
        parameters=[OpenApiParameter("q", OpenApiTypes.STR, description="What was typed so far.")],
        responses={200: SuggestionsSerializer, **NOT_READY},
    )
    def get(self, request: Request) -> Response:
        found = suggest(scope_of(request.user), request.query_params.get("q", ""))
        return Response({"results": [asdict(one) for one in found]})
