"""Proposed consortia."""

from api.filters.consortia import ConsortiumFilters
from api.formats.base import DETAIL
from api.serializers.base import ClassifiedSerializer
from api.serializers.consortia import ConsortiumDetailSerializer, ConsortiumSerializer
from api.views.base import ReadViewSet


class ConsortiumViewSet(ReadViewSet):
    """Teams proposed for the reader's needs, where every resource in them is visible to the reader."""

    serializer_class = ConsortiumSerializer
    filterset_class = ConsortiumFilters
    ordering_fields = ("rank", "covered_count", "created_at")

    @classmethod
    def serializer_of(cls, action: str) -> type[ClassifiedSerializer]:
        return ConsortiumDetailSerializer if action == DETAIL else ConsortiumSerializer
