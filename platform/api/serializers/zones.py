"""Zones, with their level and associations as of a day."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from rest_framework import serializers

from api.base import Reader
from api.serializers.base import ClassifiedSerializer
from api.serializers.memberships import MembershipSerializer
from zones.choices import ZoneLevelKind
from zones.models import Zone, ZoneLevel
from zones.scoping import in_force


class ZoneSerializer(ClassifiedSerializer):
    level = serializers.ChoiceField(ZoneLevelKind.choices, read_only=True, allow_null=True)
    associations = MembershipSerializer(source="memberships", many=True, read_only=True)

    @classmethod
    def completed(cls, rows: "QuerySet[Any]", reader: Reader) -> "QuerySet[Any]":
        levels = ZoneLevel.objects.filter(in_force(reader.on), zone_id=OuterRef("pk"))
        leveled: QuerySet[Any] = super().completed(rows, reader).annotate(level=Subquery(levels.values("level")[:1]))
        return leveled

    class Meta:
        model = Zone
        fields = (
            "public_id", "slug", "name_zh", "name_en", "short_zh", "level", "region", "city", "district",
            "division_code", "latitude", "longitude", "website", "aliases", "confidence", "notes", "version",
            "associations",
        )  # fmt: skip
