"""Filters of calls for needs."""

from api.filters.base import ChoiceFilter, DateFilter, FlagFilter, KeyFilter, ReadableFilterSet
from matching.choices import CallState


class CallFilters(ReadableFilterSet):
    association = KeyFilter("association")
    state = ChoiceFilter(field_name="state", choices=CallState.choices)
    opens_to = DateFilter("opens_on", "lte")
    closes_from = DateFilter("closes_on", "gte")
    is_sample = FlagFilter("is_sample")
