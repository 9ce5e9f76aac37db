"""Columns that several tables have, as `zones.models.columns` makes them."""

from zones.models.columns import money, public_key, reference, user_key

__all__ = ["money", "public_key", "reference", "user_key"]
