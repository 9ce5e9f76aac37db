"""Memberships in force on the reader's day; told within their zone or association, and what they are written with."""

from typing import Any, Final

from django.db.models import QuerySet
from rest_framework import serializers

from api.base import Reader
from api.serializers.base import ClassifiedSerializer
from api.serializers.input import InputSerializer
from zones.models import Membership
from zones.scoping import in_force


class MembershipSerializer(ClassifiedSerializer):
    @classmethod
    def completed(cls, rows: "QuerySet[Any]", reader: Reader) -> "QuerySet[Any]":
        return super().completed(rows, reader).filter(in_force(reader.on, start="joined_on", end="left_on"))

    class Meta:
        model = Membership
        fields = ("zone", "association", "role", "joined_on", "left_on", "confidence")


class JoiningSerializer(InputSerializer):
    """`joined_on` is the first day as a member."""

    joined_on = serializers.DateField()

    class Meta(InputSerializer.Meta):
        model = Membership
        fields = ("zone", "role", "joined_on")


class LeavingSerializer(InputSerializer):
    """`left_on` is the first day without."""

    left_on = serializers.DateField()

    class Meta(InputSerializer.Meta):
        model = Membership
        fields = ("zone", "left_on")


STEP_INPUTS: Final[dict[str, type[Any]]] = {"join": JoiningSerializer, "leave": LeavingSerializer}
