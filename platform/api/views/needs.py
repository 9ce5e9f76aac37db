"""Needs."""

from api.filters.needs import NeedFilters
from api.serializers.needs import NeedSerializer
from api.views.base import ReadViewSet


class NeedViewSet(ReadViewSet):
    """R&D needs with their metrics; sealed ones are listed for their own side only."""

    serializer_class = NeedSerializer
    filterset_class = NeedFilters
    ordering_fields = ("-updated_at", "opened_at", "deadline", "expires_on")
