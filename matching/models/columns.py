"""Columns that several tables have: who acted, and the key by which others name a row."""

import uuid
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


def user_key(label: "StrPromise") -> Any:
    """The account that acted; none for the system."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=label,
    )


def public_key() -> Any:
    """The id a row is known by outside."""
    return models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
