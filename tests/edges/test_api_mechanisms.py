"""Mechanisms through the API: recorded with their lists, changed by who has read them, asked for a day, withdrawn."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Model

from api.views.kept import MECHANISMS
from tests.builders import make_resource
from tests.conftest import World
from tests.edges.test_api_writing import ROOT, Writer, writer
from tests.mechanisms import make_kept, make_track, parts_of, values_of
from zones.models import Fund, FundCommitment, Region

every_kind = pytest.mark.parametrize("name", MECHANISMS)


def sent(value: Any) -> Any:
    """A value as JSON writes it."""
    if isinstance(value, Region):
        return value.code
    if isinstance(value, Model):
        return str(value.public_id)  # type: ignore[attr-defined]
    if isinstance(value, list):
        return [{name: sent(one) for name, one in row.items()} for row in value]
    return str(value) if isinstance(value, Decimal | date) else value


def body_of(name: str, world: World) -> dict[str, Any]:
    shape = MECHANISMS[name].kept
    return {key: sent(value) for key, value in (values_of(shape, world) | parts_of(shape, world)).items()}


def take(person: Writer, path: str, step: str, **body: Any) -> Any:
    return person.post(f"{path}{step}/", body, if_match=person.tag(path))


@every_kind
def test_a_record_is_made_changed_read_and_withdrawn(world: World, name: str) -> None:
    make_track()
    ana, bo, shape = writer(world.ana), writer(world.bo), MECHANISMS[name].kept
    made = ana.post(f"{name}/", body_of(name, world))
    assert made.status_code == 201, made.content.decode()
    path = f"{name}/{made.json()['public_id']}/"
    told = bo.client.get(ROOT + path).json()
    assert (told["title_zh"], told["zone"]) == (values_of(shape, world)["title_zh"], str(world.east.public_id))
    assert {part: len(told[part]) for part in shape.parts} == {
        part: len(rows) for part, rows in parts_of(shape, world).items()
    }
    assert bo.send("PATCH", path, {"title_zh": "别的"}, if_match=bo.tag(path)).status_code == 404
    assert ana.send("PATCH", path, {"title_zh": "别的"}).status_code == 428
    changed = ana.send("PATCH", path, {"title_zh": "别的", "dimension": "factor"}, if_match=ana.tag(path))
    assert (changed.json()["title_zh"], changed.json()["version"]) == ("别的", 2)
    assert all(len(changed.json()[part]) == len(rows) for part, rows in parts_of(shape, world).items())
    listed = bo.client.get(f"{ROOT}{name}/?dimension=factor&on_day=2026-01-01").json()["results"]
    assert [one["title_zh"] for one in listed] == ["别的"]
    assert bo.client.get(f"{ROOT}{name}/?on_day=2000-01-01").json()["results"] == []
    assert take(ana, path, "withdraw", because="").status_code == 400
    assert take(ana, path, "withdraw", because="与另一条重复").json()["withdrawn_because_zh"] == "与另一条重复"
    assert bo.client.get(ROOT + path).status_code == 404
    assert take(ana, path, "withdraw", because="与另一条重复").status_code == 409


def test_what_the_service_refuses_is_told_by_field(world: World) -> None:
    ana = writer(world.ana)
    body = body_of("funds", world)
    refused = ana.post("funds/", body | {"payments": [body["payments"][0] | {"amount": "999000000.00"}]})
    assert refused.status_code == 400
    assert "超过认缴额" in refused.content.decode()
    assert ana.post("funds/", body | {"zone": str(world.west.public_id)}).status_code == 403
    assert ana.post("funds/", body | {"state": "x"}).status_code == 400
    assert not Fund.plain.exists()


def test_an_organization_that_is_not_listed_is_named_to_nobody_else(world: World) -> None:
    row = make_kept(MECHANISMS["funds"].kept, world, manager=world.laboratory, visibility="public")
    type(world.laboratory).plain.filter(pk=world.laboratory.pk).update(is_listed=False)
    for person, is_told in ((world.bo, True), (world.cy, False)):
        told = writer(person).client.get(f"{ROOT}funds/{row.public_id}/").json()
        assert (told["manager"] is not None) == is_told
        assert (told["commitments"][1]["organization"] is not None) == is_told
    assert FundCommitment.plain.count() == 2


def test_a_catalogue_is_published_lists_resources_by_day_and_takes_them_off(world: World) -> None:
    ana, bo = writer(world.ana), writer(world.bo)
    one = make_resource(organization=world.enterprise, name_zh="电镜", visibility="public")
    inner = make_resource(organization=world.enterprise, name_zh="内部设备", visibility="zone")
    west = make_resource(organization=world.laboratory, name_zh="西山设备")
    body = {"zone": "east", "title_zh": "东方目录", "published_on": "2025-01-01", "resources": [str(one.public_id)]}
    assert bo.post("catalogues/", body).status_code == 403
    made = ana.post("catalogues/", body)
    assert made.status_code == 201, made.content.decode()
    path = f"catalogues/{made.json()['public_id']}/"
    entered = {"resources": [str(inner.public_id)], "listed_on": "2025-02-01"}
    assert len(take(ana, path, "enter", **entered).json()["items"]) == 2
    assert take(ana, path, "enter", **entered).status_code == 400
    assert take(ana, path, "enter", **(entered | {"resources": [str(west.public_id)]})).status_code == 400
    assert take(ana, path, "enter", **(entered | {"resources": []})).status_code == 400
    assert [row["resource"] for row in bo.client.get(ROOT + path).json()["items"]] == [str(one.public_id)]
    off = {"resources": [str(one.public_id)], "withdrawn_on": "2024-12-31"}
    assert take(ana, path, "take_off", **off).status_code == 400
    told = take(ana, path, "take_off", **(off | {"withdrawn_on": "2025-06-01"})).json()["items"]
    assert [row["withdrawn_on"] for row in told] == ["2025-06-01", None]
    assert take(ana, path, "take_off", **(off | {"withdrawn_on": "2025-07-01"})).status_code == 400
    assert bo.patch(path, {"title_zh": "别的"}, if_match=bo.tag(path)).status_code == 404
    assert ana.patch(path, {"title_zh": "东方目录二"}, if_match=ana.tag(path)).json()["title_zh"] == "东方目录二"
    listed = bo.client.get(f"{ROOT}catalogues/?zone={world.east.public_id}&from_day=2025-01-01").json()["results"]
    assert [row["title_zh"] for row in listed] == ["东方目录二"]
