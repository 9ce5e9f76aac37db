"""Identity providers of zones, as the operator tells them in a file; their secrets never reach the database."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

KEYS: Final = frozenset({"issuer", "client_id", "client_secret"})


@dataclass(frozen=True, slots=True)
class IdentityProvider:
    """Who vouches for the people of one zone (OpenID Connect), and how this site is known to it."""

    zone: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)


class UnusableFile(Exception):
    """The file of identity providers cannot be read; says where, never what a secret is."""


def read_providers(path: str) -> dict[str, IdentityProvider]:
    """By the slug of the zone; none where no file is named. Raises UnusableFile."""
    if not path:
        return {}
    try:
        tables = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeError) as error:
        raise UnusableFile(f"{path}: cannot be read ({type(error).__name__})") from None
    except tomllib.TOMLDecodeError:
        raise UnusableFile(f"{path}: not TOML; see docs/operations.md for an example") from None
    return {zone: _provider(path, zone, told) for zone, told in tables.items()}


def _provider(path: str, zone: str, told: Any) -> IdentityProvider:
    is_whole = isinstance(told, dict) and set(told) == KEYS and all(isinstance(told[key], str) for key in KEYS)
    if not is_whole or not all(told[key].strip() for key in KEYS):
        raise UnusableFile(f"{path}: [{zone}] needs exactly these texts: {', '.join(sorted(KEYS))}")
    return IdentityProvider(zone=zone, **told)
