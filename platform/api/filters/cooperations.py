"""Filters of cooperations and technology contracts."""

from api.filters.base import ChoiceFilter, DateFilter, KeyFilter, ReadableFilterSet
from matching.choices import ContractState, CooperationKind, CooperationSource, CooperationState


class CooperationFilters(ReadableFilterSet):
    state = ChoiceFilter(field_name="state", choices=CooperationState.choices)
    kind = ChoiceFilter(field_name="kind", choices=CooperationKind.choices)
    source = ChoiceFilter(field_name="source", choices=CooperationSource.choices)
    signed_from = DateFilter("signed_on", "gte")
    signed_to = DateFilter("signed_on", "lte")


class ContractFilters(ReadableFilterSet):
    state = ChoiceFilter(field_name="state", choices=ContractState.choices)
    cooperation = KeyFilter("cooperation")
    zone = KeyFilter("zone")
    signed_from = DateFilter("signed_on", "gte")
    signed_to = DateFilter("signed_on", "lte")
    registered_from = DateFilter("registered_on", "gte")
    registered_to = DateFilter("registered_on", "lte")
