"""Filters of zones; level and associations are those of the day asked for."""

import django_filters as filters

from api.filters.base import ChoiceFilter, MemberFilter, ReadableFilterSet, WordsFilter
from zones.choices import ZoneLevelKind


class LevelFilter(ChoiceFilter):
    """Compares with the annotation `level`, made from the dated levels."""

    reads = ("levels__level",)


class ZoneFilters(ReadableFilterSet):
    level = LevelFilter(field_name="level", choices=ZoneLevelKind.choices)
    region = filters.CharFilter(field_name="region__code", max_length=6)
    association = MemberFilter(own="zone", other="association")
    slug = filters.CharFilter(field_name="slug", max_length=50)
    q = WordsFilter("name_zh", "name_en", "short_zh", "city")
