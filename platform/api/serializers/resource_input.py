"""Resources as they are sent: columns, lists below them, and the details of their kind."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers

from api.serializers.details import DETAIL_SERIALIZERS
from api.serializers.input import InputSerializer, rows_of
from zones.choices import ResourceKind
from zones.models import Capability, Resource, ResourceExclusion, ResourcePart, SharingGrant
from zones.services.organizations import key_of_name
from zones.services.resources import CHILDREN, ResourceParts


def _details_input(kind: str) -> type[InputSerializer]:
    """The columns that are read of a kind's details are those that are written."""
    read = DETAIL_SERIALIZERS[kind]
    meta = type("Meta", (InputSerializer.Meta,), {"model": read.Meta.model, "fields": read.Meta.fields})
    name = read.__name__.removesuffix("Serializer")
    return type(f"{name}InputSerializer", (InputSerializer,), {"Meta": meta})


DETAILS_INPUT = {kind: _details_input(kind) for kind in ResourceKind.values}
DETAILS = PolymorphicProxySerializer(
    component_name="ResourceDetailsInput", serializers=list(DETAILS_INPUT.values()), resource_type_field_name=None
)


class PartInputSerializer(InputSerializer):
    class Meta(InputSerializer.Meta):
        model = ResourcePart
        fields = (
            "name_zh", "manufacturer", "model", "quantity", "unit", "counts_as", "equipment_code", "original_value",
        )  # fmt: skip


class CapabilityInputSerializer(InputSerializer):
    """`key` follows from the name where it is left out."""

    class Meta(InputSerializer.Meta):
        model = Capability
        fields = ("key", "name_zh", "low", "high", "truth", "choices", "unit", "is_known", "note_zh")
        extra_kwargs = {"key": {"required": False}}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return {"key": key_of_name(attrs["name_zh"])} | attrs


class GrantInputSerializer(InputSerializer):
    class Meta(InputSerializer.Meta):
        model = SharingGrant
        fields = ("scope", "zone", "association", "valid_from", "valid_to")


class ResourceExclusionInputSerializer(InputSerializer):
    class Meta(InputSerializer.Meta):
        model = ResourceExclusion
        fields = ("organization", "zone")


@extend_schema_field(DETAILS)
class DetailsField(serializers.DictField):
    """The columns of its kind's details; which kind that is stands beside it, or is known already."""


class ResourceChangeSerializer(InputSerializer):
    """A change of a resource: its kind stays. A list that is sent is written in place of the one that was there."""

    parts = rows_of(PartInputSerializer)
    capabilities = rows_of(CapabilityInputSerializer)
    grants = rows_of(GrantInputSerializer)
    exclusions = rows_of(ResourceExclusionInputSerializer)
    details = DetailsField(required=False)

    class Meta(InputSerializer.Meta):
        model = Resource
        fields: tuple[str, ...] = (
            "name_zh", "name_en", "organization", "zone", "status", "visibility", "description_zh", "description_en",
            "keywords", "industry_codes", "discipline_codes", "equipment_codes", "modes", "trl", "capacity",
            "capacity_note", "price_from", "price_to", "price_unit", "price_note", "share_mode", "lead_time_days",
            "qualification", "conditions", "confirmed_on", "latitude", "longitude", "external_id", "source_note",
            "parts", "capabilities", "grants", "exclusions", "details",
        )  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The details by their kind, and a zone that follows from its organization where it is left out."""
        kind: str = attrs.get("kind") or self.context["kind"]
        if "details" in attrs:
            attrs["details"] = self._details(kind, attrs["details"])
        return attrs

    def _details(self, kind: str, sent: Any) -> Any:
        """By their shape, which is made once for many resources of a kind."""
        shapes: dict[str, InputSerializer] = self.context["details"]
        if kind not in shapes:
            shapes[kind] = DETAILS_INPUT[kind](partial=True, context=self.context)
        try:
            return shapes[kind].run_validation(sent)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({"details": error.detail}) from error


class ResourceInputSerializer(ResourceChangeSerializer):
    """A new resource. `zone` is that of the organization where it is left out."""

    class Meta(ResourceChangeSerializer.Meta):
        fields = ("kind", *ResourceChangeSerializer.Meta.fields)
        extra_kwargs = {"zone": {"required": False}}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        return super().validate(in_zone_of_its_organization(attrs))


def in_zone_of_its_organization(attrs: dict[str, Any]) -> dict[str, Any]:
    """With the zone, where it is left out and the organization has one."""
    zone = attrs.get("zone") or attrs["organization"].zone
    if zone is None:
        raise serializers.ValidationError({"zone": [_("请填写所在高新区：该单位没有登记。")]})
    return attrs | {"zone": zone}


def parted(values: dict[str, Any]) -> tuple[dict[str, Any], ResourceParts]:
    """The columns, and what hangs on the resource."""
    names = (*CHILDREN, "details")
    return {name: value for name, value in values.items() if name not in names}, ResourceParts(
        **{name: values[name] for name in names if name in values}
    )
