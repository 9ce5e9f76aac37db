"""What technology contracts are written with, and their steps; what it may be is said by the services."""

from rest_framework import serializers

from api.serializers.input import InputSerializer
from matching.choices import ContractEnd
from matching.models import TechContract

SIDES = ("organization", "name_zh", "region", "nature")


class ContractInputSerializer(InputSerializer):
    """`zone` is the one that registers it: the seller's unless given."""

    class Meta(InputSerializer.Meta):
        model = TechContract
        fields: tuple[str, ...] = (
            "zone", "cooperation", "title_zh", "contract_type", "total_amount", "traded_amount", "signed_on",
            *(f"seller_{name}" for name in SIDES), *(f"buyer_{name}" for name in SIDES),
        )  # fmt: skip
        extra_kwargs = {"zone": {"required": False}}


class ContractStepInputSerializer(InputSerializer):
    class Meta(InputSerializer.Meta):
        model = TechContract
        fields: tuple[str, ...] = ()


class SubmissionInputSerializer(ContractStepInputSerializer):
    submitted_on = serializers.DateField()

    class Meta(ContractStepInputSerializer.Meta):
        fields = ("submitted_on",)


class EntryInputSerializer(ContractStepInputSerializer):
    registered_on = serializers.DateField()
    registration_number = serializers.CharField(max_length=16)

    class Meta(ContractStepInputSerializer.Meta):
        fields = ("registered_on", "registration_number")


class RegisterChangeInputSerializer(InputSerializer):
    """What the register says anew; what is not given stays."""

    changed_on = serializers.DateField()
    reason = serializers.CharField(max_length=300)
    title_zh = serializers.CharField(required=False, max_length=120)
    contract_type = serializers.CharField(required=False, max_length=20)
    total_amount = serializers.DecimalField(required=False, max_digits=16, decimal_places=2)
    traded_amount = serializers.DecimalField(required=False, max_digits=16, decimal_places=2)
    registration_number = serializers.CharField(required=False, allow_blank=True, max_length=16)

    class Meta(InputSerializer.Meta):
        model = TechContract
        fields = (
            "changed_on", "reason", "registration_number", "title_zh", "contract_type", "total_amount", "traded_amount"
        )  # fmt: skip


class CancellationInputSerializer(ContractStepInputSerializer):
    cancelled_on = serializers.DateField()
    reason = serializers.ChoiceField(choices=ContractEnd.choices)
    words = serializers.CharField(required=False, allow_blank=True, max_length=300)

    class Meta(ContractStepInputSerializer.Meta):
        fields = ("cancelled_on", "reason", "words")
