"""Saved searches of the account."""

from typing import Any, Final

from django.http import HttpResponse, QueryDict
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request

from accounts.scopes import Scope
from api.filters.searches import SavedSearchFilters
from api.serializers.searches import SavedSearchSerializer, SearchInputSerializer, SearchNameSerializer
from api.views.search import NOT_READY
from api.views.writing import CREATE, Step, WriteViewSet
from matching.models import SavedSearch
from matching.services.saved_searches import delete_search, look_at_search, rename_search, save_search
from zones.search.requests import read_request

DELETE: Final = "destroy"
LONGEST_NAME: Final = 60


@extend_schema_view(
    list=extend_schema(responses={200: SavedSearchSerializer(many=True), **NOT_READY}),
    retrieve=extend_schema(responses={200: SavedSearchSerializer, **NOT_READY}),
)
class SavedSearchViewSet(WriteViewSet):
    """Searches that the account keeps: what answers them now, and how much of it is new."""

    is_versioned = False
    serializer_class = SavedSearchSerializer
    detail_class = SavedSearchSerializer
    input_class = SearchInputSerializer
    change_class = SearchNameSerializer
    filterset_class = SavedSearchFilters
    ordering_fields = ("-created_at", "name")
    write_scope = Scope.WRITE_SEARCHES
    writes = WriteViewSet.writes | {DELETE}
    steps = {"look": look_at_search}

    @classmethod
    def told_by(cls, action: str) -> Any:
        told = {201: cls.detail_class} if action == CREATE else {200: cls.detail_class}
        return told | NOT_READY

    def make(self, values: dict[str, Any]) -> SavedSearch:
        wanted = read_request({name: list(told) for name, told in QueryDict(values["search"]).lists()})
        name = values.get("name") or wanted.words[:LONGEST_NAME]
        return save_search(self.reader.principal, request=wanted, name=name)

    def change(self, row: Any, version: int, values: dict[str, Any]) -> SavedSearch:
        return rename_search(self.reader.principal, public_id=row.public_id, name=values.get("name", row.name))

    def take(self, step: Step, row: Any, version: int, **values: Any) -> SavedSearch:
        step(self.reader.principal, public_id=row.public_id)
        kept: SavedSearch = row
        return kept

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        delete_search(self.reader.principal, public_id=self.editable().public_id)
        return HttpResponse(status=204)
