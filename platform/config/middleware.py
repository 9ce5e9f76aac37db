"""Middleware of the wiring: who changed what (audit context), the portal's policy, the route registry's refusal, and
who must first set up a second factor.
"""

from collections.abc import Callable
from typing import Any

import pghistory
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.entering import has_passed
from accounts.models import User
from accounts.second_factors import has_second_factor
from config.routes import has_rule, is_refused_by_its_view
from zones.services.second_factors import must_have_factor

Handler = Callable[[HttpRequest], HttpResponse]
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
WITHOUT_FACTOR = frozenset(
    {
        *("portal:security", "portal:confirm", "portal:authenticator", "portal:security_key", "portal:log_out"),
        *("admin:logout", "admin:jsi18n", "set_language", "portal:appearance", "health"),
    }
)
"""What an account may open whose role asks for a second factor that it does not have yet."""
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
            answer.headers.setdefault("Content-Security-Policy", PORTAL_POLICY)  # files have a narrower one
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


class RequiredFactorMiddleware:
    """Who holds a role that asks for a second factor (`MFA_REQUIRED_ROLES`) and has none sets one up before all else,
    also in sessions begun before the operator asked for it.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: object, kwargs: object
    ) -> HttpResponse | None:
        match = request.resolver_match
        if not settings.MFA_REQUIRED_ROLES or match is None or match.view_name in WITHOUT_FACTOR:
            return None
        return _first_a_factor(request) if _lacks_factor(request) else None


def _lacks_factor(request: HttpRequest) -> bool:
    user = request.user
    if not isinstance(user, User) or has_passed(request):
        return False
    return must_have_factor(user) and not has_second_factor(user)


def _first_a_factor(request: HttpRequest) -> HttpResponse:
    if not request.path.startswith("/api/"):
        return HttpResponseRedirect(reverse("portal:security"))
    from api.errors import PROBLEM, problem  # its parsers, named in the settings, import it in turn

    told = problem(403, "second_factor_missing", _("您的角色须有第二重验证：请先登录门户，在“登录安全”中添加。"))
    return JsonResponse(told, status=403, content_type=PROBLEM, json_dumps_params={"ensure_ascii": False})
