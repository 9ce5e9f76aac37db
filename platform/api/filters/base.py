"""Kinds of filters. Each says which columns it reads, so that a test can see that all of them are public."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_filters.utils import translate_validation
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

from api.base import Reader
from api.serializers.base import visible_rows
from zones.errors import listed
from zones.models import Membership
from zones.scoping import in_force

MAX_WORDS = 100
MAX_AMOUNT = 10**14 - 1
NOT_A_KEY = _("请填写公开编号（UUID）：高新区的编号可按代号查得，/api/v1/zones/?slug=代号。")
FLAGS = (("true", "true"), ("false", "false"))


class ReadableFilterSet(filters.FilterSet):
    """Filters of one resource; `reader` is set by the backend before anything is filtered."""

    reader: Reader


class DeclaredFilters(BaseFilterBackend):
    """Applies the view's filter set: bad values are a 400 that names them."""

    def filter_queryset(self, request: Request, queryset: "QuerySet[Any]", view: Any) -> "QuerySet[Any]":
        filterset = view.filterset_class(request.query_params, queryset, request=request)
        filterset.reader = view.reader
        if not filterset.is_valid():
            raise translate_validation(filterset.errors)
        filtered: QuerySet[Any] = filterset.qs
        return filtered

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            {"name": name, "in": "query", "required": False, "schema": _schema(declared)}
            for name, declared in view.filterset_class.base_filters.items()
        ]


class ChoiceFilter(filters.ChoiceFilter):
    """One value of a closed list; another is refused with the list."""

    def __init__(self, *, field_name: str, choices: Sequence[tuple[str, Any]]) -> None:
        names = lazy(listed, str)([value for value, _label in choices])
        refusal = format_lazy(_("没有这个选项。可用：{names}。"), names=names)
        super().__init__(field_name=field_name, choices=choices, error_messages={"invalid_choice": refusal})


class CodeFilter(filters.CharFilter):
    """Rows whose list of codes has this one."""

    def __init__(self, field_name: str) -> None:
        super().__init__(field_name=field_name, max_length=20)

    def filter(self, qs: "QuerySet[Any]", value: str) -> "QuerySet[Any]":
        return qs.filter(**{f"{self.field_name}__contains": [value]}) if value else qs


class FlagFilter(filters.TypedChoiceFilter):
    """`true` or `false`, nothing else."""

    def __init__(self, field_name: str) -> None:
        super().__init__(field_name=field_name, choices=FLAGS, coerce=lambda text: text == "true")


class OwnSideFlagFilter(FlagFilter):
    """A flag that only the own side reads: of rows on which it is null for the reader, none has either value."""

    reads = ()

    def filter(self, qs: "QuerySet[Any]", value: Any) -> "QuerySet[Any]":
        return super().filter(qs.filter(is_own_side=True), value) if value in (True, False) else qs


class KeyFilter(filters.UUIDFilter):
    """Rows whose foreign key names this row, if the reader may see it: hidden is as good as absent."""

    def __init__(self, field_name: str) -> None:
        super().__init__(field_name=field_name, error_messages={"invalid": NOT_A_KEY})

    def filter(self, qs: "QuerySet[Any]", value: Any) -> "QuerySet[Any]":
        if not value:
            return qs
        target = qs.model._meta.get_field(self.field_name).related_model
        return qs.filter(**{f"{self.field_name}__in": visible_rows(target, self.parent.reader).filter(public_id=value)})


class MemberFilter(filters.UUIDFilter):
    """Rows tied to a zone or association (`other`) by a membership in force on the reader's day."""

    def __init__(self, *, own: str, other: str) -> None:
        super().__init__(field_name="memberships", error_messages={"invalid": NOT_A_KEY})
        self.own, self.other = own, other
        self.reads = (f"memberships__{other}",)

    def filter(self, qs: "QuerySet[Any]", value: Any) -> "QuerySet[Any]":
        if not value:
            return qs
        in_time = in_force(self.parent.reader.on, start="joined_on", end="left_on")
        members = Membership.objects.filter(in_time, **{f"{self.other}__public_id": value})
        return qs.filter(pk__in=members.values(f"{self.own}_id"))


class NumberFilter(filters.NumberFilter):
    """A bound in the range of a small integer; `field__gte` and the like."""

    def __init__(self, field_name: str, lookup_expr: str) -> None:
        super().__init__(field_name=field_name, lookup_expr=lookup_expr, min_value=0, max_value=32_767)


class AmountFilter(filters.NumberFilter):
    """A bound in 元; `field__lte` and the like."""

    def __init__(self, field_name: str, lookup_expr: str) -> None:
        super().__init__(field_name=field_name, lookup_expr=lookup_expr, min_value=0, max_value=MAX_AMOUNT)


class DateFilter(filters.DateFilter):
    """A bound that is a day, YYYY-MM-DD."""

    def __init__(self, field_name: str, lookup_expr: str) -> None:
        super().__init__(field_name=field_name, lookup_expr=lookup_expr, input_formats=["%Y-%m-%d"])


class WordsFilter(filters.CharFilter):
    """Rows that have all the words in one of the columns."""

    def __init__(self, *columns: str) -> None:
        super().__init__(field_name=columns[0], max_length=MAX_WORDS)
        self.reads = columns

    def filter(self, qs: "QuerySet[Any]", value: str) -> "QuerySet[Any]":
        for word in re.split(r"\s+", value) if value else ():
            qs = qs.filter(Q.create([(f"{column}__icontains", word) for column in self.reads], connector=Q.OR))
        return qs


def columns_read(declared: filters.Filter) -> tuple[str, ...]:
    """The columns a filter compares with what the caller sends."""
    return tuple(getattr(declared, "reads", (declared.field_name,)))


def text_filters(declared: type[ReadableFilterSet]) -> frozenset[str]:
    """The filters that take any text: no text leaves all rows, as it does where it is searched for."""
    return frozenset(name for name, one in declared.base_filters.items() if isinstance(one, filters.CharFilter))


class _Schemas:
    """OpenAPI of each kind of filter, the more special first."""

    BY_KIND: ClassVar[tuple[tuple[type[filters.Filter], dict[str, Any]], ...]] = (
        (FlagFilter, {"type": "boolean"}),
        (filters.UUIDFilter, {"type": "string", "format": "uuid"}),
        (AmountFilter, {"type": "number", "minimum": 0, "maximum": MAX_AMOUNT}),
        (filters.NumberFilter, {"type": "number", "minimum": 0, "maximum": 32_767}),
        (filters.DateFilter, {"type": "string", "format": "date"}),
        (CodeFilter, {"type": "string", "maxLength": 20}),
        (filters.CharFilter, {"type": "string", "maxLength": MAX_WORDS}),
    )


def _schema(declared: filters.Filter) -> dict[str, Any]:
    if isinstance(declared, ChoiceFilter):
        return {"type": "string", "enum": [value for value, _label in declared.extra["choices"]]}
    schema = next(_matching(declared))
    longest = declared.extra.get("max_length")
    return schema | {"maxLength": longest} if longest else schema


def _matching(declared: filters.Filter) -> Iterator[dict[str, Any]]:
    return (schema for kind, schema in _Schemas.BY_KIND if isinstance(declared, kind))
