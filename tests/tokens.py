"""Programs of the cast: tokens made directly, and clients that send them."""

from datetime import timedelta
from typing import Any

from django.test import Client

from accounts.models import Token, User
from accounts.scopes import Scope
from accounts.tokens import mark_of


def make_token(user: User, *scopes: str, days: float = 30, **fields: Any) -> str:
    """A token of the user, with every scope unless told otherwise; its text."""
    values = {"name": "测试程序", "scopes": list(scopes or Scope.values), "password_mark": mark_of(user)} | fields
    _row, text = Token.objects.create(user=user, expiry=timedelta(days=days), **values)
    return str(text)


def program_of(user: User, *scopes: str, **more: Any) -> Client:
    """A program of the user; CSRF is checked as for everybody, and does not concern it."""
    return with_token(make_token(user, *scopes, **more))


def with_token(text: str) -> Client:
    headers = {"authorization": f"Bearer {text}", "accept-language": "zh-hans"}
    return Client(enforce_csrf_checks=True, headers=headers)
