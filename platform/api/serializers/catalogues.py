"""Catalogues with what they list, as far as the reader may see it; and what they are written with."""

from typing import Any, Final

from django.db.models import QuerySet
from rest_framework import serializers

from api.base import Reader
from api.serializers.base import ClassifiedSerializer, visible_rows
from api.serializers.input import ROWS_AT_MOST, InputSerializer, KeyField
from zones.models import Catalogue, CatalogueItem, Resource


class CatalogueEntrySerializer(ClassifiedSerializer):
    """A resource in the catalogue from `listed_on` on; `withdrawn_on` is the first day without."""

    @classmethod
    def completed(cls, rows: "QuerySet[Any]", reader: Reader) -> "QuerySet[Any]":
        """An entry is seen by whoever sees its resource."""
        return super().completed(rows, reader).filter(resource__in=visible_rows(Resource, reader).values("pk"))

    class Meta:
        model = CatalogueItem
        fields = ("resource", "listed_on", "withdrawn_on")


class CatalogueSerializer(ClassifiedSerializer):
    class Meta:
        model = Catalogue
        fields: tuple[str, ...] = (
            "public_id", "version", "zone", "partner", "title_zh", "title_en", "published_on", "is_sample",
            "created_at", "updated_at",
        )  # fmt: skip


class CatalogueDetailSerializer(CatalogueSerializer):
    items = CatalogueEntrySerializer(many=True, read_only=True)

    class Meta(CatalogueSerializer.Meta):
        fields = (*CatalogueSerializer.Meta.fields, "items")


def _resources(*, is_required: bool) -> Any:
    return serializers.ListField(
        child=KeyField(Resource), required=is_required, allow_empty=not is_required, max_length=ROWS_AT_MOST
    )


class ChangeCatalogueSerializer(InputSerializer):
    """What it is called, when it was published, with whom."""

    class Meta(InputSerializer.Meta):
        model = Catalogue
        fields: tuple[str, ...] = ("partner", "title_zh", "title_en", "published_on")


class CatalogueInputSerializer(ChangeCatalogueSerializer):
    """With the resources of the zone it lists from the day of its publication on."""

    resources = _resources(is_required=False)

    class Meta(ChangeCatalogueSerializer.Meta):
        fields = ("zone", *ChangeCatalogueSerializer.Meta.fields, "resources")


class ListingSerializer(InputSerializer):
    resources = _resources(is_required=True)
    listed_on = serializers.DateField()

    class Meta(InputSerializer.Meta):
        model = Catalogue
        fields = ("resources", "listed_on")


class TakingOffSerializer(InputSerializer):
    """`withdrawn_on` is the first day without."""

    resources = _resources(is_required=True)
    withdrawn_on = serializers.DateField()

    class Meta(InputSerializer.Meta):
        model = Catalogue
        fields = ("resources", "withdrawn_on")


STEP_INPUTS: Final[dict[str, type[Any]]] = {"enter": ListingSerializer, "take_off": TakingOffSerializer}
