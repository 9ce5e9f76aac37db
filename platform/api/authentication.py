"""Who a request is from: a program by its token, a browser by its session."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from drf_spectacular.authentication import SessionScheme
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from accounts.models import Token, User
from accounts.scopes import Scope
from accounts.second_factors import has_second_factor
from accounts.tokens import tell_use, token_of
from zones.services.second_factors import must_have_factor

CHALLENGE: Final = 'Bearer realm="ZoneLink"'


class TokenIsWorthNothing(exceptions.AuthenticationFailed):
    """Unknown, expired, ended, malformed, of a shut account: which of them is not told."""

    default_detail = _("令牌无效：请在“账号—接口令牌”中查看，或新建一个。")
    default_code = "invalid_token"


class NotWithinScope(exceptions.APIException):
    """The token was not made for this; its owner might be."""

    status_code = 403
    default_detail = _("此令牌没有所需的权限 {scope}：请新建具有该权限的令牌。")
    default_code = "insufficient_scope"

    def __init__(self, scope: str) -> None:
        super().__init__(str(self.default_detail).format(scope=scope))
        self.auth_header = f'{CHALLENGE}, error="insufficient_scope"' + (f', scope="{scope}"' if scope else "")


class CsrfTokenIsMissing(exceptions.APIException):
    """A browser's write without the token of its page: it might come from another site's page."""

    status_code = 403
    default_detail = _("缺少或错误的 CSRF 令牌：请在 X-CSRFToken 头中附上 csrftoken cookie 的值，或使用接口令牌。")
    default_code = "csrf_failed"


class SecondFactorIsMissing(exceptions.APIException):
    """A role of the token's owner asks for a second factor, and there is none."""

    status_code = 403
    default_detail = _("您的角色须有第二重验证：请先登录门户，在“登录安全”中添加。")
    default_code = "second_factor_missing"


class TokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer zl_…`. Knox's own class deletes rows while it reads, and says why a token is refused."""

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        scheme, _blank, text = authentication.get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        token = token_of(text.strip().decode("ascii", "replace"))
        if token is None:
            raise TokenIsWorthNothing
        tell_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Also what a visitor is told who needs to log in."""
        sent = authentication.get_authorization_header(request).lower().startswith(b"bearer")
        return f'{CHALLENGE}, error="invalid_token"' if sent else CHALLENGE


class SessionAuthentication(authentication.SessionAuthentication):
    """A method that the view does not have writes nothing: it is refused as such, and needs no token for that."""

    def enforce_csrf(self, request: Request) -> None:
        if request.method not in request.parser_context["view"].allowed_methods:
            return
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as error:
            raise CsrfTokenIsMissing from error


def must_be_within(request: Request, scope: Scope | None) -> None:
    """Raise NotWithinScope for a token that was not made for `scope`; None is in no token's power."""
    token: Any = request.auth
    if isinstance(token, Token) and (scope is None or scope not in token.scopes):
        raise NotWithinScope(scope or "")


def must_have_its_factor(request: Request) -> None:
    """Raise SecondFactorIsMissing for a token of somebody whose role asks for a second factor, also for one made before
    it was asked for; browsers are held up by `RequiredFactorMiddleware`.
    """
    token = request.auth
    if isinstance(token, Token) and must_have_factor(token.user) and not has_second_factor(token.user):
        raise SecondFactorIsMissing


class BrowserScheme(SessionScheme):  # type: ignore[no-untyped-call]
    """Told in the schema as Django's session, which it is."""

    target_class = "api.authentication.SessionAuthentication"


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """Told in the schema as a bearer token, with what tokens may be allowed."""

    target_class = "api.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        scopes = ", ".join(f"`{scope}`" for scope in Scope.values)
        return {
            "type": "http",
            "scheme": "bearer",
            "description": f"A token made in the portal under account/tokens/, for one or more of {scopes}.",
        }
