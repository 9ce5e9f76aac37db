"""Robots and webhooks: kept by their owner's managers, secretariat or members; a secret is told once."""

import json
from typing import Any, ClassVar, Final

from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.scopes import Scope
from api.filters.endpoints import EndpointFilters
from api.serializers.endpoints import (
    EndpointChangeSerializer,
    EndpointInputSerializer,
    EndpointSerializer,
    OutcomeSerializer,
)
from api.serializers.input import NothingSerializer
from api.views.writing import Step, WriteViewSet
from notifications.channels.reasons import explained
from notifications.endpoints import (
    NewEndpoint,
    create_endpoint,
    disable_endpoint,
    enable_endpoint,
    ping_endpoint,
    rotate_secret,
    update_endpoint,
)
from notifications.models import Endpoint
from zones.errors import InvalidInput

OWNERS: Final = ("zone", "association", "organization")
TEST: Final = "test"


class EndpointViewSet(WriteViewSet):
    """Robots and webhooks of the reader's zones, associations and organizations. None is deleted, but switched off."""

    serializer_class = EndpointSerializer
    detail_class = EndpointSerializer
    input_class = EndpointInputSerializer
    change_class = EndpointChangeSerializer
    filterset_class = EndpointFilters
    ordering_fields = ("name", "-updated_at")
    write_scope = Scope.WRITE_ENDPOINTS
    steps: ClassVar = {"rotate": rotate_secret, "enable": enable_endpoint, "disable": disable_endpoint}
    made: NewEndpoint | None = None

    @classmethod
    def sent_by(cls, action: str, step: str = "") -> Any:
        return None if action == TEST else super().sent_by(action, step)

    @classmethod
    def told_by(cls, action: str) -> Any:
        return OutcomeSerializer if action == TEST else super().told_by(action)

    def create(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._with_secret(super().create(request, *args, **kwargs))

    def step(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._with_secret(super().step(request, *args, **kwargs))

    def test(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Send a test message now. Each is one of its own: somebody else's server is waited for in no transaction."""
        row = self.editable()
        NothingSerializer().run_validation(request.data)
        outcome = ping_endpoint(self.reader.principal, endpoint_id=row.pk)
        return Response({"result": outcome.result, "reason": explained(outcome.reason)})

    def make(self, values: dict[str, Any]) -> Endpoint:
        owners = [owner for name in OWNERS if (owner := values.pop(name, None)) is not None]
        if len(owners) != 1:
            raise InvalidInput.single("__all__", _("请选择一个归属：高新区、联盟（网络）或单位。"))
        language = values.pop("language", "zh-hans")
        self.made = create_endpoint(self.reader.principal, owner=owners[0], language=language, **values)
        return self.made.endpoint

    def change(self, row: Any, version: int, values: dict[str, Any]) -> Endpoint:
        kept = {"name": row.name, "language": row.language}
        return update_endpoint(self.reader.principal, endpoint_id=row.pk, version=version, **(kept | values))

    def take(self, step: Step, row: Any, version: int, **values: Any) -> Endpoint:
        done = step(self.reader.principal, endpoint_id=row.pk, version=version)
        self.made = done if isinstance(done, NewEndpoint) else None
        kept: Endpoint = row if self.made is None else self.made.endpoint
        return kept

    def _with_secret(self, answer: HttpResponse) -> HttpResponse:
        """The answer that is kept for its key is without it: a secret is stored sealed and nowhere else."""
        if self.made is not None and self.made.secret:
            told = json.loads(answer.content) | {"secret": self.made.secret}
            answer.content = JSONRenderer().render(told)
            answer["Cache-Control"] = "private, no-store"
        return answer
