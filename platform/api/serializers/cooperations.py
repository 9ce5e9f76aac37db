"""Cooperations: what everybody reads of a published one, and what the sides of its parties alone read."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.base import Reader
from api.serializers.base import ClassifiedSerializer
from api.serializers.contracts import ContractSerializer
from api.serializers.outcomes import CooperationRatingSerializer, OutcomePollSerializer
from matching.models import (
    Cooperation,
    CooperationAmount,
    CooperationAssociation,
    CooperationMilestone,
    CooperationParty,
    CooperationStep,
)


class PartySerializer(ClassifiedSerializer):
    """`name` is null for strangers where the organization is not listed."""

    name = serializers.SerializerMethodField()

    @classmethod
    def completed(cls, rows: "QuerySet[Any]", reader: Reader) -> "QuerySet[Any]":
        return super().completed(rows, reader).select_related("organization")

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_name(self, row: Any) -> str | None:
        is_told = row.is_own_side or row.organization_key or row.organization_id is None
        return str(row) if is_told else None

    class Meta:
        model = CooperationParty
        fields = (
            "public_id", "position", "organization", "name", "region", "zone", "role", "is_proposing", "confirmed_at",
            "published_on",
        )  # fmt: skip


class MilestoneSerializer(ClassifiedSerializer):
    class Meta:
        model = CooperationMilestone
        fields = ("public_id", "position", "name_zh", "due_on", "met_on", "note_zh", "evidence_zh")


class AmountSerializer(ClassifiedSerializer):
    class Meta:
        model = CooperationAmount
        fields = ("kind", "amount", "note_zh")


class AssociationLinkSerializer(ClassifiedSerializer):
    class Meta:
        model = CooperationAssociation
        fields = ("association",)


class CooperationStepSerializer(ClassifiedSerializer):
    class Meta:
        model = CooperationStep
        fields = ("public_id", "from_state", "to_state", "on_day", "at", "reason", "words_zh")


class CooperationSerializer(ClassifiedSerializer):
    parties = PartySerializer(many=True, read_only=True)

    class Meta:
        model = Cooperation
        fields: tuple[str, ...] = (
            "public_id", "version", "kind", "title_zh", "summary_zh", "source", "exchange", "call", "state",
            "signed_on", "completed_on", "terminated_on", "end_reason", "dimension", "industry_codes", "parties",
            "is_sample", "updated_at",
        )  # fmt: skip


class CooperationDetailSerializer(CooperationSerializer):
    """One cooperation with all the reader may know of it: amounts and steps are the parties' own."""

    milestones = MilestoneSerializer(many=True, read_only=True)
    amounts = AmountSerializer(many=True, read_only=True)
    associations = AssociationLinkSerializer(many=True, read_only=True, source="association_links")
    steps = CooperationStepSerializer(many=True, read_only=True)
    contracts = ContractSerializer(many=True, read_only=True)
    polls = serializers.SerializerMethodField(help_text="What one's own side says, or is to say, came of it.")
    ratings = serializers.SerializerMethodField(help_text="By one's own side; by others once both have rated.")

    @extend_schema_field(OutcomePollSerializer(many=True))
    def get_polls(self, row: Any) -> Any:
        found = OutcomePollSerializer.rows(self.reader).filter(party__cooperation=row)
        return OutcomePollSerializer(found, many=True, context=self.context).data

    @extend_schema_field(CooperationRatingSerializer(many=True))
    def get_ratings(self, row: Any) -> Any:
        found = CooperationRatingSerializer.rows(self.reader).filter(rater__cooperation=row)
        return CooperationRatingSerializer(found, many=True, context=self.context).data

    class Meta(CooperationSerializer.Meta):
        fields = (
            *CooperationSerializer.Meta.fields, "evidence_zh", "confirmed_by", "confirmed_at", "end_zh", "milestones",
            "amounts", "associations", "steps", "contracts", "polls", "ratings",
        )  # fmt: skip
