"""A catalogue of the size of Hangzhou's: 63 public laboratories and 317 台(套). A 套 counts once, its parts do not; a
row of four counts four; a private laboratory and one withdrawn before the day do not count.
"""

from datetime import date
from typing import Any

from tests.builders import principal_of
from tests.conftest import World
from tests.zones.importing.conftest import applied, staged
from tests.zones.importing.sheets import workbook
from zones.models import Catalogue, CatalogueItem, Resource, ResourcePart
from zones.scoping import VISITOR
from zones.services.catalogues import count_catalogue, publish_catalogue, withdraw_resource

OWNER = "东方微电子有限公司"
LABORATORIES, SETS, PAIRS, SINGLES = 63, 27, 18, 250
LABORATORY_TITLES = ["实验室编号", "实验室名称", "依托单位", "级别", "是否公共实验室"]
TITLES = [
    *("设备编号", "设备名称", "权属单位", "规格型号", "数量", "单位"),
    *("原值（万元）", "启用日期", "所在实验室", "所属设备编号"),
]


def laboratories() -> list[list[Any]]:
    """63 that count, one to be withdrawn and one that is not public."""
    rows = [[f"L-{n:03}", f"公共实验室{n}", OWNER, "省级", "是"] for n in range(1, LABORATORIES + 1)]
    others = [["L-900", "已撤实验室", OWNER, "市级", "是"], ["L-901", "内部实验室", OWNER, "", "否"]]
    return [LABORATORY_TITLES, *rows, *others]


def machines() -> list[list[Any]]:
    """27 sets with 3 parts each, 18 pairs, one row of four, 250 single instruments: 27 + 36 + 4 + 250 = 317."""
    rows: list[list[Any]] = [TITLES, ["Q-001", "一行四台", OWNER, "Q", "4台", None, 10, "2024/1/2", None, None]]
    for n in range(SETS):
        lab = f"L-{n % LABORATORIES + 1:03}"
        rows += [[f"P-{n}-{p}", f"部件{p}", None, f"P{p}", 2, "台", None, None, None, f"S-{n:03}"] for p in range(3)]
        rows.append([f"S-{n:03}", f"成套设备{n}", OWNER, f"MBE-{n}", 1, "套", 120.5, "2023年9月1日", lab, None])
    for n in range(PAIRS):
        rows.append([f"D-{n:03}", f"成对仪器{n}", OWNER, "D", 2, "台", 30, date(2022, 5, 1), "公共实验室1", None])
    for n in range(SINGLES):
        rows.append([f"E-{n:03}", f"仪器{n}", OWNER, "E", 1, "台", "85,000元", 44713, None, None])
    return rows


def book() -> bytes:
    return workbook(machines(), more={"实验室": laboratories()})


def published(world: World) -> Catalogue:
    """Everything the zone has as a catalogue, with the laboratory that is withdrawn later."""
    ana = principal_of(world.ana)
    catalogue = publish_catalogue(
        ana,
        zone=world.east,
        title_zh="大型仪器共享目录",
        title_en="Shared instruments",
        published_on=date(2025, 6, 1),
        resources=Resource.objects.editable_by(ana).filter(zone=world.east),
    )
    withdrawn = CatalogueItem.objects.get(catalogue=catalogue, resource__external_id="L-900")
    withdraw_resource(ana, item=withdrawn, withdrawn_on=date(2025, 6, 20))
    return catalogue


def test_hangzhou_s_catalogue_counts_63_and_317(world: World) -> None:
    content = book()
    first = applied(world, content, kind="laboratory", sheet="实验室")
    second = applied(world, content, kind="equipment", sheet="设备")
    rows = SETS * 4 + PAIRS + SINGLES + 1
    assert (first.counts, second.counts) == ({"new": LABORATORIES + 2}, {"new": rows})
    assert ResourcePart.plain.count() == SETS * 3
    ana, catalogue = principal_of(world.ana), published(world)
    assert count_catalogue(ana, catalogue=catalogue, on=date(2025, 7, 1)) == (63, 317)
    assert count_catalogue(ana, catalogue=catalogue, on=date(2025, 6, 10)) == (64, 317)
    assert count_catalogue(ana, catalogue=catalogue, on=date(2025, 5, 1)) == (0, 0)
    assert count_catalogue(VISITOR, catalogue=catalogue, on=date(2025, 7, 1)) == (0, 0)
    for kind, sheet in (("laboratory", "实验室"), ("equipment", "设备")):
        assert set(staged(world, content, kind=kind, sheet=sheet).counts) == {"unchanged"}
