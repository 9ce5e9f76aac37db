"""Filters of catalogues."""

from api.filters.base import DateFilter, FlagFilter, KeyFilter, ReadableFilterSet


class CatalogueFilters(ReadableFilterSet):
    zone = KeyFilter("zone")
    partner = KeyFilter("partner")
    from_day = DateFilter("published_on", "gte")
    to_day = DateFilter("published_on", "lte")
    is_sample = FlagFilter("is_sample")
