"""Saved searches are few and one's own: nothing to filter by."""

from api.filters.base import ReadableFilterSet


class SavedSearchFilters(ReadableFilterSet):
    """None."""
