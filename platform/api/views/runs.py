"""Runs."""

from api.filters.runs import RunFilters
from api.serializers.base import ClassifiedSerializer
from api.serializers.runs import RunDetailSerializer, RunSerializer
from api.views.base import ReadViewSet


class RunViewSet(ReadViewSet):
    """Matching runs and their progress."""

    serializer_class = RunSerializer
    filterset_class = RunFilters
    ordering_fields = ("-created_at", "published_at")

    def get_serializer_class(self) -> type[ClassifiedSerializer]:
        return RunDetailSerializer if self.action == "retrieve" else RunSerializer
