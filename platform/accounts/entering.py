"""Between the password and the account: who waits for a second step has no right yet, and who has just told the
password again may change what protects the account.

What waits is kept in the session of the visitor, which stays a visitor's until the second step.
"""

import time
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.contrib.auth import load_backend, login
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.crypto import constant_time_compare

from accounts.lockout import MODEL_BACKEND
from accounts.models import User
from accounts.second_factors import has_second_factor

WAITING: Final = "second_step"
CONFIRMED: Final = "password_confirmed"
PASSED: Final = "second_factor"
WAITING_SECONDS: Final = 600
CONFIRMED_SECONDS: Final = 600


class Waiting(NamedTuple):
    """Somebody whose password was right."""

    user: User
    backend: str
    next_page: str


class EntryInTwoSteps(LoginView):
    """Django's log-in, but whoever has a second factor is led on to it and not logged in."""

    def form_valid(self, form: Any) -> HttpResponse:
        user = form.get_user()
        if has_second_factor(user):
            return hold(self.request, user, next_page=self.get_redirect_url(), backend=user.backend)
        return super().form_valid(form)


def hold(request: HttpRequest, user: User, *, next_page: str, backend: str = MODEL_BACKEND) -> HttpResponse:
    """On to the second step. The session gets another key: the one before may be known to somebody else."""
    request.session.cycle_key()
    request.session[WAITING] = {
        "user": user.pk,
        "backend": backend,
        "hash": user.get_session_auth_hash(),
        "next": next_page,
        "until": time.time() + WAITING_SECONDS,
    }
    return HttpResponseRedirect(resolve_url(settings.SECOND_STEP_URL))


def held(request: HttpRequest) -> Waiting | None:
    """Who waits in this browser: not for long, not after the password was changed or the account shut."""
    told = request.session.get(WAITING)
    if told is None or told["until"] < time.time():
        return None
    user: Any = load_backend(told["backend"]).get_user(told["user"])
    if user is None or not constant_time_compare(told["hash"], user.get_session_auth_hash()):
        return None
    return Waiting(user, told["backend"], told["next"])


def enter_or_hold(request: HttpRequest, user: User, *, next_page: str) -> HttpResponse:
    """For who has shown in another way who they are: logged in, or led on to the second step."""
    if has_second_factor(user):
        return hold(request, user, next_page=next_page)
    login(request, user, backend=MODEL_BACKEND)
    return HttpResponseRedirect(next_page)


def enter(request: HttpRequest, waiting: Waiting) -> None:
    """Log in who has passed the second step."""
    request.session.pop(WAITING, None)
    login(request, waiting.user, backend=waiting.backend)
    mark_passed(request)


def mark_passed(request: HttpRequest) -> None:
    """This session is of somebody who has shown a second factor."""
    request.session[PASSED] = request.user.pk


def has_passed(request: HttpRequest) -> bool:
    return bool(request.session.get(PASSED) == request.user.pk)


def confirm(request: HttpRequest) -> None:
    """The password was told again just now."""
    request.session[CONFIRMED] = [request.user.pk, time.time()]


def is_confirmed(request: HttpRequest) -> bool:
    account, at = request.session.get(CONFIRMED, (None, 0))
    return bool(account == request.user.pk and time.time() - at < CONFIRMED_SECONDS)
