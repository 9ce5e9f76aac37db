"""Resources with parts, capabilities and, for their own side, sharing grants; one resource with its kind's details."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from api.serializers.base import ClassifiedSerializer
from api.serializers.details import DETAIL_SERIALIZERS
from zones.models import Capability, Resource, ResourceExclusion, ResourcePart, SharingGrant

DETAILS = PolymorphicProxySerializer(
    component_name="ResourceDetails", serializers=list(DETAIL_SERIALIZERS.values()), resource_type_field_name=None
)


class PartSerializer(ClassifiedSerializer):
    class Meta:
        model = ResourcePart
        fields = (
            "position", "name_zh", "manufacturer", "model", "quantity", "unit", "counts_as", "equipment_code",
            "original_value",
        )  # fmt: skip


class CapabilitySerializer(ClassifiedSerializer):
    class Meta:
        model = Capability
        fields = ("position", "key", "name_zh", "low", "high", "truth", "choices", "unit", "is_known", "note_zh")


class GrantSerializer(ClassifiedSerializer):
    class Meta:
        model = SharingGrant
        fields = ("scope", "zone", "association", "valid_from", "valid_to")


class ResourceExclusionSerializer(ClassifiedSerializer):
    class Meta:
        model = ResourceExclusion
        fields = ("organization", "zone")


class ResourceSerializer(ClassifiedSerializer):
    parts = PartSerializer(many=True, read_only=True)
    capabilities = CapabilitySerializer(many=True, read_only=True)
    grants = GrantSerializer(many=True, read_only=True)

    class Meta:
        model = Resource
        fields: tuple[str, ...] = (
            "public_id", "kind", "name_zh", "name_en", "organization", "zone", "status", "visibility",
            "description_zh", "description_en", "keywords", "industry_codes", "discipline_codes", "equipment_codes",
            "modes", "trl", "capacity", "capacity_note", "price_from", "price_to", "price_unit", "price_note",
            "share_mode", "lead_time_days", "qualification", "conditions", "confirmed_on", "latitude", "longitude",
            "source_note", "is_sample", "version", "created_at", "updated_at", "parts", "capabilities", "grants",
        )  # fmt: skip


class ResourceDetailSerializer(ResourceSerializer):
    """One resource with the details of its kind: nine tables are too many to join or to ask for a list."""

    exclusions = ResourceExclusionSerializer(many=True, read_only=True)
    details = serializers.SerializerMethodField()

    @extend_schema_field(DETAILS)
    def get_details(self, resource: Any) -> Any:
        serializer = DETAIL_SERIALIZERS[resource.kind]
        detail = serializer.rows(self.reader).filter(resource_id=resource.pk).first()
        return None if detail is None else serializer(detail, context=self.context).data

    class Meta:
        model = Resource
        fields = (*ResourceSerializer.Meta.fields, "external_id", "exclusions", "details")
