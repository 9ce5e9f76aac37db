"""Filters of the inbox: all of them read columns that only their account has."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from api.filters.base import ChoiceFilter, FlagFilter, ReadableFilterSet
from notifications.choices import Topic


class ReadFilter(FlagFilter):
    """Whether it has been read."""

    def filter(self, qs: "QuerySet[Any]", value: Any) -> "QuerySet[Any]":
        return qs.filter(**{f"{self.field_name}__isnull": not value}) if value in (True, False) else qs


class NoticeFilters(ReadableFilterSet):
    topic = ChoiceFilter(field_name="topic", choices=Topic.choices)
    kind = filters.CharFilter(field_name="kind", max_length=60)
    is_read = ReadFilter("read_at")
