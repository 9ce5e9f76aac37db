"""Many records at once, as they are sent and as they are answered: for the schema."""

from typing import Any, Final

from django.db import models
from rest_framework import serializers

from api.serializers.need_input import NeedInputSerializer
from api.serializers.problems import ProblemSerializer
from api.serializers.resource_input import ResourceInputSerializer

MOST: Final = 50
"""So many of the slowest kind take two to three seconds of a quiet machine."""


class Verdict(models.TextChoices):
    """What became of an item."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    ERROR = "error"


class ItemSerializer(serializers.Serializer[Any]):
    """Which record an item means, beside its fields: of a new one all that it needs, of another those that change."""

    public_id = serializers.UUIDField(required=False)
    version = serializers.IntegerField(required=False, min_value=1)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


class ResourceItemSerializer(ItemSerializer, ResourceInputSerializer):
    class Meta(ResourceInputSerializer.Meta):
        fields = ("public_id", "version", *ResourceInputSerializer.Meta.fields)


class NeedItemSerializer(ItemSerializer, NeedInputSerializer):
    class Meta(NeedInputSerializer.Meta):
        fields = ("public_id", "version", *NeedInputSerializer.Meta.fields)


class ItemsSerializer(serializers.Serializer[Any]):
    """A body of `items` and nothing else."""


class ResourceItemsSerializer(ItemsSerializer):
    items = ResourceItemSerializer(many=True, min_length=1, max_length=MOST)  # type: ignore[call-arg]


class NeedItemsSerializer(ItemsSerializer):
    items = NeedItemSerializer(many=True, min_length=1, max_length=MOST)  # type: ignore[call-arg]


class CountsSerializer(serializers.Serializer[Any]):
    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    unchanged = serializers.IntegerField()
    error = serializers.IntegerField()


class ResultSerializer(serializers.Serializer[Any]):
    """`index` counts the items from 0."""

    index = serializers.IntegerField()
    verdict = serializers.ChoiceField(Verdict.choices)
    public_id = serializers.UUIDField(allow_null=True)
    version = serializers.IntegerField(allow_null=True)
    problem = ProblemSerializer(allow_null=True)


class ResultsSerializer(serializers.Serializer[Any]):
    counts = CountsSerializer()
    results = ResultSerializer(many=True)
