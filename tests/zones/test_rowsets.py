"""Many rows in one statement are stored as Django stores them one by one."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models.functions import Now

from ledger.events import record_event
from ledger.models import OutboxEvent
from ledger.rowsets import insert_new_rows, insert_rows, update_rows
from tests.builders import make_resource
from tests.conftest import World
from zones.models import Capability, Resource

TEXT = "引号“'\"”，反斜线\\，换行\n制表\t百分号 %s {} 𠮷"


def resource(world: World, name: str, **fields: Any) -> Resource:
    values = {
        "kind": "equipment", "name_zh": name, "zone": world.east, "organization": world.enterprise,
        "description_zh": TEXT, "keywords": ["逗号,", '引号"', "", "空 格", "\\"], "modes": [], "trl": 6,
        "price_from": Decimal("0.10"), "price_to": Decimal("99999999999999.99"), "price_unit": "hour",
        "confirmed_on": date(2024, 2, 29), "latitude": Decimal("30.12345"), "longitude": None,
    }  # fmt: skip
    return Resource(**values | fields)


def stored(row: Any, *, but: set[str]) -> dict[str, Any]:
    kept = type(row).plain.get(pk=row.pk)
    names = [column.attname for column in row._meta.concrete_fields]
    return {name: getattr(kept, name) for name in names if name not in but}


def test_every_value_arrives_as_django_stores_it(world: World) -> None:
    alone, many = resource(world, "甲"), resource(world, "乙")
    alone.save()
    insert_rows(Resource, [many])
    own = {"id", "public_id", "name_zh", "created_at", "updated_at"}
    assert stored(many, but=own) == stored(alone, but=own)


def test_numbers_truths_and_json_arrive_as_django_stores_them(world: World) -> None:
    rows: list[dict[str, Any]] = [
        {"low": 0.1, "high": 1e300, "choices": ["a'", {"b": [None, 1.5, TEXT]}]},
        {"truth": False, "choices": []},
        {"truth": None, "low": -0.0, "choices": "一"},
    ]
    one, other = make_resource(name_zh="甲"), make_resource(name_zh="乙")
    for position, values in enumerate(rows):
        Capability(resource=one, position=position, key=f"k-{position}", name_zh="指标", **values).save()
    insert_rows(
        Capability,
        [Capability(resource=other, position=n, key=f"k-{n}", name_zh="指标", **rows[n]) for n in range(len(rows))],
    )
    own = {"id", "resource_id"}
    pairs = zip(one.capabilities.order_by("position"), other.capabilities.order_by("position"), strict=True)
    assert [stored(first, but=own) == stored(second, but=own) for first, second in pairs] == [True, True, True]


def test_rows_know_their_keys_and_times_and_their_children_may_be_made_before(world: World) -> None:
    rows = [resource(world, f"设备{n}") for n in range(7)]
    children = [Capability(resource=row, key="k", name_zh=row.name_zh) for row in rows]
    insert_rows(Resource, rows)
    insert_rows(Capability, children)
    assert {row.pk: (row.name_zh, row.updated_at) for row in rows} == {
        row.pk: (row.name_zh, row.updated_at) for row in Resource.plain.all()
    }
    assert all(child.resource.name_zh == child.name_zh for child in Capability.plain.select_related("resource"))


def test_only_the_fields_that_are_named_are_overwritten(world: World) -> None:
    rows = [resource(world, f"设备{n}") for n in range(3)]
    insert_rows(Resource, rows)
    before = rows[0].updated_at
    for row in rows:
        row.name_en, row.trl, row.updated_at = f"machine {row.pk}", 1, Now()
    update_rows(Resource, rows[:2], ("name_en", "updated_at"))
    kept = list(Resource.plain.order_by("pk"))
    assert [row.name_en for row in kept] == [f"machine {rows[0].pk}", f"machine {rows[1].pk}", ""]
    assert [row.trl for row in kept] == [6, 6, 6]
    assert [row.updated_at > before for row in kept] == [True, True, False]


def test_a_fact_that_was_told_is_not_told_again(world: World) -> None:
    record_event("a.b", object_type="zones.resource", public_id=world.east.public_id, payload={"n": 1})
    told = OutboxEvent.objects.get()
    insert_new_rows(OutboxEvent, [OutboxEvent(kind="x", object_type="y", object_public_id=told.object_public_id,
                                              dedupe_key=key) for key in (told.dedupe_key, "new", "new")])  # fmt: skip
    assert sorted(OutboxEvent.objects.values_list("kind", "dedupe_key")) == [("a.b", told.dedupe_key), ("x", "new")]


def test_constraints_hold(world: World) -> None:
    with pytest.raises(IntegrityError, match="one_resource_name_per_owner"):
        insert_rows(Resource, [resource(world, "同名"), resource(world, "同名")])


def test_a_time_that_only_some_rows_leave_to_the_clock_is_refused(world: World) -> None:
    rows = [resource(world, "甲", updated_at=Now()), resource(world, "乙")]
    with pytest.raises(TypeError):
        insert_rows(Resource, rows)
    assert not Resource.plain.exists()
