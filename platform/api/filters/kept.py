"""Filters of the records of mechanisms: who keeps them, what they are tagged with, and what was there on a day."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from api.filters.base import ChoiceFilter, DateFilter, KeyFilter, ReadableFilterSet
from zones.choices import Dimension
from zones.services.keeping import Shape


class OnFilter(filters.DateFilter):
    """Rows of what was there on a day."""

    def __init__(self, shape: Shape) -> None:
        self.there_on = shape.model.there_on
        self.reads = tuple(name for name in (shape.model.begins, shape.model.ends) if name)
        super().__init__(field_name=shape.model.begins, input_formats=["%Y-%m-%d"])

    def filter(self, qs: "QuerySet[Any]", value: date | None) -> "QuerySet[Any]":
        return qs if value is None else qs.filter(self.there_on(value))


def filters_of(shape: Shape) -> type[ReadableFilterSet]:
    begins = shape.model.begins
    declared = {
        "zone": KeyFilter("zone"),
        "association": KeyFilter("association"),
        "dimension": ChoiceFilter(field_name="dimension", choices=Dimension.choices),
        "on_day": OnFilter(shape),
        "from_day": DateFilter(begins, "gte"),
        "to_day": DateFilter(begins, "lte"),
    }
    return type(f"{shape.model.__name__}Filters", (ReadableFilterSet,), declared)
