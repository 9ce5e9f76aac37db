"""Full runs and how far they are. Amounts depend on needs the reader may not see: they are told to the system."""

from typing import Any

from rest_framework import serializers

from api.serializers.base import ClassifiedSerializer
from matching.models import MatchRun
from matching.services.runs import progress_of


class ProgressSerializer(serializers.Serializer[Any]):
    percent = serializers.FloatField()
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    rate_per_second = serializers.FloatField(allow_null=True)
    eta_seconds = serializers.FloatField(allow_null=True)
    state = serializers.CharField()
    quarantined = serializers.IntegerField()


class RunSerializer(ClassifiedSerializer):
    percent = serializers.IntegerField(read_only=True)

    class Meta:
        model = MatchRun
        fields: tuple[str, ...] = ("public_id", "kind", "state", "percent", "created_at", "started_at", "published_at")


class RunDetailSerializer(RunSerializer):
    """One run, with its progress (null but for the system)."""

    progress = serializers.SerializerMethodField()

    def get_progress(self, run: Any) -> dict[str, Any] | None:
        if not run.is_own_side:
            return None
        return dict(ProgressSerializer(progress_of(run)).data)

    class Meta:
        model = MatchRun
        fields = (*RunSerializer.Meta.fields, "progress")
