"""A request for service as it is sent, and what its steps take."""

from typing import Any, Final

from rest_framework import serializers

from api.serializers.input import InputSerializer
from zones.choices import EndReason
from zones.models import ServiceRating, ServiceRecord, ServiceRequest
from zones.models.service_requests import LONGEST_TEXT
from zones.services.service_requests import CANCEL_REASONS, DECLINE_REASONS

REQUIRED: Final = {"required": True, "allow_null": False}


def _words(*, required: bool = False) -> serializers.CharField:
    return serializers.CharField(max_length=LONGEST_TEXT, required=required, allow_blank=not required)


def _reason(known: tuple[EndReason, ...]) -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=[(reason.value, reason.label) for reason in known])


class RequestInputSerializer(InputSerializer):
    """What is asked for, of which resource and in whose name."""

    class Meta(InputSerializer.Meta):
        model = ServiceRequest
        fields = (
            "resource", "organization", "kind", "wished_from", "wished_to", "quantity", "hours", "purpose",
            "is_classified",
        )  # fmt: skip


class WordsSerializer(InputSerializer):
    text = _words()

    class Meta(InputSerializer.Meta):
        model = ServiceRequest
        fields: tuple[str, ...] = ("text",)


class RequiredWordsSerializer(WordsSerializer):
    text = _words(required=True)


class ReplySerializer(RequiredWordsSerializer):
    """What is left out of the wishes stays as it was."""

    class Meta(WordsSerializer.Meta):
        fields = ("text", "wished_from", "wished_to", "quantity", "hours")
        extra_kwargs = {"wished_from": {"required": False}, "wished_to": {"required": False}}


class AcceptSerializer(WordsSerializer):
    class Meta(WordsSerializer.Meta):
        fields = ("agreed_from", "agreed_to", "agreed_hours", "agreed_fee", "text")
        extra_kwargs = {"agreed_from": REQUIRED, "agreed_to": REQUIRED, "agreed_fee": REQUIRED}


class DeclineSerializer(WordsSerializer):
    reason = _reason(DECLINE_REASONS)

    class Meta(WordsSerializer.Meta):
        fields = ("reason", "text")


class CancelSerializer(DeclineSerializer):
    reason = _reason(CANCEL_REASONS)


class RecordInputSerializer(InputSerializer):
    class Meta(InputSerializer.Meta):
        model = ServiceRecord
        fields = ("started_on", "ended_on", "hours", "quantity", "fee", "result")


class RatingInputSerializer(InputSerializer):
    class Meta(InputSerializer.Meta):
        model = ServiceRating
        fields = ("stars", "comment")


STEP_INPUTS: Final[dict[str, type[Any]]] = {
    "accept": AcceptSerializer,
    "question": RequiredWordsSerializer,
    "decline": DeclineSerializer,
    "reply": ReplySerializer,
    "record": RecordInputSerializer,
    "dispute": RequiredWordsSerializer,
    "rate": RatingInputSerializer,
    "message": RequiredWordsSerializer,
    "withdraw": WordsSerializer,
    "cancel": CancelSerializer,
}
"""By the word at the end of a step's address; `confirm` takes nothing."""
