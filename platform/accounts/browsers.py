"""In which language a browser reads, and for how long: a choice made under one account is not the next one's.

Django keeps the language in a cookie of the browser. A second cookie says that it was an account's, from its log-in on;
the log-in page forgets both, so what is chosen there is the choice of whoever logs in.
"""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import activate, get_language, get_language_from_request

from accounts.models import User

OF_AN_ACCOUNT: Final = "language_of_account"


def in_language_of(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer, after which this browser reads the language of the account that is logged in."""
    user = request.user
    assert isinstance(user, User)
    _set(answer, settings.LANGUAGE_COOKIE_NAME, user.language)
    return with_owner(answer)


def with_owner(answer: HttpResponse) -> HttpResponse:
    """The answer, after which the language of this browser is that of the account that is logged in."""
    _set(answer, OF_AN_ACCOUNT, "1")
    return answer


def of_who_entered(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """The answer to a log-in: in the account's own language, unless another was chosen before it."""
    return with_owner(answer) if has_chosen(request) else in_language_of(request, answer)


def has_chosen(request: HttpRequest) -> bool:
    """Whether whoever logs in has told this browser a language."""
    return settings.LANGUAGE_COOKIE_NAME in request.COOKIES and not is_of_an_account(request)


def is_of_an_account(request: HttpRequest) -> bool:
    return OF_AN_ACCOUNT in request.COOKIES


def read_as_a_stranger(request: HttpRequest) -> None:
    """From here on the request is read in the language the browser asks for."""
    request.COOKIES.pop(settings.LANGUAGE_COOKIE_NAME, None)
    activate(get_language_from_request(request))
    request.LANGUAGE_CODE = get_language() or settings.LANGUAGE_CODE


def without_language(answer: HttpResponse) -> HttpResponse:
    """The answer, after which this browser knows of no language that was chosen."""
    for name in (settings.LANGUAGE_COOKIE_NAME, OF_AN_ACCOUNT):
        answer.delete_cookie(name, samesite=settings.LANGUAGE_COOKIE_SAMESITE)
    return answer


def _set(answer: HttpResponse, name: str, value: str) -> None:
    answer.set_cookie(name, value, samesite=settings.LANGUAGE_COOKIE_SAMESITE)
