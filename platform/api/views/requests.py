"""Requests for service."""

from typing import Any

from accounts.scopes import Scope
from api.filters.requests import RequestFilters
from api.serializers.request_input import STEP_INPUTS, RequestInputSerializer
from api.serializers.requests import RequestDetailSerializer, RequestSerializer
from api.views.writing import CREATE, Step, WriteViewSet
from zones.models import ServiceRequest
from zones.services.service_records import confirm_record, dispute_record, rate_service, record_service
from zones.services.service_requests import (
    accept_request,
    ask_back,
    cancel_request,
    decline_request,
    reply_to_question,
    send_request,
    withdraw_request,
    write_message,
)


class RequestViewSet(WriteViewSet):
    """What organizations ask of resources: sent by the one side, answered, recorded and rated by both."""

    serializer_class = RequestSerializer
    detail_class = RequestDetailSerializer
    input_class = RequestInputSerializer
    filterset_class = RequestFilters
    ordering_fields = ("-updated_at", "due_on", "wished_from")
    write_scope = Scope.WRITE_REQUESTS
    writes = frozenset({CREATE})
    step_inputs = STEP_INPUTS
    adding = frozenset({"rate", "message"})
    steps = {
        "accept": accept_request, "question": ask_back, "decline": decline_request, "reply": reply_to_question,
        "record": record_service, "confirm": confirm_record, "dispute": dispute_record, "rate": rate_service,
        "message": write_message, "withdraw": withdraw_request, "cancel": cancel_request,
    }  # fmt: skip

    def make(self, values: dict[str, Any]) -> ServiceRequest:
        resource = values.pop("resource")
        return send_request(self.reader.principal, resource_id=resource.pk, **values)

    def take(self, step: Step, row: Any, version: int, **values: Any) -> Any:
        known = {"version": version} if version else {}
        step(self.reader.principal, request_id=row.pk, **known, **values)
        return row
