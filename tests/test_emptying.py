"""What a test committed is gone before the next one, and the tables are as they were."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from tests.builders import make_match, make_resource
from tests.conftest import build_world
from tests.emptying import empty_tables
from zones.scoping import SYSTEM
from zones.services.resources import retire_resource


def rows() -> dict[str, int]:
    models = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return {model._meta.label: model._base_manager.count() for model in models}


def triggers() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid, tgname, tgenabled FROM pg_trigger ORDER BY tgrelid, tgname")
        return list(cursor.fetchall())


@pytest.mark.django_db(transaction=True)
def test_all_rows_go_with_their_history_and_nothing_else() -> None:
    empty_tables()
    before, listening = rows(), triggers()
    assert before["contenttypes.ContentType"] == ContentType.objects.count() > 0
    build_world()
    make_match()
    retire_resource(SYSTEM, resource_id=make_resource().pk, version=None)
    assert sum(rows()[name] > before[name] for name in before) > 15
    empty_tables()
    assert (rows(), triggers()) == (before, listening)
