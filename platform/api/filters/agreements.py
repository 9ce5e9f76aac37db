"""Filters of framework agreements."""

from api.filters.base import ChoiceFilter, CodeFilter, DateFilter, ReadableFilterSet
from matching.agreement_choices import AgreementKind, AgreementState


class AgreementFilters(ReadableFilterSet):
    state = ChoiceFilter(field_name="state", choices=AgreementState.choices)
    kind = ChoiceFilter(field_name="kind", choices=AgreementKind.choices)
    scope = CodeFilter("scopes")
    valid_to_from = DateFilter("valid_to", "gte")
    valid_to_to = DateFilter("valid_to", "lte")
