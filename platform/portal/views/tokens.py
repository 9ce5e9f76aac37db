"""One's own tokens of the API: made, shown once, ended."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_variables

from portal.forms.accounts import TokenForm
from portal.forms.sending import sent
from portal.views.own_account import OwnPages
from zones.services.tokens import issue_token, revoke_token, tokens_of


class TokensPage(OwnPages):
    template = "portal/account/tokens.html"
    here = "tokens"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._shown(TokenForm())

    @method_decorator(sensitive_variables())
    def post(self, request: HttpRequest) -> HttpResponse:
        """The token stands in this answer and nowhere else: it is neither stored nor put into a message."""
        form, made = TokenForm(request.POST), []
        if not sent(form, lambda: made.append(issue_token(self.account, **form.cleaned_data))):
            return self._shown(form, status=HTTPStatus.BAD_REQUEST)
        return self._shown(TokenForm(), text=made[0].text, made=made[0].token)

    def _shown(self, form: TokenForm, *, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
        return self.page({"form": form, "tokens": tokens_of(self.account), **more}, status=status)


class EndToken(TokensPage):
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:  # type: ignore[override]
        revoke_token(self.account, public_id=public_id)
        return self.back()
