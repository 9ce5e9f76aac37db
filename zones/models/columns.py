"""Columns that several tables have: who acted, the key by which others name a row, references, sums of money."""

import uuid
from decimal import Decimal
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


def reference(model: Any, label: "StrPromise", *, is_optional: bool = True, **options: Any) -> Any:
    """A row of another table that nobody deletes, named from one side only."""
    options |= {"null": is_optional, "blank": is_optional, "related_name": "+", "verbose_name": label}
    return models.ForeignKey(model, on_delete=models.PROTECT, **options)


def money(label: "StrPromise", **options: Any) -> "models.DecimalField[Any, Decimal]":
    """An amount in 元."""
    return models.DecimalField(label, max_digits=16, decimal_places=2, **options)
