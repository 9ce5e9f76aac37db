"""Errors as they are told: for the schema."""

from typing import Any

from rest_framework import serializers


class ProblemSerializer(serializers.Serializer[Any]):
    """An error, as RFC 9457 tells it."""

    type = serializers.CharField(help_text="Stable, for programs.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What is wrong and what to do, for people.")
    errors = serializers.DictField(  # type: ignore[assignment]
        required=False, help_text="Per parameter or field, what is wrong with it."
    )
