"""Notices as their account may read them now, and what it wants to be told."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.base import Reader
from api.serializers.base import ClassifiedSerializer
from notifications.choices import Rhythm, Topic, Weekday
from notifications.composing import absolute
from notifications.models import Notice
from notifications.showing import Shown, shown

ITEM = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("title", "text", "url")},
    "required": ["title", "text", "url"],
}


class NoticeSerializer(ClassifiedSerializer):
    """`title` and what follows it are null once the record is not for the reader any more; `why` it was told."""

    title = serializers.SerializerMethodField()
    text = serializers.SerializerMethodField()
    url = serializers.SerializerMethodField(help_text="The page where it goes on.")
    why = serializers.SerializerMethodField()
    items = serializers.SerializerMethodField()

    @classmethod
    def completed(cls, rows: "QuerySet[Any]", reader: Reader) -> "QuerySet[Any]":
        """The reader's own inbox, whoever reads."""
        return super().completed(rows, reader).filter(user_id=reader.principal.user_id, is_in_inbox=True)

    def get_title(self, row: Notice) -> str | None:
        told = self._shown(row).told
        return told.title if told else None

    def get_text(self, row: Notice) -> str | None:
        told = self._shown(row).told
        return told.text if told else None

    def get_url(self, row: Notice) -> str | None:
        told = self._shown(row).told
        return absolute(told.url) if told else None

    def get_why(self, row: Notice) -> str | None:
        return self._shown(row).why or None

    @extend_schema_field({"type": "array", "items": ITEM, "nullable": True})
    def get_items(self, row: Notice) -> list[dict[str, str]] | None:
        told = self._shown(row).told
        if told is None:
            return None
        return [{"title": one.title, "text": one.text, "url": absolute(one.url)} for one in told.items]

    def _shown(self, row: Notice) -> Shown:
        """All of a page are asked at once: one query for each table they are about."""
        if row.public_id not in self._known:
            page = getattr(self.parent, "instance", None)
            rows = list(page) if page is not None else [row]
            self._known.update({one.notice.public_id: one for one in shown(rows, self.reader.principal)})
        return self._known[row.public_id]

    @cached_property
    def _known(self) -> dict[UUID, Shown]:
        return {}

    class Meta:
        model = Notice
        fields = ("public_id", "topic", "kind", "title", "text", "url", "items", "why", "happened_at", "read_at")


class FlagField(serializers.BooleanField):
    """Yes or no as JSON says them; a number or a word that might mean one is refused."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class TopicSerializer(serializers.Serializer[Any]):
    """How one topic is told: in the inbox or not, and how often by mail."""

    topic = serializers.ChoiceField(choices=Topic.choices)
    inbox = FlagField(required=False)
    mail = serializers.ChoiceField(choices=Rhythm.choices, required=False)


class SubscriptionsSerializer(serializers.Serializer[Any]):
    """What is left out stays as it is. Hours are those of China; `digest_weekday` counts from Monday, 0."""

    topics = serializers.ListField(child=TopicSerializer(), required=False, max_length=len(Topic.values))
    takes_mail = FlagField(required=False)
    digest_hour = serializers.IntegerField(min_value=0, max_value=23, required=False)
    digest_weekday = serializers.ChoiceField(choices=Weekday.choices, required=False)
    quiet_from = serializers.IntegerField(min_value=0, max_value=23, required=False)
    quiet_to = serializers.IntegerField(min_value=0, max_value=23, required=False)
    is_working_days_only = FlagField(required=False)
    most_mails_a_day = serializers.IntegerField(min_value=0, max_value=200, required=False)
