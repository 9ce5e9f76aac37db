"""Calls for needs, written by the secretariat of their association."""

from typing import Any

from accounts.scopes import Scope
from api.filters.calls import CallFilters
from api.serializers.calls import CallInputSerializer, CallSerializer, ChangeCallSerializer
from api.views.writing import Step, WriteViewSet
from matching.models import NeedCall
from matching.services.calls import close_call, draft_call, open_call, update_call


class CallViewSet(WriteViewSet):
    """Windows in which an association collects the needs of its zones. `open` announces one, `close` ends it."""

    serializer_class = CallSerializer
    detail_class = CallSerializer
    input_class = CallInputSerializer
    change_class = ChangeCallSerializer
    filterset_class = CallFilters
    ordering_fields = ("-opens_on", "closes_on")
    write_scope = Scope.WRITE_MECHANISMS
    steps = {"open": open_call, "close": close_call}

    def make(self, values: dict[str, Any]) -> NeedCall:
        return draft_call(self.reader.principal, **values)

    def change(self, row: Any, version: int, values: dict[str, Any]) -> NeedCall:
        return update_call(self.reader.principal, call_id=row.pk, version=version, **values)

    def take(self, step: Step, row: Any, version: int, **values: Any) -> Any:
        return step(self.reader.principal, call_id=row.pk, version=version)
