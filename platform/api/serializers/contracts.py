"""Technology contracts as their two sides and zones read them, with every version the register has seen."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from api.base import Reader
from api.serializers.base import ClassifiedSerializer
from matching.models import ContractRegistration, TechContract


class RegistrationSerializer(ClassifiedSerializer):
    class Meta:
        model = ContractRegistration
        fields = (
            "public_id", "number", "kind", "registration_number", "registered_on", "total_amount", "traded_amount",
            "contract_type", "reason_zh", "at",
        )  # fmt: skip


class ContractSerializer(ClassifiedSerializer):
    """Amounts in 元. Both sides are named, as on the contract, also where an organization is not listed."""

    seller = serializers.SerializerMethodField()
    buyer = serializers.SerializerMethodField()

    @classmethod
    def completed(cls, rows: "QuerySet[Any]", reader: Reader) -> "QuerySet[Any]":
        return super().completed(rows, reader).select_related("seller_organization", "buyer_organization")

    def get_seller(self, row: Any) -> str:
        return str(row.seller_organization or row.seller_name_zh)

    def get_buyer(self, row: Any) -> str:
        return str(row.buyer_organization or row.buyer_name_zh)

    class Meta:
        model = TechContract
        fields: tuple[str, ...] = (
            "public_id", "version", "zone", "cooperation", "title_zh", "contract_type", "state", "seller",
            "seller_organization", "seller_region", "seller_zone", "seller_nature", "buyer", "buyer_organization",
            "buyer_region", "buyer_zone", "buyer_nature", "total_amount", "traded_amount", "signed_on", "submit_by",
            "submitted_on", "registered_on", "registration_number", "cancelled_on", "end_reason", "end_zh",
            "is_sample", "updated_at",
        )  # fmt: skip


class ContractDetailSerializer(ContractSerializer):
    registrations = RegistrationSerializer(many=True, read_only=True)

    class Meta(ContractSerializer.Meta):
        fields = (*ContractSerializer.Meta.fields, "registrations")
