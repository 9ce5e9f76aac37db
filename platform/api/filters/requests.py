"""Filters of requests for service."""

from typing import Any

from django.db.models import QuerySet

from api.filters.base import ChoiceFilter, DateFilter, FlagFilter, KeyFilter, ReadableFilterSet
from zones.choices import RequestKind, RequestSide, RequestState
from zones.scoping import as_reader, providing, requesting

OWN_SIDES = {RequestSide.REQUESTER: requesting, RequestSide.PROVIDER: providing}


class OwnSideFilter(ChoiceFilter):
    """Requests in which the reader is of this side."""

    reads = ("organization", "resource")

    def __init__(self) -> None:
        choices = [(side.value, side.label) for side in OWN_SIDES]
        super().__init__(field_name="organization", choices=choices)

    def filter(self, qs: "QuerySet[Any]", value: Any) -> "QuerySet[Any]":
        if value not in OWN_SIDES:
            return qs
        return qs.filter(OWN_SIDES[value](as_reader(self.parent.reader.principal)))


class RequestFilters(ReadableFilterSet):
    side = OwnSideFilter()
    state = ChoiceFilter(field_name="state", choices=RequestState.choices)
    kind = ChoiceFilter(field_name="kind", choices=RequestKind.choices)
    resource = KeyFilter("resource")
    organization = KeyFilter("organization")
    zone = KeyFilter("zone")
    due_to = DateFilter("due_on", "lte")
    is_sample = FlagFilter("is_sample")
