"""A zone's identity provider for tests that answers as it is told to: well, or as badly as one can."""

import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from accounts.identity_providers import IdentityProvider
from tests.egress.servers import Asked, serving

CLIENT, SECRET = "zonelink", "a secret of the client"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Told:
    """What the provider answers; `claims` are laid over the right ones, None takes one away."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    configuration: dict[str, Any] = field(default_factory=dict)
    key: Any = KEY
    algorithm: str = "RS256"
    key_name: str | None = "one"
    token: str | None = None
    keys: Any = None
    challenge: str = ""
    nonce: str = ""
    slow_seconds: float = 0.0
    status: int = 200

    def provider(self) -> IdentityProvider:
        return IdentityProvider("east", self.issuer, CLIENT, SECRET)

    def heard(self, address: str) -> dict[str, str]:
        """What the browser was sent with; remembers what the token has to fit."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.challenge, self.nonce = asked["code_challenge"], asked["nonce"]
        return asked

    def answer(self, asked: Asked) -> None:
        time.sleep(self.slow_seconds)
        pages: dict[str, Callable[[Asked], dict[str, Any]]] = {
            "/.well-known/openid-configuration": self._configuration,
            "/keys": self._keys,
            "/token": self._token,
        }
        page = pages[asked.path]
        asked.reply(self.status, json.dumps(page(asked)).encode(), Content_Type="application/json")

    def _configuration(self, asked: Asked) -> dict[str, Any]:
        paths = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
        return {"issuer": self.issuer} | {name: self.issuer + path for name, path in paths.items()} | self.configuration

    def _keys(self, asked: Asked) -> dict[str, Any]:
        if self.keys is not None:
            return {"keys": self.keys}
        algorithm = jwt.algorithms.RSAAlgorithm
        return {"keys": [{**algorithm.to_jwk(KEY.public_key(), as_dict=True), "kid": "one", "use": "sig"}]}

    def _token(self, asked: Asked) -> dict[str, Any]:
        sent = {name: values[0] for name, values in parse_qs(asked.server.seen[-1][2].decode()).items()}
        challenge = urlsafe_b64encode(sha256(sent["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if challenge != self.challenge:
            return {"error": "invalid_grant"}
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.token or self.made()}

    def made(self) -> str:
        now = int(time.time())
        claims = {
            **{"iss": self.issuer, "aud": CLIENT, "sub": "east-1", "iat": now, "exp": now + 300, "nonce": self.nonce},
            **{"preferred_username": "zhang.san", **self.claims},
        }
        told = {name: value for name, value in claims.items() if value is not None}
        headers = {"kid": self.key_name} if self.key_name else {}
        return jwt.encode(told, self.key, algorithm=self.algorithm, headers=headers)


@contextmanager
def running() -> Iterator[Told]:
    """A provider of its own on this host."""
    told = Told()
    with serving(told.answer) as server:
        told.issuer = server.url.rstrip("/")
        yield told


WRONG: Final[dict[str, dict[str, Any]]] = {
    "another issuer": {"claims": {"iss": "https://evil.example.cn"}},
    "another receiver": {"claims": {"aud": "another"}},
    "several receivers, none named": {"claims": {"aud": ["zonelink", "another"]}},
    "made for another": {"claims": {"aud": ["zonelink", "another"], "azp": "another"}},
    "expired": {"claims": {"exp": 1}},
    "of the future": {"claims": {"iat": 4_000_000_000}},
    "without an end": {"claims": {"exp": None}},
    "of another log-in": {"claims": {"nonce": "another"}},
    "without a nonce": {"claims": {"nonce": None}},
    "without a subject": {"claims": {"sub": None}},
    "of nobody": {"claims": {"sub": ""}},
    "of a subject too long": {"claims": {"sub": "x" * 256}},
    "of a subject that is no text": {"claims": {"sub": 1}},
    "of a subject with what cannot be printed": {"claims": {"sub": "east\x001"}},
    "of half a character": {"claims": {"sub": "east\ud800"}},
    "without end": {"claims": {"exp": float("inf")}},
    "signed by another key": {"key": OTHER_KEY},
    "signed by a key nobody knows": {"key_name": "two"},
    "signed by the client's secret": {"key": SECRET, "algorithm": "HS256"},
    "not signed": {"key": None, "algorithm": "none"},
    "keys that are none": {"keys": "x"},
    "keys that are no objects": {"keys": ["one", 1]},
    "a key of numbers": {"keys": [{"kty": "RSA", "kid": "one", "n": 1, "e": 2}]},
    "a key of another kind": {"keys": [{"kty": "oct", "kid": "one", "k": "c2VjcmV0"}]},
    "no token": {"token": "x.y.z"},
    "not even text": {"token": "x"},
}
"""What may be wrong with a token or with the keys it is checked by."""
