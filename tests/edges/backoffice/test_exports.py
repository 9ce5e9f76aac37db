"""The list of resources as files: its filters and search, its reader's rows and columns, and back again unchanged."""

import csv
import io
from typing import Any

import pytest

from backoffice import exports
from tests.builders import make_need, make_organization, make_resource
from tests.conftest import World
from tests.edges.backoffice.conftest import Browse
from tests.zones.importing.conftest import staged
from zones.exporting.formats import FORMATS
from zones.models import Resource

EXPORT = "/office/zones/resource/export/"


def furnish(world: World) -> None:
    east: dict[str, Any] = {"organization": world.enterprise, "zone": world.east, "kind": "equipment"}
    make_resource(
        name_zh="扫描电镜", external_id="E-1", details={"original_value": "350000.00", "model": "S-4800"}, **east
    )
    make_resource(name_zh="光谱仪", visibility="zone", external_id="E-2", **east)
    make_resource(name_zh="已下线", status="retired", external_id="E-3", **east)
    make_resource(name_zh="西山光刻机", organization=world.laboratory, zone=world.west, kind="equipment")
    make_resource(name_zh="公共实验室", organization=world.enterprise, zone=world.east)


def names_in(content: bytes) -> set[str]:
    return {row["名称"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))}


def test_the_page_counts_each_kind_and_offers_what_can_say_it(world: World, browse: Browse) -> None:
    furnish(world)
    kinds = {str(kind["label"]): kind for kind in browse(world.ana).get(EXPORT + "?side=own").context["kinds"]}
    assert [kinds[name]["count"] for name in ("仪器设备", "实验室", "科技成果")] == [2, 1, 0]
    assert len(kinds["仪器设备"]["files"]) == len(FORMATS)
    assert kinds["科技成果"]["files"] == []


def test_a_file_holds_what_the_filters_and_the_search_of_the_list_give(world: World, browse: Browse) -> None:
    furnish(world)
    client = browse(world.ana)
    assert names_in(client.get(EXPORT + "equipment/csv/").content) == {"扫描电镜", "光谱仪", "西山光刻机"}
    assert names_in(client.get(EXPORT + "equipment/csv/?side=own").content) == {"扫描电镜", "光谱仪"}
    assert names_in(client.get(EXPORT + "equipment/csv/?zone=west&p=9").content) == {"西山光刻机"}
    assert names_in(client.get(EXPORT + "equipment/csv/?q=光谱").content) == {"光谱仪"}
    assert f'{EXPORT}?q=%E5%85%89%E8%B0%B1"' in client.get("/office/zones/resource/?q=光谱").content.decode()


def test_another_zone_reads_neither_hidden_rows_nor_scoped_columns(world: World, browse: Browse) -> None:
    furnish(world)
    unlisted = make_organization(name_zh="暗厂", zone=world.east, is_listed=False)
    make_organization(name_zh="暗厂", zone=world.west)
    make_resource(name_zh="镀膜机", organization=unlisted, zone=world.east, kind="equipment")
    for name in ("csv", "uniquip", "nrii", "jsonld"):
        text = browse(world.bo).get(f"{EXPORT}equipment/{name}/").content.decode()
        assert "镀膜机" in text
        for hidden in ("光谱仪", "E-1", "350000", "暗厂"):
            assert hidden not in text, (name, hidden)


@pytest.mark.parametrize("name", ["xlsx", "csv", "uniquip", "nrii"])
def test_what_left_by_the_page_comes_back_unchanged(world: World, browse: Browse, name: str) -> None:
    furnish(world)
    response = browse(world.ana).get(f"{EXPORT}equipment/{name}/?side=own")
    assert response["Content-Type"] == FORMATS[name].media_type
    assert FORMATS[name].suffix in response["Content-Disposition"]
    job = staged(world, response.content)
    assert (job.message, job.counts) == ("", {"unchanged": 2})


def test_what_is_no_filter_no_format_or_no_kind_is_refused(world: World, browse: Browse) -> None:
    furnish(world)
    client = browse(world.ana)
    assert client.get(EXPORT + "?organization__name_zh__startswith=东").status_code == 400
    assert client.get(EXPORT + "equipment/csv/?external_id=E-1").status_code == 400
    for path in ("equipment/docx/", "need/csv/", "laboratory/nrii/"):
        assert client.get(EXPORT + path).status_code == 404, path


def test_too_long_a_list_is_to_be_narrowed_first(world: World, browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    furnish(world)
    monkeypatch.setattr(exports, "MAX_ROWS", 1)
    client = browse(world.ana)
    response = client.get(EXPORT + "equipment/csv/", follow=True)
    assert "最多导出 1 条" in response.content.decode()
    assert Resource.plain.count() == 5


@pytest.mark.parametrize("person", ["eve", "lin", None])
def test_outsiders_are_sent_to_the_log_in(world: World, browse: Browse, person: str | None) -> None:
    client = browse(getattr(world, person) if person else None)
    assert client.get(EXPORT).status_code == client.get(EXPORT + "equipment/csv/").status_code == 302


NEEDS = "/office/matching/need/export/"


def test_the_list_of_needs_is_exported_to_its_own_side_and_comes_back(world: World, browse: Browse) -> None:
    make_need(zone=world.east, organization=world.enterprise, title_zh="晶圆检测")
    make_need(zone=world.east, organization=world.enterprise, title_zh="封装", state="draft")
    make_need(zone=world.west, organization=world.laboratory, title_zh="西山的需求")
    client = browse(world.ana)
    assert f'href="{NEEDS}"' in client.get("/office/matching/need/").content.decode()
    (kind,) = client.get(NEEDS).context["kinds"]
    assert (kind["count"], [file["title"] for file in kind["files"]]) == (2, ["XLSX", "CSV"])
    content = client.get(NEEDS + "need/csv/").content
    assert [row["标题"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))] == ["晶圆检测", "封装"]
    assert staged(world, content, kind="need").counts == {"unchanged": 2}
    assert "晶圆检测" not in client.get(NEEDS + "need/csv/?q=封装").content.decode()
    for url in ("need/jsonld/", "equipment/csv/", "need/nothing/"):
        assert client.get(NEEDS + url).status_code == 404, url
    assert client.get(EXPORT + "need/csv/").status_code == 404


def test_needs_of_others_are_in_no_file_though_they_are_seen(world: World, browse: Browse) -> None:
    make_need(zone=world.east, organization=world.enterprise, title_zh="晶圆检测")
    assert "晶圆检测" in browse(world.bo).get("/office/matching/need/").content.decode()
    (kind,) = browse(world.bo).get(NEEDS).context["kinds"]
    assert (kind["count"], kind["files"]) == (0, [])
    assert len(browse(world.bo).get(NEEDS + "need/csv/").content.splitlines()) == 1
