"""The base of all views: strict parameters, one reader per request, scoped rows, one answer for what is not there."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

import pghistory
from django.db.models import QuerySet
from django.http import Http404
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import AuthenticationFailed, MethodNotAllowed, NotAuthenticated, ValidationError
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.permissions import SAFE_METHODS
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from accounts.scopes import Scope
from api import limits, pagination
from api.authentication import must_be_within, must_have_its_factor
from api.base import Reader, visitor
from api.deprecation import deprecation_of, headers_of
from api.filters.base import DeclaredFilters, ReadableFilterSet, text_filters
from api.formats.base import DETAIL, LIST, Format, Negotiation, Row
from api.formats.tables import Csv
from api.serializers.base import ClassifiedSerializer
from api.tags import with_tag
from ledger.rates import Count
from zones.errors import listed
from zones.scoping import scope_of, today

NAME_CHARACTERS = 60
VALUE_CHARACTERS = 1000
READS = ("GET", "HEAD")
EVERYWHERE = frozenset({"format"})
TEXTS = frozenset({"cursor", "q"})
REPEATED = frozenset({"fields"})
"""Lists, by commas or by giving the parameter several times, as generated clients do."""
ON = OpenApiParameter("on", OpenApiTypes.DATE, description="As of this day; today unless given.")


class Vocabulary(NamedTuple):
    """What can be asked of one action besides its page: the registry shows it, and tests ask for all of it."""

    filters: tuple[str, ...] = ()
    ordering: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()


class StrictView(APIView):
    """A parameter it does not know, or knows but is told twice, is a 400: never ignored."""

    parameters: ClassVar[frozenset[str]] = frozenset()
    count: Count | None = None
    """How many requests there were of whoever asks; None where they are not counted."""
    write_scope: ClassVar[Scope | None] = None
    """What a token must be made for to write here; without one no token writes."""
    formats: ClassVar[tuple[type[Format], ...]] = ()
    content_negotiation_class = Negotiation

    @classmethod
    def vocabulary(cls, action: str) -> Vocabulary:
        return Vocabulary(tuple(sorted(cls.parameters)), formats=cls.format_names(action))

    @classmethod
    def format_names(cls, action: str) -> tuple[str, ...]:
        """The formats an action answers in besides JSON, as `?format=` names them."""
        return tuple(str(one.format) for one in cls.formats if action in one.actions)

    def get_renderers(self) -> list[BaseRenderer]:
        action = getattr(self, "action", LIST)
        return [*super().get_renderers(), *(one() for one in self.formats if action in one.actions)]

    @property
    def default_response_headers(self) -> dict[str, str]:
        vary = {"Vary": "Accept"} if self.formats else {}
        return super().default_response_headers | vary

    def row_fields(self) -> Mapping[str, Any]:
        """The fields of one record of the answer, for formats that name them."""
        return {}

    def file_name(self) -> str:
        """What a table of the answer is called, without ending."""
        return "rows"

    def page_links(self, data: Row) -> dict[str, str]:
        """The pages beside this one, `next` and `prev`, as far as there are."""
        return {}

    def known_parameters(self) -> frozenset[str]:
        return self.parameters

    def refuse_parameters(self, request: Request) -> None:
        """Hook of views whose service reads the parameters of an address itself, and refuses the others."""
        refuse_unknown(request, self.known_parameters() | EVERYWHERE)
        refuse_empty(request, self.texts())

    def texts(self) -> frozenset[str]:
        """Parameters that are any text; the others are given with a value or left out."""
        return TEXTS

    def must_be_visible(self) -> None:
        """Hook: raise Http404 where what the path names may not be seen."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self._must_be_paced(request)
        if request.method not in self.allowed_methods:
            self.must_be_visible()
            raise MethodNotAllowed(request.method or "")
        self._must_be_allowed(request)
        self.refuse_parameters(request)
        super().initial(request, *args, **kwargs)

    def _must_be_paced(self, request: Request) -> None:
        """Everything that is asked is counted, also with tokens that are worth nothing."""
        try:
            self.perform_authentication(request)
        except AuthenticationFailed:
            self.count = limits.counted_address(request)
            limits.must_be_within(self.count)
            raise
        self.count = limits.counted_request(request)
        limits.must_be_within(self.count)

    def _must_be_allowed(self, request: Request) -> None:
        """Before anything is looked up: what is asked of programs and of writers, whatever the record."""
        must_have_its_factor(request)
        if request.method in SAFE_METHODS:
            must_be_within(request, Scope.READ)
            return
        if not request.user.is_authenticated:
            raise NotAuthenticated
        must_be_within(request, self.write_scope)
        token = getattr(request.auth, "public_id", None)
        pghistory.context(user=request.user.pk, token=token and str(token))

    def handle_exception(self, exc: Exception) -> Response:
        """An error is problem+json also where the view itself speaks YAML or HTML."""
        response = super().handle_exception(exc)
        self.request.accepted_renderer = JSONRenderer()
        self.request.accepted_media_type = JSONRenderer.media_type
        return response

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """What is kept under an address is kept for whom it was told."""
        patch_vary_headers(response, ("Authorization",))
        answer = super().finalize_response(request, response, *args, **kwargs)
        if self.count is not None:
            limits.tell(answer, self.count)
        for name, value in self._headers_of(answer):
            answer[name] = f"{answer[name]}, {value}" if name == "Link" and name in answer else value
        return answer

    def _headers_of(self, answer: Any) -> Iterator[tuple[str, str]]:
        """What will go says so; pages name those beside them in `Link`, in every format."""
        match = self.request.resolver_match
        if match and (deprecation := deprecation_of(match.view_name, self.request.GET)):
            yield from headers_of(deprecation).items()
        if (
            self.request.method in READS
            and answer.status_code == 200
            and isinstance(getattr(answer, "data", None), dict)
        ):
            for relation, address in self.page_links(answer.data).items():
                yield "Link", f'<{address}>; rel="{relation}"'
            if isinstance(answer.accepted_renderer, Format):
                yield from answer.accepted_renderer.headers(self).items()


