"""Tokens of the API: made by their owner, shown once, ended by their owner, by a new password, and with the account."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.models import Token, User
from accounts.scopes import Scope
from accounts.tokens import is_of_password, mark_of
from ledger.events import record_event
from zones.errors import InvalidInput, NotFound
from zones.services.base import clean_text

LIFETIMES: Final = (7, 30, 90, 365)
"""For how many days a token may be made: none lives for ever."""
MOST: Final = 20
"""How many an account may have at a time."""


class NewToken(NamedTuple):
    """A fresh token; `text` is shown once and stored only as a hash."""

    token: Token
    text: str


@transaction.atomic
def issue_token(user: User, *, name: str, scopes: Sequence[str], days: int) -> NewToken:
    """Make a token that acts as `user`, within `scopes`, for `days`. Raises InvalidInput."""
    named = clean_text("name", name)
    errors = {
        "name": [_("请填写名称：用在哪个系统或程序。")] if not named else [],
        "scopes": [_("请至少选择一项权限。")] if not scopes or not set(scopes) <= set(Scope.values) else [],
        "days": [_("请选择有效期。")] if days not in LIFETIMES else [],
    }
    if wrong := {field: sentences for field, sentences in errors.items() if sentences}:
        raise InvalidInput(wrong)
    User.objects.select_for_update().get(pk=user.pk)  # two at once are counted one after the other
    if len(tokens_of(user)) >= MOST:
        message = _("令牌已达 %(most)d 个上限：请先停用不再使用的令牌。")
        raise InvalidInput.single("__all__", message % {"most": MOST})
    kept = [scope for scope in Scope.values if scope in scopes]
    row, text = Token.objects.create(
        user=user, expiry=timedelta(days=days), name=named[:60], scopes=kept, password_mark=mark_of(user)
    )
    _tell(row, "token.issued", scopes=kept, days=days)
    return NewToken(row, text)


def tokens_of(user: User) -> list[Token]:
    """The tokens of an account that are worth something, those made last first."""
    rows = _rows(user).filter(expiry__gt=Now()).select_related("user").order_by("-created")
    return [row for row in rows if is_of_password(row)]


@transaction.atomic
def revoke_token(user: User, *, public_id: UUID) -> None:
    """End a token of one's own. Raises NotFound."""
    row = _rows(user).select_for_update().filter(public_id=public_id).first()
    if row is None:
        raise NotFound(_("没有找到：它不存在，或您无权查看。"))
    _end(row)


def end_tokens(user: User) -> None:
    """End every token of an account: its password is new, or it is shut."""
    for row in _rows(user).select_for_update().order_by("pk"):
        _end(row)


def drop_expired_tokens() -> int:
    """Tokens nobody can use any more; returns how many there were."""
    dropped, _by_table = Token.objects.filter(expiry__lte=Now()).delete()
    return int(dropped)


def _rows(user: User) -> "QuerySet[Token]":
    rows: QuerySet[Token] = Token.objects.filter(user=user)
    return rows


def _end(row: Token) -> None:
    _tell(row, "token.ended")
    row.delete()


def _tell(row: Token, kind: str, **more: object) -> None:
    payload = {"user": str(row.user.public_id), "name": row.name, **more}
    record_event(kind, object_type="accounts.token", public_id=row.public_id, payload=payload)
