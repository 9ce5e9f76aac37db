"""Resources."""

from collections.abc import Mapping, Sequence
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.scopes import Scope
from api.filters.resources import ResourceFilters
from api.formats.feeds import Atom
from api.formats.linked import JsonLd
from api.formats.places import GeoJson
from api.formats.tables import Csv
from api.serializers.bulk import ResourceItemsSerializer
from api.serializers.resource_input import ResourceChangeSerializer, ResourceInputSerializer, parted
from api.serializers.resources import ResourceDetailSerializer, ResourceSerializer
from api.serializers.search import HitSerializer, HitsSerializer
from api.views.bulk import BulkViewSet
from api.views.writing import Step
from matching.services.search import similar_to
from matching.services.search_json import hit_as_json
from zones.models import DETAIL_MODELS, Resource
from zones.scoping import Principal, today
from zones.services.resources import CHILDREN, confirm_resource, publish_resource, retire_resource, update_resource
from zones.services.unchanged import Stored, read_lists


def confirm_today(principal: Principal, *, resource_id: int, version: int | None) -> Resource:
    """Somebody has checked the entry today."""
    return confirm_resource(principal, resource_id=resource_id, version=version, confirmed_on=today())


class ResourceViewSet(BulkViewSet):
    """Everything that can be offered; each with the details of its kind."""

    detail_class = ResourceDetailSerializer
    input_class = ResourceInputSerializer
    change_class = ResourceChangeSerializer
    items_class = ResourceItemsSerializer
    same_by = ("kind", "organization", "name_zh")
    write_scope = Scope.WRITE_RESOURCES
    steps = {"confirm": confirm_today, "retire": retire_resource}
    serializer_class = ResourceSerializer
    filterset_class = ResourceFilters
    formats = (Csv, GeoJson, JsonLd, Atom)
    ordering_fields = ("-updated_at", "name_zh", "trl", "capacity", "confirmed_on")

    hanging = (*CHILDREN, "details")

    def stored(self, rows: Sequence[Any]) -> Stored:
        principal, ids = self.reader.principal, [row.pk for row in rows]
        stored = read_lists(principal, ids, CHILDREN, foreign_key="resource")
        for kind in {row.kind for row in rows}:
            stored.details |= DETAIL_MODELS[kind].objects.visible_to(principal).in_bulk(ids)
        return stored

    def make(self, values: dict[str, Any]) -> Resource:
        columns, parts = parted(values)
        return publish_resource(self.reader.principal, with_parts=parts, **columns)

    def change(self, row: Any, version: int, values: dict[str, Any]) -> Resource:
        columns, parts = parted(values)
        return update_resource(self.reader.principal, resource_id=row.pk, version=version, with_parts=parts, **columns)

    def take(self, step: Step, row: Any, version: int, **values: Any) -> Any:
        return step(self.reader.principal, resource_id=row.pk, version=version, **values)

    def row_fields(self) -> Mapping[str, Any]:
        return HitSerializer().fields if self.action == "similar" else super().row_fields()

    def known_parameters(self) -> frozenset[str]:
        return self.parameters if self.action == "similar" else super().known_parameters()

    @extend_schema(responses=HitsSerializer)
    def similar(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Resources whose words are nearest to those of this one; the nearest first."""
        hits = similar_to(self.reader.principal, self.get_object())
        return Response({"results": [hit_as_json(hit) for hit in hits]})
