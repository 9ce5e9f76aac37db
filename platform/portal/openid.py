"""The four steps of OpenID Connect with a zone's identity provider: find its addresses, send the browser there, fetch
the token with the code it comes back with, read who it is about.

State, nonce and PKCE are always used; a token is believed by its signature, whoever brought it; every request goes by
the one egress client. What of a provider may be wrong is told in the log, without codes, tokens or secrets.
"""

import json
import logging
import secrets
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final, NamedTuple
from urllib.parse import quote, urlencode

from django.utils.crypto import constant_time_compare

from accounts.identity_providers import IdentityProvider
from egress.endpoints import trusted
from egress.errors import EgressError
from zones.services.identities import Vouched

SECONDS: Final = 4.0
"""For one request; a log-in needs two while somebody waits."""
LEEWAY_SECONDS: Final = 60
ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures by a key pair. None by a shared secret, and never none."""
NEEDED: Final = ("iss", "sub", "aud", "exp", "iat", "nonce")
NAMES: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")
SUBJECT_CHARACTERS: Final = 255
FORM: Final = "application/x-www-form-urlencoded"
log = logging.getLogger(__name__)


class ProviderSilent(Exception):
    """The provider did not answer as one does: later it may."""


class NotVouched(Exception):
    """The provider does not say who this is, or what says so is not its word."""


class Addresses(NamedTuple):
    """Where a provider is asked what."""

    authorize: str
    token: str
    keys: str
    takes_basic: bool


class Errand(NamedTuple):
    """What this browser was sent to the provider with; its answer must fit."""

    state: str
    nonce: str
    verifier: str
    addresses: Addresses


def addresses_of(provider: IdentityProvider) -> Addresses:
    """As the provider tells them. Raises ProviderSilent."""
    told = _asked(provider, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if told.get("issuer") != provider.issuer:
        raise _silent(provider, "its configuration names another issuer")
    try:
        for name in NAMES:
            trusted(told[name])
    except (EgressError, KeyError, AttributeError, TypeError) as error:
        raise _silent(provider, f"its configuration names no usable addresses ({error})") from error
    ways = told.get("token_endpoint_auth_methods_supported")
    authorize, token, keys = (told[name] for name in NAMES)
    takes_basic = not (isinstance(ways, list) and ways) or "client_secret_basic" in ways
    return Addresses(authorize, token, keys, takes_basic)


def errand(addresses: Addresses) -> Errand:
    return Errand(secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), addresses)


def way_to(provider: IdentityProvider, sent: Errand, *, back: str) -> str:
    """The address the browser is sent to; `back` is where the provider sends it afterwards."""
    challenge = urlsafe_b64encode(sha256(sent.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": "openid profile",
        "state": sent.state,
        "nonce": sent.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    joint = "&" if "?" in sent.addresses.authorize else "?"
    return f"{sent.addresses.authorize}{joint}{urlencode(asked)}"


def vouched_by(provider: IdentityProvider, sent: Errand, *, code: str, back: str) -> Vouched:
    """Who has logged in at the provider. Raises ProviderSilent, NotVouched."""
    token = _token(provider, sent, code=code, back=back)
    keys = _asked(provider, sent.addresses.keys).get("keys", [])
    claims = _claims(provider, token, keys if isinstance(keys, list) else [])
    if not constant_time_compare(str(claims["nonce"]), sent.nonce):
        raise _not_vouched(provider, "the token is of another log-in")
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_CHARACTERS or not subject.isprintable():
        raise _not_vouched(provider, "the token names nobody")
    names = (claims.get(name) for name in ("preferred_username", "name"))
    shown = next((name for name in names if isinstance(name, str) and name.strip()), subject)
    return Vouched(subject, "".join(character for character in shown if character.isprintable())[:80] or subject[:80])


def _token(provider: IdentityProvider, sent: Errand, *, code: str, back: str) -> str:
    told = {"grant_type": "authorization_code", "code": code, "redirect_uri": back, "code_verifier": sent.verifier}
    headers = {"Content-Type": FORM, "Accept": "application/json"}
    if sent.addresses.takes_basic:
        pair = f"{quote(provider.client_id, safe='')}:{quote(provider.client_secret, safe='')}"
        headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    else:
        told |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
    answer = _asked(provider, sent.addresses.token, body=urlencode(told).encode(), headers=headers)
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise _not_vouched(provider, "it gave no token")
    return token


def _claims(provider: IdentityProvider, token: str, keys: list[Any]) -> dict[str, Any]:
    """What a token says whose signature, issuer, receiver and time are right."""
    import jwt

    try:
        header = jwt.get_unverified_header(token)
        claims: dict[str, Any] = jwt.decode(
            token,
            _key(keys, header.get("kid"), header.get("alg", "")),
            algorithms=ALGORITHMS,
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": list(NEEDED)},
        )
    except (jwt.PyJWTError, ValueError, TypeError, LookupError, AttributeError) as error:
        raise _not_vouched(provider, f"the token is not to be believed: {type(error).__name__}") from error
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise _not_vouched(provider, "the token was made for another site")
    if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and "azp" not in claims:
        raise _not_vouched(provider, "the token was made for several sites and does not say which")
    return claims


def _key(keys: list[Any], name: Any, algorithm: str) -> Any:
    """The provider's key the token names; one that names none may mean the only one."""
    import jwt

    if algorithm not in ALGORITHMS:
        raise ValueError("not an algorithm of a key pair")
    fit = [key for key in keys if isinstance(key, dict) and key.get("use", "sig") == "sig"]
    named = [key for key in fit if key.get("kid") == name] if name is not None else fit
    if len(named) != 1:
        raise LookupError("no such key")
    return jwt.PyJWK.from_dict(named[0], algorithm=algorithm)


def _asked(
    provider: IdentityProvider, url: str, *, body: bytes = b"", headers: Mapping[str, str] | None = None
) -> dict[str, Any]:
    from egress.client import Limits, Message, send  # a client few processes ever need

    message = Message("POST" if body else "GET", body, headers or {"Accept": "application/json"})
    try:
        reply = send(trusted(url), message, Limits(seconds=SECONDS))
        told = reply.json() if reply.is_success or 400 <= reply.status < 500 else None
    except (EgressError, ValueError, RecursionError) as error:
        raise _silent(provider, str(error)) from error
    if isinstance(told, dict) and reply.is_success:
        return told
    if isinstance(told, dict) and body:
        raise _not_vouched(provider, f"it refused the code ({json.dumps(told.get('error'))[:60]})")
    raise _silent(provider, f"it answered {reply.status}")


def _silent(provider: IdentityProvider, why: str) -> ProviderSilent:
    log.warning("identity provider of %s: %s", provider.zone, why)
    return ProviderSilent(why)


def _not_vouched(provider: IdentityProvider, why: str) -> NotVouched:
    log.warning("identity provider of %s: %s", provider.zone, why)
    return NotVouched(why)
