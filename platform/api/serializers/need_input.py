"""Needs as they are sent: columns, metrics, whom they must never meet."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from api.serializers.input import ROWS_AT_MOST, InputSerializer, rows_of
from api.serializers.resource_input import in_zone_of_its_organization
from matching.models import Need, NeedExclusion, NeedMetric
from matching.services.needs import NeedParts
from zones.services.organizations import key_of_name

LONGEST_REASON = 200


class MetricInputSerializer(InputSerializer):
    """`key` follows from the name where it is left out."""

    class Meta(InputSerializer.Meta):
        model = NeedMetric
        fields = (
            "key", "name_zh", "operator", "low", "high", "truth", "choices", "unit", "priority", "condition_zh",
        )  # fmt: skip
        extra_kwargs = {"key": {"required": False}}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {"key": key_of_name(attrs["name_zh"])} | attrs


class NeedExclusionInputSerializer(InputSerializer):
    class Meta(InputSerializer.Meta):
        model = NeedExclusion
        fields = ("organization", "zone")


class NoIdentityField(serializers.DictField):
    """Why what looks like an identity is none: a reason by the `fingerprint` that a refusal told of it."""

    child = serializers.CharField(max_length=LONGEST_REASON)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and len(data) > ROWS_AT_MOST:
            raise serializers.ValidationError(_("一次最多填写 %(most)d 项。") % {"most": ROWS_AT_MOST})
        return super().to_internal_value(data)


class SubmitInputSerializer(InputSerializer):
    """A need is submitted as it stands, with what is said of alarms that a refusal has told of."""

    no_identity = NoIdentityField(required=False)

    class Meta(InputSerializer.Meta):
        model = Need
        fields = ("no_identity",)


class NeedChangeSerializer(InputSerializer):
    """A change of a need. A list that is sent is written in place of the one that was there."""

    metrics = rows_of(MetricInputSerializer)
    exclusions = rows_of(NeedExclusionInputSerializer)
    no_identity = NoIdentityField(required=False)

    class Meta(InputSerializer.Meta):
        model = Need
        fields: tuple[str, ...] = (
            "kind", "title_zh", "title_en", "summary_zh", "zone", "organization", "association", "call", "visibility",
            "review_zone", "background_zh", "problem_zh", "content_zh", "tried_zh", "conditions_offered_zh",
            "budget_min", "budget_max", "budget_source_zh", "deadline", "duration_months", "trl_have", "trl_need",
            "industry_codes", "discipline_codes", "equipment_codes", "modes", "keywords", "ip_preference_zh",
            "payment_zh", "exclusions_zh", "wanted_partners", "consent_recorded_on", "external_id", "metrics",
            "exclusions", "no_identity",
        )  # fmt: skip


class NeedInputSerializer(NeedChangeSerializer):
    """A new need, a draft. `zone` is that of the organization where it is left out."""

    class Meta(NeedChangeSerializer.Meta):
        extra_kwargs = {"zone": {"required": False}}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return in_zone_of_its_organization(attrs)


def parted(values: dict[str, Any]) -> tuple[dict[str, Any], NeedParts]:
    """The columns, and what hangs on the need."""
    names = ("metrics", "exclusions", "no_identity")
    return {name: value for name, value in values.items() if name not in names}, NeedParts(
        **{name: values[name] for name in names if name in values}
    )
