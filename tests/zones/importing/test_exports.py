"""Files out: they come back unchanged, begin no formula, and say to nobody what they may not read."""

import csv
import io
import json
from typing import Any

import openpyxl
import pytest
from django.utils import translation

from accounts.models import User
from tests.builders import make_code, make_organization, make_part, make_resource, principal_of
from tests.conftest import World
from tests.zones.importing.conftest import applied, staged
from tests.zones.importing.sheets import csv_text, workbook
from zones.choices import ImportKind, ResourceKind
from zones.errors import InvalidInput
from zones.exporting.formats import FORMATS, export
from zones.exporting.tables import UNIQUIP_TITLES
from zones.importing.importers import IMPORTERS
from zones.importing.kinds import IMPORTABLE, KINDS
from zones.models import DETAIL_MODELS, EquipmentDetail, FinanceProductDetail, Resource

NASTY = ["=1+1", "+86", "-80℃冰箱", "@home", "'quoted", 'a,"b"', "普通"]
OTHERS: dict[str, dict[str, Any]] = {
    "achievement": {"ip_status_zh": "发明专利", "conversion_zh": ["许可", "作价"]},
    "expert_team": {"headcount": 7, "focus_zh": "薄膜"},
    "testbed": {"track_zh": "低空"},
    "pilot_line": {"quantity": 2, "unit": "条"},
    "finance_product": {"instrument_zh": "贷款", "amount_min": "100000.00", "amount_max": "5000000.50"},
    "enclave_space": {"area_m2": 3000, "sharing_terms_zh": "税收五五分成"},
    "service": {"standards_zh": "GB/T 19001"},
}
"""Kinds beside equipment and laboratories, with everything that only they have."""


def out(user: User, world: World, *, kind: str = "equipment", name: str = "xlsx") -> bytes:
    return export(principal_of(user), zone=world.east, kind=kind, name=name)


def furnish(world: World) -> None:
    make_code("equipment", "0301")
    laboratory = make_resource(name_zh="光学室", zone=world.east, organization=world.enterprise, external_id="L-1")
    make_resource(
        kind="equipment", name_zh="分子束外延", organization=world.enterprise, zone=world.east, external_id="E-1",
        keywords=["外延", "薄膜"], equipment_codes=["0301"], confirmed_on="2025-01-02", share_mode="外部共享",
        description_zh="第一行\n第二行", trl=7, lead_time_days=3,
        details={
            "manufacturer": "Riber", "model": "MBE", "quantity": 1, "unit": "套", "original_value": "1234500.00",
            "commissioned_on": "2020-05-06", "laboratory": laboratory,
        },
    )  # fmt: skip
    host = make_resource(kind="equipment", name_zh="无编号成套", organization=world.enterprise, zone=world.east)
    make_part(host, name_zh="真空泵", counts_as=0, original_value="300.00", equipment_code="0301")
    for kind, details in OTHERS.items():
        values: dict[str, Any] = {"kind": kind, "details": details, "keywords": ["甲"]}
        make_resource(name_zh="成果", organization=world.enterprise, zone=world.east, **values)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", ["xlsx", "csv"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_table_comes_back_unchanged(world: World, kind: str, name: str, language: str) -> None:
    furnish(world)
    with translation.override(language):
        content = out(world.ana, world, kind=kind, name=name)
    job = staged(world, content, kind=kind)
    assert (job.message, set(job.counts)) == ("", {"unchanged"})


def test_every_kind_of_resource_goes_in_and_out(world: World) -> None:
    assert set(KINDS) == set(ResourceKind.values)
    assert set(IMPORTABLE) == set(IMPORTERS) == set(ImportKind.values)
    furnish(world)
    for kind, model in DETAIL_MODELS.items():
        own = {column.name for column in model._meta.fields if not column.primary_key}
        assert own <= KINDS[kind].fields.keys(), f"a file cannot say {own} of {kind}"
        (offer, *_others) = json.loads(out(world.ana, world, kind=kind, name="jsonld"))["@graph"]
        assert offer["itemOffered"]["@type"]


def test_what_only_a_kind_has_comes_in_by_the_titles_people_use(world: World) -> None:
    rows = [
        ["产品名称", "权属单位", "最低额度（万元）", "最高额度（万元）"],
        ["科创贷", world.enterprise.name_zh, 10, 500],
    ]
    applied(world, workbook(rows), kind="finance_product")
    detail = FinanceProductDetail.plain.get()
    assert (str(detail.amount_min), str(detail.amount_max)) == ("100000.00", "5000000.00")
    crossed = [
        ["产品名称", "权属单位", "最低额度（万元）", "最高额度（万元）"],
        ["微贷", world.enterprise.name_zh, 500, 10],
    ]
    job = applied(world, workbook(crossed), kind="finance_product")
    assert (job.state, Resource.plain.count()) == ("staged", 1), "refused whole, by the sentence of the constraint"
    assert job.message


@pytest.mark.parametrize(("kind", "name"), [("equipment", "uniquip"), ("laboratory", "uniquip"), ("equipment", "nrii")])
def test_open_formats_come_back_unchanged(world: World, kind: str, name: str) -> None:
    furnish(world)
    job = staged(world, out(world.ana, world, kind=kind, name=name), kind=kind)
    assert (job.message, set(job.counts)) == ("", {"unchanged"})


