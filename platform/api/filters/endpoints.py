"""Filters of robots and webhooks: columns that whoever sees one reads."""

from api.filters.base import ChoiceFilter, FlagFilter, ReadableFilterSet
from notifications.choices import EndpointKind


class EndpointFilters(ReadableFilterSet):
    kind = ChoiceFilter(field_name="kind", choices=EndpointKind.choices)
    is_enabled = FlagFilter("is_enabled")
