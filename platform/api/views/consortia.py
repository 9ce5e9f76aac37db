"""Proposed consortia."""

from api.filters.consortia import ConsortiumFilters
from api.serializers.base import ClassifiedSerializer
from api.serializers.consortia import ConsortiumDetailSerializer, ConsortiumSerializer
from api.views.base import ReadViewSet


class ConsortiumViewSet(ReadViewSet):
    """Teams proposed for the reader's needs, where every resource in them is visible to the reader."""

    serializer_class = ConsortiumSerializer
    filterset_class = ConsortiumFilters
    ordering_fields = ("rank", "covered_count", "created_at")

    def get_serializer_class(self) -> type[ClassifiedSerializer]:
        return ConsortiumDetailSerializer if self.action == "retrieve" else ConsortiumSerializer
