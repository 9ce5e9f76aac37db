"""Events and registrations as they are sent, and what their steps take."""

from typing import Any, Final

from rest_framework import serializers

from api.serializers.input import InputSerializer, rows_of
from matching.models import Event, EventOrganizer, EventRegistration
from matching.services.event_texts import TEXTS
from matching.services.event_wishes import MOST_WISHES
from matching.services.events import WRITTEN


class OrganizerInputSerializer(InputSerializer):
    """A zone, an association, or the name of somebody else."""

    class Meta(InputSerializer.Meta):
        model = EventOrganizer
        fields = ("role", "zone", "association", "name_zh")


class ChangeEventSerializer(InputSerializer):
    """What those who organize say of an event; `organizers` are written in place of those before."""

    organizers = rows_of(OrganizerInputSerializer)

    class Meta(InputSerializer.Meta):
        model = Event
        fields: tuple[str, ...] = (*WRITTEN, "organizers")


class EventInputSerializer(ChangeEventSerializer):
    """A draft, or with `is_held` an event that is over: figures count it at once, and nobody is invited. One that is
    over needs no `registration_closes_at`.
    """

    is_held = serializers.BooleanField(default=False)
    result = serializers.CharField(
        required=False, allow_blank=True, max_length=1000, help_text="What came of one that is over."
    )
    registration_closes_at = serializers.DateTimeField(required=False)

    class Meta(ChangeEventSerializer.Meta):
        fields = (*ChangeEventSerializer.Meta.fields, "is_held", "result")


class EventStepSerializer(InputSerializer):
    class Meta(InputSerializer.Meta):
        model = Event
        fields: tuple[str, ...] = ()


class HoldingSerializer(EventStepSerializer):
    """What came of it."""

    result = serializers.CharField(required=False, allow_blank=True, max_length=1000)

    class Meta(EventStepSerializer.Meta):
        fields = ("result",)


class CallingOffSerializer(EventStepSerializer):
    """Why; everybody who was invited or registered reads it."""

    because = serializers.CharField(max_length=300)

    class Meta(EventStepSerializer.Meta):
        fields = ("because",)


class ChangeRegistrationSerializer(InputSerializer):
    """How many come and who, and what the others read."""

    class Meta(InputSerializer.Meta):
        model = EventRegistration
        fields: tuple[str, ...] = ("seats", "attendees_zh", "brings_zh", "is_listed", "most_meetings")


class RegistrationInputSerializer(ChangeRegistrationSerializer):
    """Whose registration it is, for which event, and the text it agrees to (`docs/api.md`)."""

    text_version = serializers.ChoiceField(choices=[(number, str(number)) for number in TEXTS])

    class Meta(ChangeRegistrationSerializer.Meta):
        fields = ("event", "organization", "text_version", *ChangeRegistrationSerializer.Meta.fields)


class WishSerializer(InputSerializer):
    """All whom the guest would like to meet, in place of those before."""

    wanted = serializers.ListField(child=serializers.UUIDField(), max_length=MOST_WISHES)

    class Meta(InputSerializer.Meta):
        model = EventRegistration
        fields = ("wanted",)


EVENT_STEPS: Final[dict[str, type[Any]]] = {"hold": HoldingSerializer, "cancel": CallingOffSerializer}
"""`publish` and `start` take nothing."""
STEP_INPUTS: Final[dict[str, type[Any]]] = {"wish": WishSerializer}
"""`cancel` takes nothing."""
