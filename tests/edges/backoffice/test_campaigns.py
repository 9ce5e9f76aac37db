"""Confirming anew: the stale of a zone by owner, as a list that comes back, and confirmed together with history."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.apps import apps

from tests.builders import make_organization, make_resource, principal_of
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from tests.zones.importing.conftest import staged
from zones.models import Resource
from zones.scoping import today
from zones.services.batches import Moved, confirm_resources

PAGE = "/office/zones/resource/reconfirm/"


def furnish(world: World) -> dict[str, Resource]:
    """Three stale ones of two owners, one fresh, one retired, and one of another zone."""
    other = make_organization(name_zh="东方光学所", zone=world.east)
    east: dict[str, Any] = {"zone": world.east, "kind": "equipment"}
    long_ago = today() - timedelta(days=400)
    return {
        "old": make_resource(name_zh="老电镜", organization=world.enterprise, confirmed_on=long_ago, **east),
        "never": make_resource(name_zh="从未核实", organization=world.enterprise, external_id="E-1", **east),
        "other": make_resource(name_zh="另家光谱仪", organization=other, **east),
        "fresh": make_resource(name_zh="新电镜", organization=other, confirmed_on=today(), **east),
        "retired": make_resource(name_zh="已下线", organization=other, status="retired", **east),
        "west": make_resource(name_zh="西山仪", organization=world.laboratory, zone=world.west, kind="equipment"),
    }


def keys(*rows: Resource) -> list[str]:
    return [f"{row.public_id}:{row.version}" for row in rows]


def test_the_stale_stand_by_owner_with_the_progress_since_a_day(world: World, browse: Browse) -> None:
    furnish(world)
    context = browse(world.ana).get(PAGE).context
    by_owner = {item["owner"].name_zh: {row.name_zh for row in item["rows"]} for item in context["owners"]}
    assert by_owner == {world.enterprise.name_zh: {"老电镜", "从未核实"}, "东方光学所": {"另家光谱仪"}}
    assert context["progress"] == {"done": 1, "left": 3, "total": 4, "percent": 25}


def test_chosen_ones_are_confirmed_together_with_history(world: World, browse: Browse) -> None:
    rows = furnish(world)
    client = browse(world.ana)
    client.post(PAGE + "confirm/?zone=east", {"row": keys(rows["old"], rows["never"], rows["west"])})
    assert set(Resource.plain.filter(confirmed_on=today()).values_list("name_zh", flat=True)) == {
        "老电镜", "从未核实", "新电镜",
    }  # fmt: skip
    old = Resource.plain.get(pk=rows["old"].pk)
    assert old.version == rows["old"].version + 1
    events: Any = apps.get_model("zones", "ResourceEvent").objects.filter(pgh_obj_id=old.pk, pgh_label="update")
    assert events.latest("pgh_id").pgh_context.metadata["user"] == world.ana.pk
    assert client.get(PAGE).context["progress"]["done"] == 3


def test_one_that_changed_since_it_was_seen_stops_them_all(world: World, browse: Browse) -> None:
    rows = furnish(world)
    chosen = keys(rows["old"], rows["never"])
    Resource.plain.filter(pk=rows["old"].pk).update(version=9)
    response = browse(world.ana).post(PAGE + "confirm/?zone=east", {"row": chosen}, follow=True)
    assert "请重新核对" in response.content.decode()
    assert Resource.plain.filter(confirmed_on=today()).count() == 1
    with pytest.raises(Moved):
        confirm_resources(principal_of(world.bo), versions={rows["old"].pk: 9}, confirmed_on=today())


def test_the_list_is_filled_in_and_comes_back_by_the_import(world: World, browse: Browse) -> None:
    furnish(world)
    response = browse(world.ana).get(PAGE + "list/?zone=east")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    sheet = book["仪器设备"]
    assert {row[1] for row in sheet.iter_rows(min_row=2, values_only=True)} == {"老电镜", "从未核实", "另家光谱仪"}
    assert staged(world, response.content, sheet="仪器设备").counts == {"unchanged": 3}
    sheet["E2"] = today()
    filled = io.BytesIO()
    book.save(filled)
    assert staged(world, filled.getvalue(), sheet="仪器设备").counts == {"changed": 1, "unchanged": 2}


def test_the_list_of_one_owner_names_its_own_only(world: World, browse: Browse) -> None:
    furnish(world)
    response = browse(world.ana).get(f"{PAGE}list/?zone=east&owner={world.enterprise.public_id}")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    assert {row[1] for row in sheet.iter_rows(min_row=2, values_only=True)} == {"老电镜", "从未核实"}


def test_an_auditor_reads_and_confirms_nothing(world: World, browse: Browse) -> None:
    rows = furnish(world)
    client = browse(world.auditor)
    assert 'name="row"' not in client.get(PAGE).content.decode()
    client.post(PAGE + "confirm/?zone=east", {"row": keys(rows["old"])})
    assert Resource.plain.get(pk=rows["old"].pk).confirmed_on == rows["old"].confirmed_on


@pytest.mark.parametrize("person", ["bo", "cy", "secretariat"])
def test_the_campaign_of_another_zone_is_not_there(world: World, browse: Browse, person: str) -> None:
    rows = furnish(world)
    client = browse(getattr(world, person))
    for url in (PAGE + "?zone=east", PAGE + "list/?zone=east", PAGE + "?zone=nowhere"):
        assert client.get(url).status_code == 404, url
    assert client.post(PAGE + "confirm/?zone=east", {"row": keys(rows["old"])}).status_code == 404


def test_a_day_that_is_none_is_refused(world: World, browse: Browse) -> None:
    assert browse(world.ana).get(PAGE + "?since=yesterday").status_code == 400
