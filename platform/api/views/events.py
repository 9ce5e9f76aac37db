"""Events, and the registrations of one's own organizations for them."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.scopes import Scope
from api.filters.events import EventFilters, RegistrationFilters
from api.serializers.event_input import (
    EVENT_STEPS,
    STEP_INPUTS,
    ChangeEventSerializer,
    ChangeRegistrationSerializer,
    EventInputSerializer,
    RegistrationInputSerializer,
)
from api.serializers.events import (
    EventDetailSerializer,
    EventSerializer,
    RegistrationDetailSerializer,
    RegistrationSerializer,
)
from api.views.standing import told_apart
from api.views.writing import CHANGE, CREATE, Step, WriteViewSet
from matching.models import Event, EventRegistration
from matching.services.event_registrations import cancel_registration, change_registration, register
from matching.services.event_wishes import set_wishes
from matching.services.events import (
    cancel_event,
    draft_event,
    hold_event,
    publish_event,
    start_event,
    update_event,
)
from matching.services.past import PastEvent, record_held_events
from zones.errors import InvalidInput


class EventViewSet(WriteViewSet):
    """Events as far as the reader may see them; written by the staff of a zone, or the secretariat of an association,
    that hosts or co-hosts them.
    """

    serializer_class = EventSerializer
    detail_class = EventDetailSerializer
    input_class = EventInputSerializer
    change_class = ChangeEventSerializer
    filterset_class = EventFilters
    ordering_fields = ("-starts_at", "updated_at")
    write_scope = Scope.WRITE_MECHANISMS
    steps = {"publish": publish_event, "start": start_event, "hold": hold_event, "cancel": cancel_event}
    step_inputs = EVENT_STEPS

    def make(self, values: dict[str, Any]) -> Event:
        is_held, result = values.pop("is_held"), values.pop("result", "")
        if not is_held:
            must_say_until_when(values)
            return draft_event(self.reader.principal, **values)
        organizers = values.pop("organizers", ())
        return record_held_events(self.reader.principal, [PastEvent(values, organizers, result)])[0]

    def change(self, row: Any, version: int, values: dict[str, Any]) -> Event:
        return update_event(self.reader.principal, event_id=row.pk, version=version, **values)

    def take(self, step: Step, row: Any, version: int, **values: Any) -> Any:
        with told_apart(self.reader.principal, row, version):
            return step(self.reader.principal, event_id=row.pk, version=version, **values)


def must_say_until_when(values: dict[str, Any]) -> None:
    """One that is to come has a term for registration. Raises InvalidInput."""
    if "registration_closes_at" not in values:
        raise InvalidInput.single("registration_closes_at", _("请填写报名截止时间；已举办的活动请同时写明 is_held。"))


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