def test_uniquip_has_its_titles_and_its_types(world: World) -> None:
    furnish(world)
    rows = list(csv.DictReader(io.StringIO(out(world.ana, world, name="uniquip").decode("utf-8-sig"))))
    assert tuple(rows[0])[: len(UNIQUIP_TITLES)] == UNIQUIP_TITLES
    said = [rows[0][title] for title in ("Type", "ID", "Technique", "Related Facility ID")]
    assert said == ["equipment", "E-1", "外延, 薄膜", "光学室"]


def test_a_uniquip_file_of_both_types_gives_each_kind_its_rows(world: World) -> None:
    rows = [
        ["Type", "Name", "ID", "Related Facility ID", "Institution Name"],
        ["facility", "Clean room", "F0001", "", world.enterprise.name_zh],
        ["equipment", "Mask aligner", "M0001", "F0001", world.enterprise.name_zh],
        ["", "Prober", "M0002", "", world.enterprise.name_zh],
    ]
    content = csv_text(rows).encode()
    assert applied(world, content, kind="laboratory").counts == {"new": 2}
    Resource.plain.filter(name_zh="Prober").delete()
    assert applied(world, content, kind="equipment").counts == {"new": 2}
    assert EquipmentDetail.plain.get(laboratory__external_id="F0001").resource.external_id == "M0001"


def test_an_nrii_report_is_read_with_worth_in_wan(world: World) -> None:
    record = {
        "innerId": "N-1", "cname": "激光干涉仪", "worth": "35.60", "beginDate": "2019-03-01", "instrVersion": "XL-80",
        "technical": "分辨率1nm", "function": "测长", "shareMode": "外部共享",
    }  # fmt: skip
    content = json.dumps({"insCode": "1", "instruType": 4, "instruData": [record]}).encode()
    applied(world, content, organization=world.enterprise, name="nrii.json")
    row = Resource.plain.select_related("equipmentdetail").get(external_id="N-1")
    assert (str(row.equipmentdetail.original_value), row.equipmentdetail.model) == ("356000.00", "XL-80")
    assert row.description_zh == "分辨率1nm\n测长"


def test_een_offers_are_read_as_achievements(world: World) -> None:
    raw = b"""<profiles><profile>
    <reference><external>TOFR20250103001</external><type>Technology Offer</type></reference>
    <content><title>Gas sensor</title><summary>Small.</summary></content>
    <partnerships><string>R&amp;D cooperation</string></partnerships></profile></profiles>"""
    applied(world, raw, kind="achievement", organization=world.enterprise, name="een.xml")
    row = Resource.plain.get(external_id="TOFR20250103001")
    assert (row.name_zh, row.description_zh) == ("Gas sensor", "Small.")
    assert row.achievementdetail.conversion_zh == ["R&D cooperation"]


@pytest.mark.parametrize("name", ["xlsx", "csv"])
def test_no_cell_begins_a_formula_and_the_apostrophe_goes_again(world: World, name: str) -> None:
    for text in NASTY:
        make_resource(kind="equipment", name_zh=text, organization=world.enterprise, zone=world.east)
    content = out(world.ana, world, name=name)
    cells = (
        [cell for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].values for cell in row]
        if name == "xlsx"
        else [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
    )
    assert not [cell for cell in cells if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@"))]
    assert staged(world, content).counts == {"unchanged": len(NASTY)}


@pytest.mark.parametrize("name", FORMATS)
def test_another_zone_reads_no_scoped_field_and_no_hidden_row(world: World, name: str) -> None:
    furnish(world)
    before = out(world.bo, world, name=name)
    unlisted = make_organization(name_zh="暗厂", zone=world.east, is_listed=False)
    hidden: dict[str, Any] = {"zone": world.east, "organization": world.enterprise, "visibility": "zone"}
    make_resource(kind="equipment", name_zh="内部设备", external_id="X-7", **hidden)
    Resource.plain.filter(name_zh="分子束外延").update(external_id="X-8", source_note="暗")
    text = out(world.bo, world, name=name)
    if name != "xlsx":
        assert text == before
        assert "X-8" not in text.decode()
        assert "1234500" not in text.decode()
    make_resource(kind="equipment", name_zh="公开设备", zone=world.east, organization=unlisted)
    assert "暗厂".encode() not in out(world.bo, world, name=name)
    assert staged_names(out(world.bo, world, name="csv")) == {"分子束外延", "无编号成套", "真空泵", "公开设备"}


def staged_names(content: bytes) -> set[str]:
    return {row["名称"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))}


def test_cy_s_file_of_an_outside_zone_is_as_if_it_had_no_hidden_rows(world: World) -> None:
    furnish(world)
    Resource.plain.filter(zone=world.east).update(visibility="zone")
    for name in ("csv", "jsonld"):
        assert "分子束外延" not in out(world.cy, world, name=name).decode()


def test_a_format_that_cannot_say_a_kind_names_those_that_can(world: World) -> None:
    with pytest.raises(InvalidInput, match="xlsx"):
        out(world.ana, world, kind="achievement", name="nrii")


def test_json_ld_offers_a_product_by_its_owner(world: World) -> None:
    furnish(world)
    offers = json.loads(out(world.ana, world, name="jsonld"))["@graph"]
    assert offers[0]["offeredBy"] == {"@type": "ResearchOrganization", "name": world.enterprise.name_zh}
    assert offers[0]["itemOffered"]["manufacturer"] == {"@type": "Organization", "name": "Riber"}
    assert offers[0]["itemOffered"]["serialNumber"] == "E-1"
    assert "serialNumber" not in json.loads(out(world.bo, world, name="jsonld"))["@graph"][0]["itemOffered"]
