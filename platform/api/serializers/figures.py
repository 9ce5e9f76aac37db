"""Figures: what is defined, what an answer is, and the official series and published versions beside it."""

from typing import Any

from rest_framework import serializers

from api.serializers.base import ClassifiedSerializer
from figures.models import LockedFigure, Observation, Series


class DefinitionSerializer(serializers.Serializer[Any]):
    id = serializers.CharField(help_text="Derivations follow it after a colon: contracts.flow:yoy.")
    version = serializers.IntegerField()
    name = serializers.CharField()
    rule = serializers.CharField(help_text="What counts and what does not.")
    unit = serializers.CharField()
    is_stock = serializers.BooleanField(help_text="Counted on a day; others are counted over a period.")
    is_sensitive = serializers.BooleanField(help_text="Numbers below five are told to the own side only.")
    scopes = serializers.ListField(child=serializers.CharField())
    milestones = serializers.ListField(child=serializers.CharField())
    derivations = serializers.ListField(child=serializers.CharField())
    parts = serializers.ListField(
        child=serializers.CharField(), help_text="Parts follow the id after a dot: trials.active.FI2."
    )


class DefinitionsSerializer(serializers.Serializer[Any]):
    results = DefinitionSerializer(many=True)


class EvidenceSerializer(serializers.Serializer[Any]):
    table = serializers.CharField()
    id = serializers.CharField(help_text="The public id of the row, or what it joins.")
    on = serializers.DateField(allow_null=True)
    amount = serializers.CharField(allow_null=True, help_text="What the row counts; null: its sum is not told.")


class ZoneValueSerializer(serializers.Serializer[Any]):
    scope = serializers.CharField()
    value = serializers.CharField()


class AnswerSerializer(serializers.Serializer[Any]):
    figure = serializers.CharField()
    version = serializers.IntegerField(help_text="The version of the definition.")
    scope = serializers.CharField()
    period = serializers.CharField(allow_null=True)
    as_of = serializers.DateField()
    milestone = serializers.CharField(allow_null=True)
    value = serializers.CharField(allow_null=True, help_text="A decimal number in the unit, or a day; null: not told.")
    whole_count = serializers.CharField(
        allow_null=True, help_text="The sum of `zones`: what lies in several counts in each; null: not told."
    )
    unit = serializers.CharField()
    is_forecast = serializers.BooleanField()
    is_suppressed = serializers.BooleanField(help_text="Fewer than five facts, of which strangers are not told.")
    sentence_zh = serializers.CharField()
    sentence_en = serializers.CharField()
    reported = serializers.CharField(allow_null=True, help_text="What an official series says of the same.")
    zones = ZoneValueSerializer(many=True, help_text="What counts in each zone, for who reads the scope whole.")
    evidence_count = serializers.IntegerField(allow_null=True)
    evidence_hidden = serializers.IntegerField(allow_null=True, help_text="Rows the reader may not see.")
    evidence = EvidenceSerializer(many=True)


class ObservationSerializer(ClassifiedSerializer):
    class Meta:
        model = Observation
        fields = (
            "public_id", "period", "value", "is_forecast", "published_on", "number", "source_zh", "reason_zh", "at",
        )  # fmt: skip


class SeriesSerializer(ClassifiedSerializer):
    class Meta:
        model = Series
        fields: tuple[str, ...] = (
            "public_id", "version", "code", "name_zh", "name_en", "unit", "zone", "association", "figure", "scope",
            "milestone", "source_zh", "source_url", "is_sample", "updated_at",
        )  # fmt: skip


class SeriesDetailSerializer(SeriesSerializer):
    """With every version of every value, the oldest first."""

    observations = ObservationSerializer(many=True, read_only=True)

    class Meta(SeriesSerializer.Meta):
        fields = (*SeriesSerializer.Meta.fields, "observations")


class PublishedSerializer(ClassifiedSerializer):
    class Meta:
        model = LockedFigure
        fields = (
            "public_id", "figure", "definition_version", "scope", "zone", "association", "period", "milestone", "as_of",
            "samples", "state", "number", "value", "day_value", "unit", "is_forecast", "sentence_zh", "sentence_en",
            "evidence_count", "evidence_sha256", "reason_zh", "at", "locked_at",
        )  # fmt: skip
