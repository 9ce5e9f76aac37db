"""Events, and the registrations of one's own organizations for them."""

from typing import Any

from accounts.scopes import Scope
from api.filters.events import EventFilters, RegistrationFilters
from api.serializers.event_input import STEP_INPUTS, ChangeRegistrationSerializer, RegistrationInputSerializer
from api.serializers.events import EventSerializer, RegistrationDetailSerializer, RegistrationSerializer
from api.views.base import ReadViewSet
from api.views.writing import CHANGE, CREATE, Step, WriteViewSet
from matching.models import EventRegistration
from matching.services.event_registrations import cancel_registration, change_registration, register
from matching.services.event_wishes import set_wishes


class EventViewSet(ReadViewSet):
    """Events as far as the reader may see them."""

    serializer_class = EventSerializer
    filterset_class = EventFilters
    ordering_fields = ("-starts_at", "updated_at")


class RegistrationViewSet(WriteViewSet):
    """Who comes: one's own organizations, all to who organizes, and other guests as each is listed."""

    serializer_class = RegistrationSerializer
    detail_class = RegistrationDetailSerializer
    input_class = RegistrationInputSerializer
    change_class = ChangeRegistrationSerializer
    filterset_class = RegistrationFilters
    ordering_fields = ("-updated_at",)
    write_scope = Scope.WRITE_EVENTS
    writes = frozenset({CREATE, CHANGE})
    steps = {"cancel": cancel_registration, "wish": set_wishes}
    step_inputs = STEP_INPUTS

    def make(self, values: dict[str, Any]) -> EventRegistration:
        event, organization = values.pop("event"), values.pop("organization")
        named = {"event_id": event.pk, "organization_id": organization.pk}
        return register(self.reader.principal, **named, **values)

    def change(self, row: Any, version: int, values: dict[str, Any]) -> EventRegistration:
        return change_registration(self.reader.principal, registration_id=row.pk, version=version, **values)

    def take(self, step: Step, row: Any, version: int, **values: Any) -> Any:
        return step(self.reader.principal, registration_id=row.pk, version=version, **values)
