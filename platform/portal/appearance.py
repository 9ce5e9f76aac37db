"""How the portal looks in one browser: light, dark, or as the system is; kept in a cookie, no account needed."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE: Final = "theme"
AUTO, LIGHT, DARK = "auto", "light", "dark"
THEMES: Final = (AUTO, LIGHT, DARK)
A_YEAR: Final = 365 * 86_400


def theme_of(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(COOKIE, AUTO)
    return chosen if chosen in THEMES else AUTO


@require_POST
def appearance(request: HttpRequest) -> HttpResponse:
    """Remember a theme and go back; what is no theme is forgotten."""
    before = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(before, {request.get_host()}, require_https=request.is_secure())
    answer = HttpResponseRedirect(before if is_ours else reverse("portal:home"))
    theme = request.POST.get("theme", AUTO)
    if theme in (LIGHT, DARK):
        secure = settings.SESSION_COOKIE_SECURE
        answer.set_cookie(COOKIE, theme, max_age=A_YEAR, samesite="Lax", httponly=True, secure=secure)
    else:
        answer.delete_cookie(COOKIE, samesite="Lax")
    return answer
