"""Full runs and how far they are. Amounts depend on needs the reader may not see: they are told to the system."""

from typing import Any

from rest_framework import serializers

from api.serializers.base import ClassifiedSerializer
from matching.models import MatchRun
from matching.services.comparisons import ENTERED, LEFT, MOVED, REASON_TEXTS
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


class ChangeSerializer(serializers.Serializer[Any]):
    resource = serializers.UUIDField(source="resource.public_id")
    kind = serializers.ChoiceField(choices=[ENTERED, LEFT, MOVED])
    before = serializers.IntegerField(allow_null=True, help_text="Place among what you may see, from 1.")
    after = serializers.IntegerField(allow_null=True)
    score_before = serializers.FloatField(allow_null=True)
    score_after = serializers.FloatField(allow_null=True)
    reasons = serializers.ListField(child=serializers.ChoiceField(choices=list(REASON_TEXTS)))
    component = serializers.CharField(help_text="The part of the score that changed most; empty where not known.")
    removed_by = serializers.CharField(help_text="The rule that excludes the pair now; empty where none does.")


class NeedComparisonSerializer(serializers.Serializer[Any]):
    need = serializers.UUIDField(source="need.public_id")
    changes = ChangeSerializer(many=True)


class ComparisonSerializer(serializers.Serializer[Any]):
    before = serializers.UUIDField(source="before.public_id")
    after = serializers.UUIDField(source="after.public_id")
    is_cut = serializers.BooleanField()
    needs = NeedComparisonSerializer(many=True)


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
