"""Keys of rows in addresses and forms: random public ids, never integers."""

from typing import Any
from uuid import UUID


def parse_public_id(text: str) -> UUID | None:
    """The UUID in a text, or None: a key nobody gave out is a row nobody finds."""
    try:
        return UUID(text)
    except ValueError:
        return None


def public_key(row: Any) -> str:
    return str(row.public_id)
