"""Proposed consortia: members, lead first, and the sub-tasks each covers with which resource; one team with its
sentence."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from api.base import Reader
from api.serializers.base import ClassifiedSerializer
from matching.models import ConsortiumMember, ConsortiumPart, ConsortiumProposal
from matching.services.team_wording import part_labels, sentence_of

UNNAMED = "—"


class ConsortiumMemberSerializer(ClassifiedSerializer):
    is_lead = serializers.BooleanField(read_only=True)

    @classmethod
    def completed(cls, rows: "QuerySet[Any]", reader: Reader) -> "QuerySet[Any]":
        return super().completed(rows, reader).select_related("organization")

    class Meta:
        model = ConsortiumMember
        fields = ("position", "organization", "is_lead")


class ConsortiumPartSerializer(ClassifiedSerializer):
    member = serializers.IntegerField(
        source="member.position", read_only=True, allow_null=True, help_text="Position of the member; null: nobody."
    )

    @classmethod
    def completed(cls, rows: "QuerySet[Any]", reader: Reader) -> "QuerySet[Any]":
        return super().completed(rows, reader).select_related("member")

    class Meta:
        model = ConsortiumPart
        fields = (
            "position",
            "kind",
            "label",
            "wanted",
            "is_must",
            "member",
            "resource",
            "zone",
            "strength",
            "evidence",
        )


class ConsortiumSerializer(ClassifiedSerializer):
    members = ConsortiumMemberSerializer(many=True, read_only=True)
    parts = ConsortiumPartSerializer(many=True, read_only=True)

    class Meta:
        model = ConsortiumProposal
        fields: tuple[str, ...] = (
            "public_id", "need", "rank", "part_count", "covered_count", "zone_count", "is_proven", "need_version",
            "created_at", "members", "parts",
        )  # fmt: skip


class ConsortiumDetailSerializer(ConsortiumSerializer):
    """One team with one plain sentence in the request's language."""

    builds_on = {"sentence": ("members", "parts")}
    sentence = serializers.SerializerMethodField()

    def get_sentence(self, proposal: Any) -> str:
        parts, lead = list(proposal.parts.all()), next(iter(proposal.members.all()), None)
        name = lead.organization.name_zh if lead and lead.organization_key else UNNAMED
        language = self.reader.language
        return sentence_of(proposal, name, parts, part_labels(parts, language), language)

    class Meta:
        model = ConsortiumProposal
        fields = (*ConsortiumSerializer.Meta.fields, "sentence")
