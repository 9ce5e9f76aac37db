"""Filters of organizations."""

import django_filters as filters

from api.filters.base import ChoiceFilter, CodeFilter, FlagFilter, KeyFilter, ReadableFilterSet, WordsFilter
from zones.choices import OrganizationKind


class OrganizationFilters(ReadableFilterSet):
    kind = ChoiceFilter(field_name="kind", choices=OrganizationKind.choices)
    zone = KeyFilter("zone")
    region = filters.CharFilter(field_name="region__code", max_length=6)
    industry = CodeFilter("industry_codes")
    discipline = CodeFilter("discipline_codes")
    is_sample = FlagFilter("is_sample")
    q = WordsFilter("name_zh", "name_en", "city")
