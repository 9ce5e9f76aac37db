"""Calls for needs: a need names in `call` the one it answers; and what they are written with."""

from api.serializers.base import ClassifiedSerializer
from api.serializers.input import InputSerializer
from matching.models import NeedCall


class CallSerializer(ClassifiedSerializer):
    class Meta:
        model = NeedCall
        fields = (
            "public_id", "association", "title_zh", "title_en", "purpose_zh", "guidance_zh", "kinds",
            "required_fields", "opens_on", "closes_on", "state", "is_sample", "version", "created_at", "updated_at",
        )  # fmt: skip


class ChangeCallSerializer(InputSerializer):
    """What is asked for, and in which days; `required_fields` are fields of needs."""

    class Meta(InputSerializer.Meta):
        model = NeedCall
        fields: tuple[str, ...] = (
            "title_zh", "title_en", "purpose_zh", "guidance_zh", "kinds", "required_fields", "opens_on", "closes_on",
        )  # fmt: skip


class CallInputSerializer(ChangeCallSerializer):
    """A draft of an association's call."""

    class Meta(ChangeCallSerializer.Meta):
        fields = ("association", *ChangeCallSerializer.Meta.fields)
