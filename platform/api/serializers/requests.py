"""Requests for service as both sides read them, with their thread, record and ratings."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.serializers.base import ClassifiedSerializer
from zones.choices import RequestSide
from zones.models import ServiceEntry, ServiceRating, ServiceRecord, ServiceRequest


class EntrySerializer(ClassifiedSerializer):
    class Meta:
        model = ServiceEntry
        fields = ("kind", "side", "text", "created_at")


class RatingSerializer(ClassifiedSerializer):
    class Meta:
        model = ServiceRating
        fields = ("side", "stars", "comment", "created_at")


class RecordSerializer(ClassifiedSerializer):
    class Meta:
        model = ServiceRecord
        fields = ("started_on", "ended_on", "hours", "quantity", "fee", "result", "recorded_at", "confirmed_at")


class RequestSerializer(ClassifiedSerializer):
    """One row of a list. `waits_for` is whose turn it is."""

    waits_for = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(choices=["", RequestSide.REQUESTER, RequestSide.PROVIDER]))
    def get_waits_for(self, row: ServiceRequest) -> str:
        return str(row.waits_for)

    class Meta:
        model = ServiceRequest
        fields: tuple[str, ...] = (
            "public_id", "resource", "organization", "zone", "kind", "state", "waits_for", "wished_from", "wished_to",
            "quantity", "hours", "purpose", "price_from", "price_to", "price_unit", "estimate_from", "estimate_to",
            "agreed_from", "agreed_to", "agreed_hours", "agreed_fee", "reason", "ended_side", "ended_at", "due_on",
            "expires_on", "is_sample", "version", "created_at", "updated_at",
        )  # fmt: skip


class RequestDetailSerializer(RequestSerializer):
    """One request with what was said and done. The other side's rating is told once both have rated."""

    entries = EntrySerializer(many=True, read_only=True)
    record = serializers.SerializerMethodField()
    ratings = RatingSerializer(many=True, read_only=True)

    @extend_schema_field(RecordSerializer(allow_null=True))
    def get_record(self, row: ServiceRequest) -> Any:
        found = RecordSerializer.rows(self.reader).filter(request=row).first()
        return None if found is None else RecordSerializer(found, context=self.context).data

    class Meta(RequestSerializer.Meta):
        fields = (*RequestSerializer.Meta.fields, "entries", "record", "ratings")
