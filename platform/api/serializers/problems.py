"""Errors as they are told: for the schema."""

from typing import Any

from rest_framework import serializers


class FindingSerializer(serializers.Serializer[Any]):
    """A text of a need that looks like an identity."""

    field = serializers.CharField()
    text = serializers.CharField()
    fingerprint = serializers.CharField(help_text="The key under which `no_identity` gives the reason.")


class ProblemSerializer(serializers.Serializer[Any]):
    """An error, as RFC 9457 tells it."""

    type = serializers.CharField(help_text="Stable, for programs.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What is wrong and what to do, for people.")
    errors = serializers.DictField(  # type: ignore[assignment]
        required=False, help_text="Per parameter or field, what is wrong with it."
    )
    findings = FindingSerializer(many=True, required=False)
