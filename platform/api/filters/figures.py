"""Filters of official series and published figures."""

from api.filters.base import ChoiceFilter, ReadableFilterSet
from figures.choices import LockState


class SeriesFilters(ReadableFilterSet):
    """Series are few: they are read whole."""


class PublishedFilters(ReadableFilterSet):
    state = ChoiceFilter(field_name="state", choices=LockState.choices)
