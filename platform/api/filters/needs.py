"""Filters of needs: never by organization or budget, which others may not read."""

from api.filters.base import (
    ChoiceFilter,
    CodeFilter,
    DateFilter,
    FlagFilter,
    KeyFilter,
    NumberFilter,
    ReadableFilterSet,
    WordsFilter,
)
from matching.choices import NeedKind, NeedState, NeedVisibility


class NeedFilters(ReadableFilterSet):
    kind = ChoiceFilter(field_name="kind", choices=NeedKind.choices)
    state = ChoiceFilter(field_name="state", choices=NeedState.choices)
    visibility = ChoiceFilter(field_name="visibility", choices=NeedVisibility.choices)
    zone = KeyFilter("zone")
    association = KeyFilter("association")
    industry = CodeFilter("industry_codes")
    discipline = CodeFilter("discipline_codes")
    equipment = CodeFilter("equipment_codes")
    mode = CodeFilter("modes")
    trl_need_min = NumberFilter("trl_need", "gte")
    trl_need_max = NumberFilter("trl_need", "lte")
    deadline_from = DateFilter("deadline", "gte")
    deadline_to = DateFilter("deadline", "lte")
    is_sample = FlagFilter("is_sample")
    q = WordsFilter("title_zh", "title_en", "summary_zh")
