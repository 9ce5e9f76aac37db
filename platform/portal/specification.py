"""What a page tells of one record, as rows of label and value: public columns only, empty ones left out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy

from ledger.classification import FieldClass, field_class
from portal.links import search_url
from zones.choices import CodeScheme
from zones.models import Code
from zones.models.base import in_language
from zones.search.requests import SearchRequest
from zones.wording import plain_text

FACET_OF: Final = {CodeScheme.INDUSTRY: "field", CodeScheme.EQUIPMENT: "equipment"}
"""Schemes by whose codes one can search."""
CODED: Final = {
    "industry_codes": CodeScheme.INDUSTRY,
    "equipment_codes": CodeScheme.EQUIPMENT,
    "discipline_codes": CodeScheme.DISCIPLINE,
    "modes": CodeScheme.MODE,
}
TITLES: Final = {
    CodeScheme.INDUSTRY: gettext_lazy("产业领域"),
    CodeScheme.EQUIPMENT: gettext_lazy("仪器设备分类"),
    CodeScheme.DISCIPLINE: gettext_lazy("学科"),
    CodeScheme.MODE: gettext_lazy("合作方式"),
}


class Pair(NamedTuple):
    """One row; `url` where the value leads somewhere."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Classes:
    """The codes of one scheme a record has, by name, each with the search for others that have it."""

    title: str
    values: Sequence[Pair]


def pairs_of(row: Any, names: Iterable[str]) -> list[Pair]:
    """The columns of a row that say something. One that is not public is a mistake of ours, told by its KeyError."""
    found = []
    for name in names:
        column = row._meta.get_field(name)
        if field_class(type(row), name) is not FieldClass.PUBLIC:
            raise KeyError(f"{type(row).__name__}.{name} is not public")
        value = row.serializable_value(name)
        told = str(dict(column.flatchoices).get(value, value)) if column.flatchoices else plain_text(name, value)
        if told:
            found.append(Pair(str(column.verbose_name), told))
    return found


def public_columns(model: type[Model]) -> list[str]:
    """The columns of a model that whoever sees a row may read; what leads to other rows is not among them."""
    columns = [column for column in model._meta.fields if not column.is_relation]
    return [column.name for column in columns if field_class(model, column.name) is FieldClass.PUBLIC]


def classes_of(row: Any) -> list[Classes]:
    """The names of all codes of a record, in one query."""
    wanted: dict[str, list[str]] = {scheme: getattr(row, name) for name, scheme in CODED.items() if hasattr(row, name)}
    names = _names(wanted)
    return [
        Classes(str(TITLES[CodeScheme(scheme)]), [_value(scheme, code, names) for code in codes])
        for scheme, codes in wanted.items()
        if codes
    ]


def _names(wanted: Mapping[str, Sequence[str]]) -> dict[tuple[str, str], str]:
    asked = Q(pk__in=[])
    for scheme, codes in wanted.items():
        asked |= Q(scheme=scheme, code__in=codes)
    if not any(wanted.values()):
        return {}
    rows = Code.objects.filter(asked).values_list("scheme", "code", "name_zh", "name_en")
    return {(scheme, code): in_language(name_zh, name_en) for scheme, code, name_zh, name_en in rows}


def _value(scheme: str, code: str, names: Mapping[tuple[str, str], str]) -> Pair:
    facet = FACET_OF.get(CodeScheme(scheme))
    url = search_url(SearchRequest(chosen={facet: (code,)})) if facet and (scheme, code) in names else ""
    return Pair(code, names.get((scheme, code), code), url)
