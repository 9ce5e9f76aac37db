"""Filters of runs."""

from api.filters.base import ChoiceFilter, ReadableFilterSet
from matching.choices import RunState


class RunFilters(ReadableFilterSet):
    state = ChoiceFilter(field_name="state", choices=RunState.choices)
