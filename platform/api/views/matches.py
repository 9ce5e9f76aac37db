"""Matches."""

from collections.abc import Sequence
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from api.filters.matches import MatchFilters
from api.formats.base import DETAIL
from api.serializers.base import ClassifiedSerializer
from api.serializers.matches import MatchDetailSerializer, MatchSerializer
from api.views.base import ReadViewSet
from matching.choices import ExposureChannel
from matching.services.exposures import Shown, log_shown


class MatchViewSet(ReadViewSet):
    """Live matches of the reader's needs and resources; each with its reasons in the request's language."""

    serializer_class = MatchSerializer
    filterset_class = MatchFilters
    ordering_fields = ("-told_score", "told_confidence")

    def paginate_queryset(self, queryset: Any) -> Any:
        """A page that is told is logged as shown."""
        page = super().paginate_queryset(queryset)
        self._log(page or [])
        return page

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        match = self.get_object()
        self._log([match])
        return self.tagged(match)

    def _log(self, matches: Sequence[Any]) -> None:
        shown = [Shown(match, is_need_side=match.is_own_side) for match in matches]
        log_shown(self.reader.principal, shown, channel=ExposureChannel.API)

    @classmethod
    def serializer_of(cls, action: str) -> type[ClassifiedSerializer]:
        return MatchDetailSerializer if action == DETAIL else MatchSerializer
