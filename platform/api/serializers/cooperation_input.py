"""What cooperations are written with, and their steps; what it may be is said by the services."""

from typing import Any

from rest_framework import serializers

from api.serializers.input import InputSerializer, rows_of
from matching.choices import Side, TerminationReason
from matching.models import (
    Cooperation,
    CooperationAmount,
    CooperationAssociation,
    CooperationMilestone,
    CooperationParty,
)
from matching.services.cooperations import CooperationParts

PARTS = ("parties", "milestones", "amounts", "associations")


class PartyInputSerializer(InputSerializer):
    """An organization on record, or the name and region of one that is not."""

    class Meta(InputSerializer.Meta):
        model = CooperationParty
        fields = ("organization", "name_zh", "region", "role")


class MilestoneInputSerializer(InputSerializer):
    class Meta(InputSerializer.Meta):
        model = CooperationMilestone
        fields = ("name_zh", "due_on", "note_zh")


class AmountInputSerializer(InputSerializer):
    class Meta(InputSerializer.Meta):
        model = CooperationAmount
        fields = ("kind", "amount", "note_zh")


class AssociationInputSerializer(InputSerializer):
    class Meta(InputSerializer.Meta):
        model = CooperationAssociation
        fields = ("association",)


class CooperationInputSerializer(InputSerializer):
    """One that came about otherwise than by an exchange."""

    parties = rows_of(PartyInputSerializer)
    milestones = rows_of(MilestoneInputSerializer)
    amounts = rows_of(AmountInputSerializer)
    associations = rows_of(AssociationInputSerializer)

    class Meta(InputSerializer.Meta):
        model = Cooperation
        fields: tuple[str, ...] = (
            "kind", "title_zh", "summary_zh", "source", "call", "signed_on", "dimension", "industry_codes",
            "evidence_zh", *PARTS,
        )  # fmt: skip


class ProposalInputSerializer(CooperationInputSerializer):
    """What both sides of an exchange have signed; `side` says for whom, where one acts for both."""

    side = serializers.ChoiceField(choices=Side.choices, required=False)

    class Meta(InputSerializer.Meta):
        model = Cooperation
        fields = (
            "kind", "title_zh", "summary_zh", "signed_on", "dimension", "industry_codes", "evidence_zh", "side", *PARTS
        )  # fmt: skip


class CooperationStepInputSerializer(InputSerializer):
    class Meta(InputSerializer.Meta):
        model = Cooperation
        fields: tuple[str, ...] = ()


def _words(*, is_required: bool = False) -> Any:
    return serializers.CharField(required=is_required, allow_blank=not is_required, max_length=300)


class WordsInputSerializer(CooperationStepInputSerializer):
    words = _words(is_required=True)

    class Meta(CooperationStepInputSerializer.Meta):
        fields = ("words",)


class EvidenceInputSerializer(CooperationStepInputSerializer):
    """The name and number of the document; without it, the one that was proposed with."""

    evidence = serializers.CharField(required=False, allow_blank=True, max_length=200)

    class Meta(CooperationStepInputSerializer.Meta):
        fields = ("evidence",)


class CompletionInputSerializer(CooperationStepInputSerializer):
    completed_on = serializers.DateField()
    words = _words()

    class Meta(CooperationStepInputSerializer.Meta):
        fields = ("completed_on", "words")


class TerminationInputSerializer(CooperationStepInputSerializer):
    terminated_on = serializers.DateField()
    reason = serializers.ChoiceField(choices=TerminationReason.choices)
    words = _words()

    class Meta(CooperationStepInputSerializer.Meta):
        fields = ("terminated_on", "reason", "words")


class MetInputSerializer(CooperationStepInputSerializer):
    """`position` is that of the milestone."""

    position = serializers.IntegerField(min_value=1, max_value=1000)
    met_on = serializers.DateField()
    evidence = serializers.CharField(required=False, allow_blank=True, max_length=200)

    class Meta(CooperationStepInputSerializer.Meta):
        fields = ("position", "met_on", "evidence")


class PublishingInputSerializer(CooperationStepInputSerializer):
    """`basis` is asked of staff who agree for an organization."""

    basis = serializers.CharField(required=False, allow_blank=True, max_length=200)

    class Meta(CooperationStepInputSerializer.Meta):
        fields = ("basis",)


def with_parts(values: dict[str, Any]) -> dict[str, Any]:
    """What was sent, as the services take it: the lists apart."""
    parts = {name: values[name] for name in PARTS if name in values}
    told = {name: value for name, value in values.items() if name not in PARTS}
    return {**told, "with_parts": CooperationParts(**parts)}
