"""Matches."""

from api.filters.matches import MatchFilters
from api.serializers.base import ClassifiedSerializer
from api.serializers.matches import MatchDetailSerializer, MatchSerializer
from api.views.base import ReadViewSet


class MatchViewSet(ReadViewSet):
    """Live matches of the reader's needs and resources; each with its reasons in the request's language."""

    serializer_class = MatchSerializer
    filterset_class = MatchFilters
    ordering_fields = ("-score", "confidence")

    def get_serializer_class(self) -> type[ClassifiedSerializer]:
        return MatchDetailSerializer if self.action == "retrieve" else MatchSerializer
