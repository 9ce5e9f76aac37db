"""Memberships in force on the reader's day; told within their zone or association."""

from typing import Any

from django.db.models import QuerySet

from api.base import Reader
from api.serializers.base import ClassifiedSerializer
from zones.models import Membership
from zones.scoping import in_force


class MembershipSerializer(ClassifiedSerializer):
    @classmethod
    def completed(cls, rows: "QuerySet[Any]", reader: Reader) -> "QuerySet[Any]":
        return super().completed(rows, reader).filter(in_force(reader.on, start="joined_on", end="left_on"))

    class Meta:
        model = Membership
        fields = ("zone", "association", "role", "joined_on", "left_on", "confidence")
