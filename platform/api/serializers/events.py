"""Events, and registrations as their own side and the organizers read them; other guests only as they are listed."""

from typing import Any

from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.base import Reader
from api.serializers.base import ClassifiedSerializer
from matching.models import Event, EventMeeting, EventOrganizer, EventRegistration, EventWish


class OrganizerSerializer(ClassifiedSerializer):
    class Meta:
        model = EventOrganizer
        fields = ("role", "zone", "association", "name_zh")


class EventSerializer(ClassifiedSerializer):
    places_left = serializers.SerializerMethodField(help_text="Null: there is no limit.")
    organizers = OrganizerSerializer(many=True, read_only=True)

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_places_left(self, row: Event) -> int | None:
        return row.places_left

    class Meta:
        model = Event
        fields: tuple[str, ...] = (
            "public_id", "version", "zone", "association", "organizers", "kind", "dimension", "title_zh",
            "title_en", "summary_zh",
            "place_zh", "starts_at", "ends_at", "registration_opens_at", "registration_closes_at", "capacity",
            "places_left", "visibility", "state", "cancelled_because_zh", "meetings_start_at", "slot_minutes", "slots",
            "tables", "timetable_released_at", "is_sample", "created_at", "updated_at",
        )  # fmt: skip


class EventDetailSerializer(EventSerializer):
    """One event; the call it belongs to and what came of it are told to who organizes it."""

    class Meta(EventSerializer.Meta):
        fields = (*EventSerializer.Meta.fields, "call", "result_zh")


class RegistrationSerializer(ClassifiedSerializer):
    class Meta:
        model = EventRegistration
        fields: tuple[str, ...] = (
            "public_id", "version", "event", "organization", "state", "seats", "brings_zh", "is_listed",
            "attendees_zh", "most_meetings", "asked_at", "checked_in_at", "cancelled_at", "is_sample", "created_at",
            "updated_at",
        )  # fmt: skip


class MeetingSerializer(serializers.Serializer[Any]):
    """A meeting as one of its guests, or who organizes, reads it."""

    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    table = serializers.IntegerField()
    other = serializers.UUIDField(help_text="The registration across the table.")
    other_zh = serializers.CharField()
    is_cancelled = serializers.BooleanField()


class RegistrationDetailSerializer(RegistrationSerializer):
    """One registration with its own side's wishes, which nobody else reads, and its meetings once released."""

    wishes = serializers.SerializerMethodField()
    meetings = serializers.SerializerMethodField()

    @classmethod
    def completed(cls, rows: "QuerySet[Any]", reader: Reader) -> "QuerySet[Any]":
        return super().completed(rows, reader).select_related("event")

    @extend_schema_field(serializers.ListField(child=serializers.UUIDField()))
    def get_wishes(self, row: EventRegistration) -> list[str]:
        rows = EventWish.objects.visible_to(self.reader.principal).filter(asker=row).order_by("asked__public_id")
        return [str(key) for key in rows.values_list("asked__public_id", flat=True)]

    @extend_schema_field(MeetingSerializer(many=True))
    def get_meetings(self, row: Any) -> Any:
        if not row.is_own_side:
            return []
        found = EventMeeting.objects.visible_to(self.reader.principal).filter(Q(first=row) | Q(second=row))
        related = found.select_related("first__organization", "second__organization").order_by("slot")
        return MeetingSerializer([_told(row, one) for one in related], many=True).data

    class Meta(RegistrationSerializer.Meta):
        fields = (*RegistrationSerializer.Meta.fields, "wishes", "meetings")


def _told(row: Any, one: EventMeeting) -> dict[str, Any]:
    other = one.second if one.first_id == row.pk else one.first
    begins, ends = row.event.slot_times(one.slot)
    return {
        "starts_at": begins, "ends_at": ends, "table": one.table + 1, "other": other.public_id,
        "other_zh": other.organization.name_zh, "is_cancelled": one.cancelled_at is not None,
    }  # fmt: skip
