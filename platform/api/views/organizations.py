"""Organizations."""

from typing import Any

from accounts.scopes import Scope
from api.filters.organizations import OrganizationFilters
from api.formats.linked import JsonLd
from api.formats.places import GeoJson
from api.formats.tables import Csv
from api.serializers.organizations import OrganizationChangeSerializer, OrganizationSerializer
from api.views.writing import CHANGE, WriteViewSet
from zones.models import Organization
from zones.services.organizations import update_organization


class OrganizationViewSet(WriteViewSet):
    """Enterprises, universities, institutes and others that the reader may see. What they say of themselves may be
    changed; name, code, kind and zone are verified, and stay with the back office of their zone.
    """

    serializer_class = OrganizationSerializer
    detail_class = OrganizationSerializer
    change_class = OrganizationChangeSerializer
    filterset_class = OrganizationFilters
    formats = (Csv, GeoJson, JsonLd)
    ordering_fields = ("pinyin_key", "name_en")
    write_scope = Scope.WRITE_ORGANIZATIONS
    writes = frozenset({CHANGE})

    def change(self, row: Any, version: int, values: dict[str, Any]) -> Organization:
        return update_organization(self.reader.principal, organization_id=row.pk, version=version, **values)
