"""Which format answers, and what all of them stand on: they are told what JSON is told, and never ask for rows."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db.models import Model
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from zones.errors import listed

LIST, DETAIL = "list", "retrieve"
Row = dict[str, Any]


class Negotiation(DefaultContentNegotiation):
    """`?format=` by name goes before the header `Accept`; what there is not is a 406 that names what there is."""

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        wanted = request.query_params.get("format")
        if wanted is None:
            return self._by_header(request, renderers)
        for renderer in renderers:
            if renderer.format == wanted:
                return renderer, str(renderer.media_type)
        raise _refusal(renderers)

    def _by_header(self, request: Request, renderers: Iterable[BaseRenderer]) -> tuple[BaseRenderer, str]:
        try:
            chosen: tuple[BaseRenderer, str] = super().select_renderer(request, renderers)
        except NotAcceptable:
            raise _refusal(renderers) from None
        return chosen


class Format(BaseRenderer):
    """One format besides JSON. `actions` are those it can answer; `schema` is the answer's in OpenAPI."""

    actions: ClassVar[frozenset[str]] = frozenset({LIST})
    needs: ClassVar[frozenset[str]] = frozenset()
    """Fields it reads where the record has them, whether or not they were asked for by `fields`."""
    schema: ClassVar[dict[str, Any]] = {"type": "string"}

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return b"" if data is None else self.write(data, renderer_context["view"])

    def write(self, data: Any, view: Any) -> bytes:
        """The answer; `data` as JSON would tell it, of a list or of one record."""
        raise NotImplementedError

    def headers(self, view: Any) -> dict[str, str]:
        """Headers that only this format has."""
        return {}


def rows_of(data: Row) -> list[Row] | None:
    """The records of a page; None for the answer of one record."""
    rows: list[Row] | None = data.get("results", data.get("hits"))
    return rows


def model_of(view: Any) -> type[Model] | None:
    """The model of a resource's rows; None for what a search finds."""
    serializer = getattr(view, "serializer_class", None)
    return serializer.Meta.model if serializer and getattr(view, "action", LIST) in (LIST, DETAIL) else None


def as_json(document: Any) -> bytes:
    """The document as JSON tells it."""
    written: bytes = JSONRenderer().render(document)
    return written


def _refusal(renderers: Iterable[BaseRenderer]) -> NotAcceptable:
    names = listed(str(renderer.format) for renderer in renderers)
    return NotAcceptable(_("没有这种格式：可用的有 %(names)s，用 format 参数或 Accept 标头选择。") % {"names": names})
