"""Second factors of accounts: codes of an app (TOTP), security keys (WebAuthn) and recovery codes.

Rows and mathematics are those of allauth; what it keeps in the memory of one process, which code was used last, is kept
in the row instead, so that all processes and hosts agree. Functions that take a code or a key write, and are called by
`zones.services.second_factors`, inside its transactions.
"""

import json
import time
from io import BytesIO
from struct import error as StructError
from typing import Any, Final, NamedTuple
from uuid import uuid4

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare

from accounts.models import User
from accounts.sealing import CannotOpen, opened, seal

ISSUER: Final = "ZoneLink"
"""What the app on the phone calls this site."""
Kind = Authenticator.Type
FACTORS: Final = (Kind.TOTP, Kind.WEBAUTHN)
"""What asks for a second step; recovery codes only stand in for one of these."""
PERIOD_SECONDS: Final = 30
KEYS_AT_MOST: Final = 10


class Adapter(DefaultMFAAdapter):  # type: ignore[misc]
    """What allauth asks of this site."""

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text)

    def get_totp_label(self, user: User) -> str:
        return user.username

    def get_totp_issuer(self) -> str:
        return ISSUER

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": ISSUER}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        return {"id": user.public_id.bytes, "display_name": str(user), "name": user.username}


class Factors(NamedTuple):
    """What protects an account beside its password."""

    app: Any | None
    keys: list[Any]
    codes_left: int

    @property
    def are_any(self) -> bool:
        return self.app is not None or bool(self.keys)


def has_second_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type__in=FACTORS).exists())


def factors_of(user: User) -> Factors:
    rows = list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))
    codes = next((row for row in rows if row.type == Kind.RECOVERY_CODES), None)
    return Factors(
        next((row for row in rows if row.type == Kind.TOTP), None),
        [row for row in rows if row.type == Kind.WEBAUTHN],
        len(_unused(codes)) if codes else 0,
    )


def _unused(codes: Any) -> list[str]:
    try:
        return list(codes.wrap().get_unused_codes())
    except CannotOpen:
        return []


def new_secret() -> str:
    """A fresh secret for an app, in base 32."""
    return str(generate_totp_secret())


def picture_of(user: User, secret: str) -> str:
    """The QR code an app reads, as an SVG whose look is in its attributes."""
    import qrcode
    from qrcode.image.svg import SvgPathImage

    drawn = BytesIO()
    qrcode.make(Adapter().build_totp_url(user, secret), image_factory=SvgPathImage).save(drawn)
    return drawn.getvalue().decode().partition("?>")[2].strip()


def counter_of(secret: str, code: str) -> int | None:
    """Which half minute a code is of, if it is one of now, of the one before or of the one after."""
    plain = "".join(code.split())
    now = int(time.time()) // PERIOD_SECONDS
    for counter in range(now - settings.MFA_TOTP_TOLERANCE, now + settings.MFA_TOTP_TOLERANCE + 1):
        if constant_time_compare(format_hotp_value(hotp_value(secret, counter)), plain):
            return counter
    return None


def add_app(user: User, secret: str, counter: int) -> Any:
    """The account's app; the code that showed that it works is used by it."""
    data = {"secret": seal(secret), "counter": counter, "public_id": str(uuid4())}
    return Authenticator.objects.create(user=user, type=Kind.TOTP, data=data)


def take_app_code(user: User, code: str) -> bool:
    """Whether it is a code of the account's app, later than the last one that was taken."""
    row = Authenticator.objects.select_for_update().filter(user=user, type=Kind.TOTP).first()
    if row is None:
        return False
    try:
        counter = counter_of(opened(row.data["secret"]), code)
    except CannotOpen:
        return False
    if counter is None or counter <= row.data["counter"]:
        return False
    row.data["counter"] = counter
    row.save(update_fields=["data"])
    row.record_usage()
    return True


def take_recovery_code(user: User, code: str) -> bool:
    """Whether it is one of the account's recovery codes that was not used before."""
    row = Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).first()
    if row is None:
        return False
    try:
        is_good: bool = row.wrap().validate_code(code)  # locks the row
    except CannotOpen:
        return False
    if is_good:
        row.record_usage()
    return is_good


def new_recovery_codes(user: User) -> list[str]:
    """Fresh ones; those before are worth nothing from now on."""
    Authenticator.objects.filter(user=user, type=Kind.RECOVERY_CODES).delete()
    return list(RecoveryCodes.activate(user).generate_codes())


def begin_key(user: User) -> dict[str, Any]:
    """What the browser needs to make a key for this account; the challenge is kept in the session."""
    from allauth.mfa.webauthn.internal import auth

    options: dict[str, Any] = auth.begin_registration(user, passwordless=False)
    return options


def made_key(told: str) -> dict[str, Any] | None:
    """The key as the browser tells it, or None for what is none, or answers another challenge."""
    from allauth.mfa.webauthn.internal import auth

    credential: dict[str, Any] = _read(told)
    try:
        auth.parse_registration_response(credential)
        auth.complete_registration(credential)
    except _wrong_answers():
        return None
    return credential


def add_key(user: User, name: str, credential: dict[str, Any]) -> Any:
    from allauth.mfa.webauthn.internal.auth import WebAuthn

    row = WebAuthn.add(user, name, credential).instance
    row.data["public_id"] = str(uuid4())
    row.save(update_fields=["data"])
    return row


def ask_for_key(user: User) -> dict[str, Any]:
    """What the browser needs to show one of the account's keys; the challenge is kept in the session."""
    from allauth.mfa.webauthn.internal import auth

    options: dict[str, Any] = auth.begin_authentication(user)
    return options


def take_key(user: User, told: str) -> bool:
    """Whether the browser's answer was signed by a key of the account, for the challenge of this session."""
    from allauth.mfa.webauthn.internal import auth

    credential = _read(told)
    try:
        auth.parse_authentication_response(credential)
        row = auth.complete_authentication(user, credential)
        uses = _uses(credential)
    except _wrong_answers():
        return False
    row = Authenticator.objects.select_for_update().get(pk=row.pk)
    if uses and uses <= row.data.get("uses", 0):  # a copy of the key was used meanwhile
        return False
    row.data["uses"] = uses
    row.save(update_fields=["data"])
    row.record_usage()
    return True


def remove_all(user: User) -> None:
    """No second step is asked for any more."""
    Authenticator.objects.filter(user=user).delete()


def name_of(row: Any) -> str:
    return str(row.data.get("name", ""))


def _uses(credential: dict[str, Any]) -> int:
    """How often the key says it was used; 0 where it does not count."""
    from fido2.webauthn import AuthenticationResponse

    return int(AuthenticationResponse.from_dict(credential).response.authenticator_data.counter)


def _read(told: str) -> Any:
    """JSON, or what is no answer of a browser."""
    try:
        return json.loads(told)
    except (ValueError, RecursionError):
        return None


def _wrong_answers() -> tuple[type[Exception], ...]:
    """What libraries raise for answers of browsers that are malformed, or signed by nobody we know."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    return (
        *(InvalidSignature, UnsupportedAlgorithm, ValidationError, StructError),
        *(ValueError, TypeError, LookupError, AttributeError, AssertionError),
    )
