"""What steps of exchanges are sent with; what it may be is said by the services."""

from typing import Any

from rest_framework import serializers

from api.serializers.input import InputSerializer, KeyField
from matching.choices import ExitReason, Side
from matching.models import Consent, Exchange, NegotiationMeeting, NegotiationMessage, NextStep

LONGEST = 500
SIDE = "For whom, where one acts for both sides."


def _side(*, is_required: bool = False) -> Any:
    return serializers.ChoiceField(choices=Side.choices, required=is_required, help_text="" if is_required else SIDE)


class InterestInputSerializer(InputSerializer):
    """The three standard questions, asked for the side one acts for."""

    side = _side(is_required=True)

    class Meta(InputSerializer.Meta):
        model = Exchange
        fields = ("need", "resource", "side", "cooperation_zh", "unclear_zh", "offer_zh")


class StepInputSerializer(InputSerializer):
    """Fields that are no columns are declared; the model is that of the record they move."""

    class Meta(InputSerializer.Meta):
        model = Exchange
        fields: tuple[str, ...] = ()


class AnswerInputSerializer(StepInputSerializer):
    words = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST)

    class Meta(StepInputSerializer.Meta):
        fields = ("words",)


class DeclineInputSerializer(AnswerInputSerializer):
    reason = serializers.ChoiceField(choices=ExitReason.choices)

    class Meta(StepInputSerializer.Meta):
        fields = ("reason", "words")


class SideInputSerializer(StepInputSerializer):
    side = _side()

    class Meta(StepInputSerializer.Meta):
        fields = ("side",)


class GiveUpInputSerializer(DeclineInputSerializer):
    side = _side()

    class Meta(StepInputSerializer.Meta):
        fields = ("reason", "words", "side")


class ConsentInputSerializer(InputSerializer):
    """`basis` is asked of staff who consent for an organization."""

    purpose = serializers.CharField(max_length=200)
    basis = serializers.CharField(required=False, allow_blank=True, max_length=200)
    side = _side()

    class Meta(InputSerializer.Meta):
        model = Consent
        fields = ("contact", "fields", "purpose", "valid_until", "text_version", "basis", "side")


class MessageInputSerializer(InputSerializer):
    side = _side()

    class Meta(InputSerializer.Meta):
        model = NegotiationMessage
        fields = ("text", "side")


class NextStepInputSerializer(InputSerializer):
    """`by` is the side that is to do it."""

    what = serializers.CharField(max_length=200)
    by = _side(is_required=True)
    side = _side()

    class Meta(InputSerializer.Meta):
        model = NextStep
        fields = ("what", "by", "due_on", "side")


class MeetingInputSerializer(InputSerializer):
    side = _side()

    class Meta(InputSerializer.Meta):
        model = NegotiationMeeting
        fields: tuple[str, ...] = ("topic_zh", "starts_at", "ends_at", "place_zh", "link", "side")


class MeetingStepInputSerializer(InputSerializer):
    """Which meeting, and the version of it that was read."""

    meeting = KeyField(NegotiationMeeting)
    meeting_version = serializers.IntegerField(min_value=1, max_value=10**8)
    side = _side()

    class Meta(InputSerializer.Meta):
        model = NegotiationMeeting
        fields: tuple[str, ...] = ("meeting", "meeting_version", "side")


class MeetingMoveInputSerializer(MeetingStepInputSerializer):
    class Meta(MeetingStepInputSerializer.Meta):
        fields = ("meeting", "meeting_version", "topic_zh", "starts_at", "ends_at", "place_zh", "link", "side")
