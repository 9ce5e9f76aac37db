"""A test that commits leaves rows behind; they go by what each table holds.

Django truncates all of 250 tables, which makes as many files anew, and then writes down all content types and rights
again: a second of processor for a test of a tenth. Here the few tables with rows are emptied, and those two stay.
"""

from functools import cache
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

MADE_BY_MIGRATING = {"django_content_type", "auth_permission"}


def empty_what_was_filled(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: empty_tables())


def empty_tables() -> None:
    """Delete all rows there are. No trigger hears of it: it would write history, or refuse."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_filled())
        filled = [table for (table,) in cursor.fetchall()]
        heard = [table for table in filled if table in _with_triggers()]
        statements = [
            *(f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in heard),
            *(f"DELETE FROM {table}" for table in filled),
            "SET CONSTRAINTS ALL IMMEDIATE",
            *(f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in heard),
        ]
        cursor.execute("; ".join(statements))


@cache
def _filled() -> str:
    """One question for the names of all tables with a row."""
    return " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT FROM {table})" for table in _tables())


@cache
def _tables() -> list[str]:
    names: Any = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(f'"{name}"' for name in {*names} - MADE_BY_MIGRATING)


@cache
def _with_triggers() -> frozenset[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT relname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal"
        )
        return frozenset(f'"{name}"' for (name,) in cursor.fetchall())
