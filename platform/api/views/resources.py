"""Resources."""

from api.filters.resources import ResourceFilters
from api.serializers.base import ClassifiedSerializer
from api.serializers.resources import ResourceDetailSerializer, ResourceSerializer
from api.views.base import ReadViewSet


class ResourceViewSet(ReadViewSet):
    """Everything that can be offered; each with the details of its kind."""

    serializer_class = ResourceSerializer
    filterset_class = ResourceFilters
    ordering_fields = ("-updated_at", "name_zh", "trl", "capacity", "confirmed_on")

    def get_serializer_class(self) -> type[ClassifiedSerializer]:
        return ResourceDetailSerializer if self.action == "retrieve" else ResourceSerializer
