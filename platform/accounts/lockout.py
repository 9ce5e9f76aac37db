"""What somebody is told who has tried too many passwords (django-axes): the log-in page itself, with the sentence.

Tries are counted by name and address together, whether or not there is such an account.
"""

from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.forms import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

MODEL_BACKEND: Final = "django.contrib.auth.backends.ModelBackend"
"""Under which a new account is logged in: it has just set its password."""


NAME_CHARACTERS: Final = 150
"""As Django's accounts have it."""


class TellingForm(AuthenticationForm):
    """A log-in form that says so when no further try counts."""

    def clean_username(self) -> str:
        """A name longer than any account has is nobody's; the row in which tries are counted would not hold it."""
        name: str = self.cleaned_data["username"]
        if len(name) > NAME_CHARACTERS:
            raise self.get_invalid_login_error()
        return name

    def get_invalid_login_error(self) -> ValidationError:
        told = lockout_sentence(self.request)
        return ValidationError(told, code="locked_out") if told else super().get_invalid_login_error()


def lockout_sentence(request: HttpRequest | None) -> str:
    """What is told when no further try counts; empty while they do."""
    if not getattr(request, "axes_locked_out", False):
        return ""
    minutes = settings.AXES_COOLOFF_TIME // timedelta(minutes=1)
    return _("登录失败次数过多：请 %(minutes)d 分钟后再试，或联系管理员解锁。") % {"minutes": minutes}


def locked_out(request: HttpRequest, original: HttpResponse, credentials: Any) -> HttpResponse:
    """The page that was made, under the status that says why."""
    original.status_code = HTTPStatus.TOO_MANY_REQUESTS
    return original
