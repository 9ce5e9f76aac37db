"""Filters of matches: by the need or the resource, if the reader may see it."""

from api.filters.base import KeyFilter, OwnSideFlagFilter, ReadableFilterSet


class MatchFilters(ReadableFilterSet):
    need = KeyFilter("need")
    resource = KeyFilter("resource")
    is_assigned = OwnSideFlagFilter("is_assigned")
