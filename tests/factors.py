"""What people hold beside their password in tests: an app with its codes."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from accounts.models import User
from accounts.second_factors import (
    PERIOD_SECONDS,
    add_app,
    new_recovery_codes,
    new_secret,
)


def code_of(secret: str, *, later: int = 0) -> str:
    """What the app shows now, or some half minutes later."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD_SECONDS + later)))


def give_app(user: User) -> str:
    """An app for the account, none of whose codes was used; returns its secret."""
    secret = new_secret()
    add_app(user, secret, 0)
    return secret


def give_codes(user: User) -> list[str]:
    return new_recovery_codes(user)
