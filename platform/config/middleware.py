"""Middleware of the wiring: who changed what (audit context), the portal's policy, the route registry's refusal."""

from collections.abc import Callable
from typing import Any

import pghistory
from django.http import Http404, HttpRequest, HttpResponse

from config.routes import has_rule, is_refused_by_its_view

Handler = Callable[[HttpRequest], HttpResponse]
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
PORTAL_POLICY = "; ".join(
    [
        *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'"),
        *("form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"),
    ]
)
"""What a browser may load and do on a page of the portal: files of this site, nothing inline."""


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


class PortalPolicyMiddleware:
    """Pages of the portal, and addresses that lead nowhere, carry the strict content security policy.

    The back office keeps none: its theme needs inline scripts.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        match = request.resolver_match
        if match is None or match.app_name == "portal":
            answer["Content-Security-Policy"] = PORTAL_POLICY
        return answer


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
