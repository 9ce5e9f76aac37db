"""Texts the site must read again but whoever reads its database must not: sealed with a key made of SECRET_KEY.

After a change of SECRET_KEY the former one belongs into SECRET_KEY_FALLBACKS, as Django's own signatures ask.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from functools import cache
from typing import TYPE_CHECKING, Final

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet

PURPOSE: Final = b"zonelink.sealing"
"""So that the key is no other one made of the same secret."""


class CannotOpen(Exception):
    """It was not sealed by this site, or under a secret the site does not know any more."""


def seal(text: str) -> str:
    return _box(_secrets()).encrypt(text.encode()).decode()


def opened(sealed: str) -> str:
    """The text again. Raises CannotOpen."""
    from cryptography.fernet import InvalidToken

    try:
        return _box(_secrets()).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise CannotOpen("sealed under another secret: put the former SECRET_KEY into SECRET_KEY_FALLBACKS") from error


def _secrets() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


@cache
def _box(secrets: tuple[str, ...]) -> "MultiFernet":
    from cryptography.fernet import Fernet, MultiFernet  # a library few processes ever need

    return MultiFernet([Fernet(urlsafe_b64encode(_key(secret))) for secret in secrets])


def _key(secret: str) -> bytes:
    return hmac.new(secret.encode(), PURPOSE, hashlib.sha256).digest()
