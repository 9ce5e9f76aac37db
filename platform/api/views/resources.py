"""Resources."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.filters.resources import ResourceFilters
from api.serializers.base import ClassifiedSerializer
from api.serializers.resources import ResourceDetailSerializer, ResourceSerializer
from api.serializers.search import HitsSerializer
from api.views.base import ReadViewSet
from matching.services.search import similar_to
from matching.services.search_json import hit_as_json


class ResourceViewSet(ReadViewSet):
    """Everything that can be offered; each with the details of its kind."""

    serializer_class = ResourceSerializer
    filterset_class = ResourceFilters
    ordering_fields = ("-updated_at", "name_zh", "trl", "capacity", "confirmed_on")

    def get_serializer_class(self) -> type[ClassifiedSerializer]:
        return ResourceDetailSerializer if self.action == "retrieve" else ResourceSerializer

    def known_parameters(self) -> frozenset[str]:
        return self.parameters if self.action == "similar" else super().known_parameters()

    @extend_schema(responses=HitsSerializer)
    def similar(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Resources whose words are nearest to those of this one; the nearest first."""
        hits = similar_to(self.reader.principal, self.get_object())
        return Response({"results": [hit_as_json(hit) for hit in hits]})
