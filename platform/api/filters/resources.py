"""Filters of resources."""

from api.filters.base import (
    AmountFilter,
    ChoiceFilter,
    CodeFilter,
    DateFilter,
    FlagFilter,
    KeyFilter,
    NumberFilter,
    ReadableFilterSet,
    WordsFilter,
)
from zones.choices import PriceUnit, ResourceKind, ResourceStatus, Visibility


class ResourceFilters(ReadableFilterSet):
    kind = ChoiceFilter(field_name="kind", choices=ResourceKind.choices)
    status = ChoiceFilter(field_name="status", choices=ResourceStatus.choices)
    visibility = ChoiceFilter(field_name="visibility", choices=Visibility.choices)
    zone = KeyFilter("zone")
    organization = KeyFilter("organization")
    industry = CodeFilter("industry_codes")
    discipline = CodeFilter("discipline_codes")
    equipment = CodeFilter("equipment_codes")
    mode = CodeFilter("modes")
    trl_min = NumberFilter("trl", "gte")
    trl_max = NumberFilter("trl", "lte")
    capacity_min = NumberFilter("capacity", "gte")
    price_unit = ChoiceFilter(field_name="price_unit", choices=PriceUnit.choices)
    price_max = AmountFilter("price_from", "lte")
    confirmed_from = DateFilter("confirmed_on", "gte")
    is_sample = FlagFilter("is_sample")
    q = WordsFilter("name_zh", "name_en", "description_zh")
