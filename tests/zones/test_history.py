"""Who changed what, from which value to which: written by triggers, so no writer can forget it."""

from typing import Any

import pghistory
import pytest
from django.apps import apps
from django.db import DatabaseError, transaction

from accounts.models import User
from tests.builders import make_resource, principal_of
from tests.conftest import World
from zones.models import Resource
from zones.services.resources import update_resource


def events_of(resource: Resource) -> list[Any]:
    events = apps.get_model("zones", "ResourceEvent")._default_manager.filter(pgh_obj_id=resource.pk)
    return list(events.order_by("pgh_id").select_related("pgh_context"))


def test_a_change_is_recorded_with_its_user_and_both_values(world: World, ana: User) -> None:
    resource = make_resource(organization=world.enterprise, name_zh="旧名")
    with pghistory.context(user=ana.pk, door="/office/"):
        update_resource(principal_of(ana), resource_id=resource.pk, version=1, name_zh="新名")
    before, *_, after = events_of(resource)
    assert (before.name_zh, after.name_zh) == ("旧名", "新名")
    assert (after.pgh_label, after.version) == ("update", 2)
    assert after.pgh_context.metadata["user"] == ana.pk


def test_a_bulk_update_is_recorded_too(world: World) -> None:
    resource = make_resource(organization=world.enterprise, capacity=1)
    Resource.plain.filter(pk=resource.pk).update(capacity=5)
    assert [event.capacity for event in events_of(resource)] == [1, 5]


def test_history_is_append_only(world: World) -> None:
    resource = make_resource(organization=world.enterprise)
    event = events_of(resource)[0]
    with pytest.raises(DatabaseError), transaction.atomic():
        type(event)._default_manager.filter(pk=event.pk).update(name_zh="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        type(event)._default_manager.filter(pk=event.pk).delete()


def test_a_statement_on_many_records_is_recorded_for_each_that_changed(world: World, ana: User) -> None:
    resources = [make_resource(organization=world.enterprise, name_zh=f"{n}", capacity=n) for n in range(3)]
    with pghistory.context(user=ana.pk, door="/office/"):
        Resource.plain.filter(pk__in=[one.pk for one in resources]).update(capacity=2)
    assert [[event.capacity for event in events_of(one)] for one in resources] == [[0, 2], [1, 2], [2]]
    changes = [events_of(one)[1] for one in resources[:2]]
    assert [(event.pgh_label, event.pgh_context.metadata["user"]) for event in changes] == [("update", ana.pk)] * 2
