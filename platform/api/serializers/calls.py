"""Calls for needs: a need names in `call` the one it answers."""

from api.serializers.base import ClassifiedSerializer
from matching.models import NeedCall


class CallSerializer(ClassifiedSerializer):
    class Meta:
        model = NeedCall
        fields = (
            "public_id", "association", "title_zh", "title_en", "purpose_zh", "guidance_zh", "kinds",
            "required_fields", "opens_on", "closes_on", "state", "is_sample", "version", "created_at", "updated_at",
        )  # fmt: skip
