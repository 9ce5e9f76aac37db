"""Middleware of the wiring: who changed what (audit context), and the route registry's refusal."""

from collections.abc import Callable

import pghistory
from django.http import Http404, HttpRequest, HttpResponse

from config.routes import has_rule

Handler = Callable[[HttpRequest], HttpResponse]
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


class AuditContextMiddleware:
    """Every change made in a request carries its user and path into the history tables."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE_METHODS:
            return self.get_response(request)
        user = getattr(request, "user", None)
        with pghistory.context(user=getattr(user, "pk", None), door=request.path[:200]):
            return self.get_response(request)


class RouteRegistryMiddleware:
    """A route × method without a rule in `config.routes` is refused: deny by default."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        match = request.resolver_match
        if match is None or not has_rule(match.view_name or match.route, request.method or "GET"):
            raise Http404
