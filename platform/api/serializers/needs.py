"""Needs with their metrics. Who needs it and what it may cost are scoped fields: null but for the own side."""

from api.serializers.base import ClassifiedSerializer
from matching.models import Need, NeedExclusion, NeedMetric


class MetricSerializer(ClassifiedSerializer):
    class Meta:
        model = NeedMetric
        fields = (
            "position", "key", "name_zh", "operator", "low", "high", "truth", "choices", "unit", "priority",
            "condition_zh",
        )  # fmt: skip


class NeedExclusionSerializer(ClassifiedSerializer):
    class Meta:
        model = NeedExclusion
        fields = ("organization", "zone")


class NeedSerializer(ClassifiedSerializer):
    metrics = MetricSerializer(many=True, read_only=True)

    class Meta:
        model = Need
        fields: tuple[str, ...] = (
            "public_id", "kind", "title_zh", "title_en", "summary_zh", "zone", "organization", "association", "call",
            "state", "visibility", "background_zh", "problem_zh", "content_zh", "tried_zh", "conditions_offered_zh",
            "budget_min", "budget_max", "budget_source_zh", "deadline", "duration_months", "trl_have", "trl_need",
            "industry_codes", "discipline_codes", "equipment_codes", "modes", "keywords", "ip_preference_zh",
            "payment_zh", "exclusions_zh", "wanted_partners", "consent_recorded_on", "opened_at", "expires_on",
            "is_sample", "version", "created_at", "updated_at", "metrics",
        )  # fmt: skip


class NeedDetailSerializer(NeedSerializer):
    """One need with what only its own side is told."""

    exclusions = NeedExclusionSerializer(many=True, read_only=True)

    class Meta:
        model = Need
        fields = (*NeedSerializer.Meta.fields, "review_zone", "external_id", "exclusions")
