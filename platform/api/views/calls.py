"""Calls for needs."""

from api.filters.calls import CallFilters
from api.serializers.calls import CallSerializer
from api.views.base import ReadViewSet


class CallViewSet(ReadViewSet):
    """Windows in which an association collects the needs of its zones."""

    serializer_class = CallSerializer
    filterset_class = CallFilters
    ordering_fields = ("-opens_on", "closes_on")