class ReadViewSet(StrictView, ListModelMixin, RetrieveModelMixin, GenericViewSet[Any]):
    """List and detail of one resource. The first of `ordering_fields` is the default; all are public columns."""

    serializer_class: type[ClassifiedSerializer]
    filterset_class: type[ReadableFilterSet]
    ordering_fields: ClassVar[tuple[str, ...]]
    formats: ClassVar[tuple[type[Format], ...]] = (Csv,)
    asked_fields: frozenset[str] | None = None
    filter_backends = (DeclaredFilters,)
    is_versioned: ClassVar[bool] = False
    """Whether the version of a record is part of its tag: who changes it says by the tag what they have read."""
    lookup_field = "public_id"

    @classmethod
    def vocabulary(cls, action: str) -> Vocabulary:
        if action not in (LIST, DETAIL):
            return Vocabulary(formats=cls.format_names(action))
        fields, formats = cls.serializer_of(action).Meta.fields, cls.format_names(action)
        if action == DETAIL:
            return Vocabulary(tuple(sorted(cls.parameters)), (), fields, formats)
        names = sorted({*cls.parameters, *cls.filterset_class.base_filters})
        return Vocabulary(tuple(names), tuple(cls.ordering_fields), fields, formats)

    @classmethod
    def serializer_of(cls, action: str) -> type[ClassifiedSerializer]:
        """Hook of resources of which one is told with more than a list of them."""
        return cls.serializer_class

    def get_serializer_class(self) -> type[ClassifiedSerializer]:
        return self.serializer_of(self.action)

    def _read_fields(self, request: Request) -> frozenset[str] | None:
        """Those named by `?fields=`, and what a record is called by; None: all.

        One that does not leave is refused like one that is not there.
        """
        known = self.get_serializer_class().Meta.fields
        text = ",".join(request.query_params.getlist("fields"))
        names = frozenset(name.strip() for name in text.split(",") if name.strip())
        if names - set(known) or ("fields" in request.query_params and not names):
            raise ValidationError({"fields": [_("没有这个字段。可用：%(names)s。") % {"names": listed(known)}]})
        return names | {self.lookup_field} if names else None

    @property
    def told_fields(self) -> frozenset[str] | None:
        """The fields asked for, and those that the format cannot do without."""
        if self.action not in (LIST, DETAIL) or self.asked_fields is None:
            return None
        needs: frozenset[str] = getattr(self.request.accepted_renderer, "needs", frozenset())
        return self.asked_fields | (needs & set(self.get_serializer_class().Meta.fields))

    def row_fields(self) -> Mapping[str, Any]:
        fields = self.get_serializer().fields
        return {name: field for name, field in fields.items() if name in (self.asked_fields or fields)}

    def file_name(self) -> str:
        return str(self.basename)

    def page_links(self, data: Row) -> dict[str, str]:
        links = {"next": data.get("next"), "prev": data.get("previous")} if self.action == LIST else {}
        return {relation: address for relation, address in links.items() if address}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action in (LIST, DETAIL):
            self.asked_fields = self._read_fields(request)

    @cached_property
    def reader(self) -> Reader:
        if getattr(self, "swagger_fake_view", False):
            return visitor()
        return Reader(scope_of(self.request.user), on=self.day(), language=get_language() or "zh-hans")

    def day(self) -> date:
        """The day the rows are asked for."""
        return today()

    def known_parameters(self) -> frozenset[str]:
        if self.action != LIST:
            return self.parameters | ({"fields"} if self.action == DETAIL else set())
        return self.parameters | pagination.PARAMETERS | {"fields", *self.filterset_class.base_filters}

    def texts(self) -> frozenset[str]:
        return super().texts() | text_filters(self.filterset_class)

    def get_queryset(self) -> "QuerySet[Any]":
        """Made by `visible_to`: see `ClassifiedSerializer.rows`."""
        return self.get_serializer_class().rows(self.reader, self.told_fields)

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        return super().get_serializer(*args, **({"only": self.told_fields} | kwargs))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.tagged(self.get_object())

    def tagged(self, row: Any) -> Response:
        """One record with its entity tag; 304 where the reader has it."""
        answer: Any = Response(self.get_serializer(row).data)
        answer.version = row.version if self.is_versioned else None
        answer.add_post_render_callback(with_tag)
        return answer  # type: ignore[no-any-return]

    def must_be_visible(self) -> None:
        if self.lookup_field in self.kwargs:
            self.get_object()

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "reader": self.reader}

    def get_object(self) -> Any:
        try:
            public_id = UUID(self.kwargs["public_id"])
        except ValueError as error:
            raise Http404 from error
        rows = self.get_queryset()
        row = rows.filter(public_id=public_id).first()
        if hasattr(rows.model, "merged_into") and (row is None or row.merged_into_id):
            row = rows.filter(merged__public_id=public_id).first()  # the address of one that was merged into it
        if row is None:
            raise Http404
        return row


