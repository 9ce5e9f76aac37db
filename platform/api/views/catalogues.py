"""Catalogues of resources, read by everybody, written by the staff of their zone."""

from typing import Any

from accounts.scopes import Scope
from api.filters.catalogues import CatalogueFilters
from api.serializers.catalogues import (
    STEP_INPUTS,
    CatalogueDetailSerializer,
    CatalogueInputSerializer,
    CatalogueSerializer,
    ChangeCatalogueSerializer,
)
from api.views.writing import Step, WriteViewSet
from zones.models import Catalogue
from zones.services.catalogues import change_catalogue, list_resources, publish_catalogue, withdraw_resources


class CatalogueViewSet(WriteViewSet):
    """A zone's catalogues. `enter` lists resources of the zone from a day on, `take_off` ends that; each entry is told
    to whoever may see its resource.
    """

    serializer_class = CatalogueSerializer
    detail_class = CatalogueDetailSerializer
    input_class = CatalogueInputSerializer
    change_class = ChangeCatalogueSerializer
    filterset_class = CatalogueFilters
    ordering_fields = ("-published_on", "updated_at")
    write_scope = Scope.WRITE_MECHANISMS
    steps = {"enter": list_resources, "take_off": withdraw_resources}
    step_inputs = STEP_INPUTS

    def make(self, values: dict[str, Any]) -> Catalogue:
        return publish_catalogue(self.reader.principal, **{"resources": ()} | values)

    def change(self, row: Any, version: int, values: dict[str, Any]) -> Catalogue:
        return change_catalogue(self.reader.principal, catalogue_id=row.pk, version=version, **values)

    def take(self, step: Step, row: Any, version: int, **values: Any) -> Any:
        step(self.reader.principal, catalogue_id=row.pk, version=version, **values)
        return row
