"""Who a browser's request is from."""

from drf_spectacular.authentication import SessionScheme
from rest_framework import authentication
from rest_framework.request import Request


class SessionAuthentication(authentication.SessionAuthentication):
    """A method that the view does not have writes nothing: it is refused as such, and needs no token for that."""

    def enforce_csrf(self, request: Request) -> None:
        if request.method in request.parser_context["view"].allowed_methods:
            super().enforce_csrf(request)


class Scheme(SessionScheme):  # type: ignore[no-untyped-call]
    """Told in the schema as Django's session, which it is."""

    target_class = "api.authentication.SessionAuthentication"
