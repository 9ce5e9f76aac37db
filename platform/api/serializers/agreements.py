"""Framework agreements as their parties read them."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from api.base import Reader
from api.serializers.base import ClassifiedSerializer
from matching.models import Agreement, AgreementCommitment, AgreementDocument, AgreementParty


class AgreementPartySerializer(ClassifiedSerializer):
    """Who has put their name to it, also where an organization is not listed."""

    name = serializers.SerializerMethodField()

    @classmethod
    def completed(cls, rows: "QuerySet[Any]", reader: Reader) -> "QuerySet[Any]":
        return super().completed(rows, reader).select_related("zone", "association", "organization")

    def get_name(self, row: Any) -> str:
        return str(row)

    class Meta:
        model = AgreementParty
        fields = ("public_id", "position", "zone", "association", "organization", "name")


class CommitmentSerializer(ClassifiedSerializer):
    """`party_position` is that of the party which promises."""

    is_kept = serializers.BooleanField(read_only=True)

    class Meta:
        model = AgreementCommitment
        fields = (
            "public_id", "position", "party_position", "what_zh", "target", "unit", "due_on", "actual", "reported_on",
            "evidence_zh", "is_kept",
        )  # fmt: skip


class DocumentSerializer(ClassifiedSerializer):
    """What was signed; the file itself is in the portal and the back office."""

    @classmethod
    def completed(cls, rows: "QuerySet[Any]", reader: Reader) -> "QuerySet[Any]":
        return super().completed(rows, reader).defer("content")

    class Meta:
        model = AgreementDocument
        fields = ("public_id", "name", "kind", "size", "sha256", "at")


class AgreementSerializer(ClassifiedSerializer):
    parties = AgreementPartySerializer(many=True, read_only=True)

    class Meta:
        model = Agreement
        fields: tuple[str, ...] = (
            "public_id", "version", "zone", "association", "kind", "title_zh", "title_en", "summary_zh", "scopes",
            "industry_codes", "dimension", "state", "signed_on", "valid_from", "valid_to", "renews", "ended_on",
            "end_reason", "end_zh", "parties", "is_sample", "updated_at",
        )  # fmt: skip


class AgreementDetailSerializer(AgreementSerializer):
    commitments = CommitmentSerializer(many=True, read_only=True)
    documents = DocumentSerializer(many=True, read_only=True)

    class Meta(AgreementSerializer.Meta):
        fields = (*AgreementSerializer.Meta.fields, "document_sha256", "commitments", "documents")
