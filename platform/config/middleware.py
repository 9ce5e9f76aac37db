"""Middleware of the wiring: who changed what (audit context), and the route registry's refusal."""

from collections.abc import Callable
from typing import Any

import pghistory
from django.http import Http404, HttpRequest, HttpResponse

from config.routes import has_rule, is_refused_by_its_view

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
    """A route × method without a rule in `config.routes` is refused: deny by default.

    A method that a view of the API does not have reaches it all the same, to be refused in the API's own words.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], args: object, kwargs: object) -> None:
        match, method = request.resolver_match, request.method or "GET"
        if match is None:
            raise Http404
        if not has_rule(match.view_name or match.route, method) and not is_refused_by_its_view(view, method):
            raise Http404