@extend_schema_view(list=extend_schema(parameters=[ON]), retrieve=extend_schema(parameters=[ON]))
class DatedViewSet(ReadViewSet):
    """Rows that change with the day: `?on=YYYY-MM-DD`."""

    parameters = frozenset({"on"})

    def day(self) -> date:
        text = self.request.query_params.get("on")
        if text is None:
            return today()
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                raise ValueError(text)
            return date.fromisoformat(text)
        except ValueError as error:
            raise ValidationError({"on": [_("日期有误：请按 YYYY-MM-DD 填写。")]}) from error


def refuse_empty(request: Request, texts: frozenset[str]) -> None:
    """Raise ValidationError for a parameter without a value: left out it means something else, or everything."""
    empty = [name for name, value in request.query_params.items() if not value and name not in texts]
    if empty:
        raise ValidationError({name: [_("请填写一个值，或去掉此参数。")] for name in empty})


def refuse_unknown(request: Request, known: Iterable[str]) -> None:
    """Raise ValidationError for a parameter that is not known, given twice or far too long."""
    names = sorted(known)
    errors = {}
    for name, values in request.query_params.lists():
        if name not in names:
            errors[name[:NAME_CHARACTERS]] = [_("未知参数。可用参数：%(names)s。") % {"names": listed(names) or "—"}]
        elif len(values) > 1 and name not in REPEATED:
            errors[name] = [_("参数只能填写一次。")]
        elif len(values[0]) > VALUE_CHARACTERS:
            errors[name] = [_("参数过长：最多 %(limit)d 字。") % {"limit": VALUE_CHARACTERS}]
    if errors:
        raise ValidationError(errors)
