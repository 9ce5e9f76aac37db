"""Figures: the list of definitions, one answer with its evidence, official series, published versions."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import PROBLEM
from api.filters.figures import PublishedFilters, SeriesFilters
from api.formats.base import LIST
from api.serializers.base import ClassifiedSerializer
from api.serializers.figures import (
    AnswerSerializer,
    DefinitionsSerializer,
    PublishedSerializer,
    SeriesDetailSerializer,
    SeriesSerializer,
)
from api.serializers.problems import ProblemSerializer
from api.views.base import ReadViewSet, StrictView
from figures.definitions.base import Definition
from figures.definitions.derived import DERIVATIONS
from figures.definitions.registry import all_definitions
from figures.questions import FILTERS, question
from figures.telling import told, told_json
from zones.errors import InvalidInput, NotFound
from zones.scoping import scope_of

MOST_EVIDENCE = 1000
FLAGS = {"true": True, "false": False}
MEANINGS = {
    "scope": "nation (if left out), region:110000, group:jjj, association:SLUG, zone:SLUG, "
    "flow:region:110000>region:120000+region:130000, or a document or series where the figure is of one.",
    "period": "2024, 2024-H1, 2024-Q3, 2024-05, 2013..2024, 2025-ytd; needed where the figure is not a stock.",
    "milestone": "signed or completed, where the figure has both.",
    "contract_type": "Only technology contracts of this type, or of one below it: KF, KF-WT.",
    "field": "Only technology contracts of cooperations in this field of industry, or in one below it: SEI1, SEI1.2.",
}
PATTERNS = {
    "scope": r"^(nation|(region|group|association|zone|agreement|policy|series):[0-9A-Za-z._-]{1,80}"
    r"|flow:[^ ]{1,400})$",
    "period": r"^[12][0-9]{3}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]|ytd)|\.\.[12][0-9]{3})?$",
    "milestone": "^(signed|completed)$",
    "contract_type": r"^[A-Z]{2}(-[A-Z]{2})?$",
    "field": r"^[A-Z]{1,4}[0-9]{1,3}(\.[0-9]{1,3}){0,4}$",
}
"""What is well formed; what means nothing for the figure that is asked is refused like what is not."""
PARAMETERS = [
    *(
        OpenApiParameter(name, {"type": "string", "pattern": PATTERNS[name]}, description=meaning)
        for name, meaning in MEANINGS.items()
    ),
    OpenApiParameter("as_of", OpenApiTypes.DATE, description="As of this day; today unless given, never later."),
    OpenApiParameter("samples", OpenApiTypes.BOOL, description="Count the rows of the demonstration too."),
]
REFUSED: dict[Any, Any] = {(409, PROBLEM): ProblemSerializer}
"""The question is right and has no answer: a year is missing, the base is 0."""


class DefinitionsView(StrictView):
    """Every figure that can be asked for, with what counts and what does not."""

    @extend_schema(responses={200: DefinitionsSerializer})
    def get(self, request: Request) -> Response:
        return Response({"results": [_definition(one) for one in all_definitions().values()]})


class FigureView(StrictView):
    """One figure: value, finished sentence, version of its definition, and the rows it is made of that one may see."""

    parameters = frozenset({*MEANINGS, "as_of", "samples"})

    @extend_schema(parameters=PARAMETERS, responses={200: AnswerSerializer, **REFUSED})
    def get(self, request: Request, figure: str) -> Response:
        given, reader = request.query_params, scope_of(request.user)
        words = {name: given.get(name, "") for name in MEANINGS}
        day, samples = _day(given.get("as_of")), _flag(given.get("samples"))
        with _unknown_is_not_there():
            asked = question(
                figure, scope=words["scope"] or "nation", period=words["period"], milestone=words["milestone"],
                as_of=day, samples=samples, reader=reader, **{name: words[name] for name in FILTERS},
            )  # fmt: skip
        return Response(told_json(told(asked, reader, most=MOST_EVIDENCE)))


class SeriesViewSet(ReadViewSet):
    """Official series: what their sources published, version by version."""

    serializer_class = SeriesSerializer
    filterset_class = SeriesFilters
    ordering_fields = ("code", "updated_at")

    @classmethod
    def serializer_of(cls, action: str) -> type[ClassifiedSerializer]:
        return SeriesSerializer if action == LIST else SeriesDetailSerializer


class PublicationViewSet(ReadViewSet):
    """Figures as they were published; a later version gives its reason and leaves the former as it was."""

    serializer_class = PublishedSerializer
    filterset_class = PublishedFilters
    ordering_fields = ("-at",)


def _definition(one: Definition) -> dict[str, Any]:
    return {
        "id": one.id, "version": one.version, "name": one.name, "rule": str(one.rule), "unit": one.unit.key,
        "is_stock": one.is_stock, "is_sensitive": one.is_sensitive, "scopes": list(one.scopes),
        "milestones": list(one.milestones), "derivations": [way for way, of in DERIVATIONS.items() if of.fits(one)],
        "parts": list(one.part_codes),
    }  # fmt: skip


@contextmanager
def _unknown_is_not_there() -> Iterator[None]:
    try:
        yield
    except InvalidInput as error:
        if "figure" in error.errors:
            raise NotFound(" ".join(error.errors["figure"])) from error
        raise


def _day(text: str | None) -> Any:
    if text is None:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise InvalidInput.single("as_of", _("日期格式有误：请写 2024-12-31。"))
    return day


def _flag(text: str | None) -> bool:
    if text is None:
        return bool(settings.DEMO)
    if text not in FLAGS:
        raise InvalidInput.single("samples", _("请填写 true 或 false。"))
    return FLAGS[text]
