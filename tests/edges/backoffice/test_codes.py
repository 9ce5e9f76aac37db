"""Code tables in the back office: kept by the system, read by everybody else."""

from typing import Any

import pytest

from ledger.models import OutboxEvent
from tests.builders import make_code
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse, errors_of
from zones.models import Code, Crosswalk

ADD = "/office/zones/code/add/"


def form_of(**fields: Any) -> dict[str, Any]:
    values = {"scheme": "industry", "code": "T1.1", "parent_code": "T1", "name_zh": "氮化镓器件", "is_active": "on"}
    return values | fields


def change_form(code: Code, **fields: Any) -> dict[str, Any]:
    values = form_of(parent_code=code.parent_code, name_zh=code.name_zh, version=code.version) | fields
    return {name: value for name, value in values.items() if name not in ("scheme", "code")}


def url_of(code: Code) -> str:
    return f"/office/zones/code/{code.scheme}:{code.code}/change/"


def test_the_system_adds_a_code_below_another_with_its_crosswalks(world: World, browse: Browse) -> None:
    make_code("industry", "T1")
    make_code("industry", "T2")
    answer = browse(world.ops).post(ADD, form_of(crosswalks="T2 0.5 国家标准\n"))
    assert answer.status_code == 302, errors_of(answer)
    stored = Code.objects.get(code="T1.1")
    assert (stored.level, stored.name_zh) == (2, "氮化镓器件")
    crosswalk = Crosswalk.objects.get()
    assert (crosswalk.source, crosswalk.target, crosswalk.weight, crosswalk.origin) == ("T1.1", "T2", 0.5, "国家标准")
    assert OutboxEvent.objects.get(kind="code.added").payload == {"scheme": "industry", "code": "T1.1"}


def test_the_system_changes_a_code_and_a_second_editor_is_told(world: World, browse: Browse) -> None:
    code, client = make_code("industry", "T1"), browse(world.ops)
    make_code("industry", "T2")
    form = change_form(code, name_zh="第三代半导体", crosswalks="T2 0.8")
    assert client.post(url_of(code), form).status_code == 302
    code.refresh_from_db()
    assert (code.name_zh, code.version, Crosswalk.objects.get().weight) == ("第三代半导体", 2, 0.8)
    assert "T2 0.8" in client.get(url_of(code)).content.decode()
    assert client.post(url_of(code), form).status_code == 409
    client.post(url_of(code), change_form(code, crosswalks=""))
    assert not Crosswalk.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"parent_code": "NONE"}, "parent_code", "NONE"),
        ({"parent_code": "D1"}, "parent_code", "D1"),
        ({"code": "T2", "parent_code": ""}, "__all__", "已有此代码"),
        ({"code": "氮化镓"}, "code", "字母"),
        ({"crosswalks": "T2"}, "crosswalks", "第 1 行"),
        ({"crosswalks": "T2 1.5"}, "crosswalks", "相似度"),
        ({"crosswalks": "D1 0.5"}, "crosswalks", "D1"),
        ({"crosswalks": "T1.1 0.5"}, "crosswalks", "T1.1"),
        ({"crosswalks": "T2 0.5\nT2 0.6"}, "crosswalks", "重复"),
    ],
)
def test_a_code_that_does_not_fit_its_table_is_refused_where_it_stands(
    world: World, browse: Browse, wrong: dict[str, str], field: str, told: str
) -> None:
    for scheme, code in (("industry", "T1"), ("industry", "T2"), ("discipline", "D1")):
        make_code(scheme, code)
    answer = browse(world.ops).post(ADD, form_of(**wrong))
    assert told in errors_of(answer)[field][0]
    assert (Code.objects.filter(code="T1.1").count(), Crosswalk.objects.count()) == (0, 0)


def test_a_code_cannot_be_its_own_ancestor_or_leave_children_behind(world: World, browse: Browse) -> None:
    above, below = make_code("industry", "T1"), make_code("industry", "T1.1", parent_code="T1", level=2)
    client = browse(world.ops)
    assert "循环" in errors_of(client.post(url_of(above), change_form(above, parent_code="T1.1")))["parent_code"][0]
    off = change_form(above)
    off.pop("is_active")
    assert "下级" in errors_of(client.post(url_of(above), off))["is_active"][0]
    make_code("industry", "T0")
    client.post(url_of(above), change_form(above, parent_code="T0"))
    below.refresh_from_db()
    assert below.level == 3


@pytest.mark.parametrize("person", ["ana", "bo", "cy", "auditor", "secretariat"])
def test_others_read_codes_and_change_none(world: World, browse: Browse, person: str) -> None:
    code, client = make_code("industry", "T1"), browse(getattr(world, person))
    assert client.get(url_of(code)).status_code == 200
    assert client.get(ADD).status_code == 404
    assert client.post(ADD, form_of()).status_code == 404
    assert client.post(url_of(code), change_form(code)).status_code == 404
    assert Code.objects.count() == 1
