"""Organizations."""

from api.filters.organizations import OrganizationFilters
from api.serializers.organizations import OrganizationSerializer
from api.views.base import ReadViewSet


class OrganizationViewSet(ReadViewSet):
    """Enterprises, universities, institutes and others that the reader may see."""

    serializer_class = OrganizationSerializer
    filterset_class = OrganizationFilters
    ordering_fields = ("pinyin_key", "name_en")
