"""Filters of associations; members are those of the day asked for."""

import django_filters as filters

from api.filters.base import ChoiceFilter, MemberFilter, ReadableFilterSet, WordsFilter
from zones.choices import AssociationKind


class AssociationFilters(ReadableFilterSet):
    kind = ChoiceFilter(field_name="kind", choices=AssociationKind.choices)
    zone = MemberFilter(own="association", other="zone")
    slug = filters.CharFilter(field_name="slug", max_length=50)
    q = WordsFilter("name_zh", "name_en", "theme_zh")
