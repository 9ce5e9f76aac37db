"""Filters of events and of registrations."""

from api.filters.base import ChoiceFilter, FlagFilter, KeyFilter, ReadableFilterSet
from matching.choices import EventKind, EventState, RegistrationState


class EventFilters(ReadableFilterSet):
    kind = ChoiceFilter(field_name="kind", choices=EventKind.choices)
    state = ChoiceFilter(field_name="state", choices=EventState.choices)
    zone = KeyFilter("zone")
    association = KeyFilter("association")
    is_sample = FlagFilter("is_sample")


class RegistrationFilters(ReadableFilterSet):
    event = KeyFilter("event")
    organization = KeyFilter("organization")
    state = ChoiceFilter(field_name="state", choices=RegistrationState.choices)
