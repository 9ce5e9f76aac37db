"""Zones."""

from api.filters.zones import ZoneFilters
from api.formats.linked import JsonLd
from api.formats.places import GeoJson
from api.formats.tables import Csv
from api.serializers.zones import ZoneSerializer
from api.views.base import DatedViewSet


class ZoneViewSet(DatedViewSet):
    """High-tech zones with their level and associations as of a day."""

    serializer_class = ZoneSerializer
    filterset_class = ZoneFilters
    formats = (Csv, GeoJson, JsonLd)
    ordering_fields = ("pinyin_key", "slug", "name_en")
