"""Associations."""

from api.filters.associations import AssociationFilters
from api.formats.linked import JsonLd
from api.formats.tables import Csv
from api.serializers.associations import AssociationSerializer
from api.views.base import DatedViewSet


class AssociationViewSet(DatedViewSet):
    """Alliances, innovation networks, pairings and corridors with their members as of a day."""

    serializer_class = AssociationSerializer
    filterset_class = AssociationFilters
    formats = (Csv, JsonLd)
    ordering_fields = ("slug", "founded_on")
