"""Filters of proposed consortia: by the need, if the reader may see it."""

from api.filters.base import KeyFilter, ReadableFilterSet


class ConsortiumFilters(ReadableFilterSet):
    need = KeyFilter("need")
