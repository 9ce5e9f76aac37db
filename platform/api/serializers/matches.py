"""Live matches; one match with the reasons for it, in the request's language."""

from typing import Any

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.base import Reader
from api.serializers.base import ClassifiedSerializer, own_side
from matching.models import LIVE, Match, Need
from matching.services.explanations import Explanation, explain


class ContributionSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    value = serializers.FloatField()
    fit = serializers.FloatField(
        allow_null=True, help_text="Null where unknown. Of `track`, a published rate in steps of 0.05."
    )


class LikelihoodSerializer(serializers.Serializer[Any]):
    band = serializers.CharField()
    percent = serializers.IntegerField(allow_null=True, help_text="Null until 200 decisions are known.")
    decisions = serializers.IntegerField()


class ExplanationSerializer(serializers.Serializer[Any]):
    sentence = serializers.CharField()
    metrics = serializers.ListField(child=serializers.DictField())
    terms = serializers.ListField(child=serializers.CharField())
    codes = serializers.ListField(child=serializers.CharField())
    evidence = serializers.ListField(child=serializers.CharField())
    counterfactual = serializers.DictField(allow_null=True)
    confidence_band = serializers.CharField()
    likelihood = LikelihoodSerializer(allow_null=True, help_text="Null while too few decisions are known.")
    is_exploration = serializers.BooleanField(help_text="Shown so that we learn about it, not for its rank.")


class MatchSerializer(ClassifiedSerializer):
    @classmethod
    def completed(cls, rows: "QuerySet[Any]", reader: Reader) -> "QuerySet[Any]":
        live: QuerySet[Any] = super().completed(rows, reader).filter(LIVE)
        return live

    @classmethod
    def own_side(cls, reader: Reader) -> Q:
        """The need's side: score and rank depend on its budget and on candidates that others may not see."""
        return Q(need_id__in=Need.objects.visible_to(reader.principal).filter(own_side(Need, reader)).values("pk"))

    class Meta:
        model = Match
        fields: tuple[str, ...] = (
            "public_id", "need", "resource", "rank", "score", "confidence", "told_score", "told_confidence",
            "is_assigned", "need_version", "resource_version",
        )  # fmt: skip


class MatchDetailSerializer(MatchSerializer):
    """One match with its reasons: two queries each, so a list does without."""

    contributions = serializers.SerializerMethodField(
        help_text="Their values sum to `score`; for others than the need's side, to `told_score`."
    )
    explanation = serializers.SerializerMethodField()

    @classmethod
    def completed(cls, rows: "QuerySet[Any]", reader: Reader) -> "QuerySet[Any]":
        return super().completed(rows, reader).select_related("need", "resource")

    @extend_schema_field(ContributionSerializer(many=True))
    def get_contributions(self, match: Any) -> Any:
        return ContributionSerializer(self._explained(match).contributions, many=True).data

    @extend_schema_field(ExplanationSerializer)
    def get_explanation(self, match: Any) -> Any:
        return ExplanationSerializer(self._explained(match)).data

    def _explained(self, match: Any) -> Explanation:
        """Explained once, told in two fields."""
        if not hasattr(match, "explained"):
            match.explained = explain(match, principal=self.reader.principal, language=self.reader.language)
        explained: Explanation = match.explained
        return explained

    class Meta:
        model = Match
        fields = (*MatchSerializer.Meta.fields, "contributions", "explanation")
