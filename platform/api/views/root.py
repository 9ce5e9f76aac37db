"""The root that lists the resources, the schema, its offline pages, and the answer for paths that are none."""

from typing import ClassVar

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.request import Request
from rest_framework.response import Response

from api.base import HasRouteRule
from api.views.base import StrictView


class RootView(StrictView):
    """Where everything is."""

    resources: ClassVar[tuple[str, ...]] = ()

    @extend_schema(responses={200: {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}})
    def get(self, request: Request) -> Response:
        others = {
            name: f"api:{name}" for name in ("figures", "search", "suggestions", "subscriptions", "schema", "docs")
        }
        routes = {name: f"api:{name}-list" for name in self.resources} | others
        return Response({name: request.build_absolute_uri(reverse(route)) for name, route in routes.items()})


class SchemaView(StrictView, SpectacularAPIView):
    parameters = frozenset({"lang"})
    permission_classes = (HasRouteRule,)


class DocsView(StrictView, SpectacularSwaggerView):
    permission_classes = (HasRouteRule,)


class NothingView(StrictView):
    """Any other path below the root: the same 404 as for a hidden record."""

    @extend_schema(exclude=True)
    def get(self, request: Request, rest: str) -> Response:
        raise Http404

    def must_be_visible(self) -> None:
        raise Http404

    def known_parameters(self) -> frozenset[str]:
        return frozenset(self.request.GET)
