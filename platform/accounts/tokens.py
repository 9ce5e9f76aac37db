"""Which token was sent, and whether it is worth something. Making and ending them: `zones.services.tokens`."""

import re
from datetime import timedelta
from hmac import compare_digest
from typing import Final

from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from knox.crypto import hash_token
from knox.settings import CONSTANTS

from accounts.models import Token, User

FORM: Final = re.compile(r"zl_[0-9a-f]{64}")
"""The prefix is there for scanners that look for secrets in code; 256 random bits follow."""
USE_IS_TOLD_AFTER: Final = timedelta(hours=1)


def token_of(text: str) -> Token | None:
    """The token that was sent, if it is one of ours, has not expired, and its owner may still log in with it."""
    if not FORM.fullmatch(text):
        return None
    digest = hash_token(text)
    key = text[: CONSTANTS.TOKEN_KEY_LENGTH]
    rows = Token.objects.filter(token_key=key, expiry__gt=Now(), user__is_active=True).select_related("user")
    found = next((row for row in rows if compare_digest(row.digest, digest)), None)
    return found if found is not None and is_of_password(found) else None


def is_of_password(token: Token) -> bool:
    """Whether its owner's password is still that under which the token was made."""
    marks = [token.user.get_session_auth_hash(), *token.user.get_session_auth_fallback_hash()]
    return any(compare_digest(token.password_mark, mark) for mark in marks)


def mark_of(user: User) -> str:
    return user.get_session_auth_hash()


def tell_use(token: Token) -> None:
    """Note that the token was used, at most once an hour: a request that reads should not write."""
    latest = timezone.now() - USE_IS_TOLD_AFTER
    if token.used_at is None or token.used_at < latest:
        unnoted = Q(used_at__isnull=True) | Q(used_at__lt=latest)
        Token.objects.filter(unnoted, pk=token.pk).update(used_at=Now())
