"""A registration as it is sent, and what its steps take."""

from typing import Any, Final

from rest_framework import serializers

from api.serializers.input import InputSerializer
from matching.models import EventRegistration
from matching.services.event_texts import TEXTS
from matching.services.event_wishes import MOST_WISHES


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


STEP_INPUTS: Final[dict[str, type[Any]]] = {"wish": WishSerializer}
"""`cancel` takes nothing."""
