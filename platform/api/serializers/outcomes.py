"""What came of a cooperation: polls of one's own side, ratings, and what both are written with."""

from typing import Any

from rest_framework import serializers

from api.serializers.base import ClassifiedSerializer
from api.serializers.input import InputSerializer, KeyField
from matching.choices import Gain, OutcomeResult
from matching.models import CooperationParty, CooperationRating, OutcomePoll

ANSWERS = ("result", "gains", "revenue", "patents", "jobs")


class OutcomePollSerializer(ClassifiedSerializer):
    class Meta:
        model = OutcomePoll
        fields = (
            "public_id", "version", "party", "year", "asked_on", "due_on", "closed_on", "answered_at", *ANSWERS,
            "words_zh",
        )  # fmt: skip


class CooperationRatingSerializer(ClassifiedSerializer):
    class Meta:
        model = CooperationRating
        fields = ("rater", "rated", "stars", "comment", "created_at")


class AnswerInputSerializer(InputSerializer):
    """To which poll, and the version of it that was read."""

    poll = KeyField(OutcomePoll)
    poll_version = serializers.IntegerField(min_value=1, max_value=10**8)
    result = serializers.ChoiceField(choices=OutcomeResult.choices)
    gains: Any = serializers.ListField(child=serializers.ChoiceField(choices=Gain.choices), required=False)
    words = serializers.CharField(required=False, allow_blank=True, max_length=500)

    class Meta(InputSerializer.Meta):
        model = OutcomePoll
        fields = ("poll", "poll_version", *ANSWERS, "words")


class RatingInputSerializer(InputSerializer):
    """`rated` is the other party."""

    rated = KeyField(CooperationParty)

    class Meta(InputSerializer.Meta):
        model = CooperationRating
        fields = ("rated", "stars", "comment")
