"""Search over resources, organizations and open needs, and how names go on while somebody types."""

from dataclasses import asdict

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.serializers.search import SearchPageSerializer, SuggestionsSerializer
from api.views.base import StrictView
from matching.services.search import search, suggest
from matching.services.search_json import page_as_json
from zones.scoping import scope_of
from zones.search.requests import FACETS, MAX_PLACE, MAX_SIZE, SINGLE, SORTS, read_request

MEANINGS = {
    "q": "Words or a whole paragraph, in Chinese or English; “…” for a phrase.",
    "sort": f"One of {', '.join(SORTS)}.",
    "near": "The slug of the zone from which distances are measured.",
    "page": f"From 1; no further than record {MAX_PLACE}.",
    "size": f"Records on a page, at most {MAX_SIZE}.",
}
NUMBERS = ("page", "size")


def _parameters() -> list[OpenApiParameter]:
    single = [
        OpenApiParameter(name, OpenApiTypes.INT if name in NUMBERS else OpenApiTypes.STR, description=MEANINGS[name])
        for name in SINGLE
    ]
    facets = [
        OpenApiParameter(name, OpenApiTypes.STR, many=True, description="May be given several times: any of them.")
        for name in FACETS
    ]
    return [*single, *facets]


class SearchView(StrictView):
    """One box for everything one may see: words, whole paragraphs, twelve facets with counts, and what else to try."""

    def refuse_parameters(self, request: Request) -> None:
        """`read_request` does: facets may be given several times."""

    @extend_schema(parameters=_parameters(), responses=SearchPageSerializer)
    def get(self, request: Request) -> Response:
        given = {name: list(values) for name, values in request.query_params.lists()}
        return Response(page_as_json(search(scope_of(request.user), read_request(given))))


class SuggestionsView(StrictView):
    """How names and keywords go on, in characters, pinyin or initials; the most frequent first."""

    parameters = frozenset({"q"})

    @extend_schema(
        parameters=[OpenApiParameter("q", OpenApiTypes.STR, description="What was typed so far.")],
        responses=SuggestionsSerializer,
    )
    def get(self, request: Request) -> Response:
        found = suggest(scope_of(request.user), request.query_params.get("q", ""))
        return Response({"results": [asdict(one) for one in found]})
