"""Organizations."""

from api.filters.organizations import OrganizationFilters
from api.formats.linked import JsonLd
from api.formats.places import GeoJson
from api.formats.tables import Csv
from api.serializers.organizations import OrganizationSerializer
from api.views.base import ReadViewSet


class OrganizationViewSet(ReadViewSet):
    """Enterprises, universities, institutes and others that the reader may see."""

    serializer_class = OrganizationSerializer
    filterset_class = OrganizationFilters
    formats = (Csv, GeoJson, JsonLd)
    ordering_fields = ("pinyin_key", "name_en")
