"""Filters of exchanges."""

from api.filters.base import ChoiceFilter, KeyFilter, ReadableFilterSet
from matching.choices import ExchangeState, Side


class ExchangeFilters(ReadableFilterSet):
    state = ChoiceFilter(field_name="state", choices=ExchangeState.choices)
    asked_by_side = ChoiceFilter(field_name="asked_by_side", choices=Side.choices)
    need = KeyFilter("need")
    resource = KeyFilter("resource")
