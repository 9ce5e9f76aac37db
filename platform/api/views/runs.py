"""Runs, and two of them side by side."""

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.filters.runs import RunFilters
from api.formats.base import DETAIL
from api.serializers.base import ClassifiedSerializer
from api.serializers.runs import ComparisonSerializer, RunDetailSerializer, RunSerializer
from api.views.base import ReadViewSet
from matching.choices import RunState
from matching.services.comparisons import compare_runs, previous_run

WITH = OpenApiParameter("with", OpenApiTypes.UUID, description="Another published run; the one before unless given.")


class RunViewSet(ReadViewSet):
    """Matching runs and their progress."""

    serializer_class = RunSerializer
    filterset_class = RunFilters
    ordering_fields = ("-created_at", "published_at")

    @classmethod
    def serializer_of(cls, action: str) -> type[ClassifiedSerializer]:
        return RunDetailSerializer if action == DETAIL else RunSerializer

    def known_parameters(self) -> frozenset[str]:
        return frozenset({"with"}) if self.action == "compare" else super().known_parameters()

    @extend_schema(parameters=[WITH], responses=ComparisonSerializer)
    def compare(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The reader's needs whose first five candidates differ between two runs, and why."""
        after = self.get_object()
        before = self._other() if "with" in request.query_params else previous_run(self.reader.principal, after)
        if before is None or after.state != RunState.PUBLISHED:
            raise Http404
        return Response(ComparisonSerializer(compare_runs(self.reader.principal, before=before, after=after)).data)

    def _other(self) -> Any:
        try:
            public_id = UUID(self.request.query_params["with"])
        except ValueError as error:
            raise Http404 from error
        return self.get_queryset().filter(public_id=public_id, state=RunState.PUBLISHED).first()
