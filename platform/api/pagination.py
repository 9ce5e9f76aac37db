"""Pagination of the API, in a module of its own (DRF imports it while settings load).

A cursor names the last row by public values only (its ordering value and public id): no sequential key leaves through
it, and rows one may not see change neither a page nor a link.
"""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError as FieldError
from django.db.models import Field, Model, Q
from django.db.models.expressions import F, OrderBy
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param

from zones.errors import InvalidInput, listed
from zones.services.base import clean_text

PAGE_SIZE = 50
MAX_PAGE_SIZE = 200
PARAMETERS = frozenset({"cursor", "page_size", "ordering"})


class Order(NamedTuple):
    """One field, up or down; rows without a value come last; ties are broken by public id."""

    field: "Field[Any, Any]"
    is_descending: bool

    @property
    def text(self) -> str:
        return f"-{self.field.name}" if self.is_descending else self.field.name

    def sorting(self, *, is_backward: bool) -> tuple[OrderBy, OrderBy]:
        is_down = self.is_descending != is_backward
        # NULLS is said only where there can be any: the index serves the other orders as it is.
        nulls = {"nulls_first" if is_backward else "nulls_last": True} if self.field.null else {}
        return OrderBy(F(self.field.name), descending=is_down, **nulls), OrderBy(F("public_id"), descending=is_backward)


class Cursor(NamedTuple):
    """The row beside the page: `value` as text (None: no value)."""

    is_backward: bool
    value: str | None
    public_id: str


class CursorPage(BasePagination):
    """Stable pages of `?page_size=` rows in a whitelisted `?ordering=`; a page never repeats or skips a row."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        size = _page_size(request.query_params.get("page_size"))
        self.url = request.build_absolute_uri()
        self.order = _order(queryset.model, request.query_params.get("ordering"), view.ordering_fields)
        self.cursor = _decoded(request.query_params.get("cursor"), self.order)
        is_backward = self.cursor is not None and self.cursor.is_backward
        rows = queryset.filter(_beyond(self.cursor, self.order)).order_by(*self.order.sorting(is_backward=is_backward))
        found = list(rows[: size + 1])
        self.has_more = len(found) > size
        self.page = found[size - 1 :: -1] if is_backward and self.has_more else found[:size]
        if is_backward and not self.has_more:
            self.page = found[::-1]
        return self.page

    def get_paginated_response(self, data: Any) -> Response:
        is_backward = self.cursor is not None and self.cursor.is_backward
        has_next = is_backward or self.has_more
        has_previous = self.has_more if is_backward else self.cursor is not None
        return Response({"next": self._link(has_next, -1), "previous": self._link(has_previous, 0), "results": data})

    def _link(self, exists: bool, row: int) -> str | None:
        if not exists or not self.page:
            return None
        edge = self.page[row]
        has_value = getattr(edge, self.order.field.name) is not None
        value = self.order.field.value_to_string(edge) if has_value else None
        encoded = json.dumps([self.order.text, "p" if row == 0 else "n", value, str(edge.public_id)])
        url = remove_query_param(self.url, "cursor")
        return replace_query_param(url, "cursor", urlsafe_b64encode(encoded.encode()).decode().rstrip("="))

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "format": "uri", "nullable": True}
        properties = {"next": link, "previous": link, "results": schema}
        return {"type": "object", "required": list(properties), "properties": properties}

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        orders = [sign + name.lstrip("-") for name in view.ordering_fields for sign in ("", "-")]
        size = {"type": "integer", "minimum": 1, "maximum": MAX_PAGE_SIZE, "default": PAGE_SIZE}
        ordering = {"type": "string", "enum": orders, "default": view.ordering_fields[0]}
        schemas = {"cursor": {"type": "string"}, "page_size": size, "ordering": ordering}
        return [{"name": name, "in": "query", "required": False, "schema": schema} for name, schema in schemas.items()]


def _page_size(text: str | None) -> int:
    if text is None:
        return PAGE_SIZE
    size = int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 0
    if not 1 <= size <= MAX_PAGE_SIZE:
        raise ValidationError({"page_size": [_("请填 1 至 %(limit)d 的整数。") % {"limit": MAX_PAGE_SIZE}]})
    return size


def _order(model: type[Model], text: str | None, allowed: Sequence[str]) -> Order:
    wanted = allowed[0] if text is None else text
    names = [name.lstrip("-") for name in allowed]
    if wanted.removeprefix("-") not in names:
        raise ValidationError({"ordering": [_("不能按此排序。可用：%(names)s。") % {"names": listed(names)}]})
    field = model._meta.get_field(wanted.removeprefix("-"))
    assert isinstance(field, Field)
    return Order(field, wanted.startswith("-"))


def _decoded(text: str | None, order: Order) -> Cursor | None:
    if not text:
        return None
    try:
        ordering, direction, value, public_id = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if ordering != order.text or direction not in ("n", "p") or not isinstance(value, str | None):
            raise ValueError(text)
        if value is not None:
            order.field.to_python(clean_text("cursor", value))
        return Cursor(direction == "p", value, str(UUID(public_id)))
    except (
        ValueError,
        TypeError,
        AttributeError,
        OverflowError,
        RecursionError,
        binascii.Error,
        FieldError,
        InvalidInput,
    ) as error:
        raise ValidationError({"cursor": [_("翻页标记无效：请从第一页重新开始。")]}) from error


def _beyond(cursor: Cursor | None, order: Order) -> Q:
    """Rows after the cursor in the order, or before it for a backward page."""
    if cursor is None:
        return Q()
    name, value = order.field.name, cursor.value
    tie = Q(public_id__lt=cursor.public_id) if cursor.is_backward else Q(public_id__gt=cursor.public_id)
    if value is None:
        with_value = Q(**{f"{name}__isnull": False}) if cursor.is_backward else Q(pk__in=[])
        return with_value | (Q(**{f"{name}__isnull": True}) & tie)
    side = "lt" if order.is_descending != cursor.is_backward else "gt"
    beyond = Q(**{f"{name}__{side}e": value}) & (Q(**{f"{name}__{side}": value}) | tie)
    is_last = order.field.null and not cursor.is_backward
    return beyond | Q(**{f"{name}__isnull": True}) if is_last else beyond
